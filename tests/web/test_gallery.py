"""Every component on one page: what it renders."""

import re

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from pytest_django import DjangoDbBlocker
from tests.web import gallery_page


@pytest.fixture(autouse=True)
def gallery(settings: LazySettings) -> None:
    gallery_page.put_up(settings)


@pytest.fixture
def page(client: Client, db: None) -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.get("/gallery/?wrong=1&text=tin&page=2").content.decode()


def test_gallery_has_nothing_inline(page: str) -> None:
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"(src|href)=\"(https?:)?//", page)


def test_gallery_glyphs_are_all_in_the_sprite(page: str) -> None:
    drawn = set(re.findall(r'<use href="#(g-[a-z_]+)"', page))
    assert drawn
    assert drawn <= set(re.findall(r'<symbol id="(g-[a-z_]+)"', page))


def test_gallery_ids_are_unique(page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_gallery_references_lead_somewhere(page: str) -> None:
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    pointed = re.findall(r'(?:aria-labelledby|aria-describedby|\sfor)="([^"]+)"', page)
    assert {name for names in pointed for name in names.split()} <= ids
    summary = re.search(r'error-summary__list">(.*?)</ul>', page, re.DOTALL)
    assert summary
    assert set(re.findall(r'href="#([^"]+)"', summary[1])) <= ids


@pytest.mark.parametrize(
    "wanted",
    [
        '<time datetime="2031-11">Nov 2031</time>',
        '<span lang="id">“menyampaikan harapan agar …”</span>',
        "<del>Borealia promised its support</del>",
        '<input type="hidden" name="text" value="tin">',
        'href="?wrong=1&amp;text=tin&amp;page=3"',
        "12,345 rows",
        'role="rowheader"',
    ],
)
def test_gallery_renders(page: str, wanted: str) -> None:
    assert wanted in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "wanted"), [("id", "Ada yang salah di pihak kami"), ("en", "Something went wrong")]
)
def test_failure_speaks_the_readers_language(language: str, wanted: str) -> None:
    client = Client(raise_request_exception=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert wanted in answer.content.decode()


def test_failure_needs_no_database(django_db_blocker: DjangoDbBlocker) -> None:
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "known-to-the-database-alone"
    with django_db_blocker.block():
        answer = client.get("/gallery/")
    assert answer.status_code == 500
    assert "Ada yang salah" in answer.content.decode()
