"""The fold: from the set of moves about an undertaking to where it stands.

Arrival order, recording time and local numbers play no part: two instances that hold the same
moves reach the same standing. There is no clock either: `kernel.marks` is given the day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ikrar.kernel.conversation import (
    HEDGED_AS,
    OPENS_A_STRAND,
    RULES,
    Act,
    Reason,
    Refusal,
    step,
)
from ikrar.kernel.move import Move, Terms
from ikrar.kernel.order import Arrangement
from ikrar.kernel.party import EVERYONE, Seat, requester_of
from ikrar.kernel.strand import Standing, Strand
from ikrar.kernel.telling import Merged, Telling, TellingConflict, Told, merged

__all__ = ["Fold", "Telling", "TellingConflict", "fold", "refusal", "worst"]

NOTHING = Strand()
_SEVERITY = {standing: rank for rank, standing in enumerate(Standing)}

Strands = dict[str, Strand]


@dataclass(frozen=True)
class Fold:
    """Where an undertaking stands, and how it came to this.

    `strands`: by requester, `*` for the pledge to all. `without_effect`: by act id, why an act
    changed nothing. `order`: the acts as they were folded. `moves`: by act id, the telling whose
    content counts. `act_of`: the act behind each telling. An act's id is its first telling's.
    """

    strands: Mapping[str, Strand]
    without_effect: Mapping[str, Refusal]
    order: tuple[str, ...]
    conflicts: tuple[TellingConflict, ...]
    moves: Mapping[str, Move]
    act_of: Mapping[str, str]

    @property
    def standing(self) -> Standing:
        """The worst standing of all strands."""
        return worst(strand.standing for strand in self.strands.values())

    def terms_of(self, requester: str) -> Terms | None:
        """Return the binding terms in a strand, or what is proposed while nothing binds.

        A promise without words of its own promises what it answers.
        """
        strand = self.strands[requester]
        proposed = strand.performer_counter or strand.requester_counter
        act_id = strand.terms or proposed or strand.offer or strand.request
        seen: set[str] = set()
        while act_id and act_id not in seen:
            move = self.moves[act_id]
            if move.terms:
                return move.terms
            seen.add(act_id)
            act_id = self.act_of.get(move.answers or "")
        return None


def worst(standings: Iterable[Standing]) -> Standing:
    """Return the standing that an undertaking shows for its strands."""
    return min(standings, key=_SEVERITY.__getitem__, default=Standing.NONE)


def fold(tellings: Iterable[Telling], annulled: frozenset[str] = frozenset()) -> Fold:
    """Return where the undertaking stands that all `tellings` are about.

    What is in `annulled` (move ids) counts as never told.
    """
    told = merged(each for each in tellings if each.move.move_id not in annulled)
    arrangement = Arrangement(told.acts, told.act_of)
    strands, without_effect = _Play(arrangement, told).strands_of_all()
    return Fold(
        strands=strands,
        without_effect=without_effect,
        order=tuple(arrangement.acts[i].act_id for i in arrangement.order),
        conflicts=told.conflicts,
        moves={act.act_id: act.move for act in told.acts},
        act_of=told.act_of,
    )


def refusal(
    tellings: Iterable[Telling], candidate: Telling, annulled: frozenset[str] = frozenset()
) -> Refusal | None:
    """Return why `candidate` would have no effect beside `tellings`; None if it would have one."""
    folded = fold([*tellings, candidate], annulled)
    return folded.without_effect.get(folded.act_of[candidate.move.move_id])


class _Play:
    """Plays the acts in order, for everybody and for what one author knew."""

    def __init__(self, arrangement: Arrangement, told: Merged) -> None:
        self._arrangement = arrangement
        self._performer = _performer(told.acts)
        speakers = {act.act_id: act.speaker for act in told.acts}
        self._acts = [_act(each, told.act_of, speakers) for each in arrangement.acts]
        self._vain: set[int] = set()

    def strands_of_all(self) -> tuple[Strands, dict[str, Refusal]]:
        """Return the strands after all acts, and the acts without effect."""
        strands: Strands = {}
        without_effect: dict[str, Refusal] = {}
        seen = 0
        for i in self._arrangement.order:
            outcome = self._outcome(strands, i)
            if self._is_crossing(i, seen):
                outcome = self._tested(strands, i, outcome)
            if isinstance(outcome, Refusal):
                without_effect[self._acts[i].act_id] = outcome
            else:
                strands.update(outcome)
            seen |= 1 << i
        return strands, without_effect

    def _is_crossing(self, i: int, seen: int) -> bool:
        """Whether a signed act follows something that its author did not know."""
        return self._arrangement.signed[i] and self._arrangement.known[i] != seen

    def _tested(self, strands: Strands, i: int, outcome: Strands | Refusal) -> Strands | Refusal:
        """An act without effect in what its own author knew gains none by crossing."""
        seen_by_author = self._outcome(self._view(self._arrangement.known[i]), i)
        if not isinstance(seen_by_author, Refusal):
            return outcome
        self._vain.add(i)
        if isinstance(outcome, Refusal):
            return outcome
        return seen_by_author._replace(reason=Reason.WITHOUT_EFFECT_FOR_ITS_AUTHOR)

    def _view(self, known: int) -> Strands:
        """The strands as somebody saw them who knew only the acts in `known`."""
        strands: Strands = {}
        seen = 0
        for i in self._arrangement.order:
            if known >> i & 1:
                if not (i in self._vain and self._is_crossing(i, seen)):
                    outcome = self._outcome(strands, i)
                    if not isinstance(outcome, Refusal):
                        strands.update(outcome)
                seen |= 1 << i
        return strands

    def _outcome(self, strands: Strands, i: int) -> Strands | Refusal:
        """The strands that change, or why none does."""
        act, told = self._acts[i], self._arrangement.acts[i]
        if told.move.performer != self._performer:
            return Refusal(Reason.OTHER_UNDERTAKING, act.kind, act.side, NOTHING)
        if told.speaker.requester is None:
            return self._by_performer(strands, act, told.move.to)
        return self._by_requester(strands, act, told.speaker.requester)

    def _by_requester(self, strands: Strands, act: Act, requester: str) -> Strands | Refusal:
        """A requester speaks in its own strand; a request or an accept opens it."""
        strand = strands.get(requester)
        is_stranger = strand is None
        if strand is None:
            strand = strands.get(EVERYONE, NOTHING)
            if act.kind not in OPENS_A_STRAND and (act.kind, act.side) in RULES:
                return Refusal(Reason.STRANGER, act.kind, act.side, strand, is_stranger)
        after = step(strand, act, self._arrangement.knows)
        if isinstance(after, Reason):
            return Refusal(after, act.kind, act.side, strand, is_stranger)
        return {requester: after}

    def _by_performer(self, strands: Strands, act: Act, to: tuple[str, ...]) -> Strands | Refusal:
        """The performer speaks in the strands it names; naming nobody, in all there are."""
        requesters = [requester_of(each, self._performer) for each in to]
        changed: Strands = {}
        refused: Refusal | None = None
        for requester in requesters or list(strands) or [EVERYONE]:
            strand = strands.get(requester, NOTHING)
            after = step(strand, act, self._arrangement.knows)
            if isinstance(after, Reason):
                refused = refused or Refusal(after, act.kind, act.side, strand)
            else:
                changed[requester] = after
        if refused and not changed:
            return refused
        return {requester: after for requester, after in changed.items() if after is not NOTHING}


def _act(told: Told, act_of: Mapping[str, str], speakers: Mapping[str, Seat]) -> Act:
    """Apply the hedge, which is never rounded up, and resolve what the act answers."""
    move = told.move
    answers = move.answers and act_of.get(move.answers, move.answers)
    author = speakers.get(answers) if answers else None
    return Act(
        act_id=told.act_id,
        kind=HEDGED_AS.get(move.kind, move.kind) if move.hedged else move.kind,
        side=told.speaker.side,
        answers=answers,
        answers_own=None if author is None else author == told.speaker,
        full=move.full and not move.hedged,
    )


def _performer(acts: tuple[Told, ...]) -> str:
    """The performer of the opening move; of the least id where several claim to open it."""
    performers = {act.move.performer for act in acts}
    if len(performers) < 2:
        return next(iter(performers), "")
    return min((act.move.undertaking is not None, act.act_id, act.move.performer) for act in acts)[
        2
    ]
