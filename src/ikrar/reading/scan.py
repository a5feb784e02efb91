"""Scan: one Aho-Corasick pass over a document for every name and every word the rules know."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick

from ikrar.reading.gazetteer import Entry, Gazetteer, Mention
from ikrar.reading.rules import RulePack

_WORD_LISTS: Final = ("pronouns", "side_words", "both_words", "first_person", "other_pronouns")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase of the rule pack at `start:end`, with the roles that it can play."""

    start: int
    end: int
    text: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scan:
    """What one pass found: names, and words by role (`cue`, `theme:forum`, `pronouns` …)."""

    mentions: tuple[Mention, ...]
    words: tuple[Word, ...]
    _starts: list[int] = field(repr=False, compare=False)

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that lie wholly in `start:end`."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(word for word in self.words[low:high] if word.end <= end)

    def cues_in(self, start: int, end: int) -> frozenset[str]:
        """The family forms found in `start:end`."""
        return frozenset(word.text for word in self.words_in(start, end) if "cue" in word.roles)

    def has(self, role: str) -> bool:
        """Whether any word plays this role."""
        return any(role in word.roles for word in self.words)


class Scanner:
    """The automaton over a gazetteer and a rule pack; built once, shared, never changed."""

    def __init__(self, gazetteer: Gazetteer, pack: RulePack) -> None:
        """Join all lexicons into one automaton over small letters."""
        self._names = gazetteer.surfaces
        self._roles = _roles(pack)
        self._keys = tuple({**dict.fromkeys(self._names), **dict.fromkeys(self._roles)})
        self._automaton = AhoCorasick(list(self._keys))

    def scan(self, text: str, small: str) -> Scan:
        """Find everything in `text`; `small` is the same text in plain small letters."""
        hits = self._automaton.find_matches_as_indexes(small, overlapping=True)
        mentions: list[Mention] = []
        words: list[Word] = []
        for which, start, end in sorted(hits, key=lambda hit: (hit[1], -hit[2])):
            if not is_whole(small, start, end):
                continue
            key = self._keys[which]
            if key in self._roles:
                words.append(Word(start, end, key, self._roles[key]))
            if key in self._names and not (mentions and start < mentions[-1].end):
                fitting = _fitting(self._names[key], text[start:end])
                if fitting:
                    mentions.append(Mention(start, end, fitting))
        named = tuple(mention for mention in mentions if mention.codes != {""})
        return Scan(named, tuple(words), [word.start for word in words])


def _fitting(entries: tuple[Entry, ...], written: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.fits(written))


def is_whole(small: str, start: int, end: int) -> bool:
    """Whether the match touches no letter or digit; Khmer writes no spaces between words."""
    if small[start] >= "\u1780":
        return True
    before = small[start - 1] if start else " "
    after = small[end] if end < len(small) else " "
    return not (before.isalnum() or after.isalnum())


def _roles(pack: RulePack) -> dict[str, frozenset[str]]:
    roles: dict[str, set[str]] = {}
    for form in frozenset().union(*(rule.heads for rule in pack.rules)):
        roles.setdefault(form, set()).add("cue")
    for name in _WORD_LISTS:
        for word in pack.words.get(name, ()):
            roles.setdefault(word, set()).add(name)
    for cue in pack.words["meeting_cues"]:
        roles.setdefault(cue, set()).add("meeting")
    for theme, words in pack.themes.items():
        for word in words:
            roles.setdefault(word, set()).add(f"theme:{theme}")
    return {word: frozenset(played) for word, played in roles.items()}


@lru_cache(maxsize=16)
def scanner(gazetteer: Gazetteer, pack: RulePack) -> Scanner:
    """The scanner of a gazetteer and a pack, built once per process."""
    return Scanner(gazetteer, pack)
