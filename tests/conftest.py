"""Fixtures of the whole suite: the database, as the application sees it and as its owner."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker
from tests import databases

from ikrar.config.database import Home, Target


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        databases.claim_environment()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        databases.release_environment()


def pytest_report_header() -> str:
    return databases.describe()


@pytest.fixture(scope="session")
def worker_name(request: pytest.FixtureRequest) -> str:
    """The name of this worker where several run side by side."""
    return getattr(request.config, "workerinput", {}).get("workerid", "alone")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, worker_name: str
) -> Iterator[Target]:
    """A migrated database of this worker's own; ``default`` enters it as the application."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        template = databases.prepare_template()
        target = databases.clone(template, worker_name)
        databases.point_django_at(target)

        def begin_anew(_: TransactionTestCase) -> None:
            connections.close_all()
            databases.clone(template, worker_name)

        # What a test committed cannot be truncated away: the log forbids it even to its owner.
        patch.setattr(TransactionTestCase, "_fixture_teardown", begin_anew)
        yield target
        connections.close_all()


@pytest.fixture
def owner_connection(db: None, django_db_setup: Target) -> Iterator[psycopg.Connection]:
    """The owner of the tables, in a session of its own that commits each statement.

    It sees what ``transaction=True`` tests have committed, not what others have in hand.
    """
    with databases.owner_of(django_db_setup) as connection:
        yield connection


@pytest.fixture
def home() -> Iterator[Home]:
    """An empty home folder, reachable for the server's user, for a server of the test's own."""
    with databases.home_of_its_own() as home:
        yield home
