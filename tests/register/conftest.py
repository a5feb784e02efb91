"""Fixtures of the register's tests."""

from collections.abc import Iterator

import pytest
from django.db import connections


@pytest.fixture
def as_owner() -> Iterator[None]:
    """Let the test work as the owner of the tables, in one transaction that is rolled back.

    Needs `django_db(databases=["default", "owner"])`.
    """
    application = connections["default"]
    connections["default"] = connections["owner"]
    yield
    connections["default"] = application
