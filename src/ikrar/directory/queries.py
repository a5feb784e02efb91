"""Reads of the directory."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ikrar.directory.models import Edition, Occasion, Office, Party, Person
from ikrar.directory.vocabulary import PartyKind, RegionalGroup
from ikrar.kernel.party import state_of


@dataclass(frozen=True, slots=True)
class Designation:
    """What pages and rules ask about a party at every turn, without a query of its own.

    `state` is the code of the State that an institution belongs to, else the party's own code.
    """

    code: str
    kind: str
    state: str
    group: str
    names: Mapping[str, str]
    invented: bool

    def name(self, language: str) -> str:
        """The name in `language` (BCP 47), else in English."""
        return self.names.get(language) or self.names["en"]


class _Memory:
    """The designations of one edition, kept by the process and shared by its threads."""

    def __init__(self, read: Callable[[], dict[str, Designation]]) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._kept: tuple[UUID | None, Mapping[str, Designation]] | None = None

    def current(self) -> Mapping[str, Designation]:
        """What stands now: one query where nothing changed, two where something did."""
        stamp = Edition.objects.values_list("stamp", flat=True).first()
        kept = self._kept
        if stamp is not None and kept is not None and kept[0] == stamp:
            return kept[1]
        with self._lock:
            read = MappingProxyType(self._read())
            self._kept = (stamp, read)
        return read


def _read_designations() -> dict[str, Designation]:
    rows = Party.objects.values_list("code", "kind", "group", "names", "invented")
    return {
        code: Designation(
            code=code,
            kind=kind,
            state=state_of(code),
            group=group,
            names=MappingProxyType(names),
            invented=invented,
        )
        for code, kind, group, names, invented in rows
    }


_memory = _Memory(_read_designations)


def designations() -> Mapping[str, Designation]:
    """Every party by its code. One query: ask once per page and hand it on."""
    return _memory.current()


def party_names(language: str) -> dict[str, str]:
    """Code → name of every party in `language` (BCP 47), in English where it has none."""
    return {code: party.name(language) for code, party in designations().items()}


def states_by_group() -> dict[RegionalGroup, list[Designation]]:
    """The States of each regional group, by code."""
    groups: dict[RegionalGroup, list[Designation]] = {group: [] for group in RegionalGroup}
    for party in designations().values():
        if party.group:
            groups[RegionalGroup(party.group)].append(party)
    return groups


@dataclass(frozen=True, slots=True)
class Row:
    """One party in a list, by its name."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Section:
    """Parties that stand together in the directory's list."""

    slug: str
    title: str
    rows: tuple[Row, ...]


# Lazy titles: they are written in the language of the page that shows them.
_SECTIONS = (
    *((group.value, group.label) for group in RegionalGroup),
    (PartyKind.STATE.value, _("Other States")),
    (PartyKind.INSTITUTION.value, _("Institutions of States")),
    (PartyKind.BODY.value, _("Bodies")),
    ("invented", _("Invented for the demonstration")),
)


def sections(language: str) -> list[Section]:
    """Every party in `language`: States by group, other States, institutions, bodies, invented."""
    found: dict[str, list[Row]] = {}
    for party in designations().values():
        slug = "invented" if party.invented else party.group or party.kind
        found.setdefault(slug, []).append(Row(party.name(language), party.code))
    return [
        Section(slug, str(title), tuple(sorted(found[slug], key=lambda row: row.name)))
        for slug, title in _SECTIONS
        if slug in found
    ]


def offices_on(day: date) -> QuerySet[Office]:
    """The offices that may have been held on `day`, with their persons and parties."""
    began = Q(from_on__isnull=True) | Q(from_on__lte=day)
    lasts = Q(to_on__isnull=True) | Q(to_on__gte=day)
    return Office.objects.filter(began & lasts).select_related("person", "party", "institution")


def offices_of(person: str, day: date | None = None) -> QuerySet[Office]:
    """The offices of the person with this slug, on `day` or ever."""
    held = offices_on(day) if day else Office.objects.select_related("party", "institution")
    return held.filter(person__slug=person)


def persons_of(code: str, day: date | None = None) -> QuerySet[Person]:
    """Who spoke for this party or for one of its institutions, on `day` or ever."""
    held = offices_on(day) if day else Office.objects.all()
    party = Q(party__code=code) | Q(party__parent__code=code) | Q(institution__code=code)
    return Person.objects.filter(pk__in=held.filter(party).values("person"))


def occasions(known_on: date | None = None) -> QuerySet[Occasion]:
    """The occasions that this house knew on that day; all that it knows where None."""
    found = Occasion.objects.select_related("requester")
    return found if known_on is None else found.filter(known_from__lte=known_on)
