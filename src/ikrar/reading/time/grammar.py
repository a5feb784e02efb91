"""Find the dates of a text, Indonesian or English, and count the relative ones from an anchor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from ikrar.kernel.move import When
from ikrar.reading.text import lowered, normalise
from ikrar.reading.time import calendar
from ikrar.reading.time.mention import TimeFlag, TimeKind, TimeMention
from ikrar.reading.time.vocabulary import vocabulary
from ikrar.reading.time.written import Written, may_be_word, written_dates

_WORDS: Final = vocabulary()
_SHORT_WEEKDAYS: Final = frozenset({"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri"})
_COUNT: Final = rf"(?P<count>\d{{1,3}}|{_WORDS.either('numbers')})"
_UNIT: Final = rf"(?P<unit>{_WORDS.either('units')})"

_WORD: Final = re.compile(r"(?<![\w$])\w+")
_WEEKDAY: Final = re.compile(
    rf"(?P<word>{_WORDS.either('weekdays')})\.?"
    rf"(?: ?(?:-|to|sampai|hingga|dan|and) ?(?P<second>{_WORDS.either('weekdays')}))?(?!\w)"
)
_PART_OF_DAY: Final = r"(?: (?:pagi|siang|sore|petang|malam|morning|afternoon|evening|night))?"
_TO_DATE: Final = re.compile(rf"{_PART_OF_DAY},? ?(?:tanggal |the )?(?P<open>\( ?)?")
_AFTER: Final = re.compile(
    rf"(?:,? (?:of )?(?:(?P<past>{_WORDS.either('after_past')})"
    rf"|(?P<future>{_WORDS.either('after_future')})|(?P<now>{_WORDS.either('after_now')})))(?!\w)"
)
_LAST_BEFORE: Final = re.compile(rf"(?<!\w)(?:{_WORDS.either('last')}) $")
_NEXT_BEFORE: Final = re.compile(rf"(?<!\w)(?:{_WORDS.either('next')}) $")
_MONTH_BEFORE: Final = re.compile(rf"(?<!\w)(?:{_WORDS.either('before_month')})[ -]$")
_NOT_A_YEAR_BEFORE: Final = re.compile(
    rf"(?:(?<!\w)(?:{_WORDS.either('not_a_year')}) ?|[\d.,/:#-]|(?:nomor|no\.?) \d+[\w/]* tahun )$"
)
_NOT_A_YEAR_AFTER: Final = re.compile(rf"[.,:/-]?\d|%| ?(?:{_WORDS.either('counted')})(?!\w)|-\w")
_PHRASE: Final = re.compile(rf"(?:{_WORDS.either('phrases')})(?!\w)")
_COUNTED: Final = re.compile(
    rf"(?:{_COUNT} |(?P<one>se)){_UNIT}(?: (?:(?P<past>{_WORDS.either('past')})"
    rf"|(?P<future>{_WORDS.either('future')})|(?P<recent>terakhir|belakangan)))(?!\w)"
)
_IN: Final = re.compile(
    rf"(?:in|dalam) {_COUNT} {_UNIT}(?: (?P<past>ago))?(?!\w)"
    rf"(?! (?:{_WORDS.either('past')}|{_WORDS.either('future')}|terakhir|belakangan)(?!\w))"
)
_SPAN_OF: Final = re.compile(
    r"(?:(?:over|within|in|during|for) )?(?:the )?(?P<where>next|coming|past|last) "
    rf"{_COUNT} {_UNIT}(?!\w)"
)
_WILL: Final = re.compile(r"(?<!\w)(?:akan|bakal|will|shall|is to|are to|due to)(?!\w)[^.!?;]*$")
_CLAUSE: Final = 90


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The day that relative dates are counted from, and whether it can be trusted."""

    day: date | None
    is_trusted: bool


@dataclass(frozen=True, slots=True)
class _Search:
    """A text beside its own small letters, and how it is to be read."""

    text: str
    small: str
    anchor: _Anchor
    language: str | None

    def is_capital(self, offset: int) -> bool:
        return self.text[offset].isupper()

    def before(self, offset: int) -> str:
        return self.small[max(0, offset - _CLAUSE) : offset]


_Reader = Callable[[_Search, int], TimeMention | None]


def find_times(
    text: str,
    published_on: date | None = None,
    *,
    is_trusted: bool = True,
    language: str | None = None,
) -> tuple[TimeMention, ...]:
    """The dates in `text`, in order and apart.

    Relative ones count from `published_on`; where that day is unknown or not `is_trusted` (the
    page says so, not the report) they stay open. `language` `en` flags 03/04/2025 as unsure.
    """
    search = _Search(text, lowered(normalise(text)), _Anchor(published_on, is_trusted), language)
    found: list[TimeMention] = []
    position = 0
    for word in _WORD.finditer(search.small):
        if word.start() < position:
            continue
        mention = _read(search, word.group(), word.start())
        if mention is not None and mention.start >= position:
            position = mention.end
            found.append(mention)
    return tuple(found)


def _read(search: _Search, word: str, start: int) -> TimeMention | None:
    """The date that begins at this word; most words begin none and are passed over at once."""
    readers: tuple[_Reader, ...]
    if word[0].isdigit():
        readers = _OF_FIGURES
    elif word in _CALENDAR_WORDS:
        readers = _OF_CALENDAR
    elif word in _OTHER_WORDS:
        readers = _OF_OTHERS
    else:
        return None
    for reader in readers:
        if mention := reader(search, start):
            return mention
    return None


def _weekday(search: _Search, start: int) -> TimeMention | None:
    match = _WEEKDAY.match(search.small, start)
    if match is None or not search.is_capital(start):
        return None
    word = match["word"]
    if word == "minggu" and _is_week(search, match):
        return None
    weekday = _WORDS.weekdays[word]
    if dated := _dated_weekday(search, start, match.end(), weekday):
        return dated
    if word in _SHORT_WEEKDAYS or match["second"]:
        return None
    return _lone_weekday(search, start, match.end("word"), weekday)


def _is_week(search: _Search, match: re.Match[str]) -> bool:
    """Whether "Minggu lalu" is last week: a sentence begins with it; else the capital is Sunday."""
    before = search.text[max(0, match.start() - 20) : match.start()].rstrip(" \"'“‘(")[-1:]
    begins = not before.isalnum() and before != ","
    return begins and _PHRASE.match(search.small, match.start()) is not None


def _dated_weekday(search: _Search, start: int, end: int, weekday: int) -> TimeMention | None:
    gap = _TO_DATE.match(search.small, end)
    if gap is None or gap.end() == end:
        return None
    for written in written_dates(search.small, gap.end(), partial=True):
        if written.day is None:
            continue
        closed = search.small[written.end : written.end + 1] == ")" if gap["open"] else False
        if not gap["open"] and search.small[written.end : written.end + 1] == ")":
            continue
        found = _resolved(search, start, written, weekday)
        return replace(found, end=found.end + 1) if closed else found
    return None


def _lone_weekday(search: _Search, start: int, end: int, weekday: int) -> TimeMention:
    before, after = search.before(start), _AFTER.match(search.small, end)
    for pattern in (_LAST_BEFORE, _NEXT_BEFORE):
        if earlier := pattern.search(before):
            start -= len(earlier.group())
    mention = TimeMention(start, after.end() if after else end, TimeKind.WEEKDAY, None)
    anchor = search.anchor.day if search.anchor.is_trusted else None
    if anchor is None:
        return replace(mention, flags=frozenset({TimeFlag.UNANCHORED}))
    will = not after and _WILL.search(before)
    day = _counted_weekday(anchor, weekday, before, after, will=bool(will))
    flags = frozenset({TimeFlag.FUTURE_ASSUMED}) if will and day > anchor else frozenset()
    return replace(mention, when=calendar.on(day), flags=flags)


def _counted_weekday(
    anchor: date, weekday: int, before: str, after: re.Match[str] | None, *, will: bool
) -> date:
    words = after.group().strip(" ,").removeprefix("of ") if after else ""
    if words in _WORDS.phrases and _WORDS.phrases[words][0] == "week":
        return calendar.weekday_in_week(anchor, weekday, _WORDS.phrases[words][1])
    if _NEXT_BEFORE.search(before) or (after and after["future"]) or will:
        return calendar.weekday_after(anchor, weekday)
    if after and after["now"]:
        return calendar.weekday_in_week(anchor, weekday, 0)
    strictly = bool(_LAST_BEFORE.search(before) or (after and after["past"]))
    return calendar.weekday_before(anchor, weekday, strictly=strictly)


def _date(search: _Search, start: int) -> TimeMention | None:
    in_brackets = search.small[start - 1 : start] == "("
    if search.small[start].isdigit() and re.search(r"[\d][.,/:-]$", search.before(start)):
        return None
    for written in written_dates(search.small, start, partial=in_brackets):
        if in_brackets and written.month is None and written.year is None:
            continue
        if written.month is None and not _is_years(search, start, written):
            continue
        if not search.small[start].isdigit() and not _is_month(search, start):
            continue
        return _resolved(search, start, written, None)
    return None


def _is_years(search: _Search, start: int, written: Written) -> bool:
    return _may_be_year(search, start, written.end) and 1900 <= (written.year or 0) <= 2100


def _is_month(search: _Search, start: int) -> bool:
    word = re.match(r"\w+", search.small[start : start + 12])
    return word is None or not may_be_word(word.group()) or search.is_capital(start)


def _resolved(search: _Search, start: int, written: Written, weekday: int | None) -> TimeMention:
    flags: set[TimeFlag] = set()
    if written.is_order_unsure and search.language == "en":
        flags.add(TimeFlag.ORDER_UNSURE)
    if written.year is not None:
        mention = TimeMention(start, written.end, TimeKind.ABSOLUTE, None)
        when, until = _with_year(written, written.year)
    else:
        after = _AFTER.match(search.small, written.end)
        end = after.end() if after else written.end
        mention = TimeMention(start, end, TimeKind.PARTIAL, None)
        year, month = _year_meant(search, start, written, weekday, after)
        if year is None:
            return replace(mention, flags=frozenset({*flags, TimeFlag.UNANCHORED}))
        flags.add(TimeFlag.YEAR_ASSUMED)
        when, until = _with_year(replace(written, month=month), year)
    if when is None:
        return replace(mention, flags=frozenset({*flags, TimeFlag.IMPOSSIBLE}))
    if weekday is not None and when.first.isoweekday() != weekday:
        flags.add(TimeFlag.WEEKDAY_DISAGREES)
    return replace(mention, when=when, until=until, flags=frozenset(flags))


def _with_year(written: Written, year: int) -> tuple[When | None, When | None]:
    """The date and the end of its range; a range over New Year begins in the year before."""
    if written.until is None:
        return _when(year, written.month, written.day), None
    last_year, last_month, last_day = written.until
    last_month = last_month if last_month is not None else written.month
    runs_over = written.month is not None and last_month is not None and written.month > last_month
    last_year = last_year if last_year is not None else year + (1 if runs_over else 0)
    first_year = year - 1 if runs_over and year == last_year else year
    first = _when(first_year, written.month, written.day)
    last = _when(last_year, last_month, last_day)
    return (first, last) if first and last else (None, None)


def _when(year: int, month: int | None, day: int | None) -> When | None:
    if not calendar.EARLIEST <= year <= calendar.LATEST:
        return None
    if month is None:
        return calendar.in_year(year)
    if day is None:
        return calendar.in_month(year, month) if 1 <= month <= 12 else None
    found = calendar.day_of(year, month, day)
    return calendar.on(found) if found else None


def _year_meant(
    search: _Search,
    start: int,
    written: Written,
    weekday: int | None,
    after: re.Match[str] | None,
) -> tuple[int | None, int | None]:
    """Year and month of a date that does not write its year, by the words around it."""
    anchor = search.anchor.day
    if anchor is None:
        return None, None
    words = after.group().strip(" ,") if after else ""
    if words in _WORDS.phrases and _WORDS.phrases[words][0] == "year":
        return anchor.year + _WORDS.phrases[words][1], written.month
    months = (
        [written.month] if written.month else [anchor.month - 1, anchor.month, anchor.month + 1]
    )
    days = _possible(anchor, months, written.day or 1)
    is_future = bool(after and after["future"]) or bool(_WILL.search(search.before(start)))
    if after and after["past"]:
        days = [day for day in days if day <= anchor] or days
    elif is_future:
        days = [day for day in days if day >= anchor] or days
    found = calendar.nearest(days, anchor, weekday)
    if found is None:
        return anchor.year, written.month
    if not search.anchor.is_trusted and weekday is not None and found.isoweekday() != weekday:
        return None, None
    return found.year, found.month


def _possible(anchor: date, months: list[int], day: int) -> list[date]:
    days = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        for month in months:
            whole = calendar.in_month(year, month).first
            if found := calendar.day_of(whole.year, whole.month, day):
                days.append(found)
    return days


def _bare_month(search: _Search, start: int) -> TimeMention | None:
    match = re.match(rf"(?:{_WORDS.either('months')})(?!\w)", search.small[start : start + 12])
    if match is None or len(match.group()) < 3 or not search.is_capital(start):
        return None
    end = start + match.end()
    after = _AFTER.match(search.small, end)
    before = search.before(start)
    framed = (
        _MONTH_BEFORE.search(before) or _NEXT_BEFORE.search(before) or _LAST_BEFORE.search(before)
    )
    if not framed and not (after and not after["now"]):
        return None
    return _resolved(search, start, Written(end, None, _WORDS.months[match.group()], None), None)


def _may_be_year(search: _Search, start: int, end: int) -> bool:
    return not (
        _NOT_A_YEAR_BEFORE.search(search.before(start))
        or _NOT_A_YEAR_AFTER.match(search.small, end)
    )


def _year(search: _Search, start: int) -> TimeMention | None:
    digits = search.small[start : start + 4]
    if not re.fullmatch(r"(?:19|20)\d\d", digits) or not _may_be_year(search, start, start + 4):
        return None
    return TimeMention(start, start + 4, TimeKind.ABSOLUTE, calendar.in_year(int(digits)))


def _relative(
    search: _Search, start: int, end: int, unit: str, count: int, *, whole: bool = False
) -> TimeMention:
    """`count` units away; `whole` is the stretch from here to there."""
    mention = TimeMention(start, end, TimeKind.RELATIVE, None)
    anchor = search.anchor.day if search.anchor.is_trusted else None
    if anchor is None:
        return replace(mention, flags=frozenset({TimeFlag.UNANCHORED}))
    try:
        when, until = calendar.shifted(anchor, unit, count)
        here = calendar.shifted(anchor, unit, 0)[0]
    except (OverflowError, ValueError):
        return replace(mention, flags=frozenset({TimeFlag.IMPOSSIBLE}))
    if whole:
        when, until = (here, until or when) if count > 0 else (when, here)
    return replace(mention, when=when, until=until)


def _span_of(search: _Search, start: int) -> TimeMention | None:
    match = _SPAN_OF.match(search.small, start)
    if match is None:
        return None
    count = _number(match["count"]) * (-1 if match["where"] in {"past", "last"} else 1)
    return _relative(search, start, match.end(), _WORDS.units[match["unit"]], count, whole=True)


def _counted(search: _Search, start: int) -> TimeMention | None:
    match = _COUNTED.match(search.small, start)
    if match is None:
        match = _IN.match(search.small, start)
        if match is None:
            return None
        sign, whole = (-1 if match["past"] else 1), False
    else:
        sign = 1 if match["future"] else -1
        whole = match["future"] == "ke depan" or bool(match["recent"])
    count = 1 if match.groupdict().get("one") else _number(match["count"])
    return _relative(
        search, start, match.end(), _WORDS.units[match["unit"]], sign * count, whole=whole
    )


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _WORDS.numbers[written]


def _phrase(search: _Search, start: int) -> TimeMention | None:
    match = _PHRASE.match(search.small, start)
    if match is None:
        return None
    unit, count = _WORDS.phrases[match.group()]
    return _relative(search, start, match.end(), unit, count)


def _first(words: Iterable[str]) -> frozenset[str]:
    return frozenset(match.group() for word in words if (match := re.match(r"\w+", word)))


_CALENDAR_WORDS: Final = _first((*_WORDS.months, *_WORDS.weekdays))
_OTHER_WORDS: Final = _first(
    (*_WORDS.phrases, *_WORDS.numbers, *(f"se{unit}" for unit in _WORDS.units))
) | {"in", "dalam", "the", "next", "last", "past", "coming", "over", "within", "during", "for"}
_OF_FIGURES: Final = (_date, _year, _counted)
_OF_CALENDAR: Final = (_weekday, _date, _bare_month, _phrase)
_OF_OTHERS: Final = (_span_of, _counted, _phrase)
