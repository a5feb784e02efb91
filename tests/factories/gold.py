"""How a reading compares with what a right reading of a demo document must find."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from tests.factories.swap import DEMO, swap

from ikrar.kernel.move import Kind
from ikrar.reading import pipeline
from ikrar.reading.gazetteer import Gazetteer
from ikrar.reading.outcome import Reading
from ikrar.reading.text import Meta

EXPECTED = Path(__file__).resolve().parent.parent / "reading" / "demo_expected.yaml"
BINDING = frozenset(Kind) - {Kind.ACKNOWLEDGE}
TOLD_ALIKE = ("hedged", "theme", "joint", "evidence_grade")

Testimony = dict[str, Any]


@cache
def gold(*, swapped: bool = False) -> dict[str, Testimony]:
    """What is expected of each document of the demo, or of the swapped one."""
    text = EXPECTED.read_text("utf-8")
    expected: dict[str, Testimony] = yaml.safe_load(swap(text) if swapped else text)
    return expected


def read_demo(demo: Path = DEMO) -> dict[str, Reading]:
    """The reading of each listed document."""
    gazetteer = Gazetteer.load(demo / "gazetteer")
    listed = yaml.safe_load((demo / "demo.yaml").read_text("utf-8"))["documents"]
    return {entry["file"]: _read(demo, entry, gazetteer) for entry in listed}


def _read(demo: Path, entry: Testimony, gazetteer: Gazetteer) -> Reading:
    meta = Meta(
        filename=entry["file"],
        url=entry["url"],
        published_on=entry["published_on"],
        publisher=entry["publisher"],
    )
    content = (demo / "documents" / entry["file"]).read_bytes()
    return pipeline.read(content, meta, gazetteer)


@dataclass(frozen=True)
class Comparison:
    """Sentences about what is missing, what differs and what binds though nobody said it."""

    missing: list[str]
    differing: list[str]
    binding_besides: list[str]


def compare(expected: Testimony, reading: Testimony) -> Comparison:
    """Match each expected statement with the statement found that differs least from it."""
    left = list(reading["statements"])
    missing, differing = [], []
    for wanted in _wanted(expected):
        found = _closest(wanted, left)
        if found is None:
            if not wanted.get("optional"):
                missing.append(f"{wanted['kind']}: {wanted['in']}")
            continue
        left.remove(found)
        differing += [f"{wanted['in']}: {words}" for words in _differences(wanted, found)]
    besides = [
        f"{found['kind']} {found['from']}: {found['passage']['quote']}"
        for found in left
        if found["kind"] in BINDING
    ]
    return Comparison(missing, differing, besides)


def _wanted(expected: Testimony) -> list[Testimony]:
    return [*expected["statements"], *filter(None, [expected.get("headline")])]


def _closest(wanted: Testimony, left: list[Testimony]) -> Testimony | None:
    alike = [
        found
        for found in left
        if found["kind"] == wanted["kind"]
        and _plain(wanted["in"]) in _plain(found["passage"]["quote"])
    ]
    return min(alike, key=lambda found: len(list(_differences(wanted, found))), default=None)


def _differences(wanted: Testimony, found: Testimony) -> Iterator[str]:
    for side in ("from", "to"):
        if side in wanted and sorted(wanted[side]) != sorted(found[side]):
            yield f"{side} is {found[side]}, not {wanted[side]}"
    for name in TOLD_ALIKE:
        if name in wanted and wanted[name] != found[name]:
            yield f"{name} is {found[name]}, not {wanted[name]}"
    due = (found["due"] or {}).get("value")
    if "due" in wanted and str(wanted["due"]) != due:
        yield f"due is {due}, not {wanted['due']}"
    condition = (found["condition"] or {}).get("quote", "")
    if wanted.get("condition", "") not in condition:
        yield f"condition is {condition!r}, not {wanted['condition']!r}"


def _plain(words: str) -> str:
    return " ".join(words.split())
