"""The whole instance from the command line, in processes and a home folder of its own."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

IKRAR = Path(sys.executable).with_name("ikrar")


@pytest.fixture(scope="module")
def instance():
    """Run `ikrar` in a home of its own; the database is stopped at the end."""
    from tests.databases import home_of_its_own  # noqa: PLC0415 (after the suite's own set-up)

    with home_of_its_own() as home:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("DATABASE_")}
        environment = {**clean, "IKRAR_HOME": str(home.folder), "COLUMNS": "200"}

        def run(*arguments: object, **more: object) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [IKRAR, *map(str, arguments)],
                env={**environment, **{name: str(value) for name, value in more.items()}},
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )

        first = run("demo", "--no-serve")
        assert first.returncode == 0, first.stderr
        yield run
        run("stop")


def head_of(result):
    """The head of the general chain, as `verify` prints it."""
    return re.search(r"general (\d+:[0-9a-f]{64})", result.stdout)[1]


def test_demo_again_changes_nothing(instance):
    before = head_of(instance("verify"))

    again = instance("demo", "--no-serve")

    assert "already" in again.stdout
    assert head_of(instance("verify")) == before


def test_verify_knows_its_head_and_no_other(instance):
    head = head_of(instance("verify"))
    seq, digest = head.split(":")

    assert instance("verify", "--head", head).returncode == 0
    assert instance("verify", "--head", f"{seq}:{digest[::-1]}").returncode == 4
    assert instance("verify", "--head", "yesterday").returncode == 2
    assert instance("verify", "--compartment", "nowhere").returncode == 2


def test_rebuild_makes_the_same_rows(instance):
    result = instance("rebuild")

    assert "the same rows as before" in result.stdout


def test_export_holds_what_the_register_holds(instance):
    rows = json.loads(instance("export", "--format", "json").stdout)
    asked = instance("export", "--as", "nobody@ikrar.example")

    assert len(rows) >= 12
    assert {"requested", "confirmed", "declined"} <= {row["standing"] for row in rows}
    assert instance("export", "--format", "xml").returncode == 2
    assert asked.returncode == 2


def test_intake_keeps_what_it_cannot_read_and_says_so(instance, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "plain.txt").write_text("The weather in Jakarta was fine on the whole.")

    result = instance("intake", tmp_path / "empty.txt", tmp_path / "plain.txt", tmp_path / "no.txt")

    assert result.returncode == 3
    assert "Kept as source" in result.stderr
    assert "no.txt" in result.stderr
    assert "0 statements" in result.stdout


def test_intake_accepts_only_as_a_reviewer(instance, tmp_path):
    (tmp_path / "plain.txt").write_text("The weather in Jakarta was fine on the whole.")

    result = instance("intake", tmp_path / "plain.txt", "--accept-as", "nobody@ikrar.example")

    assert result.returncode == 2


def test_account_is_made_once_and_gets_links(instance):
    made = instance("account", "rahma@ikrar.example", "--name", "Rahma", "--role", "reviewer")
    again = instance("account", "rahma@ikrar.example")

    assert "/accounts/link/" in made.stdout
    assert "/accounts/link/" in again.stdout
    assert instance("account", "rahma@ikrar.example", "--name", "Rahma").returncode == 2
    assert instance("account", "nobody@ikrar.example").returncode == 2
    assert instance("account", "x@ikrar.example", "--name", "X", "--role", "king").returncode == 2
    assert instance("account", "no address", "--name", "X").returncode == 2


def test_impossible_home_is_told_in_a_sentence(instance):
    result = instance("verify", IKRAR_HOME="/proc/nowhere")

    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "IKRAR_HOME" in result.stderr


def test_taken_port_is_refused(instance):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        result = instance("serve", PORT=port)

    assert result.returncode == 2
    assert f"Port {port}" in result.stdout


def test_stop_stops_and_says_so(instance):
    assert "stopped" in instance("stop").stdout
    assert "No database" in instance("stop").stdout
