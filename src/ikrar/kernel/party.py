"""Parties and the side they speak for.

A code is `IDN` (a State, ISO 3166-1 alpha-3), `IDN.kemenham` (an institution of it) or `un` (a
body that is no State's).
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

EVERYONE = "*"

_CODE = re.compile(r"[A-Z]{3}(\.[a-z0-9]+(-[a-z0-9]+)*)?|[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
MAX_CODE = 64


class Side(StrEnum):
    """Who asks and who does."""

    REQUESTER = "requester"
    PERFORMER = "performer"

    @property
    def other(self) -> "Side":
        """The side across the table."""
        return Side.PERFORMER if self is Side.REQUESTER else Side.REQUESTER


class Seat(NamedTuple):
    """The side a party takes in an undertaking, and the strand it speaks in (None: all)."""

    side: Side
    requester: str | None


def is_party(code: str) -> bool:
    """Return whether `code` has the form of a party code."""
    return len(code) <= MAX_CODE and _CODE.fullmatch(code) is not None


def state_of(code: str) -> str:
    """Return the State an institution belongs to; a State or a body stands for itself."""
    return code.partition(".")[0]


@lru_cache(maxsize=4096)
def requester_of(party: str, performer: str) -> str:
    """Return the requester `party` stands for: its State, or itself inside the performer's State.

    `*` (everybody) stays `*`.
    """
    same_state = state_of(party) == state_of(performer)
    return party if same_state else state_of(party)


@lru_cache(maxsize=4096)
def speaker_of(by: str, performer: str, to: tuple[str, ...] = ()) -> Seat:
    """Return the side `by` takes where `performer` is to act.

    An institution acts for its State unless both sides belong to one State: then a ministry can
    ask another ministry. Words to somebody abroad (`to`) are words of the performer's side again.
    """
    if by == performer or by.startswith(performer + "."):
        return Seat(Side.PERFORMER, None)
    if state_of(by) == state_of(performer) and any(_is_abroad(one, performer) for one in to):
        return Seat(Side.PERFORMER, None)
    return Seat(Side.REQUESTER, requester_of(by, performer))


def side_of(by: str, performer: str, to: tuple[str, ...] = ()) -> Side:
    """Return the side `by` takes where `performer` is to act."""
    return speaker_of(by, performer, to).side


def _is_abroad(party: str, performer: str) -> bool:
    return state_of(party) != state_of(performer)
