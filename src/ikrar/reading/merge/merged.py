"""The outcome of merging: meetings over several readings, as the contract prints them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ikrar.reading.contract import meeting_json
from ikrar.reading.meeting import Meeting, Participant
from ikrar.reading.merge.align import Aligned, align
from ikrar.reading.merge.cluster import Cluster, clusters_of
from ikrar.reading.merge.conflict import ReportConflict, conflicts_in, meeting_conflicts
from ikrar.reading.merge.copies import copies_in
from ikrar.reading.outcome import Reading

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class MergedMeeting:
    """One meeting over all reports of it. Readings are named by their source's sha256."""

    meeting: Meeting
    readings: tuple[Reading, ...]
    statements: tuple[Aligned, ...]
    copies: tuple[tuple[Reading, ...], ...]
    conflicts: tuple[ReportConflict, ...]

    def to_json(self) -> dict[str, Any]:
        """The contract's value."""
        return {
            "meeting": meeting_json(self.meeting),
            "readings": [reading.source.sha256 for reading in self.readings],
            "statements": [[told.id for told in group.told] for group in self.statements],
            "copies": [[reading.source.sha256 for reading in group] for group in self.copies],
            "conflicts": [
                {"type": str(conflict.type), "ids": list(conflict.ids)}
                for conflict in self.conflicts
            ],
        }


@dataclass(frozen=True, slots=True)
class MergedReadings:
    """All readings, and the meetings that they tell of."""

    readings: tuple[Reading, ...]
    meetings: tuple[MergedMeeting, ...]

    def to_json(self, *, with_text: bool = False) -> dict[str, Any]:
        """What `ikrar read --merge --json` prints."""
        return {
            "readings": [reading.to_json(with_text=with_text) for reading in self.readings],
            "meetings": [meeting.to_json() for meeting in self.meetings],
        }


def merge(readings: Sequence[Reading]) -> MergedReadings:
    """Cluster the readings by meeting and set what they tell side by side."""
    return MergedReadings(tuple(readings), tuple(map(_merged, clusters_of(readings))))


def _merged(cluster: Cluster) -> MergedMeeting:
    readings = cluster.readings
    aligned = align(readings)
    return MergedMeeting(
        meeting=_agreed([r.meeting for r in readings if r.meeting]),
        readings=readings,
        statements=aligned,
        copies=copies_in(readings),
        conflicts=(*meeting_conflicts(readings), *conflicts_in(aligned)),
    )


def _agreed(meetings: Sequence[Meeting]) -> Meeting:
    """What most reports say of the meeting; what one leaves open another may give."""
    parties = dict.fromkeys(party for meeting in meetings for party in meeting.parties)
    day = _most(meeting.date for meeting in meetings)
    flags = [flag for meeting in meetings for flag in meeting.flags]
    settled = {"no_date", "weekday_only", "unanchored"} if day else set()
    return Meeting(
        date=day,
        place=_most(meeting.place for meeting in meetings),
        venue=_most(meeting.venue for meeting in meetings),
        kind=_most(meeting.kind for meeting in meetings),
        parties=tuple(parties),
        participants=tuple(_people(meetings)),
        flags=tuple(dict.fromkeys(flag for flag in flags if flag not in settled)),
    )


def _most(values: Iterable[_T | None]) -> _T | None:
    counted = Counter(value for value in values if value is not None)
    return counted.most_common(1)[0][0] if counted else None


def _people(meetings: Sequence[Meeting]) -> Iterable[Participant]:
    """Each person once, as the report tells them that gives the fullest office."""
    found: dict[str, Participant] = {}
    for meeting in meetings:
        for person in meeting.participants:
            if not person.name:
                continue
            known = found.get(person.name)
            if known is None or len(person.office or "") > len(known.office or ""):
                found[person.name] = person
    return found.values()
