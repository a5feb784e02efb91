"""The cast of a document: every person that it names, with office and party."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ikrar.reading.gazetteer import Gazetteer, Holding, OfficePhrase, Person
from ikrar.reading.span import Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A person as this document shows them; `office` in its own words, `place` where it says so.

    `is_known` when the directory has them; `assumed` when the party is the outlet's home State.
    """

    name: str | None
    office: str | None
    party: str | None
    place: Span | None
    office_key: tuple[str, str | None] | None = None
    is_known: bool = False
    assumed: bool = False


class Cast:
    """The persons of one document by name, by part of a name and by office."""

    def __init__(self, gazetteer: Gazetteer, on: date | None, home: str | None) -> None:
        """`on` is the day of which the directory is asked, `home` the outlet's State."""
        self._gazetteer = gazetteer
        self.on = on
        self._home = home
        self._figures: dict[str, Figure] = {}

    def __iter__(self) -> Iterator[Figure]:
        """The figures in the order in which the text names them."""
        return iter(self._figures.values())

    def enter(self, figure: Figure) -> Figure:
        """Add a named person, or what is new about one; the first office in words is kept."""
        name = figure.name or ""
        known = self._figures.get(name)
        if known:
            figure = replace(
                known,
                office=known.office or figure.office,
                party=known.party or figure.party,
                place=known.place if known.office or not figure.office else figure.place,
                office_key=known.office_key or figure.office_key,
                assumed=known.assumed and figure.assumed,
            )
        self._figures[name] = figure
        return figure

    def named(self, name: str) -> Figure | None:
        """The person of this full name or part of a name, if the text names just one such."""
        if name in self._figures:
            return self._figures[name]
        wanted = name.casefold()
        fitting = [
            figure
            for figure in self._figures.values()
            if figure.name and wanted in figure.name.casefold().split()
        ]
        return fitting[0] if len(fitting) == 1 else None

    def in_office(self, key: tuple[str, str | None], party: str | None) -> Figure | None:
        """The one person of the text who holds this office (for this party, where it is said)."""
        fitting = [
            figure
            for figure in self._figures.values()
            if figure.office_key
            and _is_same_office(figure.office_key, key)
            and (party is None or figure.party == party)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def from_directory(self, person: Person) -> Figure:
        """A person of the directory with the party that they speak for on the day."""
        holding = next(iter(person.offices_on(self.on) or person.offices), None)
        return Figure(
            name=person.name,
            office=None,
            party=_state(holding) if holding else None,
            place=None,
            office_key=(holding.office, holding.portfolio) if holding else None,
            is_known=True,
        )

    def party_of_office(self, phrase: OfficePhrase) -> tuple[str | None, bool]:
        """The party an office is held for: as written, else the outlet's home State (assumed)."""
        if phrase.party:
            return phrase.party if "." not in phrase.party else _root(phrase.party), False
        return self._home, self._home is not None


def _is_same_office(held: tuple[str, str | None], asked: tuple[str, str | None]) -> bool:
    if asked[1] is None:
        return held[0] == asked[0] or held[0].endswith(asked[0])
    return held == asked


def _state(holding: Holding) -> str:
    return _root(holding.party)


def _root(code: str) -> str:
    """The State behind an institution's code; a body's organ stays itself (`un.hrc`)."""
    return code.partition(".")[0] if code[:3].isupper() else code
