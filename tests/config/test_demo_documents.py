"""The demo's documents keep their own promises: real acts only, no quotation in a real mouth."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.factories.paper import DOCUMENTS, make_paper, papers
from tests.factories.swap import DEMO, MONTHS, WEEKDAYS, swapped_demo

from ikrar.reading.gazetteer import EntryKind, Gazetteer

EXPECTED = Path(__file__).resolve().parent.parent / "reading" / "demo_expected.yaml"
LISTED: list[dict[str, Any]] = yaml.safe_load((DEMO / "demo.yaml").read_text("utf-8"))["documents"]
GOLD: dict[str, Any] = yaml.safe_load(EXPECTED.read_text("utf-8"))
NAMES = [entry["file"] for entry in LISTED]
REAL = [entry["file"] for entry in LISTED if not entry["invented"]]
INVENTED = [entry["file"] for entry in LISTED if entry["invented"]]
MARK = re.compile(r"(Teks peraga|Demonstration text): ")
DATED = re.compile(
    r"(?P<weekday>[A-Z][a-z]+),? \(?(?P<day>\d{1,2})[/ ](?P<month>\w+)[/ ](?P<year>20\d\d)"
)


def text_of(name: str) -> str:
    return papers().get(name) or (DOCUMENTS / name).read_text("utf-8")


def test_demo_lists_every_document_once() -> None:
    assert sorted(NAMES) == sorted(path.name for path in DOCUMENTS.iterdir())
    assert len(set(NAMES)) == len(NAMES)


def test_demo_lists_documents_in_order_of_arrival() -> None:
    arrivals = [entry["received_at"] for entry in LISTED]
    assert arrivals == sorted(arrivals)
    assert all(arrival.utcoffset() is not None for arrival in arrivals)


@pytest.mark.parametrize("entry", LISTED, ids=NAMES)
def test_demo_entry_is_plausible(entry: dict[str, Any]) -> None:
    assert date(2025, 9, 1) <= entry["published_on"] <= entry["received_at"].date()
    assert entry["received_at"].date() < date(2026, 11, 1)
    assert entry["url"].split("/")[2].endswith(".example")
    assert entry["attestation"] in {"reported", "recorded"}
    assert entry["classification"] == "public"
    assert entry["file"].split(".")[1] == entry["language"]


@pytest.mark.parametrize("name", NAMES)
def test_document_says_that_it_is_a_demonstration(name: str) -> None:
    assert len(MARK.findall(text_of(name))) == 1


@pytest.mark.parametrize("name", REAL)
def test_document_about_real_states_quotes_nobody(name: str) -> None:
    words = re.sub(r"<[^>]*>", "", text_of(name))
    assert not re.search(r'["“”„«»]', words)


@pytest.mark.parametrize("name", INVENTED)
def test_invented_document_names_no_real_state(name: str) -> None:
    gazetteer = Gazetteer.load(DEMO / "gazetteer")
    found = {
        code
        for mention in gazetteer.find(text_of(name))
        for code in mention.codes
        if mention.entries[0].kind in {EntryKind.STATE, EntryKind.DEMONYM, EntryKind.INSTITUTION}
    }
    assert {code[:3] for code in found} == {"XSA", "XTA"}


def right_weekdays(text: str) -> list[bool]:
    return [_is_right_weekday(match) for match in DATED.finditer(text) if _is_weekday(match)]


def _is_weekday(match: re.Match[str]) -> bool:
    return any(match["weekday"] in names.split() for names in WEEKDAYS)


def _is_right_weekday(match: re.Match[str]) -> bool:
    months = [names.split() for names in MONTHS.values()]
    named = [names.index(match["month"]) + 1 for names in months if match["month"] in names]
    day = date(int(match["year"]), named[0] if named else int(match["month"]), int(match["day"]))
    return any(match["weekday"] == names.split()[day.weekday()] for names in WEEKDAYS)


def test_weekdays_agree_with_their_days_before_and_after_the_swap(tmp_path: Path) -> None:
    before = [right for name in NAMES for right in right_weekdays(text_of(name))]
    swapped = swapped_demo(tmp_path / "demo") / "documents"
    after = [
        right
        for path in sorted(swapped.iterdir())
        if path.suffix in {".txt", ".html"}
        for right in right_weekdays(path.read_text("utf-8"))
    ]
    assert before
    assert after
    assert all(before + after)


def test_wire_copy_repeats_every_paragraph_under_another_headline() -> None:
    first = text_of("2025-11-24-contoh-warta.id.txt").split("\n\n")
    copy = text_of("2025-11-25-kabar-contoh.id.txt").split("\n\n")
    assert copy[0] != first[0]
    assert copy[2:-2] == first[2:-1]


@pytest.mark.parametrize("name", sorted(papers()))
def test_paper_in_the_demo_is_the_one_made_from_its_text(name: str) -> None:
    assert (DOCUMENTS / name).read_bytes() == make_paper(name, papers()[name])


@pytest.mark.parametrize("name", NAMES)
def test_gold_quotes_its_document(name: str) -> None:
    expected = GOLD[name]
    told = [*expected["statements"], *filter(None, [expected.get("headline")])]
    text = text_of(name)
    assert [one["in"] for one in told if one["in"] not in text] == []
    assert [words for words in expected.get("never", []) if words not in text] == []


def test_invented_loop_is_told_from_the_request_to_the_confirmation() -> None:
    kinds = [one["kind"] for name in INVENTED for one in GOLD[name]["statements"]]
    loop = ["request", "counter", "accept", "report", "report", "dispute", "report", "confirm"]
    rest = iter(kinds)
    assert all(kind in rest for kind in loop)
    assert "decline" in kinds


@pytest.mark.parametrize("name", REAL)
def test_gold_promises_no_vote_of_a_real_state(name: str) -> None:
    votes = [
        one
        for one in GOLD[name]["statements"]
        if one.get("theme") == "candidature" and one["kind"] != "request"
    ]
    assert votes == []
