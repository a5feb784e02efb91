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
_ABROAD: Final = re.compile(r",?(?P<to> (?:untuk|to))(?: the)?(?: (?:kerajaan|republik))?(?= )")
_ENGLISH_AFTER: Final = re.compile(r" (?:of|for|and|the|to|said|has)\b")
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


@dataclass(frozen=True, slots=True)
class _Line:
    """A text beside its own small letters."""

    text: str
    small: str


class _Parties:
    """The forms of these kinds that mean one party, by their small letters."""

    def __init__(self, surfaces: Mapping[str, tuple[Entry, ...]], *kinds: EntryKind) -> None:
        self._entries: dict[str, tuple[Entry, ...]] = {}
        for key, entries in surfaces.items():
            fitting = tuple(entry for entry in entries if entry.kind in kinds)
            if len({entry.code for entry in fitting}) == 1:
                self._entries[key] = fitting

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def meant(self, key: str, written: str) -> str | None:
        """The party, where the form is written as it must be: "AS" is one, "as" is not."""
        return next((one.code for one in self._entries[key] if one.fits(written)), None)


class OfficeGrammar:
    """Finds offices by the rules of `offices.yaml` and the names of a gazetteer."""

    def __init__(
        self, rules: Mapping[str, Mapping[str, Any]], surfaces: Mapping[str, tuple[Entry, ...]]
    ) -> None:
        """Compile `rules` over the names in `surfaces` (keys in small letters)."""
        self._takes = {code: frozenset(head["takes"]) for code, head in rules["heads"].items()}
        self._common = {code for code, head in rules["heads"].items() if head.get("common")}
        words = [word for head in rules["heads"].values() for word in (*head["id"], *head["en"])]
        words += [word for short in rules["short"].values() for word in short]
        self._exact_heads = {lowered(word) for word in words if word.isupper()}
        self._heads = {lang: _table(rules["heads"], lang) for lang in _LINKS}
        self._portfolios = {lang: _table(rules["portfolios"], lang) for lang in _LINKS}
        self._organs = {lang: _table(rules["organs"], lang) for lang in _LINKS}
        self._short = {
            lang: {lowered(word): tuple(office) for word, office in rules["short"][lang].items()}
            for lang in _LINKS
        }
        self._parties = _Parties(surfaces, EntryKind.STATE, EntryKind.BODY, EntryKind.INSTITUTION)
        self._adjectives = _Parties(surfaces, EntryKind.STATE, EntryKind.DEMONYM)
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
        line = _Line(text, lowered(normalise(text)))
        found: list[OfficePhrase] = []
        position = 0
        while head := self._head.search(line.small, position):
            position = head.end()
            if head.group() in self._exact_heads and not line.text[head.start()].isupper():
                continue
            phrase = self._phrase(line, head, floor=found[-1].end if found else 0)
            if not self._is_common_word(line, phrase):
                found.append(phrase)
                position = phrase.end
        return tuple(_shared(line.small, found))

    def resolve(self, phrase: str, party: str | None = None) -> OfficePhrase | None:
        """The first office in `phrase`, held for `party` where the phrase itself names none."""
        found = self.find(phrase)
        if not found:
            return None
        return found[0] if found[0].party else replace(found[0], party=party)

    def _is_common_word(self, line: _Line, phrase: OfficePhrase) -> bool:
        """Whether this is "head" or "chair" in small letters, in charge of nothing."""
        is_bare = not (phrase.portfolio or phrase.party or phrase.organ)
        return is_bare and phrase.office in self._common and line.text[phrase.start].islower()

    def _phrase(self, line: _Line, head: re.Match[str], *, floor: int) -> OfficePhrase:
        word = head.group()
        for language in ("id", "en"):
            if word in self._short[language]:
                office, portfolio = self._short[language][word]
                bare = OfficePhrase(head.start(), head.end(), office, portfolio, None, language)
                return self._around(line, bare, floor)
        language = "id" if word in self._heads["id"] else "en"
        if word in self._heads["en"] and language == "id":
            language = "en" if _ENGLISH_AFTER.match(line.small, head.end()) else "id"
        office = self._heads[language][word]
        bare = OfficePhrase(head.start(), head.end(), office, None, None, language)
        return self._around(line, self._taking(line, bare), floor)

    def _taking(self, line: _Line, phrase: OfficePhrase) -> OfficePhrase:
        """The phrase with the portfolio or organ after its head."""
        takes = self._takes[phrase.office]
        if "portfolio" in takes:
            after = self._portfolio_after[phrase.language].match(line.small, phrase.end)
            if after:
                portfolio = self._portfolios[phrase.language][after["word"]]
                return replace(phrase, portfolio=portfolio, end=after.end())
        if "organ" in takes:
            after = self._organ_after[phrase.language].match(line.small, phrase.end)
            longer = self._party_from(line, phrase.end)
            if after and not (longer and longer[1] > after.end()):
                organ = self._organs[phrase.language][after["word"]]
                return replace(phrase, organ=organ, end=after.end())
        return phrase

    def _around(self, line: _Line, phrase: OfficePhrase, floor: int) -> OfficePhrase:
        party = self._party_from(line, phrase.end)
        if party and not (phrase.language == "id" and line.small[phrase.end] == ","):
            phrase = replace(phrase, party=party[0], end=party[1])
        phrase = self._with_words_before(line, phrase, floor)
        phrase = self._with_abroad(line, phrase)
        left = line.small[max(floor, phrase.start - 24) : phrase.start]
        former, acting = self._former.search(left), self._acting.search(left)
        is_acting = bool(acting or self._acting_after.match(line.small, phrase.end))
        return replace(phrase, is_former=bool(former), is_acting=is_acting)

    def _party_from(self, line: _Line, start: int) -> tuple[str, int] | None:
        """The party named after `start`, written as it must be, and where its name ends."""
        match = self._party_after.match(line.small, start)
        if match is None:
            return None
        code = self._parties.meant(match["word"], line.text[slice(*match.span("word"))])
        return (code, match.end()) if code else None

    def _with_abroad(self, line: _Line, phrase: OfficePhrase) -> OfficePhrase:
        """An ambassador's phrase goes on with the party that he or she is sent to."""
        abroad = _ABROAD.match(line.small, phrase.end) if phrase.party else None
        state = self._party_from(line, abroad.end()) if abroad else None
        return replace(phrase, abroad=state[0], end=state[1]) if state else phrase

    def _with_words_before(self, line: _Line, phrase: OfficePhrase, floor: int) -> OfficePhrase:
        """English puts the State and the portfolio before the head ("Thai Foreign Minister")."""
        if phrase.language != "en":
            return phrase
        window = max(floor, phrase.start - _WINDOW)
        before = self._before.search(line.small[window : phrase.start])
        if before is None or not before.group():
            return phrase
        start = window + before.start()
        state = None
        if before["state"]:
            written = line.text[start : start + len(before["state"])]
            state = self._adjectives.meant(before["state"], written)
            if state is None:
                return phrase
        portfolio = before["portfolio"]
        return replace(
            phrase,
            start=start,
            party=phrase.party or state,
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


def _every(entry: Mapping[str, Iterable[str]]) -> list[str]:
    return [lowered(word) for words in entry.values() for word in words]


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
