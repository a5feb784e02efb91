"""Parse a document of any known kind in this process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from typing import Final

from ikrar.reading.formats import docx, html, pdf, plain, sniff
from ikrar.reading.formats.errors import failure
from ikrar.reading.formats.extract import Extract
from ikrar.reading.formats.language import guess_language
from ikrar.reading.formats.limits import Limits
from ikrar.reading.formats.zones import draw_zones
from ikrar.reading.text import Document, Label, Meta, PublishedBy, Zone
from ikrar.reading.time import TimeKind, TimeMention, find_times

_READERS: Final[Mapping[str, Callable[[bytes, Limits], Extract]]] = {
    sniff.PLAIN: plain.read,
    sniff.HTML: html.read,
    sniff.PDF: pdf.read,
    sniff.DOCX: docx.read,
}
_NO_META: Final = Meta()
_NO_LIMITS: Final = Limits()


def parse(content: bytes, meta: Meta = _NO_META, limits: Limits = _NO_LIMITS) -> Document:
    """Read `content` into a Document; ReadingError with a code of `SENTENCES` where it cannot be.

    Nothing in `meta` is trusted for what the bytes are; what it says of the day, publisher and
    address goes before what the bytes say. Untrusted uploads go through `parse_limited`.
    """
    if len(content) > limits.content:
        raise failure("too_large")
    media_type = sniff.media_type(content)
    extract = _READERS[media_type](content, limits)
    if len(extract.text) > limits.characters:
        raise failure("too_large")
    if not any(map(str.isalnum, extract.text)):
        raise failure("no_text")
    return _document(content, media_type, extract, meta)


def _document(content: bytes, media_type: str, extract: Extract, meta: Meta) -> Document:
    zones = draw_zones(extract)
    published_on, published_by = _published(extract, zones, meta)
    return Document(
        sha256=sha256(content).hexdigest(),
        media_type=media_type,
        text=extract.text,
        zones=zones,
        language=guess_language(_said(extract.text, zones)),
        title=_title(extract, zones),
        published_on=published_on,
        publisher=meta.publisher or extract.publisher,
        url=meta.url or extract.url,
        page_starts=tuple(extract.page_starts),
        flags=tuple(dict.fromkeys(extract.flags)),
        published_by=published_by,
    )


def _said(text: str, zones: tuple[Zone, ...]) -> str:
    body = "\n".join(text[zone.start : zone.end] for zone in zones if zone.label is Label.BODY)
    return body or text


def _title(extract: Extract, zones: tuple[Zone, ...]) -> str | None:
    for zone in zones:
        if zone.label is Label.TITLE:
            return " ".join(extract.text[zone.start : zone.end].split())
    return extract.title


def _published(
    extract: Extract, zones: tuple[Zone, ...], meta: Meta
) -> tuple[date | None, PublishedBy | None]:
    """The day of publication: given, else printed beside the report, else declared by the file."""
    observed = _observed(extract, zones)
    if observed and extract.declared_on and observed != extract.declared_on:
        extract.flags.append("published_differs")
    for day, by in (
        (meta.published_on, PublishedBy.GIVEN),
        (observed, PublishedBy.OBSERVED),
        (extract.declared_on, PublishedBy.DECLARED),
    ):
        if day:
            return day, by
    return None, None


def _observed(extract: Extract, zones: tuple[Zone, ...]) -> date | None:
    """The day in the dateline or byline; a web page writes its byline itself: that is no proof."""
    labels = {Label.DATELINE} if extract.is_page else {Label.DATELINE, Label.BYLINE}
    for zone in zones:
        if zone.label in labels:
            for time in find_times(extract.text[zone.start : zone.end]):
                if time.kind is TimeKind.ABSOLUTE and _is_one_day(time):
                    return time.when.first if time.when else None
    return None


def _is_one_day(time: TimeMention) -> bool:
    return time.when is not None and time.until is None and time.when.first == time.when.last
