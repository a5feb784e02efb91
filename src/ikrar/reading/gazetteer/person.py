"""The dated directory: who held which office for whom, from when to when, and who says so."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Holding:
    """An office held: `began` and `ended` are both included, None where unknown or still held."""

    office: str
    portfolio: str | None
    party: str
    institution: str | None
    began: date | None
    ended: date | None
    source: str

    def is_held_on(self, day: date | None) -> bool:
        """Whether the office may have been held on `day` (any day, where None)."""
        if day is None:
            return True
        return (self.began or date.min) <= day <= (self.ended or date.max)


@dataclass(frozen=True, slots=True)
class Person:
    """A person who speaks for a party, the forms their name is written in, their offices."""

    name: str
    also: tuple[str, ...]
    offices: tuple[Holding, ...]
    names_km: tuple[str, ...] = ()

    def offices_on(self, day: date | None) -> tuple[Holding, ...]:
        """The offices that may have been held on `day`, in the order of the directory."""
        return tuple(office for office in self.offices if office.is_held_on(day))


def first_day(written: str | None) -> date | None:
    """The first day of a day, month or year such as `2024-10`; ValueError when it is none."""
    if written is None:
        return None
    year, month, day = [*(int(part) for part in written.split("-")), 1, 1][:3]
    return date(year, month, day)


def last_day(written: str | None) -> date | None:
    """The last day of a day, month or year such as `2024-10`; ValueError when it is none."""
    first = first_day(written)
    if first is None or written is None:
        return None
    parts = written.count("-")
    month = first.month if parts else 12
    day = first.day if parts == 2 else calendar.monthrange(first.year, month)[1]
    return date(first.year, month, day)
