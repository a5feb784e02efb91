"""What a move rests on: how it is known, what a passage is worth, and who may see it."""

from enum import StrEnum
from functools import cache
from typing import Any


class Graded(StrEnum):
    """A word with a rank: members compare in the order in which they are written down."""

    @property
    def rank(self) -> int:
        """The place of this member, counted from 0 (the least)."""
        return _ranks(type(self))[self.value]

    def __lt__(self, other: Any) -> bool:
        return self.rank < _peer(self, other).rank

    def __le__(self, other: Any) -> bool:
        return self.rank <= _peer(self, other).rank

    def __gt__(self, other: Any) -> bool:
        return self.rank > _peer(self, other).rank

    def __ge__(self, other: Any) -> bool:
        return self.rank >= _peer(self, other).rank


class Attestation(Graded):
    """How a move is known."""

    REPORTED = "reported"
    RECORDED = "recorded"
    SIGNED = "signed"


class EvidenceGrade(Graded):
    """What a passage is worth, from a headline to the mover's own words."""

    HEADLINE = "headline"
    PRESS = "press"
    OTHER_SIDE = "other_side"
    JOINT = "joint"
    OWN = "own"


class Classification(Graded):
    """Who may see an undertaking; compartments narrow it further."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"
    SECRET = "secret"  # noqa: S105 (a grade, not a password)


@cache
def _ranks(grades: type[Graded]) -> dict[str, int]:
    return {member.value: rank for rank, member in enumerate(grades)}


def _peer(grade: Graded, other: Any) -> Graded:
    """Accept `other` as a member or its value: comparing it with another scale is a mistake."""
    return type(grade)(other)
