"""Keep what was written: a source's bytes once, exact passages, meetings with their reports."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ikrar.kernel.evidence import Attestation, Classification
from ikrar.kernel.symbol import ALPHABET
from ikrar.reading.span import Span
from ikrar.reading.text import Document
from ikrar.register.errors import SentenceError
from ikrar.register.models import Meeting, MeetingReport, Participant, Passage, Source


class PassageNotInSourceError(SentenceError):
    """The passage does not lie in the source's text, so nothing was kept of it."""


@dataclass(frozen=True, slots=True)
class Custody:
    """Under which terms a source is kept."""

    attestation: Attestation = Attestation.REPORTED
    classification: Classification = Classification.INTERNAL
    compartment: str = "general"
    invented: bool = False


def new_code(length: int = 8) -> str:
    """Draw a random name of `length` characters: it tells nobody how many there are."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


AS_PRESS = Custody()
MOST_GUARDED = Classification.SECRET.rank


def sha256_hex(content: bytes) -> str:
    """Hash bytes to the lower-case hex that names a source."""
    return hashlib.sha256(content).hexdigest()


@transaction.atomic
def keep_source(
    content: bytes,
    document: Document,
    *,
    filename: str = "",
    custody: Custody = AS_PRESS,
    error: str = "",
) -> tuple[Source, bool]:
    """Keep a document's bytes once per compartment. Returns the source and whether it is new.

    A document that cannot be read is kept too: empty text, with the error's code.
    """
    source, is_new = Source.objects.get_or_create(
        sha256=document.sha256,
        compartment=custody.compartment,
        defaults={
            "symbol": new_code(),
            "content": content,
            "text": document.text,
            "text_sha256": sha256_hex(document.text.encode("utf-8", "surrogatepass")),
            "media_type": document.media_type,
            "filename": filename[:255],
            "url": (document.url or "")[:2000],
            "publisher": (document.publisher or "")[:200],
            "title": (document.title or "")[:500],
            "language": document.language or "",
            "published_on": document.published_on,
            "published_by": document.published_by.value if document.published_by else "",
            "received_at": timezone.now(),
            "attestation": custody.attestation.value,
            "classification": custody.classification.rank,
            "zones": [[z.start, z.end, z.label.value] for z in document.zones],
            "flags": list(document.flags),
            "error": error,
            "invented": custody.invented,
        },
    )
    return source, is_new


@transaction.atomic
def keep_passages(source: Source, spans: Iterable[Span]) -> dict[Span, Passage]:
    """Keep exact places of a source's text; the same place is kept once."""
    wanted = sorted(set(spans))
    if any(not 0 <= s.start < s.end <= len(source.text) for s in wanted):
        raise PassageNotInSourceError
    Passage.objects.bulk_create([_passage(source, span) for span in wanted], ignore_conflicts=True)
    kept = {Span(p.start, p.end): p for p in Passage.objects.filter(source=source)}
    return {span: kept[span] for span in wanted}


def _passage(source: Source, span: Span) -> Passage:
    quote = source.text[span.start : span.end]
    return Passage(
        source=source,
        start=span.start,
        end=span.end,
        quote=quote,
        sha256=sha256_hex(quote.encode("utf-8", "surrogatepass")),
    )


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the reports together say of a meeting; a participant is (name, office, party, role)."""

    held_on: date | None
    precision: str
    place: str
    venue: str
    kind: str
    parties: tuple[str, ...]
    participants: tuple[tuple[str, str, str, str], ...]


@transaction.atomic
def keep_meeting(
    facts: MeetingFacts,
    reports: Sequence[tuple[int, int | None]],
    *,
    meeting: int | None = None,
) -> int:
    """Keep a meeting with its reports (sources), each with the source it copies (or None).

    A known meeting takes up what further reports add and keeps its symbol. Its classification is
    the lowest of its reports: what the public press tells is no secret. So `facts` must be what
    these tell (`desk.gathering` sees to it), and when the lowest falls, who took part is told anew.
    """
    sources = list(
        Source.objects.filter(pk__in=[source for source, _ in reports]).defer("content", "text")
    )
    values: dict[str, Any] = {
        "held_on": facts.held_on,
        "precision": facts.precision,
        "place": facts.place,
        "venue": facts.venue,
        "kind": facts.kind,
        "parties": list(facts.parties),
        "classification": min((s.classification for s in sources), default=1),
        "compartment": sources[0].compartment if sources else "general",
        "invented": all(s.invented for s in sources),
    }
    if meeting is None:
        meeting = Meeting.objects.create(symbol=new_code(), **values).pk
    else:
        guarded = Participant.objects.filter(
            meeting=meeting, meeting__classification__gt=values["classification"]
        )
        guarded.delete()
        Meeting.objects.filter(pk=meeting).update(**values)
    _keep_reports(meeting, reports, {s.pk: s.classification for s in sources})
    _keep_participants(meeting, facts)
    return meeting


def _keep_reports(
    meeting: int, reports: Sequence[tuple[int, int | None]], levels: Mapping[int, int]
) -> None:
    """Keep which report repeats which; one never names another that is more guarded than it is."""
    for source, copied in reports:
        is_told = copied is not None and levels.get(copied, MOST_GUARDED) <= levels[source]
        MeetingReport.objects.update_or_create(
            meeting_id=meeting,
            source_id=source,
            defaults={"copy_of_id": copied if is_told else None},
        )


def _keep_participants(meeting: int, facts: MeetingFacts) -> None:
    for name, office, party, role in facts.participants:
        Participant.objects.update_or_create(
            meeting_id=meeting,
            name=name,
            defaults={"office": office, "party": party, "role": role},
        )
