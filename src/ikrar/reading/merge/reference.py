"""How merging names a statement of one reading among many."""

from __future__ import annotations

from dataclasses import dataclass

from ikrar.reading.outcome import Reading
from ikrar.reading.statement import Statement

_PREFIX = 12


@dataclass(frozen=True, slots=True)
class Testimony:
    """A statement with the reading that it stands in."""

    reading: Reading
    statement: Statement

    @property
    def id(self) -> str:
        """`<first 12 hex digits of the source's sha256>:<statement id>`."""
        return f"{self.reading.source.sha256[:_PREFIX]}:{self.statement.id}"

    @property
    def words(self) -> str:
        """What is asked, promised or told, without the cue."""
        content, document = self.statement.content, self.reading.document
        if content is None or document is None or not len(content):
            return self.statement.passage.quote
        return document.text[content.start : content.end]
