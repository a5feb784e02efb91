"""The demo, loaded once for the tests of a module."""

from collections.abc import Iterator

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker
from tests import databases
from tests.needs import require
from tests.pages import chromium

from ikrar.config.database import Target
from ikrar.config.demo.load import Loaded, load_demo


@pytest.fixture(scope="module")
def browser() -> Iterator[chromium.Chromium]:
    require("Chromium", chromium.PATH.exists(), "install the system's package `chromium`.")
    started = chromium.Chromium()
    yield started
    started.close()


@pytest.fixture(scope="module")
def demo(django_db_setup: Target, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """The demo in a transaction of the module's, for tests that ask with Django's own client."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def served_demo(
    django_db_setup: Target, django_db_blocker: DjangoDbBlocker, worker_name: str
) -> Iterator[tuple[str, Loaded]]:
    """The demo committed, and the address at which it is served; the database is new afterwards."""
    with django_db_blocker.unblock():
        loaded = load_demo()
        with chromium.serving() as address:
            yield address, loaded
        connections.close_all()
        databases.clone(databases.prepare_template(), worker_name)
