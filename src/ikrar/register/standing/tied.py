"""Which undertakings conditions tie together: what one does wakes the promise of another."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from ikrar.register.models import Undertaking

# A condition that names an undertaking of another compartment waits for ever: that the other
# exists, let alone how it stands, is not to be told by a promise that wakes.
TIES = """
    SELECT waits.undertaking_id, other.id
    FROM register_recordedmove waits
    JOIN register_undertaking own ON own.id = waits.undertaking_id
    JOIN register_undertaking other ON other.opened_by = waits.condition ->> 'undertaking'
      AND other.compartment = own.compartment
    WHERE waits.condition IS NOT NULL AND {} = ANY (%s)
"""
EITHER_WAY = f"{TIES.format('waits.undertaking_id')} UNION {TIES.format('other.id')}"


def tied(undertakings: Iterable[int]) -> list[set[int]]:
    """Part undertakings into groups, each with all that conditions tie to it, however far."""
    ties = _ties(set(undertakings))
    groups = []
    left = set(undertakings)
    while left:
        group = _reached_from(left.pop(), ties)
        left -= group
        groups.append(group)
    return groups


class Circle(NamedTuple):
    """Undertakings, and all that is heard when these are computed."""

    computed: frozenset[int]
    heard: frozenset[int]


def circles(groups: Iterable[set[int]]) -> list[Circle]:
    """Part groups by how guarded their undertakings are: each hears those no more guarded.

    A promise that waits for a more guarded undertaking waits for ever, as for one of another
    compartment: that it wakes would tell its readers what they may not know.
    """
    found = []
    for group in groups:
        levels = _levels(group) if len(group) > 1 else dict.fromkeys(group, 0)
        for level in sorted(set(levels.values())):
            computed = frozenset(pk for pk in group if levels[pk] == level)
            heard = frozenset(pk for pk in group if levels[pk] <= level)
            found.append(Circle(computed, heard))
    return found


def _levels(group: set[int]) -> dict[int, int]:
    rows = Undertaking.objects.filter(pk__in=group)
    return dict(rows.values_list("pk", "classification"))


def _ties(undertakings: set[int]) -> dict[int, set[int]]:
    ties: dict[int, set[int]] = defaultdict(set)
    fresh = known = undertakings
    while fresh:
        ids = list(fresh)
        with connection.cursor() as cursor:
            cursor.execute(EITHER_WAY, [ids, ids])
            found = cursor.fetchall()
        for one, other in found:
            ties[one].add(other)
            ties[other].add(one)
        fresh = {pk for tie in found for pk in tie} - known
        known = known | fresh
    return ties


def _reached_from(start: int, ties: dict[int, set[int]]) -> set[int]:
    reached = fresh = {start}
    while fresh:
        fresh = {other for pk in fresh for other in ties.get(pk, ())} - reached
        reached = reached | fresh
    return reached
