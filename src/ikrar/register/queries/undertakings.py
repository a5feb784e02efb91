"""The rows of the register: a page of undertakings, newest first, and how many there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from ikrar.directory.queries import occasions
from ikrar.kernel.conversation import HEDGED_AS
from ikrar.kernel.marks import Occasion
from ikrar.kernel.move import Kind, When
from ikrar.kernel.strand import Mark, Standing
from ikrar.register.models import Evidence, Period, RecordedMove, Undertaking
from ikrar.register.queries.asof import AsOf
from ikrar.register.queries.conversations import when_or_none
from ikrar.register.queries.filters import STILL_OPEN, Filters, conditions, look_up
from ikrar.register.rules import Reader, visible, visible_to
from ikrar.register.vocabulary import LAPSED, Group, group_of

PAGE = 30
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One undertaking as a list shows it; `marks` are words of the kernel, `evidence` reports."""

    symbol: str
    titles: Mapping[str, str]
    what: str
    performer: str
    requesters: tuple[str, ...]
    theme: str
    standing: str
    marks: tuple[str, ...]
    due: When | None
    hedged: bool
    is_acknowledged: bool
    evidence: int
    invented: bool
    classification: int

    @property
    def is_overdue(self) -> bool:
        """Whether it is promised and late."""
        return Mark.OVERDUE.value in self.marks


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the symbols from which to go on; empty where there is nothing further."""

    rows: Sequence[Row]
    newer: str = ""
    older: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many undertakings there are, by group; no groups where there are too many to count."""

    total: int
    groups: Mapping[Group, int] = field(default_factory=dict)
    overdue: int = 0

    @property
    def is_more(self) -> bool:
        """Whether there are more than are counted."""
        return self.total > MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go on from: after (older than) or before (newer than) an undertaking's symbol."""

    after: str = ""
    before: str = ""


class PlaceGoneError(Exception):
    """There is no undertaking with this symbol to go on from."""


def known_occasions(as_of: AsOf) -> dict[str, tuple[Mapping[str, str], Occasion]]:
    """Return the occasions that this house knew: names by language, and what the marks need."""
    found = occasions(known_on=as_of.known_at.date())
    return {o.slug: (o.names, Occasion(o.slug, o.ends_on, o.secret)) for o in found}


def ended_on(day: date, known: Mapping[str, tuple[Mapping[str, str], Occasion]]) -> tuple[str, ...]:
    """Return the slugs of the secret occasions that were over by a day."""
    return tuple(slug for slug, (_, o) in known.items() if o.is_secret and o.ends_on < day)


def settled(filters: Filters) -> Filters:
    """Add what only the database knows: which occasions are over, where rare words are."""
    ended = ended_on(filters.as_of.true_on, known_occasions(filters.as_of))
    return look_up(replace(filters, ended=ended))


def page_of(reader: Reader, filters: Filters, place: Place = Place(), size: int = PAGE) -> Page:
    """Return a page of the undertakings that this reader may see, newest first.

    Raises `PlaceGoneError` if the place is unknown to this reader.
    """
    rows = _asked(reader, filters)
    if place.before:
        newer = _beyond(rows, reader, filters, place)
        found = [*_ordered(newer, filters, newest=False)[: size + 1]]
        found, has_more = found[:size][::-1], len(found) > size
        return _page(reader, filters, found, has_newer=has_more, has_older=True)
    beyond = _beyond(rows, reader, filters, place) if place.after else rows
    found = [*_ordered(beyond, filters)[: size + 1]]
    is_inside, has_more = bool(place.after), len(found) > size
    return _page(reader, filters, found[:size], has_newer=is_inside, has_older=has_more)


def all_rows(reader: Reader, filters: Filters, size: int = 500) -> Iterator[Row]:
    """Walk through every row asked for, page by page; used by exports."""
    place = Place()
    while True:
        page = page_of(reader, filters, place, size)
        yield from page.rows
        if not page.older:
            return
        place = Place(after=page.older)


def counted(reader: Reader, filters: Filters) -> Counted:
    """Count the undertakings asked for, by group; exactly up to `MOST_COUNTED`, in one query."""
    u = "" if filters.as_of.is_now else "undertaking__"
    few = _asked(reader, filters).select_related(None)
    columns = few.values_list("standing", "due_on", "marks", f"{u}occasion")
    try:
        inner, parameters = columns[: MOST_COUNTED + 1].query.sql_with_params()
    except EmptyResultSet:
        return Counted(0)
    ours: list[Any] = [filters.as_of.true_on, [Mark.DORMANT.value], list(filters.ended)]
    with connection.cursor() as cursor:
        cursor.execute(TALLY.format(inner), [*ours, *parameters])
        found = cursor.fetchall()
    total = sum(count for *_, count in found)
    if total > MOST_COUNTED:
        return Counted(total)
    groups = dict.fromkeys(Group, 0)
    late = 0
    for standing, is_late, is_over, count in found:
        has_lapsed = is_over and standing in STILL_OPEN
        groups[group_of(LAPSED if has_lapsed else standing)] += count
        late += count if is_late and standing == Standing.PROMISED and not has_lapsed else 0
    return Counted(total, groups, late)


TALLY = """
    SELECT standing, coalesce(due_on < %s AND NOT marks @> %s::varchar[], false),
           occasion = ANY (%s::varchar[]), count(*)
    FROM ({}) AS asked (standing, due_on, marks, occasion) GROUP BY 1, 2, 3
"""


def _asked(reader: Reader, filters: Filters) -> QuerySet[Any]:
    if filters.as_of.is_now:
        return visible_to(Undertaking.objects.all(), reader).filter(*conditions(filters))
    periods = Period.objects.filter(filters.as_of.period, requester="")
    seen = visible_to(periods, reader, "undertaking__").filter(*conditions(filters))
    return seen.select_related("undertaking")


def _ordered(rows: QuerySet[Any], filters: Filters, *, newest: bool = True) -> QuerySet[Any]:
    keys = ("opened_on", "pk") if filters.as_of.is_now else OF_PERIOD
    return rows.order_by(*[f"-{key}" if newest else key for key in keys])


OF_PERIOD = ("undertaking__opened_on", "undertaking_id")


def _beyond(rows: QuerySet[Any], reader: Reader, filters: Filters, place: Place) -> QuerySet[Any]:
    """Keep what lies beyond a symbol: it is looked up, so that links tell no local number."""
    symbol, way = (place.after, "lt") if place.after else (place.before, "gt")
    here = visible_to(Undertaking.objects.filter(symbol=symbol), reader).first()
    if here is None:
        raise PlaceGoneError
    day, pk = ("opened_on", "pk") if filters.as_of.is_now else OF_PERIOD
    same_day = Q((day, here.opened_on), (f"{pk}__{way}", here.pk))
    return rows.filter(
        Q((f"{day}__{way}e", here.opened_on)) & (Q((f"{day}__{way}", here.opened_on)) | same_day)
    )


def _page(
    reader: Reader, filters: Filters, found: Sequence[Any], *, has_newer: bool, has_older: bool
) -> Page:
    rows = rows_of(reader, found, filters.as_of, filters.ended)
    if not rows:
        return Page(rows)
    newer = rows[0].symbol if has_newer else ""
    return Page(rows, newer, rows[-1].symbol if has_older else "")


def rows_of(reader: Reader, found: Sequence[Any], as_of: AsOf, ended: Sequence[str]) -> list[Row]:
    """Make rows of undertakings or periods, with what is counted for all of them at once."""
    ids = [_undertaking(each).pk for each in found]
    reports = _reports(reader, ids, as_of)
    acknowledged = _acknowledged(ids, as_of)
    requesters = {} if as_of.is_now else _requesters(ids, as_of)
    return [
        _row(
            each,
            as_of,
            ended=ended,
            is_acknowledged=_undertaking(each).pk in acknowledged,
            evidence=reports.get(_undertaking(each).pk, 0),
            requesters=requesters.get(_undertaking(each).pk),
        )
        for each in found
    ]


def _undertaking(row: Any) -> Undertaking:
    found: Undertaking = row if isinstance(row, Undertaking) else row.undertaking
    return found


def _row(
    found: Any,
    as_of: AsOf,
    *,
    ended: Sequence[str],
    is_acknowledged: bool,
    evidence: int,
    requesters: Sequence[str] | None,
) -> Row:
    undertaking = _undertaking(found)
    has_lapsed = undertaking.occasion in ended and found.standing in STILL_OPEN
    standing = LAPSED if has_lapsed else found.standing
    marks = [*found.marks]
    if _is_late(found, standing, as_of.true_on):
        marks.append(Mark.OVERDUE.value)
    return Row(
        symbol=undertaking.symbol,
        titles=undertaking.titles,
        what=undertaking.what,
        performer=undertaking.performer,
        requesters=tuple(undertaking.requesters if requesters is None else requesters),
        theme=undertaking.theme,
        standing=standing,
        marks=tuple(marks),
        due=when_or_none(found.due, found.due_precision),
        hedged=undertaking.hedged,
        is_acknowledged=is_acknowledged and group_of(standing) is Group.OPEN,
        evidence=evidence,
        invented=undertaking.invented,
        classification=undertaking.classification,
    )


def _is_late(found: Any, standing: str, day: date) -> bool:
    is_promised = standing == Standing.PROMISED and Mark.DORMANT.value not in found.marks
    return is_promised and found.due_on is not None and found.due_on < day


def _reports(reader: Reader, ids: Sequence[int], as_of: AsOf) -> dict[int, int]:
    """Count the reports of each undertaking that the reader may see, copies aside."""
    rows = (
        Evidence.objects.filter(
            as_of.counts("move__"),
            visible(reader, "passage__source__"),
            counted=True,
            move__undertaking__in=ids,
        )
        .values(undertaking=F("move__undertaking"))
        .annotate(reports=Count("passage__source", distinct=True))
    )
    return {row["undertaking"]: row["reports"] for row in rows}


def _acknowledged(ids: Sequence[int], as_of: AsOf) -> set[int]:
    """Find the undertakings in which somebody answered warmly, or in softened words."""
    softened = [kind.value for kind, less in HEDGED_AS.items() if less is Kind.ACKNOWLEDGE]
    warm = Q(kind=Kind.ACKNOWLEDGE.value) | Q(kind__in=softened, hedged=True)
    moves = RecordedMove.objects.filter(warm, as_of.counts(), undertaking__in=ids, effect=True)
    return set(moves.values_list("undertaking_id", flat=True))


def _requesters(ids: Sequence[int], as_of: AsOf) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {pk: [] for pk in ids}
    strands = Period.objects.filter(as_of.period, undertaking__in=ids).exclude(requester="")
    for pk, requester in strands.values_list("undertaking_id", "requester").order_by("requester"):
        found[pk].append(requester)
    return found
