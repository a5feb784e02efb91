"""Marks that depend on a day: overdue and lapsed. The day is passed in: no clock here."""

from dataclasses import dataclass
from datetime import date

from ikrar.kernel.move import Terms
from ikrar.kernel.strand import Mark, Standing, Strand

OPEN = frozenset(
    {
        Standing.REQUESTED,
        Standing.OFFERED,
        Standing.COUNTERED,
        Standing.PROMISED,
        Standing.REPORTED,
        Standing.DISPUTED,
    }
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an undertaking is for: after `ends_on`, and if `is_secret`, nothing can be told."""

    name: str
    ends_on: date
    is_secret: bool = False


def is_overdue(standing: Standing, terms: Terms | None, day: date) -> bool:
    """Return whether something is promised whose last possible due day has passed on `day`."""
    due = terms.due if terms else None
    return standing is Standing.PROMISED and due is not None and due.last < day


def has_lapsed(standing: Standing, occasion: Occasion | None, day: date) -> bool:
    """Return whether the occasion is over and nobody will be able to tell what was done."""
    return (
        occasion is not None and occasion.is_secret and standing in OPEN and occasion.ends_on < day
    )


def marks_on(
    day: date,
    strand: Strand,
    terms: Terms | None,
    *,
    occasion: Occasion | None = None,
    is_dormant: bool = False,
) -> tuple[Mark, ...]:
    """Return all marks of a strand on `day`; a promise that lapsed or sleeps is not overdue."""
    found = list(strand.marks)
    if has_lapsed(strand.standing, occasion, day):
        found.append(Mark.LAPSED)
    elif is_dormant and strand.standing in (Standing.PROMISED, Standing.DISPUTED):
        found.append(Mark.DORMANT)
    elif is_overdue(strand.standing, terms, day):
        found.append(Mark.OVERDUE)
    return tuple(found)
