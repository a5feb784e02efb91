"""Read the gazetteer's files; a folder with the same file names adds to them or overrides them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

import yaml

from ikrar.reading.gazetteer.entry import Names, Party, Place
from ikrar.reading.gazetteer.person import Holding, Person, first_day, last_day

OWN_FOLDER: Final = Path(__file__).parent / "data"
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LANGUAGES: Final = ("en", "id", "km")


class GazetteerError(Exception):
    """A file of the gazetteer cannot be understood."""


@dataclass(slots=True)
class Files:
    """The gazetteer as it stands in its files, later folders over earlier ones."""

    parties: dict[str, Party] = field(default_factory=dict)
    aliases: dict[str, list[Names]] = field(default_factory=dict)
    bodies: dict[str, Names] = field(default_factory=dict)
    institutions: dict[str, Names] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    offices: dict[str, dict[str, Any]] = field(default_factory=dict)
    outlets: dict[str, str] = field(default_factory=dict)
    ambiguous: set[str] = field(default_factory=set)
    not_a_party: set[str] = field(default_factory=set)


def read_folders(folders: Iterable[Path]) -> Files:
    """Read every known file of these folders, in order; GazetteerError names the file at fault."""
    files = Files()
    for folder in folders:
        for name, reader in _READERS.items():
            path = folder / name
            if not path.is_file():
                continue
            try:
                reader(files, path)
            except (AttributeError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
                raise GazetteerError(f"{path} cannot be understood: {error!r}") from error
    return files


def _yaml(path: Path) -> Any:
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=_LOADER)  # noqa: S506 - it is a safe loader


def _forms(entry: Mapping[str, Any], which: str) -> dict[str, tuple[str, ...]]:
    return {
        language: tuple(map(str, (entry.get(language) or {}).get(which) or ()))
        for language in _LANGUAGES
    }


def _names(code: str, entry: Mapping[str, Any] | None) -> Names:
    entry = entry or {}
    return Names(
        code=code,
        names=_forms(entry, "names"),
        exact=_forms(entry, "exact"),
        demonyms=_forms(entry, "demonyms"),
        portfolio=entry.get("portfolio"),
    )


def _read_parties(files: Files, path: Path) -> None:
    wanted = [column.name for column in fields(Party)]
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            files.parties[row["code"]] = Party(**{name: row.get(name) or "" for name in wanted})


def _read_aliases(files: Files, path: Path) -> None:
    for code, entry in _yaml(path).items():
        files.aliases.setdefault(code, []).append(_names(code, entry))


def _read_bodies(files: Files, path: Path) -> None:
    files.bodies.update({code: _names(code, entry) for code, entry in _yaml(path).items()})


def _read_institutions(files: Files, path: Path) -> None:
    files.institutions.update({code: _names(code, entry) for code, entry in _yaml(path).items()})


def _read_persons(files: Files, path: Path) -> None:
    for entry in _yaml(path):
        files.persons[entry["name"]] = Person(
            name=entry["name"],
            also=tuple(entry.get("also") or ()),
            offices=tuple(_holding(office) for office in entry.get("offices") or ()),
            names_km=tuple(entry.get("names_km") or ()),
        )


def _holding(entry: Mapping[str, Any]) -> Holding:
    return Holding(
        office=entry["office"],
        portfolio=entry.get("portfolio"),
        party=entry["party"],
        institution=entry.get("institution"),
        began=first_day(_written(entry.get("from"))),
        ended=last_day(_written(entry.get("to"))),
        source=entry["source"],
    )


def _written(day: Any) -> str | None:
    """YAML reads an unquoted 2024-10-21 as a date and 2024 as a number: both are meant as text."""
    return None if day is None else str(day)


def _read_places(files: Files, path: Path) -> None:
    files.places.extend(_places(_yaml(path)))


def _places(entries: Iterable[Mapping[str, Any]]) -> Iterator[Place]:
    for entry in entries:
        names = {language: tuple(entry.get(language) or ()) for language in _LANGUAGES}
        yield Place(
            state=entry["state"],
            names=names | {"id": names["id"] or names["en"]},
            is_capital=bool(entry.get("capital")),
            is_ambiguous=bool(entry.get("ambiguous")),
        )


def _read_offices(files: Files, path: Path) -> None:
    for section, entries in _yaml(path).items():
        known = files.offices.setdefault(section, {})
        for key, entry in entries.items():
            both = isinstance(entry, dict) and isinstance(known.get(key), dict)
            known[key] = known[key] | entry if both else entry


def _read_outlets(files: Files, path: Path) -> None:
    for state, outlets in _yaml(path).items():
        files.outlets.update({outlet.lower(): state for outlet in outlets})


def _read_words(files: Files, path: Path) -> None:
    words = _yaml(path)
    files.ambiguous.update(words.get("ambiguous") or ())
    files.not_a_party.update(words.get("not_a_party") or ())


_READERS: Final = {
    "parties.csv": _read_parties,
    "aliases.yaml": _read_aliases,
    "bodies.yaml": _read_bodies,
    "institutions.yaml": _read_institutions,
    "persons.yaml": _read_persons,
    "places.yaml": _read_places,
    "offices.yaml": _read_offices,
    "outlets.yaml": _read_outlets,
    "words.yaml": _read_words,
}
