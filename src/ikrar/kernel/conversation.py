"""Which move may follow: one small function per kind and side, and the table that names them.

`step` gives the strand after one more act, or the reason why the act changes nothing.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from ikrar.kernel.move import NEEDS_ANSWERS, Kind
from ikrar.kernel.party import Side
from ikrar.kernel.strand import Standing, Strand


class Reason(StrEnum):
    """Why a move changes nothing."""

    OTHER_UNDERTAKING = "other_undertaking"
    WRONG_SIDE = "wrong_side"
    STRANGER = "stranger"
    ANSWERS_NOTHING = "answers_nothing"
    OWN_ACT = "own_act"
    NOT_OWN_ACT = "not_own_act"
    NOT_LIVE = "not_live"
    NOT_STANDING = "not_standing"
    ACCEPTANCE_UNKNOWN = "acceptance_unknown"
    NOTHING_BEFORE = "nothing_before"
    NOTHING_TO_COUNTER = "nothing_to_counter"
    NOTHING_TO_CONFIRM = "nothing_to_confirm"
    NOTHING_TO_DISPUTE = "nothing_to_dispute"
    WITHOUT_EFFECT_FOR_ITS_AUTHOR = "without_effect_for_its_author"


class Act(NamedTuple):
    """A move as the fold sees it: told once, its hedge applied, what it answers resolved.

    `answers_own`: whether that is an act of the same party; None where it is not known.
    """

    act_id: str
    kind: Kind
    side: Side
    answers: str | None = None
    answers_own: bool | None = None
    full: bool = True


class Transition(NamedTuple):
    """A move that `side` can make now, and the strand `after` it."""

    kind: Kind
    side: Side
    answers: str | None
    full: bool
    after: Strand

    @property
    def standing(self) -> Standing:
        """Where the move leads."""
        return self.after.standing


class Refusal(NamedTuple):
    """Why a move has no effect, with what a page needs to say so and to say what is possible."""

    reason: Reason
    kind: Kind
    side: Side
    strand: Strand
    is_stranger: bool = False

    @property
    def standing(self) -> Standing:
        """Where the strand stands that the move did not change."""
        return self.strand.standing

    @property
    def possible(self) -> tuple[Kind, ...]:
        """The kinds of move this side can make instead."""
        return tuple(
            dict.fromkeys(
                each.kind for each in possible_moves(self.strand, self.side, self.is_stranger)
            )
        )


Knows = Callable[[str, str], bool]
Rule = Callable[[Strand, Act, Knows], Strand | Reason]

HEDGED_AS = {
    Kind.PROMISE: Kind.OFFER,
    Kind.ACCEPT: Kind.ACKNOWLEDGE,
    Kind.DECLINE: Kind.ACKNOWLEDGE,
    Kind.CONFIRM: Kind.ACKNOWLEDGE,
    Kind.DISPUTE: Kind.ACKNOWLEDGE,
}
OPENS_A_STRAND = frozenset({Kind.REQUEST, Kind.ACCEPT})
UNCONFIRMED = frozenset({Standing.PROMISED, Standing.REPORTED, Standing.DISPUTED})


def step(strand: Strand, act: Act, knows: Knows) -> Strand | Reason:
    """Return the strand after `act`, or the reason why it changes nothing.

    `knows(earlier, later)`: whether the author of the act `later` knew of the act `earlier`.
    """
    rule = RULES.get((act.kind, act.side))
    if rule is None:
        return Reason.WRONG_SIDE
    if act.kind in NEEDS_ANSWERS:
        reason = _misdirected(act)
        if reason:
            return reason
    return rule(strand, act, knows)


def _misdirected(act: Act) -> Reason | None:
    """Accept and decline answer the other side; withdraw takes back one's own."""
    if act.answers is None:
        return Reason.ANSWERS_NOTHING
    if act.kind is Kind.WITHDRAW:
        return Reason.NOT_OWN_ACT if act.answers_own is False else None
    return Reason.OWN_ACT if act.answers_own else None


def _request(strand: Strand, act: Act, _: Knows) -> Strand:
    asked = (*strand.asked, act.act_id)
    if strand.bond:
        return strand._replace(asked=asked)
    return strand._replace(request=act.act_id, asked=asked, ended=None)


def _offer(strand: Strand, act: Act, _: Knows) -> Strand:
    return strand if strand.bond else strand._replace(offer=act.act_id, ended=None)


def _acknowledge(strand: Strand, _act: Act, _: Knows) -> Strand:
    return strand


def _promise(strand: Strand, act: Act, _: Knows) -> Strand:
    if strand.bond and strand.terms:
        return strand
    bound = _bound(strand, act, act.act_id)
    if strand.bond:
        return bound._replace(bond=strand.bond, report=strand.report, verdict=strand.verdict)
    return bound


def _accept_by_requester(strand: Strand, act: Act, knows: Knows) -> Strand | Reason:
    if act.answers in (strand.offer, strand.performer_counter) or _crossed_by(strand, act, knows):
        return _bound(strand, act, act.answers)._replace(asked=(*strand.asked, act.act_id))
    return Reason.NOT_LIVE


def _accept_by_performer(strand: Strand, act: Act, knows: Knows) -> Strand | Reason:
    if act.answers == strand.requester_counter or _crossed_by(strand, act, knows):
        return _bound(strand, act, act.answers)
    return Reason.NOT_LIVE


def _counter_by_performer(strand: Strand, act: Act, knows: Knows) -> Strand | Reason:
    if not _may_counter(strand):
        return Reason.NOTHING_TO_COUNTER
    other = strand.requester_counter
    crossed = other is not None and not knows(other, act.act_id)
    return strand._replace(performer_counter=act.act_id, is_crossed=crossed)


def _counter_by_requester(strand: Strand, act: Act, knows: Knows) -> Strand | Reason:
    if not _may_counter(strand):
        return Reason.NOTHING_TO_COUNTER
    other = strand.performer_counter
    crossed = other is not None and not knows(other, act.act_id)
    return strand._replace(requester_counter=act.act_id, is_crossed=crossed)


def _decline_by_performer(strand: Strand, act: Act, _: Knows) -> Strand | Reason:
    if act.answers == strand.request:
        refused = strand._replace(request=None, performer_counter=None, asked=())
    elif act.answers == strand.requester_counter:
        refused = strand._replace(requester_counter=None)
    else:
        return Reason.NOT_LIVE
    return _closed(refused, Standing.DECLINED)


def _decline_by_requester(strand: Strand, act: Act, _: Knows) -> Strand | Reason:
    if act.answers == strand.offer:
        refused = strand._replace(offer=None, requester_counter=None)
    elif act.answers == strand.performer_counter:
        refused = strand._replace(performer_counter=None)
    else:
        return Reason.NOT_LIVE
    return _closed(refused, Standing.DECLINED)


def _withdraw_by_requester(strand: Strand, act: Act, _: Knows) -> Strand | Reason:
    x = act.answers
    if x == strand.verdict:
        return strand._replace(bond=_without_verdict(strand), verdict=None)
    if x == strand.requester_counter:
        withdrawn = _taken_back(strand, act)._replace(requester_counter=None)
        return _closed(withdrawn, Standing.WITHDRAWN_BY_REQUESTER)
    if strand.bond in UNCONFIRMED and x in strand.asked:
        return _over(strand, Standing.RELEASED)
    if x == strand.request:
        withdrawn = strand._replace(request=None, requester_counter=None, asked=())
        return _closed(withdrawn, Standing.WITHDRAWN_BY_REQUESTER)
    return Reason.NOT_STANDING


def _withdraw_by_performer(strand: Strand, act: Act, knows: Knows) -> Strand | Reason:
    x = act.answers
    if x == strand.report and strand.bond is Standing.REPORTED:
        return _reopened(strand)
    if x == strand.offer:
        withdrawn = _taken_back(strand, act)._replace(offer=None, performer_counter=None)
        return _closed(withdrawn, Standing.WITHDRAWN_BY_PERFORMER)
    if x == strand.performer_counter:
        withdrawn = _taken_back(strand, act)._replace(performer_counter=None)
        return _closed(withdrawn, Standing.WITHDRAWN_BY_PERFORMER)
    if strand.bond in UNCONFIRMED and x in (strand.terms, strand.bound_by):
        if x == strand.bound_by or knows(str(strand.bound_by), act.act_id):
            return _over(strand, Standing.PROMISE_WITHDRAWN)
        return Reason.ACCEPTANCE_UNKNOWN
    return Reason.NOT_STANDING


def _report(strand: Strand, act: Act, _: Knows) -> Strand | Reason:
    if strand.standing is Standing.NONE:
        return Reason.NOTHING_BEFORE
    if not act.full:
        reopens = strand.bond in (Standing.REPORTED, Standing.CONFIRMED)
        return _reopened(strand) if reopens else strand
    if strand.bond is Standing.CONFIRMED:
        return strand._replace(report=act.act_id)
    return strand._replace(report=act.act_id, bond=Standing.REPORTED, verdict=None)


def _confirm(strand: Strand, act: Act, _: Knows) -> Strand | Reason:
    if strand.bond or strand.request or strand.ended:
        return strand._replace(bond=Standing.CONFIRMED, verdict=act.act_id)
    return Reason.NOTHING_TO_CONFIRM


def _dispute(strand: Strand, act: Act, _: Knows) -> Strand | Reason:
    if strand.bond:
        return strand._replace(bond=Standing.DISPUTED, verdict=act.act_id)
    return Reason.NOTHING_TO_DISPUTE


RULES: dict[tuple[Kind, Side], Rule] = {
    (Kind.REQUEST, Side.REQUESTER): _request,
    (Kind.OFFER, Side.PERFORMER): _offer,
    (Kind.PROMISE, Side.PERFORMER): _promise,
    (Kind.ACKNOWLEDGE, Side.REQUESTER): _acknowledge,
    (Kind.ACKNOWLEDGE, Side.PERFORMER): _acknowledge,
    (Kind.ACCEPT, Side.REQUESTER): _accept_by_requester,
    (Kind.ACCEPT, Side.PERFORMER): _accept_by_performer,
    (Kind.COUNTER, Side.REQUESTER): _counter_by_requester,
    (Kind.COUNTER, Side.PERFORMER): _counter_by_performer,
    (Kind.DECLINE, Side.REQUESTER): _decline_by_requester,
    (Kind.DECLINE, Side.PERFORMER): _decline_by_performer,
    (Kind.WITHDRAW, Side.REQUESTER): _withdraw_by_requester,
    (Kind.WITHDRAW, Side.PERFORMER): _withdraw_by_performer,
    (Kind.REPORT, Side.PERFORMER): _report,
    (Kind.CONFIRM, Side.REQUESTER): _confirm,
    (Kind.DISPUTE, Side.REQUESTER): _dispute,
}


def _bound(strand: Strand, act: Act, terms: str | None) -> Strand:
    """A promise settles every proposal; a report of an older bond says nothing about this one."""
    return Strand(
        bond=Standing.PROMISED,
        terms=terms,
        bound_by=act.act_id,
        asked=strand.asked,
        withdrawn=strand.withdrawn,
    )


def _over(strand: Strand, why: Standing) -> Strand:
    """The bond is gone, and what belonged to it."""
    return Strand(ended=why, withdrawn=strand.withdrawn)


def _closed(strand: Strand, why: Standing) -> Strand:
    """Name the end if nothing is left; what had ended before keeps its own word."""
    if strand.ended or strand.has_proposal:
        return strand
    return strand._replace(ended=why)


def _reopened(strand: Strand) -> Strand:
    """No longer done: back to the promise, or to what stood before the report."""
    bond = Standing.PROMISED if strand.terms else None
    return strand._replace(bond=bond, report=None, verdict=None)


def _without_verdict(strand: Strand) -> Standing | None:
    if strand.report:
        return Standing.REPORTED
    return Standing.PROMISED if strand.terms else None


def _may_counter(strand: Strand) -> bool:
    return strand.has_proposal or strand.bond in UNCONFIRMED


def _taken_back(strand: Strand, act: Act) -> Strand:
    return strand._replace(withdrawn=(*strand.withdrawn, (str(act.answers), act.act_id)))


def _crossed_by(strand: Strand, act: Act, knows: Knows) -> bool:
    """Whether the proposal was withdrawn, but the accepter could not know (CISG 16(1))."""
    return any(
        proposal == act.answers and not knows(withdrawal, act.act_id)
        for proposal, withdrawal in strand.withdrawn
    )


def possible_moves(strand: Strand, side: Side, is_stranger: bool = False) -> tuple[Transition, ...]:
    """Return every move of `side` that would have an effect now, each with where it leads.

    Found by trying: `answers` names the standing act that the move would answer or take back.
    A stranger (a requester without a strand of its own) tries on the pledge to all.
    """
    return tuple(
        Transition(act.kind, side, act.answers, act.full, after)
        for act in _attempts(strand, side)
        if not (is_stranger and act.kind not in OPENS_A_STRAND)
        for after in [step(strand, act, _knows_everything)]
        if isinstance(after, Strand)
    )


def _attempts(strand: Strand, side: Side) -> Iterator[Act]:
    for kind in Kind:
        trial = Act(f"{kind} by {side}", kind, side)
        if kind in NEEDS_ANSWERS:
            is_own = kind is Kind.WITHDRAW
            for answered in strand.acts_of(side if is_own else side.other):
                yield trial._replace(answers=answered, answers_own=is_own)
        else:
            yield trial
        if kind is Kind.REPORT:
            yield trial._replace(full=False)


def _knows_everything(_earlier: str, _later: str) -> bool:
    return True
