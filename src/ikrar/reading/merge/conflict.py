"""Conflicts: where reports of one act differ, each with its own wording kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ikrar.reading.merge.align import Aligned
from ikrar.reading.merge.reference import Testimony
from ikrar.reading.outcome import Reading
from ikrar.reading.rules import load_pack


class ConflictType(StrEnum):
    """In what reports differ."""

    STRENGTH = "strength"
    FIGURE = "figure"
    SCOPE = "scope"
    DATE = "date"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class ReportConflict:
    """A difference; `ids` are statements, or for the meeting's own day and place sources."""

    type: ConflictType
    ids: tuple[str, ...]


def conflicts_in(aligned: Sequence[Aligned]) -> tuple[ReportConflict, ...]:
    """The differences inside each group of aligned statements."""
    return tuple(conflict for group in aligned for conflict in _in_group(group))


def _in_group(group: Aligned) -> Iterator[ReportConflict]:
    for kind, key in _KEYS:
        values = {told.id: value for told in group.told if (value := key(told)) is not None}
        if len(set(values.values())) > 1 and not _is_mere_precision(kind, values):
            yield ReportConflict(kind, tuple(values))


def _strength(told: Testimony) -> Hashable:
    """A headline is compared as well: it is where a warm word most often becomes a yes."""
    statement = told.statement
    pack = load_pack(told.reading.source.language or "en")
    return statement.kind, statement.hedged, pack.rule(statement.rule).strength


def _figure(told: Testimony) -> Hashable:
    """The amounts in the words, without years and dates."""
    words = told.words.lower()
    due = told.statement.due.value.split("-") if told.statement.due else []
    found = [
        (_QUALIFIER.search(words[: match.start()]) is not None, number)
        for match in _NUMBER.finditer(words)
        if (number := _value(match.group())) is not None
        and str(number) not in due
        and not 1900 <= number <= 2200
        and not _IN_DATE.search(words[match.end() :])
    ]
    return frozenset(found) or None


def _value(written: str) -> int | None:
    if written[0].isdigit():
        return int(re.sub(r"\D", "", written))
    return _WORDS.get(" ".join(written.split()))


def _scope(told: Testimony) -> Hashable:
    return (frozenset(told.statement.to), told.statement.condition is not None)


def _date(told: Testimony) -> Hashable:
    return told.statement.due.value if told.statement.due else None


def _is_mere_precision(kind: ConflictType, values: dict[str, Hashable]) -> bool:
    """Whether one date only says more exactly what the other says: 2026 and 2026-06-30."""
    if kind is not ConflictType.DATE:
        return False
    longest = max(map(str, values.values()), key=len)
    return all(longest.startswith(str(value)) for value in values.values())


def meeting_conflicts(readings: Sequence[Reading]) -> Iterator[ReportConflict]:
    """Where reports give the meeting another day or place; the ids are sources' sha256."""
    for kind, attribute in ((ConflictType.DATE, "date"), (ConflictType.PLACE, "place")):
        values = {
            reading.source.sha256: value
            for reading in readings
            if (value := getattr(reading.meeting, attribute)) is not None
        }
        if len(set(values.values())) > 1:
            yield ReportConflict(kind, tuple(values))


_ID: Final = (
    "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas|dua belas|tiga belas|"
    "empat belas|lima belas|enam belas|tujuh belas|delapan belas|sembilan belas|dua puluh|"
    "tiga puluh|empat puluh|lima puluh|enam puluh|tujuh puluh|delapan puluh|sembilan puluh|seratus"
)
_EN: Final = (
    "one two three four five six seven eight nine ten eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    "one hundred"
)
_VALUES: Final = (*range(1, 21), *range(30, 101, 10))


def _named(listed: str) -> dict[str, int]:
    first, *others = listed.split("|")
    return dict(zip([*first.split(), *others], _VALUES, strict=True))


_WORDS: Final = _named(_ID) | _named(_EN)
_NUMBER: Final = re.compile(
    r"(?<![\w.,])(?:\d[\d.,]*\d|\d|"
    + "|".join(word.replace(" ", r"\s+") for word in sorted(_WORDS, key=len, reverse=True))
    + r")(?!\w)"
)
_QUALIFIER: Final = re.compile(
    r"(?:lebih dari|sedikitnya|hampir|sekitar|more than|over|at least|nearly|about|around)\s*$"
)
_IN_DATE: Final = re.compile(
    r"^\s*(?:jan|feb|mar|apr|ma[yi]|jun|jul|aug|agu|sep|o[ck]t|nov|de[cs]|/|%)"
)
_KEYS: Final[tuple[tuple[ConflictType, Callable[[Testimony], Hashable]], ...]] = (
    (ConflictType.STRENGTH, _strength),
    (ConflictType.FIGURE, _figure),
    (ConflictType.SCOPE, _scope),
    (ConflictType.DATE, _date),
)
