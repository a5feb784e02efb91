"""What a test needs from the machine: skipped with a sentence where absent, a failure in CI."""

import os

import pytest


def require(name: str, available: object, sentence: str) -> None:
    """Go on when ``available`` is true; otherwise skip, or fail where ``CI`` is set.

    ``name`` says what is needed ("Chromium"), ``sentence`` how to get it.
    """
    if available:
        return
    message = f"{name}: {sentence}"
    if os.environ.get("CI"):
        pytest.fail(f"CI must have what this test needs. {message}", pytrace=False)
    pytest.skip(message)
