"""`ikrar read` prints exactly the contract and says by its exit code what it could not read."""

import json

import pytest
from typer.testing import CliRunner

from ikrar.config.cli import app
from ikrar.config.demo.load import FOLDER

DOCUMENTS = FOLDER / "documents"
STATEMENT = {
    "id", "kind", "origin", "speaker", "from", "to", "theme", "hedged", "joint", "condition", "due",
    "reply_to", "evidence_grade", "passage", "cue", "rule", "why",
}  # fmt: skip
READING = {"source", "meeting", "statements", "quotations", "rules_version", "reading_sha256"}


def run(*arguments):
    """Run the command line in this process."""
    return CliRunner().invoke(app, ["read", *map(str, arguments)])


@pytest.fixture(scope="module")
def wire():
    """One document read as JSON."""
    return json.loads(run(DOCUMENTS / "2025-11-25-sample-wire.en.txt", "--json").stdout)


def test_json_is_an_array_with_one_object_per_file(wire):
    assert [set(reading) for reading in wire] == [READING]


def test_statements_have_the_keys_of_the_contract(wire):
    assert {frozenset(told) for told in wire[0]["statements"]} == {frozenset(STATEMENT)}


def test_text_is_added_on_request_and_every_span_is_true():
    (reading,) = json.loads(
        run(DOCUMENTS / "2025-11-25-sample-wire.en.txt", "--json", "--text").stdout
    )

    places = [told[part] for told in reading["statements"] for part in ("passage", "cue")]
    assert places
    for place in places:
        assert reading["text"][place["start"] : place["end"]] == place["quote"]


def test_merge_prints_readings_and_meetings():
    merged = json.loads(
        run(
            DOCUMENTS / "2025-11-25-sample-wire.en.txt",
            DOCUMENTS / "2025-11-24-contoh-warta.id.txt",
            "--merge",
            "--json",
        ).stdout
    )

    assert set(merged) == {"readings", "meetings"}
    (meeting,) = merged["meetings"]
    assert len(meeting["readings"]) == 2


def test_same_bytes_give_the_same_reading(wire):
    again = json.loads(run(DOCUMENTS / "2025-11-25-sample-wire.en.txt", "--json").stdout)

    assert again == wire


def test_unreadable_file_is_named_and_the_others_are_read(tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")

    result = run(empty, DOCUMENTS / "2025-11-25-sample-wire.en.txt", "--json")

    first, second = json.loads(result.stdout)
    assert result.exit_code == 3
    assert set(first) == {"source", "error"}
    assert second["statements"]
    assert "empty.txt" in result.stderr


def test_missing_file_is_named(tmp_path):
    result = run(tmp_path / "nothing.txt", "--json")

    assert result.exit_code == 3
    assert "nothing.txt" in result.stderr.replace("\n", "")


def test_brackets_in_names_and_words_are_printed_as_they_are(tmp_path):
    report = tmp_path / "[draft] report.txt"
    report.write_text("Jakarta, 24 November 2025. Indonesia asked Cambodia [sic] for support.")

    result = run(report, tmp_path / "gone [/b]")

    assert result.exit_code == 3
    assert "[draft] report.txt" in result.stdout
    assert "[/b]" in result.stderr


def test_wrong_day_is_bad_usage():
    assert run(DOCUMENTS / "2025-11-25-sample-wire.en.txt", "--published", "soon").exit_code == 2


def test_published_day_reaches_the_reading():
    (reading,) = json.loads(
        run(
            DOCUMENTS / "2025-11-25-sample-wire.en.txt", "--json", "--published", "2025-11-27"
        ).stdout
    )

    assert reading["source"]["published_on"] == "2025-11-27"
