"""The demo's documents are read as a person would read them, and so are the swapped ones."""

from typing import Any

import pytest
from tests.factories.gold import Told, compare, gold, read_demo
from tests.factories.swap import DEMO, swap, swap_file_name, swapped_demo

NAMES = sorted(gold())
DEMOS = ("the demo", "the swapped demo")


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Told]]:
    swapped = swapped_demo(tmp_path_factory.mktemp("swapped") / "demo")
    told = read_demo(swapped)
    return {
        "the demo": read_demo(DEMO),
        "the swapped demo": {name: told[swap_file_name(name)[0]] for name in NAMES},
    }


def expected(demo: str, name: str) -> Told:
    if demo == "the demo":
        return gold()[name]
    return gold(swapped=True)[swap_file_name(name)[0]]


@pytest.mark.parametrize("demo", DEMOS)
@pytest.mark.parametrize("name", NAMES)
def test_demo_is_read_without_a_statement_missing(
    readings: dict[str, dict[str, Told]], demo: str, name: str
) -> None:
    assert compare(expected(demo, name), readings[demo][name]).missing == []


@pytest.mark.parametrize("demo", DEMOS)
@pytest.mark.parametrize("name", NAMES)
def test_demo_is_read_with_the_right_sides_hedges_and_days(
    readings: dict[str, dict[str, Told]], demo: str, name: str
) -> None:
    assert compare(expected(demo, name), readings[demo][name]).differing == []


@pytest.mark.parametrize("demo", DEMOS)
@pytest.mark.parametrize("name", NAMES)
def test_demo_binds_nobody_to_what_was_not_said(
    readings: dict[str, dict[str, Told]], demo: str, name: str
) -> None:
    assert compare(expected(demo, name), readings[demo][name]).binding_besides == []


@pytest.mark.parametrize("demo", DEMOS)
@pytest.mark.parametrize("name", [name for name in NAMES if gold()[name]["meeting"]])
def test_demo_meeting_has_its_day_place_and_parties(
    readings: dict[str, dict[str, Told]], demo: str, name: str
) -> None:
    wanted = expected(demo, name)["meeting"]
    found = readings[demo][name]["meeting"]
    principals = {one["name"]: one["party"] for one in found["participants"]}
    assert found["date"] == str(wanted["date"])
    assert found["place"] == wanted["place"]
    assert sorted(found["parties"]) == sorted(wanted["parties"])
    assert wanted.get("principals", {}).items() <= principals.items()


def _acts(reading: Told) -> list[tuple[Any, ...]]:
    return [
        (told["kind"], sorted(told["from"]), sorted(told["to"]), told["theme"], told["hedged"])
        for told in reading["statements"]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_swapped_demo_is_read_alike(readings: dict[str, dict[str, Told]], name: str) -> None:
    alike = [
        (kind, *(sorted(map(swap, side)) for side in sides), theme, hedged)
        for kind, *sides, theme, hedged in _acts(readings["the demo"][name])
    ]
    assert alike == _acts(readings["the swapped demo"][name])
