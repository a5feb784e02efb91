"""Occasions as files tell them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml


class OccasionError(Exception):
    """The file of occasions cannot be understood."""

    def __init__(self, path: Path, why: object) -> None:
        """Name the file and what is wrong in it."""
        super().__init__(f"The occasions in {path} cannot be understood: {why}")


@dataclass(frozen=True, slots=True)
class OccasionFacts:
    """One occasion; `names` by language, `stages` as the file tells them with days as text."""

    slug: str
    names: dict[str, str]
    ends_on: date
    secret: bool
    known_from: date
    source: str
    theme: str = ""
    requester: str | None = None
    stages: tuple[dict[str, Any], ...] = ()


def read_occasions(path: Path) -> tuple[OccasionFacts, ...]:
    """Read a YAML file whose `occasions` is a list; OccasionError names the entry at fault."""
    try:
        entries = yaml.safe_load(path.read_text("utf-8"))["occasions"]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise OccasionError(path, repr(error)) from error
    return tuple(_occasion(path, entry) for entry in entries)


def _occasion(path: Path, entry: dict[str, Any]) -> OccasionFacts:
    try:
        stages = tuple(_plain(stage) for stage in entry.get("stages", ()))
        facts = OccasionFacts(**(entry | {"stages": stages}))
    except (AttributeError, TypeError) as error:
        raise OccasionError(path, error) from error
    for day in (facts.ends_on, facts.known_from):
        if not isinstance(day, date):
            raise OccasionError(path, f"{facts.slug} has {day!r} where a day is needed")
    return facts


def _plain(stage: dict[str, Any]) -> dict[str, Any]:
    return {key: str(told) if isinstance(told, date) else told for key, told in stage.items()}
