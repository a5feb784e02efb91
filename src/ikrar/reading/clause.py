"""A sentence as the rules see it: small letters, with every mention behind a mask.

The mask is as long as the sentence, so a match in it is a place in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ikrar.reading import rules
from ikrar.reading.span import Span


class ActorKind(StrEnum):
    """What kind of mention may act or own."""

    PARTY = "party"
    PERSON = "person"
    BOTH = "both"
    PRONOUN = "pronoun"
    ADJECTIVE = "adjective"


_LETTER: Final = {
    ActorKind.PARTY: rules.PARTY,
    ActorKind.PERSON: rules.PERSON,
    ActorKind.BOTH: rules.BOTH,
    ActorKind.PRONOUN: rules.PRONOUN,
    ActorKind.ADJECTIVE: rules.ADJECTIVE,
}
_PRIVATE: Final = dict.fromkeys(map(ord, [*_LETTER.values(), rules.QUOTE]), " ")


@dataclass(frozen=True, slots=True)
class Actor:
    """A mention `start:end` of somebody who may act: a party, a person in office, a pronoun.

    `parties` is empty where only coreference can tell. `by_title` when no name is written.
    `certain` is False for a person whom no directory knows.
    """

    start: int
    end: int
    kind: ActorKind
    parties: tuple[str, ...] = ()
    name: str | None = None
    office: str | None = None
    word: str = ""
    by_title: bool = False
    certain: bool = True
    office_key: tuple[str, str | None] | None = None

    @property
    def span(self) -> Span:
        """The place of the mention."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence (or the inside of a quote) `start:end` with its mask, actors and quotes."""

    start: int
    end: int
    masked: str
    actors: tuple[Actor, ...]
    quotes: tuple[Span, ...] = ()
    paragraph: int = 0
    label: str = "body"

    def at(self, offset: int) -> Actor | None:
        """The actor whose mention holds the character at `offset` of the text."""
        return next((actor for actor in self.actors if actor.start <= offset < actor.end), None)

    def left_of(self, offset: int) -> str:
        """The masked words from the sentence's start to `offset`."""
        return self.masked[: offset - self.start]

    def between(self, start: int, end: int) -> str:
        """The masked words at `start:end` of the text."""
        return self.masked[start - self.start : end - self.start]


def mask(small: str, start: int, end: int, actors: tuple[Actor, ...], quotes: list[Span]) -> str:
    """The sentence of the lowered text at `start:end` with its mentions masked."""
    letters = list(small[start:end].translate(_PRIVATE))
    for actor in actors:
        fill = _LETTER[actor.kind]
        letters[actor.start - start : actor.end - start] = fill * (actor.end - actor.start)
    for quote in quotes:
        letters[quote.start - start : quote.end - start] = rules.QUOTE * len(quote)
    return "".join(letters)
