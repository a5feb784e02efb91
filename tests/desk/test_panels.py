"""A meeting's page tells what was also said there, to those who may read it."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk.demo import load

from ikrar.accounts.actions import create_account
from ikrar.register.models import Meeting, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    """A client of a reader without special clearance."""
    load()
    client = Client()
    client.force_login(
        create_account(email="rahma@ikrar.example", name="Rahma", language="en"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def page_of(client, place):
    meeting = Meeting.objects.filter(place=place).latest("held_on")
    return client.get(reverse("meeting", args=[meeting.symbol])).content.decode()


def test_announcement_is_told_as_binding_nobody(reader):
    page = page_of(reader, "Phnom Penh")

    assert "Indonesia announced a plan of its own" in page
    assert "binds nobody" in page
    assert "waits for a person" not in page


def test_what_waits_is_told(reader):
    assert "waits for a person" in page_of(reader, "Ariasari")


def test_guarded_report_tells_nothing(reader):
    Source.objects.update(classification=3)
    Meeting.objects.update(classification=1)

    page = page_of(reader, "Phnom Penh")

    assert "announced a plan" not in page
    assert "binds nobody" not in page
