"""What reading says it read: speakers, statements, quotations, and the Reading that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ikrar.kernel.move import When
from ikrar.reading.meeting import Meeting
from ikrar.reading.span import Passage, Span
from ikrar.reading.text import Document


class NamedBy(StrEnum):
    """How the text names a speaker."""

    NAME = "name"
    PRONOUN = "pronoun"
    TITLE = "title"
    BOTH = "both"
    HEADLINE = "headline"


class Grade(StrEnum):
    """What a passage is worth as evidence of a move."""

    OWN = "own"
    JOINT = "joint"
    OTHER_SIDE = "other_side"
    PRESS = "press"
    HEADLINE = "headline"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: name and office where the text (or the directory) gives them."""

    name: str | None
    office: str | None
    party: str | None
    by: NamedBy


@dataclass(frozen=True, slots=True)
class Statement:
    """One act of speech by one side (or both: `joint`), with its exact place.

    `content` is what is asked, promised or told, without the cue. `origin` is always `rule` here.
    `why` keeps the reason for each thing that was resolved and not read off the page.
    """

    id: str
    kind: str
    speaker: Speaker
    from_: tuple[str, ...]
    to: tuple[str, ...]
    theme: str
    hedged: bool
    joint: bool
    condition: Passage | None
    due: When | None
    reply_to: tuple[str, ...]
    evidence_grade: Grade
    passage: Passage
    cue: Passage
    rule: str
    why: tuple[str, ...]
    content: Span | None = None
    origin: str = "rule"

    @property
    def directions(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """(mover, those it is said to): for a joint statement one pair per side."""
        if not self.joint:
            return tuple((mover, self.to) for mover in self.from_)
        return tuple(
            (mover, tuple(other for other in self.from_ if other != mover)) for mover in self.from_
        )


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that the text gives as somebody's own (direct) or retells (indirect)."""

    passage: Passage
    mode: str
    speaker: Speaker
    cue: Passage | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read in one document; a pure function of its bytes, meta and the rule packs."""

    document: Document | None
    meeting: Meeting | None
    statements: tuple[Statement, ...]
    quotations: tuple[Quotation, ...]
    rules_version: str
    source: Source
    error: Refusal | None = None

    def statement(self, statement_id: str) -> Statement:
        """The statement of this id; KeyError when there is none."""
        return {statement.id: statement for statement in self.statements}[statement_id]


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of the bytes: enough to name the document also when it cannot be read."""

    sha256: str
    media_type: str | None
    language: str | None
    url: str | None
    published_on: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document could not be read."""

    code: str
    sentence: str
