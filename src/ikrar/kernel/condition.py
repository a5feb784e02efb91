"""Conditions: "we support you if you support us".

A conditional promise is dormant until its trigger holds in the other undertaking. Promises that
wait for each other's promise hold together (the greatest fixpoint); promises that wait for each
other's deeds would wait for ever, so such a cycle is refused.
"""

from collections.abc import Mapping
from typing import NamedTuple

from ikrar.kernel.move import Condition, Trigger
from ikrar.kernel.strand import Standing

HOLDS = {
    Trigger.PROMISED: frozenset(
        {Standing.PROMISED, Standing.REPORTED, Standing.DISPUTED, Standing.CONFIRMED}
    ),
    Trigger.REPORTED: frozenset({Standing.REPORTED, Standing.CONFIRMED}),
    Trigger.CONFIRMED: frozenset({Standing.CONFIRMED}),
}

PROMISES = frozenset({Standing.PROMISED, Standing.DISPUTED})


class Pledge(NamedTuple):
    """An undertaking as conditions see it: its standing, and what its promise waits for."""

    standing: Standing
    condition: Condition | None = None


def dormant(pledges: Mapping[str, Pledge]) -> frozenset[str]:
    """Return the undertakings (ids) whose promise sleeps: their condition does not hold.

    Start with every promise awake and put to sleep what cannot hold, until nothing changes. An
    undertaking that is not among `pledges` has promised nothing.
    """
    sleeping: set[str] = set()
    waiting = {
        undertaking: pledge
        for undertaking, pledge in pledges.items()
        if pledge.condition and pledge.standing in PROMISES
    }
    while True:
        falling = {
            undertaking
            for undertaking, pledge in waiting.items()
            if undertaking not in sleeping and not _holds(pledge, pledges, sleeping)
        }
        if not falling:
            return frozenset(sleeping)
        sleeping |= falling


def refused_cycle(
    undertaking: str, condition: Condition, conditions: Mapping[str, Condition]
) -> tuple[str, ...]:
    """Return the cycle of undertakings in which nobody could begin; empty if there is none.

    `conditions`: those that stand, by the undertaking they belong to. A cycle is refused when
    one of its triggers is later than a promise.
    """
    path = [undertaking]
    triggers = {condition.trigger}
    following: Condition | None = condition
    while following and following.undertaking not in path:
        path.append(following.undertaking)
        following = conditions.get(following.undertaking)
        if following:
            triggers.add(following.trigger)
    closes = following is not None and following.undertaking == undertaking
    return tuple(path) if closes and triggers != {Trigger.PROMISED} else ()


def _holds(pledge: Pledge, pledges: Mapping[str, Pledge], sleeping: set[str]) -> bool:
    """A deed done holds for ever; a promise only while it is awake itself."""
    condition = pledge.condition
    other = pledges.get(condition.undertaking) if condition else None
    if condition is None or other is None:
        return condition is None
    asleep = condition.undertaking in sleeping and other.standing in PROMISES
    return not asleep and other.standing in HOLDS[condition.trigger]
