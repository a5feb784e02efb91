"""Fixtures of the tests that look at pages in a browser."""

from collections.abc import Iterator

import pytest
from tests.needs import require
from tests.pages import chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[chromium.Chromium]:
    require("Chromium", chromium.PATH.exists(), "install the system's package `chromium`.")
    started = chromium.Chromium()
    yield started
    started.close()


@pytest.fixture
def server(transactional_db: None) -> Iterator[str]:
    with chromium.serving() as address:
        yield address
