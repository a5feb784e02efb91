"""Meetings: who met whom, which reports tell of it, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from ikrar.register.models import Meeting, MeetingReport, Undertaking
from ikrar.register.queries.asof import AsOf
from ikrar.register.queries.undertakings import Row, ended_on, known_occasions, rows_of
from ikrar.register.rules import Reader, visible, visible_to


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting with its reports (the copies last) and the undertakings opened there."""

    meeting: Meeting
    reports: Sequence[MeetingReport]
    rows: Sequence[Row]


def meetings_of(reader: Reader) -> QuerySet[Meeting]:
    """Return the meetings that the reader may see, the latest first, with what is counted."""
    opened = Q(visible(reader, "undertaking__"), undertaking__isnull=False)
    return (
        visible_to(Meeting.objects.all(), reader)
        .prefetch_related("participants", _reports(reader))
        .annotate(opened=Count("undertaking", filter=opened, distinct=True))
        .order_by("-held_on", "-pk")
    )


def meeting_page(reader: Reader, symbol: str, as_of: AsOf) -> MeetingPage | None:
    """Load a meeting; None if there is none, or none that the reader may see."""
    meeting = meetings_of(reader).filter(symbol=symbol).first()
    if meeting is None:
        return None
    opened = visible_to(Undertaking.objects.filter(meeting=meeting), reader).order_by("pk")
    ended = ended_on(as_of.true_on, known_occasions(as_of))
    reports = sorted(meeting.reports.all(), key=lambda each: each.copy_of_id is not None)
    return MeetingPage(meeting, reports, rows_of(reader, [*opened], as_of, ended))


def _reports(reader: Reader) -> "Prefetch[str, QuerySet[MeetingReport], str]":
    rows = MeetingReport.objects.filter(visible(reader, "source__"))
    told = rows.select_related("source", "copy_of").defer(
        "source__content", "source__text", "copy_of__content", "copy_of__text"
    )
    return Prefetch("reports", told.order_by("source__received_at", "source_id"))
