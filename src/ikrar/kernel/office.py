"""Offices: what a person holds when speaking for a party, from one day to another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a party, held by one person from `held_from` to `held_until`, both included.

    None means that the first or last day is not known, or has not come.
    """

    person: str
    party: str
    title: str
    held_from: date | None = None
    held_until: date | None = None

    def is_held_on(self, day: date) -> bool:
        """Return whether the person held this office on `day`."""
        began = self.held_from is None or self.held_from <= day
        return began and (self.held_until is None or day <= self.held_until)


def offices_on(offices: Iterable[Office], person: str, day: date) -> tuple[Office, ...]:
    """Return the offices `person` held on `day`, in the order given."""
    return tuple(each for each in offices if each.person == person and each.is_held_on(day))
