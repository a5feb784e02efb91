"""Intake: bytes arrive, are kept once, parsed under limits, and read."""

from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from ikrar.desk.readings import keep_reading
from ikrar.reading.formats.sandbox import parse_limited
from ikrar.reading.gazetteer import Gazetteer
from ikrar.reading.pipeline import read_document
from ikrar.reading.text import Document, Meta, ReadingError
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
        keep_reading(kept.pk, reading)
    return Arrival(kept, is_new, len(reading.statements))


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
