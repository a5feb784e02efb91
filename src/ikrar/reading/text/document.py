"""What a source says about itself, and the text that was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ikrar.reading.span import Passage, Span


class Label(StrEnum):
    """What a stretch of text is; only title, body and (for its place and date) dateline speak."""

    TITLE = "title"
    BODY = "body"
    BYLINE = "byline"
    DATELINE = "dateline"
    RELATED = "related"
    CAPTION = "caption"
    SUMMARY = "summary"
    COMMENT = "comment"
    BOILERPLATE = "boilerplate"


class PublishedBy(StrEnum):
    """Who gave the day of publication, best first."""

    GIVEN = "given"  # by whoever handed the document in
    OBSERVED = "observed"  # printed beside the report itself
    DECLARED = "declared"  # by the page's machinery: a copy elsewhere declares its own day


class ReadingError(Exception):
    """The document cannot be read."""

    def __init__(self, code: str, sentence: str) -> None:
        """Keep the `code` that the interface translates and the English `sentence`."""
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a document beside its bytes; all of it may be absent or wrong."""

    filename: str | None = None
    media_type: str | None = None
    url: str | None = None
    published_on: date | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Zone:
    """A stretch `start:end` of the canonical text of one kind."""

    start: int
    end: int
    label: Label

    @property
    def span(self) -> Span:
        """The place without the label."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Document:
    """A source's canonical text and what its bytes say about it.

    `zones` are in order, never overlap and together hold every visible character. `page_starts`
    are the offsets at which pages begin (empty where the format has none). `language` is `id`,
    `en`, `km` or `other`. `flags` say what was odd about the bytes, as codes.
    """

    sha256: str
    media_type: str
    text: str
    zones: tuple[Zone, ...]
    language: str
    title: str | None = None
    published_on: date | None = None
    publisher: str | None = None
    url: str | None = None
    page_starts: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()
    published_by: PublishedBy | None = None

    @property
    def published_is_trusted(self) -> bool:
        """Whether a weekday alone may be counted from the day of publication."""
        return self.published_by in {PublishedBy.GIVEN, PublishedBy.OBSERVED}

    def passage(self, start: int, end: int) -> Passage:
        """The words at `start:end`."""
        return Passage.of(self.text, start, end)

    def label_at(self, offset: int) -> Label | None:
        """The label of the zone that holds the character at `offset`."""
        return next((zone.label for zone in self.zones if zone.start <= offset < zone.end), None)

    def zones_labelled(self, *labels: Label) -> tuple[Zone, ...]:
        """The zones of these kinds, in order."""
        return tuple(zone for zone in self.zones if zone.label in labels)
