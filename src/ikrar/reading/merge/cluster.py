"""Clusters: which reports tell of the same meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ikrar.kernel.move import Precision
from ikrar.reading.meeting import Meeting
from ikrar.reading.merge.copies import likeness
from ikrar.reading.outcome import Reading

DAYS_APART: Final = 3


@dataclass(frozen=True, slots=True)
class Cluster:
    """Readings of one meeting, in the order in which they were given."""

    readings: tuple[Reading, ...]


def clusters_of(readings: Sequence[Reading]) -> tuple[Cluster, ...]:
    """Group the readings that tell of a meeting; the same bytes count once.

    Reports with a day are grouped first: same sides, no contrary principal or place, days at
    most three apart from the group's first. A report without a day joins the one group that it
    fits, or of several the one whose words are most like its own; only merging gives it a day.
    """
    told = [r for r in _once(readings) if r.meeting is not None and r.meeting.is_told]
    place = {id(reading): number for number, reading in enumerate(told)}
    groups: list[list[Reading]] = []
    for reading in sorted(told, key=lambda r: (_day(r) or date.max, place[id(r)])):
        fitting = [group for group in groups if all(_fits(reading, other) for other in group)]
        if _day(reading) is None and len(fitting) > 1:
            fitting = _most_alike(reading, fitting)
        if fitting:
            fitting[0].append(reading)
        else:
            groups.append([reading])
    ordered = [sorted(group, key=lambda r: place[id(r)]) for group in groups]
    return tuple(Cluster(tuple(group)) for group in ordered)


def _once(readings: Sequence[Reading]) -> list[Reading]:
    return list({reading.source.sha256: reading for reading in reversed(readings)}.values())[::-1]


def _day(reading: Reading) -> date | None:
    when = reading.meeting.date if reading.meeting else None
    return when.first if when and when.precision is Precision.DAY else None


def _fits(one: Reading, other: Reading) -> bool:
    first, second = one.meeting, other.meeting
    if first is None or second is None or not _same_sides(first, second):
        return False
    if first.place and second.place and first.place != second.place:
        return False
    shared, contrary = _principals(first, second)
    if contrary and not shared:
        return False
    days = (_day(one), _day(other))
    if days[0] and days[1]:
        return abs((days[0] - days[1]).days) <= DAYS_APART and not contrary
    return shared > 0


def _same_sides(first: Meeting, second: Meeting) -> bool:
    shared = set(first.parties) & set(second.parties)
    return len(shared) >= 2 or (
        len(shared) == 1 and min(len(first.parties), len(second.parties)) == 1
    )


def _principals(first: Meeting, second: Meeting) -> tuple[int, int]:
    """How many sides are led by the same person in both reports, and how many by another."""
    shared = contrary = 0
    ours, theirs = _leaders(first), _leaders(second)
    for party in ours.keys() & theirs.keys():
        if _is_same_name(ours[party], theirs[party]):
            shared += 1
        else:
            contrary += 1
    return shared, contrary


def _leaders(meeting: Meeting) -> dict[str, str]:
    return {
        person.party: person.name
        for person in meeting.participants
        if person.role == "principal" and person.party and person.name
    }


def _is_same_name(one: str, other: str) -> bool:
    first, second = set(one.casefold().split()), set(other.casefold().split())
    return first <= second or second <= first


def _most_alike(reading: Reading, groups: list[list[Reading]]) -> list[list[Reading]]:
    ranked = sorted(groups, key=lambda group: -max(likeness(reading, other) for other in group))
    best = max(likeness(reading, other) for other in ranked[0])
    return ranked[:1] if best > 0 else []
