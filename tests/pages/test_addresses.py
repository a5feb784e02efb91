"""Every address, asked with every method by every kind of reader."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.pages.addresses import EXAMPLES, READERS, Address, World, addresses, make_world

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def ask(world: World, reader: str, method: str, path: str) -> HttpResponse:
    client = Client(raise_request_exception=False)
    if account := world.readers[reader]:
        client.force_login(account)
    return client.generic(method, path)


def answers(world: World, reader: str) -> Iterator[tuple[Address, str, HttpResponse]]:
    """Ask everything; what an answer changed is undone before the next."""
    for address in addresses():
        for method in METHODS:
            with transaction.atomic():
                yield address, method, ask(world, reader, method, address.path(world))
                transaction.set_rollback(True)


def test_addresses_with_parts_have_examples() -> None:
    missing = [each.name for each in addresses() if each.has_parts and each.name not in EXAMPLES]
    assert not missing, f"Add to tests.pages.addresses.EXAMPLES what fills: {missing}"


def test_examples_are_of_views_that_exist() -> None:
    names = {each.name for each in addresses()}
    assert not set(EXAMPLES) - names


@pytest.mark.parametrize("reader", READERS)
def test_address_never_fails(world: World, reader: str) -> None:
    found = [
        (address.name, method, answer.status_code)
        for address, method, answer in answers(world, reader)
        if answer.status_code >= 500
    ]
    assert not found


def is_refusal(answer: HttpResponse) -> bool:
    to_login = answer.status_code == 302 and answer["Location"].startswith(
        reverse(settings.LOGIN_URL)
    )
    return to_login or answer.status_code in {403, 404, 405}


def test_address_is_closed_to_strangers(world: World) -> None:
    found = [
        (address.name, method, answer.status_code)
        for address, method, answer in answers(world, "anonymous")
        if not address.is_open and not is_refusal(answer)
    ]
    assert not found


def test_address_answers_with_the_policy(world: World) -> None:
    for address, method, answer in answers(world, "reviewer"):
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, (address, method)
        assert "unsafe" not in policy, (address, method)
        assert answer["X-Content-Type-Options"] == "nosniff", (address, method)
