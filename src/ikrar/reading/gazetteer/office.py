"""Office grammar: "Menteri Luar Negeri RI", "Cambodian Foreign Minister", "Ketua Komite HAM …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from ikrar.reading.gazetteer.entry import Entry, EntryKind
from ikrar.reading.text import lowered, normalise

_LINKS: Final = {
    "id": r"(?: (?:urusan|bidang|untuk urusan|untuk bidang))?",
    "en": r"(?: (?:of|for|in charge of|responsible for))?(?: the)?",
}
_SAME_HOLDER: Final = re.compile(r"\s*,?\s*(?:sekaligus|merangkap|serta|and|dan|/)\s*(?:the )?")
_ABROAD: Final = re.compile(r",? (?:untuk|to)(?: the)? (?:kerajaan |republik )?")
_WINDOW: Final = 90


@dataclass(frozen=True, slots=True)
class OfficePhrase:
    """An office as written at `start:end`.

    `office` and `portfolio` are keys of `offices.yaml`. `party` is the State, body or institution
    it is held for, None where the phrase does not say. `abroad` is the party an ambassador is
    sent to, `organ` a parliament, court or delegation.
    """

    start: int
    end: int
    office: str
    portfolio: str | None
    party: str | None
    language: str
    organ: str | None = None
    abroad: str | None = None
    is_former: bool = False
    is_acting: bool = False


class OfficeGrammar:
    """Finds offices by the rules of `offices.yaml` and the names of a gazetteer."""

    def __init__(
        self, rules: Mapping[str, Mapping[str, Any]], surfaces: Mapping[str, tuple[Entry, ...]]
    ) -> None:
        """Compile `rules` over the names in `surfaces` (keys in small letters)."""
        self._takes = {code: frozenset(head["takes"]) for code, head in rules["heads"].items()}
        self._heads = {lang: _table(rules["heads"], lang) for lang in _LINKS}
        self._portfolios = {lang: _table(rules["portfolios"], lang) for lang in _LINKS}
        self._organs = {lang: _table(rules["organs"], lang) for lang in _LINKS}
        self._short = {
            lang: {lowered(word): tuple(office) for word, office in rules["short"][lang].items()}
            for lang in _LINKS
        }
        self._parties = _codes(surfaces, EntryKind.STATE, EntryKind.BODY, EntryKind.INSTITUTION)
        self._adjectives = _codes(surfaces, EntryKind.STATE, EntryKind.DEMONYM)
        self._compile(rules)

    def _compile(self, rules: Mapping[str, Mapping[str, Any]]) -> None:
        heads = {word for lang in _LINKS for word in (*self._heads[lang], *self._short[lang])}
        self._head = re.compile(rf"(?<!\w)(?:{_either(heads)})(?!\w)")
        self._portfolio_after = {
            lang: re.compile(rf"{_LINKS[lang]} (?P<word>{_either(self._portfolios[lang])})(?!\w)")
            for lang in _LINKS
        }
        self._organ_after = {
            lang: re.compile(rf"(?: of)?(?: the)? (?P<word>{_either(self._organs[lang])})(?!\w)")
            for lang in _LINKS
        }
        self._party_after = re.compile(
            r",?(?: (?:of|for|dari|asal|negara|pemerintah))?(?: the)? "
            rf"(?P<word>{_either(self._parties)})(?!\w)"
        )
        adjectives = _either(self._adjectives)
        portfolios = _either(self._portfolios["en"])
        self._before = re.compile(
            rf"(?<!\w)(?:(?P<state>{adjectives})(?:'s|')? )?(?:(?P<senior>senior) )?"
            rf"(?:(?P<portfolio>{portfolios}) )?$"
        )
        former, acting = (_every(rules[kind]) for kind in ("former", "acting"))
        self._former = re.compile(rf"(?<!\w)(?:{_either(former)})[ -]?$")
        self._acting = re.compile(rf"(?<!\w)(?:{_either(acting)}) $")
        self._acting_after = re.compile(r" (?:ad interim|a\.i\.)")

    def find(self, text: str) -> tuple[OfficePhrase, ...]:
        """The offices named in `text`, in order and apart; those of one holder share the State."""
        search = lowered(normalise(text))
        found: list[OfficePhrase] = []
        position = 0
        while head := self._head.search(search, position):
            phrase = self._phrase(search, head, floor=position)
            found.append(phrase)
            position = phrase.end
        return tuple(_shared(search, found))

    def resolve(self, phrase: str, party: str | None = None) -> OfficePhrase | None:
        """The first office in `phrase`, held for `party` where the phrase itself names none."""
        found = self.find(phrase)
        if not found:
            return None
        return found[0] if found[0].party else replace(found[0], party=party)

    def _phrase(self, search: str, head: re.Match[str], *, floor: int) -> OfficePhrase:
        word = head.group()
        for language in ("id", "en"):
            if word in self._short[language]:
                office, portfolio = self._short[language][word]
                bare = OfficePhrase(head.start(), head.end(), office, portfolio, None, language)
                return self._around(search, bare, floor)
        language = "id" if word in self._heads["id"] else "en"
        if word in self._heads["en"] and language == "id":
            language = self._language_after(search, head.end())
        office = self._heads[language][word]
        bare = OfficePhrase(head.start(), head.end(), office, None, None, language)
        return self._around(search, self._taking(search, bare), floor)

    def _language_after(self, search: str, end: int) -> str:
        """A head written alike in both languages ("PM") is told by the words after it."""
        return (
            "en" if re.match(r" (?:of|for|and|the|to|said|has)\b", search[end : end + 8]) else "id"
        )

    def _taking(self, search: str, phrase: OfficePhrase) -> OfficePhrase:
        """The phrase with the portfolio or organ after its head."""
        takes = self._takes[phrase.office]
        if "portfolio" in takes:
            after = self._portfolio_after[phrase.language].match(search, phrase.end)
            if after:
                portfolio = self._portfolios[phrase.language][after["word"]]
                return replace(phrase, portfolio=portfolio, end=after.end())
        if "organ" in takes:
            after = self._organ_after[phrase.language].match(search, phrase.end)
            if after and not self._names_longer(search, phrase.end, after.end()):
                organ = self._organs[phrase.language][after["word"]]
                return replace(phrase, organ=organ, end=after.end())
        return phrase

    def _names_longer(self, search: str, start: int, end: int) -> bool:
        """Whether a known body or institution begins here and is longer than the organ's word."""
        party = self._party_after.match(search, start)
        return party is not None and party.end() > end

    def _around(self, search: str, phrase: OfficePhrase, floor: int) -> OfficePhrase:
        phrase = self._with_party_after(search, phrase)
        phrase = self._with_words_before(search, phrase, floor)
        phrase = self._with_abroad(search, phrase)
        left = search[max(floor, phrase.start - 24) : phrase.start]
        former, acting = self._former.search(left), self._acting.search(left)
        is_acting = bool(acting or self._acting_after.match(search, phrase.end))
        return replace(phrase, is_former=bool(former), is_acting=is_acting)

    def _with_party_after(self, search: str, phrase: OfficePhrase) -> OfficePhrase:
        after = self._party_after.match(search, phrase.end)
        if after is None or (after.group().startswith(",") and phrase.language == "id"):
            return phrase
        return replace(phrase, party=self._parties[after["word"]], end=after.end())

    def _with_abroad(self, search: str, phrase: OfficePhrase) -> OfficePhrase:
        """An ambassador's phrase goes on with the party that he or she is sent to."""
        abroad = _ABROAD.match(search, phrase.end)
        state = self._party_at(search, abroad.end()) if abroad and phrase.party else None
        return replace(phrase, abroad=state[0], end=state[1]) if state else phrase

    def _party_at(self, search: str, start: int) -> tuple[str, int] | None:
        match = self._party_after.match(" " + search[start : start + _WINDOW])
        return (self._parties[match["word"]], start + match.end() - 1) if match else None

    def _with_words_before(self, search: str, phrase: OfficePhrase, floor: int) -> OfficePhrase:
        """English puts the State and the portfolio before the head ("Thai Foreign Minister")."""
        if phrase.language != "en":
            return phrase
        window = max(floor, phrase.start - _WINDOW)
        before = self._before.search(search[window : phrase.start])
        if before is None or not before.group():
            return phrase
        state, portfolio = before["state"], before["portfolio"]
        return replace(
            phrase,
            start=window + before.start(),
            party=phrase.party or (self._adjectives[state] if state else None),
            portfolio=phrase.portfolio
            or (self._portfolios["en"][portfolio] if portfolio else None),
        )


def _shared(search: str, found: list[OfficePhrase]) -> Iterator[OfficePhrase]:
    """Offices of one holder ("… sekaligus …") are held for one State, named once."""
    for phrase, following in zip(found, [*found, None][1:], strict=True):
        if following is None or phrase.party or not following.party:
            yield phrase
        elif _SAME_HOLDER.fullmatch(search, phrase.end, following.start):
            yield replace(phrase, party=following.party.partition(".")[0])
        else:
            yield phrase


def _table(section: Mapping[str, Any], language: str) -> dict[str, str]:
    return {
        lowered(normalise(word)): code
        for code, entry in section.items()
        for word in entry.get(language) or ()
    }


def _codes(surfaces: Mapping[str, tuple[Entry, ...]], *kinds: EntryKind) -> dict[str, str]:
    """The forms of these kinds that mean one thing, and what they mean."""
    table: dict[str, str] = {}
    for key, entries in surfaces.items():
        codes = {entry.code for entry in entries if entry.kind in kinds}
        if len(codes) == 1:
            table[key] = codes.pop()
    return table


def _every(entry: Mapping[str, Iterable[str]]) -> list[str]:
    return [lowered(word) for words in entry.values() for word in words]


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
