"""Alignment: which statements of several reports tell the same act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ikrar.kernel.evidence import EvidenceGrade
from ikrar.reading.merge.copies import copies_in
from ikrar.reading.merge.reference import Testimony
from ikrar.reading.outcome import Reading
from ikrar.reading.rules import load_pack
from ikrar.reading.statement import Statement

REPLY: Final = "reply"
_FAMILY: Final = {"acknowledge": REPLY, "accept": REPLY, "decline": REPLY, "dispute": "confirm"}
_ALIKE_ENOUGH: Final = 0.2
_WORD: Final = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class Aligned:
    """Statements of several reports that tell one act, in the order of the reports."""

    told: tuple[Testimony, ...]

    @property
    def sources(self) -> int:
        """How many independent sources tell it: copies of one text count once."""
        return len({id(reading) for reading in _first_copies(self.told)})


def _first_copies(told: Sequence[Testimony]) -> Iterable[Reading]:
    readings = list({id(one.reading): one.reading for one in told}.values())
    copied = {id(r): group[0] for group in copies_in(readings) for r in group}
    return [copied.get(id(reading), reading) for reading in readings]


def align(readings: Sequence[Reading]) -> tuple[Aligned, ...]:
    """Group the statements of one meeting's readings; each group has one per reading at most.

    A headline tells what its own report tells again, so it comes last and takes nobody's place.
    """
    groups: list[list[Testimony]] = []
    for reading in readings:
        taken: set[int] = set()
        for statement in sorted(reading.statements, key=_is_headline):
            told = Testimony(reading, statement)
            place = _best_group(told, groups, set() if _is_headline(statement) else taken)
            if place is None:
                groups.append([told])
                place = len(groups) - 1
            else:
                groups[place].append(told)
            taken.add(place)
    return tuple(Aligned(tuple(group)) for group in groups)


def _is_headline(statement: Statement) -> bool:
    return statement.evidence_grade is EvidenceGrade.HEADLINE


def _best_group(told: Testimony, groups: list[list[Testimony]], taken: set[int]) -> int | None:
    scored = [
        (max(_score(told, other) for other in group), -place)
        for place, group in enumerate(groups)
        if place not in taken
    ]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] > 0 else None


def family(told: Testimony) -> str:
    """What a kind is compared with: all answers with each other, everything else with its own."""
    statement = told.statement
    if statement.kind == "promise" and _is_reply(told):
        return REPLY
    return _FAMILY.get(statement.kind, statement.kind)


def _is_reply(told: Testimony) -> bool:
    return load_pack(_language(told)).rule(told.statement.rule).answers


def _language(told: Testimony) -> str:
    return told.reading.source.language or "en"


def _score(one: Testimony, other: Testimony) -> float:
    """How likely two statements tell one act: 0 where they cannot."""
    first, second = one.statement, other.statement
    if family(one) != family(other) or set(first.from_) != set(second.from_):
        return 0.0
    if first.to and second.to and not set(first.to) & set(second.to):
        return 0.0
    if "other" not in (first.theme, second.theme) and first.theme != second.theme:
        return 0.0
    words = overlap(one.words, other.words)
    same_due = first.due is not None and first.due == second.due
    score = words + 0.5 * same_due + 0.25 * (first.kind == second.kind)
    if first.theme == second.theme != "other":
        return score + 2.0
    if words >= _ALIKE_ENOUGH:
        return score + 1.0
    is_like = (first.hedged, first.joint) == (second.hedged, second.joint)
    if first.theme == second.theme and (is_like or family(one) == REPLY):
        return score + 0.5
    is_vague = family(one) == REPLY or first.joint
    return score + 0.1 if is_vague and first.theme != second.theme else 0.0


def overlap(one: str, other: str) -> float:
    """Shared words over all words (Jaccard), 0 to 1."""
    first, second = (set(_WORD.findall(words.lower())) for words in (one, other))
    return len(first & second) / len(first | second) if first and second else 0.0
