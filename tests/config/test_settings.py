"""Settings that the environment changes, read in a process of their own."""

import json
import os
import subprocess
import sys

import pytest

ASK = """
import json
import django
from django.conf import settings
django.setup()
print(json.dumps({name: str(getattr(settings, name)) for name in dir(settings) if name.isupper()}))
"""


def settings_with(**environment: str) -> dict[str, str]:
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(asked.stdout)


def test_settings_behind_https_harden_cookies_and_transport() -> None:
    found = settings_with(IKRAR_HTTPS="1", IKRAR_HOSTS="ikrar.example")
    for cookie in ("SESSION", "CSRF"):
        assert found[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
        assert found[f"{cookie}_COOKIE_SECURE"] == "True"
        assert found[f"{cookie}_COOKIE_HTTPONLY"] == "True"
    assert int(found["SECURE_HSTS_SECONDS"]) >= 365 * 24 * 3600
    assert found["SECURE_SSL_REDIRECT"] == "True"
    assert "ikrar.example" in found["ALLOWED_HOSTS"]
    assert "https://ikrar.example" in found["CSRF_TRUSTED_ORIGINS"]


def test_settings_of_a_machine_alone_work_without_https() -> None:
    found = settings_with(IKRAR_HTTPS="")
    assert found["SECURE_HSTS_SECONDS"] == "0"
    assert found["SESSION_COOKIE_SECURE"] == "False"
    assert not found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["DEBUG"] == "False"


def test_settings_name_another_owner() -> None:
    assert "Aurelia" in settings_with(IKRAR_OWNER="Ministry|Aurelia")["OWNER"]


@pytest.mark.parametrize("name", ["SECRET_KEY"])
def test_settings_hold_no_secret_of_their_own(name: str) -> None:
    assert settings_with(IKRAR_SECRET_KEY="given")[name] == "given"
