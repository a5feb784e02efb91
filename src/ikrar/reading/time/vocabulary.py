"""The words of dates, read from `words.yaml` once, and the pieces of pattern made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

_FILE: Final = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word tables, all in small letters."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    phrases: Mapping[str, tuple[str, int]]
    lists: Mapping[str, tuple[str, ...]]

    def either(self, which: str) -> str:
        """An alternation of the words of a list or table, longest first."""
        return either(self.lists.get(which) or getattr(self, which))


def either(words: Iterable[str]) -> str:
    """An alternation of `words`, longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered)


def _turned(table: Mapping[Any, Iterable[str]]) -> dict[str, Any]:
    return {word: meaning for meaning, words in table.items() for word in words}


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The words of dates in Indonesian and English."""
    tables = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    phrases = {
        phrase: (unit, count)
        for unit, counts in tables["phrases"].items()
        for count, listed in counts.items()
        for phrase in listed
    }
    return Vocabulary(
        months=_turned(tables["months"]),
        weekdays=_turned(tables["weekdays"]),
        numbers=_turned(tables["numbers"]),
        units=_turned(tables["units"]),
        phrases=phrases,
        lists={name: tuple(value) for name, value in tables.items() if isinstance(value, list)},
    )
