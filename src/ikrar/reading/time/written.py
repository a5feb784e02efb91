"""What a text writes of a date: parse the numbers and months, resolve nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ikrar.reading.time.vocabulary import vocabulary

_WORDS: Final = vocabulary()
_MONTH: Final = rf"(?:{_WORDS.either('months')})"
_TO: Final = (
    r"(?: ?- ?| (?:s/d|s\.d\.?|sd|sampai dengan|sampai|hingga|dan|to|until|through|and)(?: the)? )"
)
_TH: Final = r"(?:st|nd|rd|th)?"
_END: Final = r"(?![\w/]|[.,:]\d)"
_MAY_BE_WORDS: Final = frozenset({"may", "march", "mar", "sep", "des", "dec"})


def _day(which: int) -> str:
    return rf"(?P<d{which}>\d{{1,2}}){_TH}"


def _month(which: int) -> str:
    return rf"(?P<m{which}>{_MONTH})\.?"


def _year(which: int) -> str:
    return rf"(?:,? (?:tahun )?(?P<y{which}>\d{{4}}))"


# In order: the first that fits is the one that says most. n is a month in figures, m in letters.
_FULL: Final = tuple(
    re.compile(pattern + _END)
    for pattern in (
        r"(?P<y1>\d{4})-(?P<n1>\d{2})-(?P<d1>\d{2})(?:t[\d:.z+-]*)?",
        r"(?P<d1>\d{1,2})/(?P<n1>\d{1,2})(?:/(?P<y1>\d{4}))? ?- ?"
        r"(?P<d2>\d{1,2})/(?P<n2>\d{1,2})/(?P<y2>\d{4})",
        r"(?P<d1>\d{1,2}) ?- ?(?P<d2>\d{1,2})/(?P<n2>\d{1,2})/(?P<y2>\d{4}|\d{2})",
        r"(?P<d1>\d{1,2})(?P<sep>[/.-])(?P<n1>\d{1,2})(?P=sep)(?P<y1>\d{4}|\d{2})",
        _day(1) + r"(?: of)? " + _month(1) + _year(1) + "?" + _TO
        + _day(2) + r"(?: of)? " + _month(2) + _year(2) + "?",
        _day(1) + _TO + _day(2) + r"(?: of)? " + _month(2) + _year(2) + "?",
        _day(1) + r"(?: of)? " + _month(1) + _year(1) + "?",
        _month(1) + " " + _day(1) + _year(1) + "?" + _TO + _month(2) + " " + _day(2)
        + _year(2) + "?",
        _month(1) + " " + _day(1) + _TO + _day(2) + _year(2) + "?",
        _month(1) + " " + _day(1) + _year(1) + "?",
        _month(1) + _year(1) + "?" + _TO + _month(2) + _year(2),
        _month(1) + r"(?: of)?" + _year(1),
        r"(?P<y1>\d{4})(?: ?- ?|/| (?:to|until|through|hingga|sampai) )(?P<y2>\d{4})",
    )
)  # fmt: skip
_PARTIAL: Final = tuple(
    re.compile(pattern + r"(?![\w/])")
    for pattern in (
        r"(?P<d1>\d{1,2}) ?- ?(?P<d2>\d{1,2})/(?P<n2>\d{1,2})",
        r"(?P<d1>\d{1,2})/(?P<n1>\d{1,2})",
        r"(?P<d1>\d{1,2})(?=\))",
    )
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written, up to `end`; what is not written is None."""

    end: int
    year: int | None
    month: int | None
    day: int | None
    until: tuple[int | None, int | None, int | None] | None = None  # year, month, day
    is_order_unsure: bool = False


def written_dates(search: str, start: int, *, partial: bool = False) -> Iterator[Written]:
    """The readings of a date that begins at `start` of a text in small letters, fullest first.

    `partial` also reads "24/11" and "24)", which mean a date only beside a weekday.
    """
    for pattern in (*_FULL, *(_PARTIAL if partial else ())):
        if match := pattern.match(search, start):
            written = _read(match)
            if written is not None:
                yield written


def may_be_word(month: str) -> bool:
    """Whether the name of a month is also a common word, and counts only with a capital."""
    return month.rstrip(".") in _MAY_BE_WORDS


def _read(match: re.Match[str]) -> Written | None:
    groups = {"y1": None, "y2": None, "d1": None, "d2": None, **match.groupdict()}
    first, second = _month_of(groups, 1), _month_of(groups, 2)
    year_1, year_2 = _year_of(groups["y1"]), _year_of(groups["y2"])
    day_1, day_2 = _number(groups["d1"]), _number(groups["d2"])
    swapped = groups.get("sep") == "/" and first is not None and first > 12 and (day_1 or 0) <= 12
    if swapped:
        first, day_1 = day_1, first
    is_range = any(part is not None for part in (second, year_2, day_2))
    if is_range and not _runs_forward((year_1, first, day_1), (year_2, second, day_2)):
        return None
    return Written(
        end=match.end(),
        year=year_1 if year_1 is not None else year_2,
        month=first if first is not None else second,
        day=day_1,
        until=(year_2, second, day_2) if is_range else None,
        is_order_unsure=groups.get("sep") == "/"
        and not swapped
        and max(first or 0, day_1 or 0) < 13,
    )


def _runs_forward(
    first: tuple[int | None, int | None, int | None],
    second: tuple[int | None, int | None, int | None],
) -> bool:
    """Whether a range of days in one month, or of years, does not run backwards."""
    (year_1, month_1, day_1), (year_2, month_2, day_2) = first, second
    if month_1 is None and day_1 is not None and day_2 is not None:
        return day_1 < day_2
    if month_1 is None and month_2 is None and year_1 is not None and year_2 is not None:
        return year_1 < year_2 <= year_1 + 100
    return True


def _month_of(groups: dict[str, str | None], which: int) -> int | None:
    name, number = groups.get(f"m{which}"), groups.get(f"n{which}")
    return _WORDS.months[name] if name else _number(number)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _year_of(digits: str | None) -> int | None:
    if digits is None:
        return None
    return int(digits) + (2000 if len(digits) == 2 else 0)
