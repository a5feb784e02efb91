"""Dates and instants, written out in the page's language."""

from datetime import UTC, date, datetime

from django.utils.dateformat import format as dateformat

from ikrar.kernel.move import Precision, When

FORMATS = {Precision.YEAR: "Y", Precision.MONTH: "M Y", Precision.DAY: "j M Y"}


def as_when(value: When | date | str) -> When:
    """Return a day, month or year from itself, a date, or ISO text (`2025-11`)."""
    if isinstance(value, When):
        return value
    return When.parse(value) if isinstance(value, str) else When.on(value)


def written(value: When | date | str) -> str:
    """Return `24 Nov 2025`, `Nov 2025` or `2025` in the active language, as precise as known."""
    when = as_when(value)
    return dateformat(when.first, FORMATS[when.precision])


def written_instant(value: datetime) -> str:
    """Return `24 Nov 2025, 06:00 UTC` in the active language."""
    return dateformat(value.astimezone(UTC), r"j M Y, H:i \U\T\C")
