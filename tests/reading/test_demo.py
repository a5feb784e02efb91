"""The demo's documents are read as a person would read them, and so are the swapped ones."""

from typing import Any

import pytest
from tests.factories.gold import Testimony, compare, gold, read_demo
from tests.factories.swap import DEMO, swap, swap_file_name, swapped_demo

from ikrar.reading.merge import merge
from ikrar.reading.outcome import Reading

NAMES = sorted(gold())
DEMOS = ("the demo", "the swapped demo")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Reading]]:
    """Of each demo, the reading of each document by the name it has in the project."""
    swapped = read_demo(swapped_demo(tmp_path_factory.mktemp("swapped") / "demo"))
    return {
        "the demo": read_demo(DEMO),
        "the swapped demo": {name: swapped[swap_file_name(name)[0]] for name in NAMES},
    }


@pytest.fixture(scope="module")
def readings(read: dict[str, dict[str, Reading]]) -> dict[str, dict[str, Testimony]]:
    return {
        demo: {name: reading.to_json() for name, reading in told.items()}
        for demo, told in read.items()
    }


def expected(demo: str, name: str) -> Testimony:
    if demo == "the demo":
        return gold()[name]
    return gold(swapped=True)[swap_file_name(name)[0]]


@pytest.mark.parametrize("demo", DEMOS)
@pytest.mark.parametrize("name", NAMES)
def test_demo_is_read_without_a_statement_missing(
    readings: dict[str, dict[str, Testimony]], demo: str, name: str
) -> None:
    assert compare(expected(demo, name), readings[demo][name]).missing == []


@pytest.mark.parametrize("demo", DEMOS)
@pytest.mark.parametrize("name", NAMES)
def test_demo_is_read_with_the_right_sides_hedges_and_days(
    readings: dict[str, dict[str, Testimony]], demo: str, name: str
) -> None:
    assert compare(expected(demo, name), readings[demo][name]).differing == []


@pytest.mark.parametrize("demo", DEMOS)
@pytest.mark.parametrize("name", NAMES)
def test_demo_binds_nobody_to_what_was_not_said(
    readings: dict[str, dict[str, Testimony]], demo: str, name: str
) -> None:
    assert compare(expected(demo, name), readings[demo][name]).binding_besides == []


@pytest.mark.parametrize("demo", DEMOS)
@pytest.mark.parametrize("name", [name for name in NAMES if gold()[name]["meeting"]])
def test_demo_meeting_has_its_day_place_and_parties(
    readings: dict[str, dict[str, Testimony]], demo: str, name: str
) -> None:
    wanted = expected(demo, name)["meeting"]
    found = readings[demo][name]["meeting"]
    principals = {one["name"]: one["party"] for one in found["participants"]}
    assert found["date"] == str(wanted["date"])
    assert found["place"] == wanted["place"]
    assert sorted(found["parties"]) == sorted(wanted["parties"])
    assert wanted.get("principals", {}).items() <= principals.items()


def _acts(reading: Testimony) -> list[tuple[Any, ...]]:
    return [
        (told["kind"], sorted(told["from"]), sorted(told["to"]), told["theme"], told["hedged"])
        for told in reading["statements"]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_swapped_demo_is_read_alike(readings: dict[str, dict[str, Testimony]], name: str) -> None:
    alike = [
        (kind, *(sorted(map(swap, side)) for side in sides), theme, hedged)
        for kind, *sides, theme, hedged in _acts(readings["the demo"][name])
    ]
    assert alike == _acts(readings["the swapped demo"][name])


@pytest.mark.parametrize("demo", DEMOS)
def test_demo_reports_of_one_meeting_are_merged(
    read: dict[str, dict[str, Reading]], demo: str
) -> None:
    names = {reading.source.sha256: name for name, reading in read[demo].items()}
    merged = merge(list(read[demo].values())).meetings
    together = [[names[one.source.sha256] for one in meeting.readings] for meeting in merged]
    november = [name for name in NAMES if name.startswith("2025-11-2")]
    assert sorted(map(sorted, together)) == [
        ["2025-09-16-serunia-press.en.txt"],
        november,
        ["2026-02-11-minutes.en.docx"],
        ["2026-09-21-risalah.id.txt"],
    ]
    copies = [
        sorted(names[one.source.sha256] for one in group)
        for meeting in merged
        for group in meeting.copies
    ]
    assert copies == [["2025-11-24-contoh-warta.id.txt", "2025-11-25-kabar-contoh.id.txt"]]


@pytest.mark.parametrize("demo", DEMOS)
@pytest.mark.parametrize(("kind", "theme"), [("request", "candidature"), ("acknowledge", "other")])
def test_demo_reports_agree_on_the_act_and_differ_in_its_words(
    read: dict[str, dict[str, Reading]], demo: str, kind: str, theme: str
) -> None:
    merged = merge(list(read[demo].values())).meetings
    meeting = max(merged, key=lambda meeting: len(meeting.readings))
    told = [
        aligned
        for aligned in meeting.statements
        if (aligned.told[0].statement.kind, aligned.told[0].statement.theme) == (kind, theme)
    ]
    reports = [{one.reading.source.sha256 for one in aligned.told} for aligned in told]
    assert list(map(len, reports)) == [7]
    assert [aligned.sources for aligned in told] == [6]
    ids = {one.id for one in told[0].told}
    assert any(set(conflict.ids) <= ids for conflict in meeting.conflicts)
