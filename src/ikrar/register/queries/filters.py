"""What is asked of the register: which undertakings, as of when."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from ikrar.kernel.evidence import Attestation
from ikrar.kernel.marks import OPEN
from ikrar.kernel.strand import Mark, Standing
from ikrar.register.models import Period, RecordedMove
from ikrar.register.queries.asof import AsOf, present
from ikrar.register.vocabulary import GROUPS, Group

SOON = timedelta(days=30)
FEW = 3_000
STILL_OPEN = [standing.value for standing in OPEN]

# The expression of the index `undertaking_words` (migration 0003), to the letter.
WORDS = (
    "(to_tsvector('simple', register_undertaking.what || ' ' ||"
    " replace(register_undertaking.symbol, '/', ' '))"
    " || jsonb_to_tsvector('simple', register_undertaking.titles, '[\"string\"]'))"
)


class Due(StrEnum):
    """By when something is due, seen from the day asked for."""

    ANY = ""
    OVERDUE = "overdue"
    SOON = "soon"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which undertakings: parties are codes, any of which will do; empty asks for all.

    `ended`: slugs of the occasions after which nothing more can be told, on the day asked for.
    `matching`: the undertakings in which the words are, where they were looked up and are few.
    """

    words: str = ""
    performers: tuple[str, ...] = ()
    requesters: tuple[str, ...] = ()
    theme: str = ""
    groups: frozenset[Group] = frozenset()
    due: Due = Due.ANY
    attestation: Attestation = Attestation.REPORTED
    hedged: bool | None = None
    as_of: AsOf = field(default_factory=present)
    ended: tuple[str, ...] = ()
    matching: tuple[int, ...] | None = None


def look_up(filters: Filters) -> Filters:
    """Look up the words beforehand: rare ones by their index, which an ordered list would not use.

    Words that are in many undertakings are met soon enough by walking the list.
    """
    wanted = _beginnings(filters.words)
    if not wanted or "/" in filters.words:
        return filters
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM register_undertaking WHERE {WORDS}"  # noqa: S608 - a constant
            " @@ to_tsquery('simple', %s) LIMIT %s",
            [wanted, FEW + 1],
        )
        found = tuple(pk for (pk,) in cursor.fetchall())
    return replace(filters, matching=found) if len(found) <= FEW else filters


def _beginnings(words: str) -> str:
    """Ask for all words, by how they begin."""
    return " & ".join(f"{word}:*" for word in re.findall(r"\w+", words.casefold()))


def conditions(filters: Filters) -> Iterable[Any]:
    """Return the conditions on undertakings (now) or on their periods (as of another time)."""
    u = "" if filters.as_of.is_now else "undertaking__"
    yield _of_groups(filters, u)
    if filters.words:
        yield _of_words(filters, u)
    if filters.performers:
        yield Q((f"{u}performer__in", filters.performers))
    if filters.requesters:
        yield _of_requesters(filters.requesters, filters.as_of)
    if filters.theme:
        yield Q((f"{u}theme", filters.theme))
    if filters.due:
        yield _of_due(filters, u)
    if filters.attestation > Attestation.REPORTED:
        yield _of_attestation(filters)
    if filters.hedged is not None:
        yield Q((f"{u}hedged", filters.hedged))


def lapsed(ended: Sequence[str], u: str = "") -> Q:
    """Return the condition under which an undertaking has lapsed."""
    return Q((f"{u}occasion__in", list(ended)), standing__in=STILL_OPEN)


def overdue(day: date, ended: Sequence[str], u: str = "") -> Q:
    """Return the condition under which a promise is late on a day."""
    awake = ~Q(marks__contains=[Mark.DORMANT.value])
    late = awake & Q(standing=Standing.PROMISED.value, due_on__lt=day)
    return late & ~lapsed(ended, u) if ended else late


def _of_groups(filters: Filters, u: str) -> Q:
    """Where no group is named, everything that stands; what was struck through only if named."""
    if not filters.groups:
        return ~Q(standing=Standing.NONE.value)
    found = Q()
    for group in filters.groups:
        here = Q(standing__in=[standing.value for standing in GROUPS[group]])
        if filters.ended:
            gone = lapsed(filters.ended, u)
            here = here | gone if group is Group.CLOSED else here & ~gone
        found |= here
    return found


def _of_words(filters: Filters, u: str) -> Any:
    """Match beginnings of words, all of them, in any language; a symbol by its beginning."""
    if "/" in filters.words:
        return Q((f"{u}symbol__startswith", filters.words.strip()))
    if filters.matching is not None:
        return Q((f"{u}pk__in", filters.matching))
    asked = _beginnings(filters.words)
    if not asked:
        return Q(pk__in=[])
    return RawSQL(  # noqa: S611 - the words are a parameter
        f"{WORDS} @@ to_tsquery('simple', %s)", [asked], output_field=BooleanField()
    )


def _of_requesters(codes: Sequence[str], as_of: AsOf) -> Any:
    if as_of.is_now:
        return Q(requesters__overlap=list(codes))
    strands = Period.objects.filter(
        as_of.period, undertaking=OuterRef("undertaking"), requester__in=codes
    )
    return Exists(strands)


def _of_due(filters: Filters, u: str) -> Q:
    day = filters.as_of.true_on
    if filters.due is Due.OVERDUE:
        return overdue(day, filters.ended, u)
    if filters.due is Due.SOON:
        last = min(day, date.max - SOON) + SOON
        return Q(standing__in=STILL_OPEN, due_on__range=(day, last))
    return Q(due_on__isnull=True)


def _of_attestation(filters: Filters) -> Any:
    """In the present the best attestation is a column; at another time it is looked for."""
    enough = [each.value for each in Attestation if each >= filters.attestation]
    if filters.as_of.is_now:
        return Q(attestation__in=enough)
    moves = RecordedMove.objects.filter(
        filters.as_of.counts(), undertaking=OuterRef("undertaking"), attestation__in=enough
    )
    return Exists(moves)
