"""What a surface form can stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ikrar.reading.text import lowered, normalise


class EntryKind(StrEnum):
    """What a name names."""

    STATE = "state"
    DEMONYM = "demonym"
    BODY = "body"
    INSTITUTION = "institution"
    PERSON = "person"
    PLACE = "place"
    NO_PARTY = "no_party"  # holds the name of a State and is none: "South China Sea"


@dataclass(frozen=True, slots=True)
class Entry:
    """One surface form: what it names, in which language, and how strictly it must be written.

    `code` is a party code (State, demonym, body, institution), a person's name, or a place's
    name. `exact` forms count only in just these letters; `ambiguous` ones are also something
    else and need a second sign. A `partial` form is one part of a person's name.
    """

    kind: EntryKind
    code: str
    surface: str
    language: str
    exact: bool = False
    ambiguous: bool = False
    partial: bool = False

    def fits(self, written: str) -> bool:
        """Whether these letters of a text, matched without regard to case, are this name."""
        plain = normalise(written)
        if self.exact:
            return plain == normalise(self.surface)
        if self.ambiguous and plain.isupper():
            return len(plain) > 3
        return plain[:1].isupper() or not self.surface[:1].isupper()

    @property
    def key(self) -> str:
        """The form that an automaton over `lowered(normalise(text))` looks for."""
        return lowered(normalise(self.surface))


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found at `start:end` of a text, with everything that it can stand for."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    @property
    def codes(self) -> frozenset[str]:
        """What it can stand for."""
        return frozenset(entry.code for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Party:
    """A State: its codes, regional group and names; `standing` is member, observer or invented."""

    code: str
    iso2: str
    m49: str
    group: str
    standing: str
    name_en: str
    name_id: str
    name_km: str
    formal_en: str

    def name(self, language: str) -> str:
        """The short name in `id`, `km` or (any other) English."""
        return {"id": self.name_id, "km": self.name_km}.get(language) or self.name_en


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a body or institution by language, and forms that count only letter for letter.

    `portfolio` is what a ministry's minister is in charge of.
    """

    code: str
    names: dict[str, tuple[str, ...]]
    exact: dict[str, tuple[str, ...]]
    demonyms: dict[str, tuple[str, ...]]
    portfolio: str | None = None

    def name(self, language: str) -> str:
        """The first name in `language`, else in English, else in any, else the code."""
        for tongue in (language, "en", "id", "km"):
            found = self.names.get(tongue) or self.exact.get(tongue)
            if found:
                return found[0]
        return self.code

    def surfaces(self) -> Iterator[tuple[str, str, bool]]:
        """Every form as (surface, language, exact), without demonyms."""
        for forms, exact in ((self.names, False), (self.exact, True)):
            for language, written in forms.items():
                for surface in written:
                    yield surface, language, exact


@dataclass(frozen=True, slots=True)
class Place:
    """A city, the State it lies in and its names by language."""

    state: str
    names: dict[str, tuple[str, ...]]
    is_capital: bool
    is_ambiguous: bool

    @property
    def name(self) -> str:
        """The first English name: what the place is called in data."""
        return self.names["en"][0]
