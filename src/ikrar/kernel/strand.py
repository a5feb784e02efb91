"""A strand: what stands between the performer of an undertaking and one requester."""

from enum import StrEnum
from typing import NamedTuple

from ikrar.kernel.party import Side


class Standing(StrEnum):
    """Where a strand stands, the worst first: that is what an undertaking shows."""

    DISPUTED = "disputed"
    PROMISED = "promised"
    REPORTED = "reported"
    COUNTERED = "countered"
    OFFERED = "offered"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    PROMISE_WITHDRAWN = "promise_withdrawn"
    DECLINED = "declined"
    RELEASED = "released"
    WITHDRAWN_BY_PERFORMER = "withdrawn_by_performer"
    WITHDRAWN_BY_REQUESTER = "withdrawn_by_requester"
    NONE = "none"


class Mark(StrEnum):
    """What is computed about a strand and is never a move."""

    CHANGE_PROPOSED = "change_proposed"
    CROSSED = "crossed"
    NEVER_PROMISED = "never_promised"
    OVERDUE = "overdue"
    LAPSED = "lapsed"
    DORMANT = "dormant"


class Strand(NamedTuple):
    """What stands between the performer and one requester; every slot holds the id of an act.

    `asked`: the requester's own requests and accepts that still stand. `withdrawn`: proposals
    taken back, each with its withdrawal, which counts only once it has reached the accepter.
    `ended`: how the strand ended, seen when nothing else stands.
    """

    request: str | None = None
    offer: str | None = None
    performer_counter: str | None = None
    requester_counter: str | None = None
    bond: Standing | None = None
    terms: str | None = None
    bound_by: str | None = None
    report: str | None = None
    verdict: str | None = None
    ended: Standing | None = None
    asked: tuple[str, ...] = ()
    withdrawn: tuple[tuple[str, str], ...] = ()
    is_crossed: bool = False

    @property
    def standing(self) -> Standing:
        """Where the strand stands: its bond, else the latest kind of proposal, else its end."""
        if self.bond:
            return self.bond
        if self.performer_counter or self.requester_counter:
            return Standing.COUNTERED
        if self.offer:
            return Standing.OFFERED
        if self.request:
            return Standing.REQUESTED
        return self.ended or Standing.NONE

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that need neither a day nor another undertaking."""
        countered = (self.performer_counter, self.requester_counter)
        found = []
        if self.bond and any(countered):
            found.append(Mark.CHANGE_PROPOSED)
        if all(countered) and self.is_crossed:
            found.append(Mark.CROSSED)
        if self.bond in (Standing.REPORTED, Standing.CONFIRMED) and not self.terms:
            found.append(Mark.NEVER_PROMISED)
        return tuple(found)

    @property
    def has_proposal(self) -> bool:
        """Whether a request, an offer or a counter is live."""
        return bool(self.request or self.offer or self.performer_counter or self.requester_counter)

    def acts_of(self, side: Side) -> tuple[str, ...]:
        """The acts of `side` that stand here: what it may withdraw, and the other may answer."""
        accepted = self.bound_by in self.asked
        if side is Side.REQUESTER:
            found = (self.request, self.requester_counter, self.verdict, *self.asked)
        else:
            promised = self.terms if accepted else self.bound_by
            found = (self.offer, self.performer_counter, self.report, promised)
        return tuple(dict.fromkeys(each for each in found if each))
