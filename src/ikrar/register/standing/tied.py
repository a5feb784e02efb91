"""Which undertakings conditions tie together: what one does wakes the promise of another."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

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
