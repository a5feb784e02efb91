"""Counting days: nothing here reads a text."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from ikrar.kernel.move import Precision, When

EARLIEST: Final = 1800
LATEST: Final = 2200
_LONGEST_LEAD: Final = 240


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    if not (EARLIEST <= year <= LATEST and 1 <= month <= 12):
        return None
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def on(day: date) -> When:
    """`day`, known to the day."""
    return When(day.isoformat(), Precision.DAY)


def in_month(year: int, month: int) -> When:
    """A month, known to the month; months below 1 and above 12 run into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return When(f"{year:04d}-{month:02d}", Precision.MONTH)


def in_year(year: int) -> When:
    """A year, known to the year."""
    return When(f"{year:04d}", Precision.YEAR)


def shifted(anchor: date, unit: str, count: int) -> tuple[When, When | None]:
    """`count` units from `anchor`: a day, a month, a year, or a week's first and last day."""
    if unit == "day":
        return on(anchor + timedelta(days=count)), None
    if unit == "month":
        return in_month(anchor.year, anchor.month + count), None
    if unit in {"year", "decade"}:
        return in_year(anchor.year + count * (10 if unit == "decade" else 1)), None
    monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=count)
    first = monday + timedelta(days=5) if unit == "weekend" else monday
    return on(first), on(monday + timedelta(days=6))


def weekday_before(anchor: date, weekday: int, *, strictly: bool) -> date:
    """The latest `weekday` (1 Monday … 7 Sunday) up to `anchor`, or before it."""
    back = (anchor.isoweekday() - weekday) % 7
    return anchor - timedelta(days=7 if strictly and back == 0 else back)


def weekday_after(anchor: date, weekday: int) -> date:
    """The first `weekday` after `anchor`."""
    return anchor + timedelta(days=(weekday - anchor.isoweekday() - 1) % 7 + 1)


def weekday_in_week(anchor: date, weekday: int, weeks: int) -> date:
    """The `weekday` of the week that lies `weeks` from the week of `anchor`."""
    return anchor - timedelta(days=anchor.isoweekday() - weekday) + timedelta(weeks=weeks)


def nearest(days: Iterable[date], anchor: date, weekday: int | None) -> date | None:
    """Of the possible days the nearest to `anchor`, first of all among those on `weekday`.

    A weekday in a report is seldom wrong by a year: beyond eight months the nearest day wins.
    """
    possible = sorted(days, key=lambda day: (abs((day - anchor).days), day > anchor))
    agreeing = [day for day in possible if weekday == day.isoweekday()]
    if agreeing and abs((agreeing[0] - anchor).days) <= _LONGEST_LEAD:
        return agreeing[0]
    return possible[0] if possible else None
