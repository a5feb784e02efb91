"""What reading says it read: speakers, statements and quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ikrar.kernel.evidence import EvidenceGrade
from ikrar.kernel.move import When
from ikrar.reading.span import Passage, Span


class NamedBy(StrEnum):
    """How the text names a speaker."""

    NAME = "name"
    PRONOUN = "pronoun"
    TITLE = "title"
    BOTH = "both"
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
    evidence_grade: EvidenceGrade
    passage: Passage
    cue: Passage
    rule: str
    why: tuple[str, ...]
    content: Span | None = None
    origin: str = "rule"

    @property
    def directions(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """(mover, those it is said to): for a joint statement one pair per side."""
        return directions_of(self.from_, self.to, joint=self.joint)


def directions_of(
    movers: Sequence[str], to: Sequence[str], *, joint: bool
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Say who acts towards whom; in a joint act each side acts towards the others."""
    if not joint:
        return tuple((mover, tuple(to)) for mover in movers)
    return tuple((mover, tuple(other for other in movers if other != mover)) for mover in movers)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that the text gives as somebody's own (direct) or retells (indirect)."""

    passage: Passage
    mode: str
    speaker: Speaker
    cue: Passage | None
