"""The outcome of reading one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ikrar.reading import contract
from ikrar.reading.meeting import Meeting
from ikrar.reading.statement import Quotation, Statement
from ikrar.reading.text import Document


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of the bytes: enough to name the document also when it cannot be read."""

    sha256: str
    media_type: str | None
    language: str | None
    url: str | None
    published_on: str | None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a document could not be read."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read in one document; a pure function of its bytes, meta and the rule packs."""

    document: Document | None
    meeting: Meeting | None
    statements: tuple[Statement, ...]
    quotations: tuple[Quotation, ...]
    rules_version: str
    source: Source
    error: Unreadable | None = None

    def statement(self, statement_id: str) -> Statement:
        """The statement of this id; KeyError when there is none."""
        return {statement.id: statement for statement in self.statements}[statement_id]

    def to_json(self, *, with_text: bool = False) -> dict[str, Any]:
        """What `ikrar read --json` prints for this document."""
        return contract.as_json(self, with_text=with_text)
