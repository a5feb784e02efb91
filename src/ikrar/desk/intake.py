"""Intake: bytes arrive, are kept once, parsed under limits, and read."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction

from ikrar.desk.models import Statement
from ikrar.reading.formats.sandbox import parse_limited
from ikrar.reading.gazetteer import Gazetteer
from ikrar.reading.outcome import Reading
from ikrar.reading.pipeline import read_document
from ikrar.reading.statement import Statement as ReadStatement
from ikrar.reading.text import Document, Label, Meta, PublishedBy, ReadingError, Zone
from ikrar.register.actions.sources import Custody, keep_source
from ikrar.register.queries.sources import KeptSource, kept_source

AS_PRESS = Custody()


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of a document: the kept source, what was read, or why nothing could be."""

    source: KeptSource
    is_new: bool
    statements: int
    error: ReadingError | None = None


def receive(
    content: bytes,
    meta: Meta,
    *,
    custody: Custody = AS_PRESS,
    gazetteer: Gazetteer | None = None,
) -> Arrival:
    """Keep a document and read it. What cannot be read is kept too, with the reason.

    Bytes that are there already are not kept twice; parsing happens outside the transaction.
    """
    document, error = _parsed(content, meta)
    kept_content = b"" if error and error.code == "too_large" else content
    with transaction.atomic():
        source, is_new = keep_source(
            kept_content,
            document,
            filename=meta.filename or "",
            custody=custody,
            error=error.code if error else "",
        )
        kept = kept_source(source.pk)
        if not is_new or error:
            return Arrival(kept, is_new, 0, error)
        reading = read_document(document, gazetteer)
        rows = [_statement(kept.pk, told) for told in reading.statements]
        Statement.objects.bulk_create(rows)
    return Arrival(kept, is_new, len(rows))


def read_again(source: KeptSource, gazetteer: Gazetteer | None = None) -> Reading:
    """Read a kept source once more from its stored text: the same words, so the same Reading."""
    return read_document(document_of(source), gazetteer)


def document_of(source: KeptSource) -> Document:
    """Rebuild the document that a source was kept as."""
    return Document(
        sha256=source.sha256,
        media_type=source.media_type,
        text=source.text,
        zones=tuple(Zone(start, end, Label(label)) for start, end, label in source.zones),
        language=source.language,
        title=source.title or None,
        published_on=source.published_on,
        publisher=source.publisher or None,
        url=source.url or None,
        flags=tuple(source.flags),
        published_by=PublishedBy(source.published_by) if source.published_by else None,
    )


def _parsed(content: bytes, meta: Meta) -> tuple[Document, ReadingError | None]:
    try:
        return parse_limited(content, meta), None
    except ReadingError as error:
        unread = Document(
            sha256=sha256(content).hexdigest(),
            media_type=meta.media_type or "application/octet-stream",
            text="",
            zones=(),
            language="",
            published_on=meta.published_on,
            publisher=meta.publisher,
            url=meta.url,
        )
        return unread, error


def _statement(source: int, told: ReadStatement) -> Statement:
    return Statement(source_id=source, **_fields(told))


def _fields(told: ReadStatement) -> dict[str, Any]:
    due = told.due
    return {
        "key": told.id,
        "kind": told.kind,
        "origin": told.origin,
        "from_parties": list(told.from_),
        "to_parties": list(told.to),
        "theme": told.theme,
        "hedged": told.hedged,
        "joint": told.joint,
        "condition": told.condition.quote if told.condition else "",
        "due": due.value if due else "",
        "due_precision": due.precision.value if due else "",
        "grade": told.evidence_grade.value,
        "start": told.passage.start,
        "end": told.passage.end,
        "cue_start": told.cue.start,
        "cue_end": told.cue.end,
        "content_start": told.content.start if told.content else None,
        "content_end": told.content.end if told.content else None,
        "speaker": {"name": told.speaker.name or "", "office": told.speaker.office or ""},
        "reply_to": list(told.reply_to),
        "rule": told.rule,
        "why": list(told.why),
    }
