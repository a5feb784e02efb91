"""A machine that makes moves as it likes, and what must hold whatever it does."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ikrar.kernel.conversation import RULES, possible_moves
from ikrar.kernel.evidence import Attestation
from ikrar.kernel.move import Kind, Move, Terms, When
from ikrar.kernel.party import EVERYONE, Side
from ikrar.kernel.standing import Fold, Telling, fold, worst
from ikrar.kernel.strand import Standing, Strand

PERFORMER = "XAA"
REQUESTERS = ("XAB", "XAC")
parties = st.sampled_from((PERFORMER, *REQUESTERS))
attestations = st.sampled_from(Attestation)
kinds = st.sampled_from(Kind)
days = st.sampled_from(("2025", "2025-03", "2025-03-04", "2025-03-05", "2025-04-01"))


class Conversations(RuleBasedStateMachine):
    """Moves are told, told again, annulled; the fold is looked at after each."""

    def __init__(self) -> None:
        super().__init__()
        self.tellings: list[Telling] = []
        self.annulled: frozenset[str] = frozenset()

    def fold(self, *more: Telling, without: frozenset[str] = frozenset()) -> Fold:
        return fold([*self.tellings, *more], self.annulled | without)

    def telling(self, **words: Any) -> Telling:
        attestation = words.pop("attestation", Attestation.RECORDED)
        received = frozenset(words.pop("received", ()))
        opening = self.tellings[0].move.move_id if self.tellings else None
        words.setdefault("made_on", When("2025-12-31"))
        move = Move(performer=PERFORMER, undertaking=opening, **words)
        return Telling(move, attestation, received)

    @initialize(by=st.sampled_from(REQUESTERS), attestation=attestations)
    def open(self, by: str, attestation: Attestation) -> None:
        self.tellings.append(
            self.telling(
                kind=Kind.REQUEST,
                by=by,
                attestation=attestation,
                made_on=When("2025-03-01"),
                terms=Terms("what was asked"),
            )
        )

    @rule(
        kind=kinds,
        by=parties,
        to=st.sets(st.sampled_from((*REQUESTERS, EVERYONE)), max_size=2),
        attestation=attestations,
        day=days,
        hedged=st.booleans(),
        full=st.booleans(),
        choose=st.randoms(use_true_random=False),
    )
    def say(self, choose: Any, day: str, to: set[str], **words: Any) -> None:
        ids = [each.move.move_id for each in self.tellings]
        self.tellings.append(
            self.telling(
                answers=choose.choice([None, *ids]),
                received=choose.sample(ids, choose.randint(0, len(ids))),
                made_on=When.parse(day),
                to=tuple(to) if words["by"] == PERFORMER else (),
                **words,
            )
        )

    @rule(choose=st.randoms(use_true_random=False))
    def follow_the_table(self, choose: Any) -> None:
        """What `possible_moves` promises is what the fold then does."""
        before = self.fold()
        if not before.strands:
            return
        requester, strand = choose.choice(sorted(before.strands.items()))
        sides = [Side.PERFORMER] if requester == EVERYONE else list(Side)
        moves = [each for side in sides for each in possible_moves(strand, side)]
        move = choose.choice(moves)
        said = self.telling(
            kind=move.kind,
            by=PERFORMER if move.side is Side.PERFORMER else requester,
            to=(requester,) if move.side is Side.PERFORMER else (),
            answers=move.answers,
            full=move.full,
            attestation=Attestation.SIGNED,
            received=[each.move.move_id for each in self.tellings],
        )
        after = self.fold(said)
        if after.order[-1] == said.move.move_id:
            assert said.move.move_id not in after.without_effect
            assert after.strands[requester].standing is move.standing
        self.tellings.append(said)

    @rule(choose=st.randoms(use_true_random=False), attestation=attestations)
    def tell_again(self, choose: Any, attestation: Attestation) -> None:
        told = choose.choice(self.tellings).move
        words = {"kind": told.kind, "by": told.by, "to": told.to, "answers": told.answers}
        self.tellings.append(self.telling(restates=told.move_id, attestation=attestation, **words))

    @rule(choose=st.randoms(use_true_random=False))
    def annul(self, choose: Any) -> None:
        """As if never: the fold is that of the others."""
        gone = choose.choice(self.tellings)
        others = [each for each in self.tellings if each is not gone]
        annulled = self.fold(without=frozenset({gone.move.move_id}))
        assert annulled == fold(others, self.annulled)
        if choose.random() < 0.3:
            self.annulled |= {gone.move.move_id}

    @rule(by=parties, attestation=attestations, hedged=st.booleans())
    def acknowledge(self, by: str, attestation: Attestation, hedged: bool) -> None:
        """A warm reply is not a yes."""
        said = self.telling(kind=Kind.ACKNOWLEDGE, by=by, attestation=attestation, hedged=hedged)
        assert self.fold(said).strands == self.fold().strands

    @rule(hedged=st.booleans())
    def reconfirm(self, hedged: bool) -> None:
        """A promise on a bond never changes its terms, nor where it stands."""
        before = self.fold()
        said = self.telling(
            kind=Kind.PROMISE,
            by=PERFORMER,
            to=tuple(before.strands),
            hedged=hedged,
            attestation=Attestation.SIGNED,
            received=[each.move.move_id for each in self.tellings],
        )
        after = self.fold(said)
        for requester, strand in before.strands.items():
            if strand.bond and strand.terms and after.order[-1] == said.move.move_id:
                assert after.strands[requester] == strand

    @precondition(lambda self: len(self.tellings) > 1)
    @rule(choose=st.randoms(use_true_random=False))
    def arrive_in_another_order(self, choose: Any) -> None:
        tellings = choose.sample(self.tellings, len(self.tellings))
        assert fold(tellings, self.annulled) == self.fold()

    @invariant()
    def standing_is_the_worst_of_the_strands(self) -> None:
        folded = self.fold()
        assert folded.standing is worst(each.standing for each in folded.strands.values())

    @invariant()
    def every_act_is_folded_once_and_every_refusal_has_a_reason(self) -> None:
        folded = self.fold()
        assert len(set(folded.order)) == len(folded.order) == len(folded.moves)
        assert set(folded.act_of.values()) == set(folded.order)
        assert folded.without_effect.keys() <= set(folded.order)
        assert all(each.reason for each in folded.without_effect.values())

    @invariant()
    def strands_are_sound(self) -> None:
        for strand in self.fold().strands.values():
            assert strand.standing is not Standing.NONE
            assert_sound(strand)


def assert_sound(strand: Strand) -> None:
    assert strand.bond in {None, "promised", "reported", "disputed", "confirmed"}
    assert bool(strand.terms) is bool(strand.bound_by)
    assert bool(strand.verdict) is (strand.bond in (Standing.DISPUTED, Standing.CONFIRMED))
    if strand.terms:
        assert strand.bond
    if strand.bond is Standing.PROMISED:
        assert strand.terms
        assert strand.report is None
    if strand.bond is Standing.REPORTED:
        assert strand.report
    if not strand.bond and not strand.has_proposal:
        assert strand.ended
    for side in Side:
        for move in possible_moves(strand, side):
            assert (move.kind, side) in RULES


Conversations.TestCase.settings = settings(max_examples=60, stateful_step_count=18, deadline=None)
TestConversations = Conversations.TestCase
