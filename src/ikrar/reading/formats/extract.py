"""What a format's reader hands on: one text, stretches of it, and what the file declares."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ikrar.reading.text import Label


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph `start:end` with the label that the file's structure gives it, if any."""

    start: int
    end: int
    label: Label | None = None
    is_after_rule: bool = False


@dataclass(slots=True)
class Extract:
    """A document before its zones are drawn."""

    text: str = ""
    stretches: list[Stretch] = field(default_factory=list)
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    declared_on: date | None = None
    page_starts: list[int] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    is_page: bool = False  # a web page prints its own day beside the report


class Composer:
    """Puts blocks one under the other, parted by a blank line."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._parts: list[str] = []
        self._length = 0
        self.stretches: list[Stretch] = []

    def add(self, block: str, label: Label | None = None, *, is_after_rule: bool = False) -> None:
        """Append a block as it stands; an empty one is left out."""
        if not block.strip():
            return
        if self._parts:
            self._parts.append("\n\n")
            self._length += 2
        start = self._length
        self._parts.append(block)
        self._length += len(block)
        self.stretches.append(Stretch(start, self._length, label, is_after_rule))

    @property
    def text(self) -> str:
        """Everything so far."""
        return "".join(self._parts)
