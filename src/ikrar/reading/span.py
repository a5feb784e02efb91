"""Places in a text: a span says where, a passage says where and what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range `start:end` of Unicode code points in a canonical text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a range that runs backwards or begins before the text."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"A span runs forwards from 0: {self.start}:{self.end}.")

    def __len__(self) -> int:
        """Length in code points."""
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def passage(self, text: str) -> Passage:
        """The words of `text` at this place."""
        return Passage.of(text, self.start, self.end)


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """An exact place in a canonical text with its words, verbatim: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Passage:
        """Cut the passage `start:end` out of `text`; ValueError when it lies outside."""
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"{start}:{end} lies outside a text of {len(text)} characters.")
        return cls(start, end, text[start:end])

    @property
    def span(self) -> Span:
        """The place without the words."""
        return Span(self.start, self.end)

    def holds_in(self, text: str) -> bool:
        """Whether `text` has exactly these words at this place."""
        return text[self.start : self.end] == self.quote
