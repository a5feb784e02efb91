"""The pages that belong to no room."""

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoDbBlocker


@pytest.mark.parametrize("path", ["/about/", "/healthz"])
def test_page_asks_the_database_nothing(
    client: Client, path: str, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.block():
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("cookie", "language"), [("id", "id"), ("en", "en"), ("xx", "id"), ("", "id")]
)
def test_language_is_the_cookies_or_indonesian(client: Client, cookie: str, language: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    answer = client.get("/about/", headers={"accept-language": "km,en"})
    assert answer["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.content.decode()


def test_missing_page_says_what_to_do(client: Client) -> None:
    answer = client.get("/there-is-no-such-page/")
    assert answer.status_code == 404
    assert "Periksa alamatnya" in answer.content.decode()


def test_strange_host_is_a_bad_request(client: Client) -> None:
    answer = client.get("/about/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400


def test_form_without_token_is_refused_in_words() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = client.post("/accounts/language/", {"language": "id"})
    assert answer.status_code == 403
    assert "The form could not be accepted" in answer.content.decode()


@pytest.mark.parametrize("name", ["ikrar/ikrar.css", "ikrar/htmx-2.0.11.min.js"])
def test_static_file_is_served_for_ever_under_its_hash(client: Client, name: str) -> None:
    from django.templatetags.static import static  # noqa: PLC0415 (needs the manifest)

    answer = client.get(static(name))
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    answer.close()


@pytest.mark.parametrize("language", ["id", "en"])
def test_languages_are_named_in_themselves(client: Client, language: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get("/about/").content.decode()
    assert ">English<" in page
    assert ">Bahasa Indonesia<" in page


def test_database_away_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("ikrar.web.views.render", away)
    answer = Client(raise_request_exception=False).get("/about/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "basis data" in answer.content.decode().lower()


@pytest.mark.parametrize(("cookie", "kept"), [("a-session", "private, no-store"), ("", None)])
def test_what_a_session_reads_is_kept_nowhere(
    client: Client, db: None, cookie: str, kept: str | None
) -> None:
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie

    assert client.get("/public/").get("Cache-Control") == kept
