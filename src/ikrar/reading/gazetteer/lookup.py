"""The gazetteer: every name that reading knows, and who held which office when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from ahocorasick_rs import AhoCorasick

from ikrar.reading.gazetteer.entry import Entry, EntryKind, Mention, Names, Party, Place
from ikrar.reading.gazetteer.load import OWN_FOLDER, Files, read_folders
from ikrar.reading.gazetteer.office import OfficeGrammar, OfficePhrase
from ikrar.reading.gazetteer.person import Holding, Person
from ikrar.reading.text import lowered, normalise

_NO_PLURAL: Final = ("s", "sh", "ch", "ese")


class Gazetteer:
    """Plain lookup tables over the data files; the same object may be shared, it never changes."""

    def __init__(self, files: Files) -> None:
        """Take what `load` read; the tables are built when first asked for."""
        self._files = files

    @staticmethod
    def load(*extra_folders: Path | str) -> Gazetteer:
        """The project's own data, with these folders laid over it; read once per combination."""
        return _loaded(tuple(Path(folder) for folder in extra_folders))

    @property
    def parties(self) -> Mapping[str, Party]:
        """The States by code."""
        return self._files.parties

    @property
    def bodies(self) -> Mapping[str, Names]:
        """The bodies by code."""
        return self._files.bodies

    @property
    def institutions(self) -> Mapping[str, Names]:
        """The institutions of States by code (`IDN.kemenham`)."""
        return self._files.institutions

    @property
    def persons(self) -> Mapping[str, Person]:
        """The dated directory by name."""
        return self._files.persons

    @property
    def places(self) -> tuple[Place, ...]:
        """The places that meetings are held at."""
        return tuple(self._files.places)

    @cached_property
    def offices(self) -> OfficeGrammar:
        """The grammar of offices over these names."""
        return OfficeGrammar(self._files.offices, self.surfaces)

    def name(self, code: str, language: str) -> str:
        """What a party is called in a language; the code itself where nobody knows."""
        if party := self._files.parties.get(code):
            return party.name(language)
        named = self._files.bodies.get(code) or self._files.institutions.get(code)
        return named.name(language) if named else code

    def entries(self) -> Iterator[Entry]:
        """Every surface form of every name, each once per meaning and language."""
        files = self._files
        yield from self._state_entries()
        for kind, named in (
            (EntryKind.BODY, files.bodies),
            (EntryKind.INSTITUTION, files.institutions),
        ):
            for code, names in named.items():
                for surface, language, exact in names.surfaces():
                    yield Entry(kind, code, surface, language, exact=exact)
        yield from self._person_entries()
        yield from self._place_entries()
        for surface in sorted(files.not_a_party):
            yield Entry(EntryKind.NO_PARTY, "", surface, "")

    def _state_entries(self) -> Iterator[Entry]:
        for code, party in self._files.parties.items():
            for language in ("en", "id", "km"):
                yield self._state(code, party.name(language), language)
            yield self._state(code, party.formal_en, "en")
            for alias in self._files.aliases.get(code, ()):
                for surface, language, exact in alias.surfaces():
                    yield self._state(code, surface, language, exact=exact)
                for language, surface in _demonyms(alias):
                    yield self._state(code, surface, language, kind=EntryKind.DEMONYM)

    def _state(
        self,
        code: str,
        surface: str,
        language: str,
        *,
        exact: bool = False,
        kind: EntryKind = EntryKind.STATE,
    ) -> Entry:
        ambiguous = surface in self._files.ambiguous
        return Entry(kind, code, surface, language, exact=exact, ambiguous=ambiguous)

    def _person_entries(self) -> Iterator[Entry]:
        for name, person in self._files.persons.items():
            yield Entry(EntryKind.PERSON, name, name, "")
            for form in person.also:
                yield Entry(EntryKind.PERSON, name, form, "", partial=" " not in form)
            for form in person.names_km:
                yield Entry(EntryKind.PERSON, name, form, "km")

    def _place_entries(self) -> Iterator[Entry]:
        for place in self._files.places:
            for language, forms in place.names.items():
                for form in forms:
                    yield Entry(
                        EntryKind.PLACE, place.name, form, language, ambiguous=place.is_ambiguous
                    )

    @cached_property
    def surfaces(self) -> Mapping[str, tuple[Entry, ...]]:
        """Every form as `lowered(normalise(form))`: what to feed an automaton, and its meanings."""
        table: dict[str, dict[Entry, None]] = {}
        for entry in self.entries():
            if entry.surface:
                table.setdefault(entry.key, {})[entry] = None
        return {key: tuple(entries) for key, entries in table.items()}

    @cached_property
    def _automaton(self) -> tuple[AhoCorasick, tuple[str, ...]]:
        keys = tuple(self.surfaces)
        return AhoCorasick(list(keys)), keys

    def find(self, text: str) -> tuple[Mention, ...]:
        """The names in `text`, in order: whole words, the longest where several overlap."""
        automaton, keys = self._automaton
        search = lowered(normalise(text))
        found: list[Mention] = []
        matches = automaton.find_matches_as_indexes(search, overlapping=True)
        for which, start, end in sorted(matches, key=lambda match: (match[1], -match[2])):
            if (found and start < found[-1].end) or not _is_whole(search, start, end):
                continue
            entries = self.surfaces[keys[which]]
            fitting = tuple(entry for entry in entries if entry.fits(text[start:end]))
            if fitting:
                found.append(Mention(start, end, fitting))
        return tuple(mention for mention in found if mention.codes != {""})

    def find_offices(self, text: str) -> tuple[OfficePhrase, ...]:
        """The offices named in `text`, in order."""
        return self.offices.find(text)

    def resolve_office(self, phrase: str, party: str | None = None) -> OfficePhrase | None:
        """Read one office phrase; `party` is taken where the phrase names none."""
        return self.offices.resolve(phrase, party)

    def institution_of(self, party: str | None, portfolio: str | None) -> str | None:
        """The institution of a State that has this portfolio, where the gazetteer knows it."""
        if party is None or portfolio is None:
            return None
        for code, names in self._files.institutions.items():
            if names.portfolio == portfolio and code.partition(".")[0] == party:
                return code
        return None

    def persons_named(self, name: str, on: date | None = None) -> tuple[Person, ...]:
        """The persons that a full name or one part of it may mean, those in office `on` first."""
        entries = self.surfaces.get(lowered(normalise(name.strip())), ())
        codes = dict.fromkeys(entry.code for entry in entries if entry.kind is EntryKind.PERSON)
        persons = [self._files.persons[code] for code in codes]
        return tuple(sorted(persons, key=lambda person: not person.offices_on(on)))

    def holder_of(
        self, office: str, portfolio: str | None, party: str, on: date
    ) -> tuple[tuple[Person, Holding], ...]:
        """Who may have held this office for this party on that day."""
        return tuple(
            (person, holding)
            for person in self._files.persons.values()
            for holding in person.offices_on(on)
            if (holding.office, holding.portfolio, holding.party) == (office, portfolio, party)
        )

    def home_of(self, publisher: str | None, url: str | None) -> str | None:
        """The home State of an outlet, by its name, its host or its host's country letters."""
        host = (urlsplit(url).hostname or "") if url else ""
        host = host.removeprefix("www.")
        known = self._files.outlets
        for outlet in ((publisher or "").strip().lower(), host, ".".join(host.split(".")[-2:])):
            if outlet in known:
                return known[outlet]
        letters = {"UK": "GB"}.get(host[-2:].upper(), host[-2:].upper())
        if host[-3:-2] != ".":
            return None
        return next((code for code, p in self._files.parties.items() if p.iso2 == letters), None)


@lru_cache(maxsize=16)
def _loaded(extra: tuple[Path, ...]) -> Gazetteer:
    return Gazetteer(read_folders((OWN_FOLDER, *extra)))


def _demonyms(names: Names) -> Iterator[tuple[str, str]]:
    """The demonyms with, in English, the plural of those that take an -s."""
    for language, forms in names.demonyms.items():
        for form in forms:
            yield language, form
            if language == "en" and not form.endswith(_NO_PLURAL):
                yield language, f"{form}s"


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit touches the match; Khmer writes no spaces between its words."""
    if text[start] >= "\u1780":
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum())
