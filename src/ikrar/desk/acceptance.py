"""Acceptance: statements that a person accepts become moves in the log.

One statement may yield several moves (an answer to "all initiatives" answers each of them). What
cannot be linked without doubt stays waiting: nothing is guessed into the register.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from itertools import chain

import structlog
from django.db import transaction
from django.utils import timezone

from ikrar.accounts.models import Account
from ikrar.desk.drafting import Unit, answer_to, draft_move, opening_move
from ikrar.desk.linking import OPENING, clear_link, rank_links
from ikrar.desk.models import Statement
from ikrar.desk.proposals import MOVES, Proposal, proposals_of, softness
from ikrar.desk.queries import entries_of_group
from ikrar.desk.vocabulary import Decision
from ikrar.kernel.move import Condition, Kind, Move, new_joint
from ikrar.kernel.party import side_of
from ikrar.register.log.moves import NewMove, append_moves
from ikrar.register.queries.conversations import known_moves
from ikrar.register.queries.links import LinkCandidate, undertakings_between
from ikrar.register.standing.project import LoggedMove

A_DAY = timedelta(days=1)  # a day may have begun elsewhere
log = structlog.get_logger(__name__)
MakeMove = Callable[[Proposal], Move]


@dataclass(slots=True)
class Accepted:
    """What an acceptance did: moves recorded, statements decided, statements left waiting."""

    moves: list[LoggedMove] = field(default_factory=list)
    decided: list[Statement] = field(default_factory=list)
    waiting: list[Statement] = field(default_factory=list)


@transaction.atomic
def accept(unit: Unit, account: Account) -> Accepted:
    """Accept every statement of a meeting (or of one source without a meeting) that is clear.

    Asks and offers come first, answers after them, as the fold orders one day. All or nothing. A
    day still to come is a mistake of the report or of reading: its statements stay waiting.
    """
    if unit.made_on.first > timezone.now().date() + A_DAY:
        return Accepted(waiting=list(unit.statements))
    clerk = _Clerk(unit, account)
    clerk.accept_conditionals()
    for kind in Kind:
        clerk.accept([p for p in clerk.proposals if p.kind is kind])
    done = clerk.close()
    log.info(
        "statements_accepted",
        account=account.pk,
        meeting=unit.meeting,
        moves=len(done.moves),
        waiting=len(done.waiting),
    )
    return done


class _Clerk:
    """Accepts one unit's proposals, remembering which group opened which undertaking."""

    def __init__(self, unit: Unit, account: Account) -> None:
        self.unit = unit
        self.account = account
        self.by_group: dict[str, list[LoggedMove]] = {}
        self.entries: dict[int, list[int]] = {}
        self.moves: list[LoggedMove] = []
        groups = unit.groups()
        proposals = list(chain.from_iterable(map(proposals_of, groups)))
        self.proposals = [p for p in proposals if not self._tell_again(p)]
        self.joints = {p.statements[0].group: new_joint() for p in self.proposals if p.joint}

    def _tell_again(self, proposal: Proposal) -> bool:
        """Add a further report's telling of an act that is in the log already, as what `restates`.

        A report that tells it more softly is left for a person: a tie between two reports is no
        reason to round up, nor to take back what was accepted. So is one that is more guarded
        than the undertaking: what it tells would show where it may not.
        """
        entries = entries_of_group(proposal.statements[0].group)
        known = [k for k in known_moves(entries) if k.move.by == proposal.by]
        moves = [k.move for k in known if not k.move.restates]
        is_guarded = all(k.classification >= self.unit.classification for k in known)
        told = softness(proposal.kind, proposal.hedged)
        is_as_soft = all(told >= softness(move.kind, move.hedged) for move in moves)
        if moves and is_guarded and is_as_soft:
            self._record(proposal, [self._restating(move, proposal) for move in moves])
        return bool(known)

    def _restating(self, move: Move, proposal: Proposal) -> NewMove:
        again = replace(
            move,
            undertaking=move.undertaking_id,
            restates=move.move_id,
            joint=None,
            salt="",
        )
        return self._with_record(again, proposal)

    def accept(self, proposals: Iterable[Proposal]) -> None:
        """Record proposals of one kind as moves, where it is clear what they are about.

        What one side says twice of one undertaking is one act with two passages.
        """
        answers: dict[tuple[str, bool, str], tuple[Proposal, MakeMove]] = {}
        for proposal in proposals:
            places = self._places(proposal)
            if not places and proposal.kind in OPENING:
                self._open(proposal)
            for undertaking, make in places.items():
                place = (proposal.by, proposal.hedged, undertaking)
                told, _ = answers.get(place, (proposal, make))
                answers[place] = (told.joined(proposal), make)
        for proposal, make in answers.values():
            self._record(proposal, [self._with_record(make(proposal), proposal)])

    def _places(self, proposal: Proposal) -> dict[str, MakeMove]:
        """Say which undertakings a proposal is about, and how it becomes a move there."""
        if proposal.kind is Kind.ACKNOWLEDGE:
            return {
                told.move.undertaking_id: partial(draft_move, self.unit, answered=told.move)
                for told in self._answered(proposal)
                if _is_across(proposal, told.move)
            }
        target = self._target(proposal)
        return {target.opened_by: partial(answer_to, self.unit, target=target)} if target else {}

    def _open(self, proposal: Proposal) -> None:
        if proposal.to or proposal.kind is Kind.PROMISE:
            joint = self.joints.get(proposal.statements[0].group)
            new = opening_move(self.unit, proposal, account=self.account, joint=joint)
            self._record(proposal, new)

    def accept_conditionals(self) -> None:
        """Record promises that hang on the other side's: each condition is itself an ask.

        "We vote for you if you vote for us": each asks the other, then each promises on
        condition that the other's promise stands.
        """
        conditional = [p for p in self.proposals if p.kind is Kind.PROMISE and p.condition and p.to]
        asked = {id(p): self._ask_condition(p, _partner(p, conditional)) for p in conditional}
        for proposal in conditional:
            partner = _partner(proposal, conditional)
            condition = Condition(asked[id(proposal)].move.move_id)
            if partner:
                told = asked[id(partner)]
                move = draft_move(self.unit, proposal, told.move, condition=condition)
                new = [self._with_record(move, proposal)]
            else:
                new = opening_move(self.unit, proposal, account=self.account, condition=condition)
            self._record(proposal, new)
        self.proposals = [p for p in self.proposals if p not in conditional]

    def _ask_condition(self, proposal: Proposal, partner: Proposal | None) -> LoggedMove:
        ask = proposal.as_ask(partner)
        (told,) = self._record(ask, opening_move(self.unit, ask, account=self.account))
        return told

    def _answered(self, proposal: Proposal) -> list[LoggedMove]:
        keys = {(s.source_id, key) for s in proposal.statements for key in s.reply_to}
        groups = {s.group for s in self.unit.statements if (s.source_id, s.key) in keys}
        return [told for group in sorted(groups) for told in self.by_group.get(group, [])]

    def _target(self, proposal: Proposal) -> LinkCandidate | None:
        """Find the undertaking that was answered, else the one that is meant without doubt."""
        candidates = self._candidates(proposal)
        answered = {told.move.undertaking_id for told in self._answered(proposal)}
        possible = [
            c
            for c in candidates
            if c.opened_by in answered
            and c.allows(proposal.kind, side_of(proposal.by, c.performer, proposal.to))
        ]
        if len(possible) == 1:
            return possible[0]
        opened_here = {told.move.undertaking_id for told in self.moves}
        if proposal.kind in OPENING:
            candidates = [c for c in candidates if c.opened_by not in opened_here]
        link = clear_link(rank_links(proposal, candidates))
        return link.candidate if link else None

    def _candidates(self, proposal: Proposal) -> Sequence[LinkCandidate]:
        """Load what may be meant, but nothing that is less guarded than this unit's sources."""
        between = chain.from_iterable(
            undertakings_between(
                proposal.by, other, compartment=self.unit.compartment, on=self.unit.made_on.last
            )
            for other in proposal.to
        )
        return [c for c in between if c.classification >= self.unit.classification]

    def _with_record(self, move: Move, proposal: Proposal) -> NewMove:
        return self.unit.with_record(move, proposal, self.account)

    def _record(self, proposal: Proposal, new: Iterable[NewMove]) -> list[LoggedMove]:
        told = append_moves(list(new), compartment=self.unit.compartment)
        self.moves += told
        for statement in proposal.statements:
            known = self.by_group.setdefault(statement.group, [])
            known += [t for t in told if t not in known]
            self.entries.setdefault(statement.pk, []).extend(t.entry for t in told)
        return told

    def close(self) -> Accepted:
        """Note what was decided about each statement; what is no move is accepted as it stands."""
        result = Accepted(moves=self.moves)
        for statement in self.unit.statements:
            is_clear = statement.pk in self.entries or statement.kind not in MOVES
            (result.decided if is_clear else result.waiting).append(statement)
            if is_clear:
                statement.decision = Decision.ACCEPTED
                statement.decided_by = self.account
                statement.decided_at = timezone.now()
                statement.entries = sorted(set(self.entries.get(statement.pk, [])))
        Statement.objects.bulk_update(
            result.decided, ["decision", "decided_by", "decided_at", "entries"]
        )
        return result


def _is_across(proposal: Proposal, move: Move) -> bool:
    """Whether a proposal speaks from the other side of the table than a move does."""
    return side_of(proposal.by, move.performer) is not side_of(move.by, move.performer)


def _partner(proposal: Proposal, others: Sequence[Proposal]) -> Proposal | None:
    """Find the promise that this one hangs on and that hangs on this one."""
    for other in others:
        if other is not proposal and other.by in proposal.to and proposal.by in other.to:
            return other
    return None
