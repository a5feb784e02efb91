"""Sources as other rooms need them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models.functions import Coalesce, TruncDate

from ikrar.register.models import Meeting, MeetingReport, Source


@dataclass(frozen=True, slots=True)
class KeptSource:
    """A stored document without its bytes. Zones are (start, end, label)."""

    pk: int
    symbol: str
    sha256: str
    text: str
    media_type: str
    filename: str
    url: str
    publisher: str
    title: str
    language: str
    published_on: date | None
    published_by: str
    received_at: datetime
    attestation: str
    classification: int
    compartment: str
    zones: tuple[tuple[int, int, str], ...]
    flags: tuple[str, ...]
    error: str
    invented: bool


def kept_source(pk: int) -> KeptSource:
    """Load one source; `Source.DoesNotExist` if there is none."""
    return _kept(Source.objects.defer("content").get(pk=pk))


def readable_sources(
    compartment: str, *, days: tuple[date, date] | None = None
) -> list[KeptSource]:
    """Load the sources of a compartment that could be read, in order of arrival.

    `days` (first, last) keeps those published, or if that is unknown received, in between.
    """
    rows = Source.objects.filter(compartment=compartment, error="").defer("content")
    if days:
        told_on = Coalesce("published_on", TruncDate("received_at"))
        rows = rows.annotate(told_on=told_on).filter(told_on__range=days)
    return [_kept(row) for row in rows.order_by("received_at", "pk")]


def meetings_of(sources: Iterable[int]) -> dict[int, int]:
    """Tell in which meeting's reports sources already are: {source: meeting}."""
    reports = MeetingReport.objects.filter(source__in=list(sources))
    return dict(reports.values_list("source_id", "meeting_id"))


@dataclass(frozen=True, slots=True)
class KeptMeeting:
    """A meeting as the desk needs it; `copies` are its reports that repeat another's words."""

    symbol: str
    held_on: str
    precision: str
    copies: frozenset[int]


def kept_meetings(pks: Iterable[int]) -> dict[int, KeptMeeting]:
    """Load meetings by their keys."""
    rows = Meeting.objects.filter(pk__in=list(pks)).prefetch_related("reports")
    return {
        row.pk: KeptMeeting(
            symbol=row.symbol,
            held_on=_written(row.held_on, row.precision),
            precision=row.precision,
            copies=frozenset(r.source_id for r in row.reports.all() if r.copy_of_id),
        )
        for row in rows
    }


def _written(day: date | None, precision: str) -> str:
    """Write a day as exactly as it is known: 2025-11-24, 2025-11 or 2025."""
    return day.isoformat()[: {"day": 10, "month": 7}.get(precision, 4)] if day else ""


def _kept(row: Source) -> KeptSource:
    return KeptSource(
        pk=row.pk,
        symbol=row.symbol,
        sha256=row.sha256,
        text=row.text,
        media_type=row.media_type,
        filename=row.filename,
        url=row.url,
        publisher=row.publisher,
        title=row.title,
        language=row.language,
        published_on=row.published_on,
        published_by=row.published_by,
        received_at=row.received_at,
        attestation=row.attestation,
        classification=row.classification,
        compartment=row.compartment,
        zones=tuple((start, end, label) for start, end, label in row.zones),
        flags=tuple(row.flags),
        error=row.error,
        invented=row.invented,
    )
