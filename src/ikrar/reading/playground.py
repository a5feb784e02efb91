"""The playground: which rules fire on a pasted text; also what runs the examples of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from ikrar.reading.gazetteer import Gazetteer
from ikrar.reading.pipeline import Reader
from ikrar.reading.rules import EXAMPLE_NAMES
from ikrar.reading.span import Passage
from ikrar.reading.text import Document, Label, Zone


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired, and the words that made it fire."""

    rule: str
    cue: Passage


def rules_firing(text: str, language: str, gazetteer: Gazetteer | None = None) -> tuple[Fired, ...]:
    """The rules that fire on `text`, in text order, with those that only tell who speaks.

    Without a gazetteer the names of the rules' examples are known besides the project's own.
    """
    gazetteer = gazetteer or Gazetteer.load(EXAMPLE_NAMES)
    document = Document(
        sha256=sha256(text.encode()).hexdigest(),
        media_type="text/plain",
        text=text,
        zones=(Zone(0, len(text), Label.BODY),),
        language=language,
    )
    reader = Reader(document, gazetteer)
    reader.read()
    fired = sorted(reader.fired, key=lambda found: found[1])
    return tuple(Fired(rule, document.passage(cue.start, cue.end)) for rule, cue in fired)
