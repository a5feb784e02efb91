import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.factories.swap import DEMO

from ikrar.accounts.models import Account
from ikrar.directory.actions import load_directory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    account = Account.objects.create(email="reader@ikrar.example", name="Rina", language="en")
    client.force_login(account)
    return client


def test_directory_lists_the_parties_by_group(reader: Client) -> None:
    load_directory(folders=[DEMO / "gazetteer"])
    page = reader.get(reverse("directory"))
    sections = {section.slug: len(section.rows) for section in page.context["sections"]}
    assert page.status_code == 200
    assert (sections["APG"], sections["AFR"], sections["state"]) == (54, 54, 2)
    assert sections["invented"] == 6
    assert "Cambodia" in page.content.decode()


def test_directory_speaks_indonesian(reader: Client) -> None:
    load_directory()
    Account.objects.update(language="id")
    page = reader.get(reverse("directory"))
    assert "Kamboja" in page.content.decode()


def test_directory_without_parties_says_what_to_do(reader: Client) -> None:
    page = reader.get(reverse("directory"))
    assert page.status_code == 200
    assert "An administrator loads the directory" in page.content.decode()


def test_directory_is_closed_to_strangers(client: Client) -> None:
    page = client.get(reverse("directory"))
    assert page.status_code == 302
    assert page.headers["location"].startswith(reverse("account_login"))


def test_directory_reads_the_parties_once(
    reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    load_directory()
    reader.get(reverse("directory"))
    with django_assert_num_queries(3):  # session, account, stamp
        reader.get(reverse("directory"))
