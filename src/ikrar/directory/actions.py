"""Writes to the directory: loaded from the project's files, edited by people, never undone."""

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from ikrar.directory.models import Edition, Loaded, Occasion, Office, Party, Person
from ikrar.directory.occasions import OccasionFacts, read_occasions
from ikrar.directory.titles import title_of
from ikrar.directory.vocabulary import PartyKind, UnStanding
from ikrar.kernel.party import state_of
from ikrar.reading.gazetteer.load import OWN_FOLDER, Files, read_folders
from ikrar.reading.gazetteer.person import Holding

USER_ASSIGNED = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")  # ISO 3166-1, clause 8.1.3
ZERO_WIDTH_SPACE = "\u200b"

Facts = dict[str, Any]


class UnknownPartyError(Exception):
    """There is no party with this code in the directory."""

    def __init__(self, code: str) -> None:
        """Name the code that is unknown."""
        super().__init__(f"There is no party {code} in the directory.")


@dataclass(frozen=True, slots=True)
class Summary:
    """How many rows a load added, changed, found as they are, and left to whom edited them."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0

    def __add__(self, other: "Summary") -> "Summary":
        """Both loads together."""
        return Summary(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.kept + other.kept,
        )


@transaction.atomic
def load_directory(*, folders: Iterable[Path] = (), occasions: Path | None = None) -> Summary:
    """Bring the directory to what the gazetteer's files, and those in `folders` after them, say.

    Idempotent; rows that a person edited stay as they are. Nothing is ever deleted: a party that
    left the files may stand in the log. GazetteerError and OccasionError name a file at fault.
    """
    files = read_folders((OWN_FOLDER, *folders))
    edition, _ = Edition.objects.select_for_update().get_or_create(pk=1)
    summary = _load_parties(files) + _load_persons(files) + _load_offices(files)
    if occasions is not None:
        summary += _load_occasions(read_occasions(occasions))
    if summary.added or summary.changed:
        _renew_stamp(edition)
    return summary


@transaction.atomic
def edit_party(*, code: str, names: Mapping[str, str]) -> Party:
    """Name a party anew in some languages; the loader leaves the row alone from now on."""
    edition, _ = Edition.objects.select_for_update().get_or_create(pk=1)
    party = Party.objects.select_for_update().filter(code=code).first()
    if party is None:
        raise UnknownPartyError(code)
    party.names = party.names | dict(names)
    party.edited_at = timezone.now()
    party.save(update_fields=["names", "edited_at"])
    _renew_stamp(edition)
    return party


def _renew_stamp(edition: Edition) -> None:
    edition.stamp = uuid.uuid4()
    edition.save(update_fields=["stamp"])


def is_invented(code: str) -> bool:
    """Whether this party's State bears an ISO code that is free for users: the demo's own."""
    return USER_ASSIGNED.fullmatch(state_of(code)) is not None


def _load_parties(files: Files) -> Summary:
    """States and bodies first, then the institutions, which need their State."""
    wanted = {facts["code"]: facts for facts in _parties(files)}
    summary = Summary()
    for parts in (False, True):
        ids = dict(Party.objects.values_list("code", "pk"))
        level = {code: facts for code, facts in wanted.items() if ("." in code) is parts}
        for code, facts in level.items():
            facts["parent_id"] = _id_of(state_of(code), ids) if parts else None
        held = {party.code: party for party in Party.objects.filter(code__in=level)}
        summary += _renew(Party, held, level)
    return summary


def _parties(files: Files) -> Iterator[Facts]:
    for state in files.parties.values():
        names = {"id": state.name_id, "en": state.name_en, "km": state.name_km}
        yield _party(state.code, PartyKind.STATE, names) | {
            "iso2": state.iso2,
            "m49": state.m49,
            "group": state.group,
            "standing": state.standing if state.standing in UnStanding.values else "",
        }
    for kind, organs in (
        (PartyKind.BODY, files.bodies),
        (PartyKind.INSTITUTION, files.institutions),
    ):
        for organ in organs.values():
            names = {language: organ.name(language) for language in ("id", "en")}
            names["km"] = next(iter(organ.names.get("km", ())), "")
            yield _party(organ.code, kind, names) | {"portfolio": organ.portfolio or ""}


def _party(code: str, kind: PartyKind, names: Mapping[str, str]) -> Facts:
    return {
        "code": code,
        "kind": kind.value,
        "names": _clean(names),
        "iso2": "",
        "m49": "",
        "group": "",
        "standing": "",
        "portfolio": "",
        "invented": is_invented(code),
    }


def _clean(names: Mapping[str, str]) -> dict[str, str]:
    """Names without zero-width spaces (they break matching), and without empty ones."""
    plain = {language: name.replace(ZERO_WIDTH_SPACE, "") for language, name in names.items()}
    return {language: name for language, name in plain.items() if name}


def _load_persons(files: Files) -> Summary:
    wanted: dict[Any, Facts] = {}
    for person in files.persons.values():
        names = {"und-Latn": person.name, "km": next(iter(person.names_km), "")}
        wanted[slugify(person.name)] = {
            "slug": slugify(person.name),
            "names": _clean(names),
            "also": list(person.also),
            "invented": any(is_invented(office.party) for office in person.offices),
        }
    return _renew(Person, {person.slug: person for person in Person.objects.all()}, wanted)


def _load_offices(files: Files) -> Summary:
    people = dict(Person.objects.values_list("slug", "pk"))
    parties = dict(Party.objects.values_list("code", "pk"))
    wanted = {}
    for person in files.persons.values():
        for holding in person.offices:
            facts = _office(holding, files, parties) | {"person_id": people[slugify(person.name)]}
            wanted[_office_key(facts)] = facts
    held = {_office_key(vars(office)): office for office in Office.objects.all()}
    return _renew(Office, held, wanted)


def _office(holding: Holding, files: Files, parties: Mapping[str, int]) -> Facts:
    return {
        "office": holding.office,
        "portfolio": holding.portfolio or "",
        "party_id": _id_of(holding.party, parties),
        "institution_id": _id_of(holding.institution, parties),
        "title": title_of(holding, files),
        "from_on": holding.began,
        "to_on": holding.ended,
        "source": holding.source,
    }


def _id_of(code: str | None, parties: Mapping[str, int]) -> int | None:
    if code is None:
        return None
    if code not in parties:
        raise UnknownPartyError(code)
    return parties[code]


def _office_key(facts: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(
        facts[field] for field in ("person_id", "party_id", "office", "portfolio", "from_on")
    )


def _load_occasions(occasions: Iterable[OccasionFacts]) -> Summary:
    parties = dict(Party.objects.values_list("code", "pk"))
    wanted: dict[Any, Facts] = {}
    for told in occasions:
        wanted[told.slug] = {
            "slug": told.slug,
            "names": _clean(told.names),
            "ends_on": told.ends_on,
            "secret": told.secret,
            "theme": told.theme,
            "requester_id": _id_of(told.requester, parties),
            "source": told.source,
            "known_from": told.known_from,
            "stages": list(told.stages),
        }
    return _renew(Occasion, {row.slug: row for row in Occasion.objects.all()}, wanted)


def _renew(
    model: type[Loaded], held: Mapping[Any, models.Model], wanted: Mapping[Any, Facts]
) -> Summary:
    """Write what is new or differs, in two statements however many rows there are."""
    added, changed, kept = [], [], 0
    for key, facts in wanted.items():
        row: Any = held.get(key)
        if row is None:
            added.append(model(**facts))
        elif row.edited_at is not None:
            kept += 1
        elif any(getattr(row, field) != told for field, told in facts.items()):
            vars(row).update(facts)
            changed.append(row)
    model._default_manager.bulk_create(added)
    if changed:
        model._default_manager.bulk_update(changed, list(next(iter(wanted.values()))))
    unchanged = len(wanted) - len(added) - len(changed) - kept
    return Summary(len(added), len(changed), unchanged, kept)
