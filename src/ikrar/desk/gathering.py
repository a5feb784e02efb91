"""Gathering: reports of one meeting come together, with what each tells of the same act."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction

from ikrar.desk.drafting import Unit
from ikrar.desk.models import Statement
from ikrar.desk.readings import kept_readings
from ikrar.desk.vocabulary import Decision
from ikrar.kernel.move import Precision, When
from ikrar.reading.meeting import Meeting
from ikrar.reading.merge import MergedMeeting, merge
from ikrar.reading.outcome import Reading
from ikrar.register.actions.sources import MeetingFacts, keep_meeting
from ikrar.register.queries.sources import (
    KeptMeeting,
    KeptSource,
    kept_meetings,
    meetings_of,
    readable_sources,
)

A_MONTH = timedelta(days=31)


@transaction.atomic
def gather(compartment: str = "general", *, around: Iterable[KeptSource] | None = None) -> int:
    """Merge the readings of a compartment into meetings. Returns how many meetings there are.

    `around` looks only at reports published within a month of these sources.
    A known meeting takes further reports up; statements that tell the same act share a group.
    """
    days = _days_around(around) if around is not None else None
    sources = {source.sha256: source for source in readable_sources(compartment, days=days)}
    merged = merge(kept_readings(sources.values()))
    for meeting in merged.meetings:
        reports = [sources[reading.source.sha256] for reading in meeting.readings]
        kept = _keep(meeting, reports)
        _group(meeting, sources, kept)
    _group_singly()
    return len(merged.meetings)


def _days_around(sources: Iterable[KeptSource]) -> tuple[date, date]:
    told_on = [source.published_on or source.received_at.date() for source in sources]
    first, last = min(told_on, default=date.min), max(told_on, default=date.min)
    return max(first, date.min + A_MONTH) - A_MONTH, last + A_MONTH


def _keep(meeting: MergedMeeting, reports: Sequence[KeptSource]) -> int:
    known = sorted(set(meetings_of([report.pk for report in reports]).values()))
    copies = _copied(meeting.copies, {report.sha256: report for report in reports})
    frame = _open_frame(meeting, reports)
    facts = MeetingFacts(
        held_on=frame.date.first if frame.date else None,
        precision=frame.date.precision.value if frame.date else "",
        place=frame.place or "",
        venue=frame.venue or "",
        kind=frame.kind or "",
        parties=frame.parties,
        participants=tuple(
            (p.name or "", p.office or "", p.party or "", p.role) for p in frame.participants
        ),
    )
    return keep_meeting(
        facts,
        [(report.pk, copies.get(report.pk)) for report in reports],
        meeting=known[0] if known else None,
    )


def _open_frame(meeting: MergedMeeting, reports: Sequence[KeptSource]) -> Meeting:
    """Take the meeting as its least guarded reports tell it: whoever may see these sees it."""
    lowest = min(report.classification for report in reports)
    told = zip(meeting.readings, reports, strict=True)
    open_readings = [reading for reading, report in told if report.classification == lowest]
    if len(open_readings) == len(reports):
        return meeting.meeting
    return merge(open_readings).meetings[0].meeting


def _copied(
    groups: Iterable[tuple[Reading, ...]], sources: dict[str, KeptSource]
) -> dict[int, int]:
    """Name, for each report that repeats another, the one it repeats: the first that arrived.

    An open report is never the copy of a guarded one, which its readers may not know of.
    """
    copied: dict[int, int] = {}
    for group in groups:
        ordered = sorted((sources[r.source.sha256] for r in group), key=_arrival)
        copied |= {copy.pk: ordered[0].pk for copy in ordered[1:]}
    return copied


def _arrival(source: KeptSource) -> tuple[object, ...]:
    told_on = source.published_on or source.received_at.date()
    return (source.classification, told_on, source.pk)


def _group(meeting: MergedMeeting, sources: dict[str, KeptSource], kept: int) -> None:
    rows = {
        (row.source_id, row.key): row
        for row in Statement.objects.filter(
            source__in=[sources[r.source.sha256].pk for r in meeting.readings]
        )
    }
    for aligned in meeting.statements:
        told = [rows[sources[t.reading.source.sha256].pk, t.statement.id] for t in aligned.told]
        name = next((row.group for row in told if row.group), _name(told[0]))
        for row in told:
            row.group, row.meeting_id = name, kept
    Statement.objects.bulk_update(rows.values(), ["group", "meeting"])


def _group_singly() -> None:
    """Give a statement that no other report tells a group of its own."""
    lone = list(Statement.objects.filter(group=""))
    for row in lone:
        row.group = _name(row)
    Statement.objects.bulk_update(lone, ["group"])


def _name(row: Statement) -> str:
    return f"{row.source_id}:{row.key}"


def waiting_units(compartment: str = "general") -> list[Unit]:
    """Gather the statements that nobody decided on into what is accepted together."""
    rows = Statement.objects.filter(
        decision=Decision.WAITING, source__compartment=compartment
    ).select_related("source")
    meetings = kept_meetings({row.meeting_id for row in rows if row.meeting_id})
    together: dict[tuple[int, int], list[Statement]] = {}
    for row in rows.order_by("source_id", "start", "key"):
        place = (row.meeting_id, 0) if row.meeting_id else (0, row.source_id)
        together.setdefault(place, []).append(row)
    units = [
        _unit(told, meetings.get(meeting), compartment) for (meeting, _), told in together.items()
    ]
    return sorted(units, key=lambda unit: (unit.made_on.last, unit.made_on.first))


def _unit(told: Sequence[Statement], meeting: KeptMeeting | None, compartment: str) -> Unit:
    """A document without a meeting speaks on the day of its publication."""
    source = told[0].source
    if meeting and meeting.held_on:
        made_on = When(meeting.held_on, Precision(meeting.precision))
    else:
        made_on = When.on(source.published_on or source.received_at.date())
    return Unit(
        statements=tuple(told),
        made_on=made_on,
        compartment=compartment,
        meeting=meeting.symbol if meeting else "",
        copies=meeting.copies if meeting else frozenset(),
    )
