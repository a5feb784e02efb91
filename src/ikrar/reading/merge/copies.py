"""Copies: reports that hand on the same text are one source, however many print it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from ikrar.reading.outcome import Reading
from ikrar.reading.text import Label, lowered, paragraphs

SHINGLE: Final = 8
SHARED_PART: Final = 0.5
LONG_PARAGRAPH: Final = 25
_WORD: Final = re.compile(r"\w+")


def copies_in(readings: Sequence[Reading]) -> tuple[tuple[Reading, ...], ...]:
    """The groups of two and more readings whose bodies repeat each other."""
    groups: list[list[Reading]] = []
    for reading in readings:
        joined = [group for group in groups if any(is_copy(reading, other) for other in group)]
        merged = [*(other for group in joined for other in group), reading]
        groups = [group for group in groups if group not in joined]
        groups.append(merged)
    return tuple(tuple(group) for group in groups if len(group) > 1)


def is_copy(one: Reading, other: Reading) -> bool:
    """Whether half of the shorter body, or a whole long paragraph, stands in the other."""
    if likeness(one, other) >= SHARED_PART:
        return True
    return bool(_long_paragraphs(one) & _long_paragraphs(other))


def likeness(one: Reading, other: Reading) -> float:
    """The share of the shorter body's eight-word runs that the other has too, 0 to 1."""
    first, second = _shingles(one), _shingles(other)
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))


@lru_cache(maxsize=512)
def _shingles_of(text: str) -> frozenset[str]:
    words = _WORD.findall(lowered(text))
    return frozenset(" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def _shingles(reading: Reading) -> frozenset[str]:
    return _shingles_of(_body(reading))


@lru_cache(maxsize=512)
def _long_paragraphs_of(text: str) -> frozenset[str]:
    plain = (" ".join(_WORD.findall(lowered(text[p.start : p.end]))) for p in paragraphs(text))
    return frozenset(words for words in plain if words.count(" ") + 1 >= LONG_PARAGRAPH)


def _long_paragraphs(reading: Reading) -> frozenset[str]:
    return _long_paragraphs_of(_body(reading))


def _body(reading: Reading) -> str:
    document = reading.document
    if document is None:
        return ""
    zones = document.zones_labelled(Label.BODY)
    return "\n\n".join(document.text[zone.start : zone.end] for zone in zones)
