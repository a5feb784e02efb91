"""The fold: strands, tellings, annulments and what both instances must agree on."""

from itertools import permutations

import pytest
from tests.kernel.scenario import PARTIES, tell

from ikrar.kernel.conversation import Reason
from ikrar.kernel.evidence import Attestation
from ikrar.kernel.move import Kind, Move, Terms, When, joint_promises
from ikrar.kernel.party import Side
from ikrar.kernel.standing import Telling, fold, refusal, worst
from ikrar.kernel.strand import Standing, Strand


def told(story: str):
    return tell(*story.split("; "))


# story → every strand's standing
STRANDS = [
    ("R request; S request; P promise to=R", {"R": "promised", "S": "requested"}),
    ("R request; S request; P promise", {"R": "promised", "S": "promised"}),
    ("P promise", {"*": "promised"}),
    ("P promise; R request", {"*": "promised", "R": "promised"}),
    ("P promise; R request; P report", {"*": "reported", "R": "reported"}),
    ("P promise; R request; R dispute", {"*": "promised", "R": "disputed"}),
    ("P promise; R request; R withdraw 2", {"*": "promised", "R": "released"}),
    ("P offer; R accept 1", {"*": "offered", "R": "promised"}),
    ("P offer; R request", {"*": "offered", "R": "offered"}),
    ("R request; P promise to=*", {"R": "requested", "*": "promised"}),
    ("R request; P offer to=S", {"R": "requested", "S": "offered"}),
    ("R request; S request; P decline 1", {"R": "declined", "S": "requested"}),
    ("P offer to=R,S; R accept 1; S decline 1", {"R": "promised", "S": "declined"}),
    ("P offer to=R,S; R accept 1; P withdraw 1",
     {"R": "promise_withdrawn", "S": "withdrawn_by_performer"}),
    ("P promise to=R,S; P report to=R", {"R": "reported", "S": "promised"}),
    ("P promise to=R,S; P report to=R; P report to=S; P withdraw 2",
     {"R": "promised", "S": "reported"}),
    ("P withdraw; R request; P promise", {"R": "promised"}),
    ("P report; R request; P promise", {"R": "promised"}),
    ("P acknowledge; R request; P promise", {"R": "promised"}),
    ("P acknowledge to=R; P promise", {"*": "promised"}),
    ("P report to=R; P promise", {"*": "promised"}),
    ("P acknowledge to=R; P promise; R request", {"*": "promised", "R": "promised"}),
    ("XAA.ministry promise to=R", {"R": "promised"}),
    ("XAB.embassy request; XAB.ministry withdraw 1", {"R": "withdrawn_by_requester"}),
    ("P promise to=XAB.embassy; R dispute", {"R": "disputed"}),
    ("P promise to=R,XAB.embassy; P report", {"R": "reported"}),
]  # fmt: skip


@pytest.mark.parametrize(("story", "strands"), STRANDS)
def test_strands_stand_apart(story: str, strands: dict[str, str]) -> None:
    found = {key: each.standing for key, each in told(story).fold.strands.items()}
    assert found == {PARTIES[party]: standing for party, standing in strands.items()}


def test_performers_acknowledgement_is_never_refused_and_opens_nothing() -> None:
    scene = told("P acknowledge to=R")
    assert scene.fold.without_effect == {}
    assert scene.fold.strands == {}


def test_requester_that_joins_a_pledge_keeps_its_terms() -> None:
    scene = told("P promise; R request; P counter to=R; R accept 3")
    assert scene.strand("*").terms == scene.ids[0]
    assert scene.strand("R").terms == scene.ids[2]
    assert scene.strand("R").asked == (scene.ids[1], scene.ids[3])


def test_performers_move_has_its_first_reason_when_no_strand_takes_it() -> None:
    scene = told("R request; S request; P confirm")
    refused = scene.fold.without_effect[scene.ids[2]]
    assert refused[:3] == (Reason.WRONG_SIDE, Kind.CONFIRM, Side.PERFORMER)
    mixed = told("R request; S request; P decline 1")
    assert mixed.fold.without_effect == {}


def test_ministries_of_one_state_can_ask_one_another() -> None:
    ask = Move(
        kind=Kind.REQUEST,
        by="XAA.foreign",
        performer="XAA.justice",
        made_on=When("2025-03-01"),
    )
    yes = Move(
        kind=Kind.PROMISE,
        by="XAA.justice",
        performer="XAA.justice",
        undertaking=ask.move_id,
        made_on=When("2025-03-02"),
    )
    folded = fold(Telling(each, Attestation.RECORDED) for each in (ask, yes))
    assert {key: each.standing for key, each in folded.strands.items()} == {
        "XAA.foreign": Standing.PROMISED
    }


@pytest.mark.parametrize(
    ("standings", "expected"),
    [
        ((), Standing.NONE),
        ((Standing.CONFIRMED, Standing.DECLINED), Standing.CONFIRMED),
        ((Standing.CONFIRMED, Standing.REQUESTED), Standing.REQUESTED),
        ((Standing.REQUESTED, Standing.OFFERED), Standing.OFFERED),
        ((Standing.OFFERED, Standing.COUNTERED), Standing.COUNTERED),
        ((Standing.COUNTERED, Standing.REPORTED), Standing.REPORTED),
        ((Standing.REPORTED, Standing.PROMISED), Standing.PROMISED),
        ((Standing.PROMISED, Standing.DISPUTED), Standing.DISPUTED),
    ],
)
def test_worst_standing_is_shown(standings: tuple[Standing, ...], expected: Standing) -> None:
    assert worst(standings) is expected
    assert worst(reversed(standings)) is expected


def test_undertaking_shows_the_worst_of_its_strands() -> None:
    assert told("R request; S request; P promise to=S").fold.standing is Standing.PROMISED
    assert told("R acknowledge").fold.standing is Standing.NONE


def test_joint_promise_is_an_undertaking_per_performer_requested_by_the_other() -> None:
    moves = joint_promises(("XAA", "XAB"), Terms("joint programmes"), When("2025-11-24"))
    assert [(each.by, each.performer, each.to) for each in moves] == [
        ("XAA", "XAA", ("XAB",)),
        ("XAB", "XAB", ("XAA",)),
    ]
    assert len({each.joint for each in moves}) == 1
    assert len({each.move_id for each in moves}) == 2
    for move, other in zip(moves, ("XAB", "XAA"), strict=True):
        strands = fold([Telling(move, Attestation.RECORDED)]).strands
        assert {key: each.standing for key, each in strands.items()} == {other: Standing.PROMISED}
    soft = joint_promises(("XAA", "XAB"), Terms("x"), When("2025-11-24"), hedged=True)
    strands = fold([Telling(soft[0], Attestation.RECORDED)]).strands
    assert strands["XAB"].standing is Standing.OFFERED


def test_noted_recommendation_can_be_supported_later() -> None:
    assert told("R request; P decline 1").standing() is Standing.DECLINED
    assert told("R request; P decline 1; P promise").standing() is Standing.PROMISED


class TestTellings:
    """One act, told twice, folds once."""

    def test_content_of_the_best_attested_counts_at_the_place_of_the_first(self) -> None:
        scene = told("R request; P acknowledge 1 reported; P promise restates=2 signed; R dispute")
        assert scene.standing() is Standing.DISPUTED
        assert scene.fold.order == (scene.ids[0], scene.ids[1], scene.ids[3])
        assert scene.fold.moves[scene.ids[1]].kind is Kind.PROMISE
        assert scene.strand().terms == scene.ids[1]

    def test_recorded_is_better_than_reported(self) -> None:
        scene = told("R request; P promise; P decline 1 restates=2 reported")
        assert scene.standing() is Standing.PROMISED
        scene = told("R request; P promise reported; P decline 1 restates=2")
        assert scene.standing() is Standing.DECLINED

    def test_later_id_counts_among_equals(self) -> None:
        scene = told("R request; P promise; P decline 1 restates=2")
        last = max(scene.ids[1:])
        assert scene.fold.moves[scene.ids[1]].move_id == last

    def test_what_answers_either_telling_answers_the_act(self) -> None:
        for answered in (1, 2):
            scene = tell("P offer to=R", "P offer to=R restates=1", f"R accept {answered}")
            assert scene.standing() is Standing.PROMISED
            assert scene.strand().terms == scene.ids[0]

    def test_difference_is_a_conflict(self) -> None:
        scene = told("R request; P promise what=this; P promise restates=2 what=that signed")
        (conflict,) = scene.fold.conflicts
        assert conflict.fields == ("terms",)
        assert (conflict.act_id, conflict.telling, conflict.best) == (
            scene.ids[1],
            scene.ids[1],
            scene.ids[2],
        )

    @pytest.mark.parametrize(
        ("first", "second", "fields"),
        [
            ("P promise", "P offer", ("kind",)),
            ("P promise", "P promise hedged", ("hedged",)),
            ("P report", "P report partial", ("full",)),
            ("P promise what=a", "P offer what=b hedged", ("kind", "hedged", "terms")),
            ("P promise what=a", "P promise", None),
            ("P promise", "P promise what=a", None),
            ("P promise what=a", "P promise what=a", None),
        ],
    )
    def test_conflict_names_what_differs(self, first: str, second: str, fields: tuple) -> None:
        scene = tell("R request", first, f"{second} restates=2")
        assert [each.fields for each in scene.fold.conflicts] == ([fields] if fields else [])

    def test_only_the_mover_restates_its_act(self) -> None:
        scene = told("R request; P promise; R withdraw 1 restates=2 signed")
        assert scene.standing() is Standing.RELEASED
        assert len(scene.fold.order) == 3

    def test_institution_restates_what_its_state_said(self) -> None:
        scene = told("R request; XAB.embassy request restates=1 signed")
        assert len(scene.fold.order) == 1

    def test_chain_of_tellings_is_one_act(self) -> None:
        scene = told("R request; P promise reported; P promise restates=2; P promise restates=3")
        assert scene.fold.order == scene.ids[:2]
        assert set(scene.fold.act_of.values()) == set(scene.ids[:2])

    def test_tellings_of_an_act_that_is_not_held_are_still_one_act(self) -> None:
        lines = ("R request", "P report to=R", "P report restates=2", "P report restates=2")
        scene = tell(*lines, "P withdraw 2", annulled=(2,))
        assert len(scene.fold.order) == 3
        assert scene.standing() is Standing.REQUESTED
        assert scene.fold.order[1] == scene.ids[2]

    def test_earliest_telling_takes_the_place_of_one_that_is_not_held(self) -> None:
        lines = ("R request", "P report", "P report restates=2 on=2025-03-20")
        scene = tell(*lines, "P report restates=2 on=2025-03-10", annulled=(2,))
        assert scene.fold.order == (scene.ids[0], scene.ids[3])

    def test_same_move_heard_twice_is_one_telling_with_the_better_attestation(self) -> None:
        scene = told("R request; P promise reported")
        request, promise = scene.tellings
        signed = Telling(promise.move, Attestation.SIGNED, frozenset({scene.ids[0]}))
        for tellings in permutations([request, promise, signed]):
            folded = fold(tellings)
            assert folded == fold([request, signed])
            assert len(folded.order) == 2

    def test_answers_in_a_circle_are_folded_all_the_same(self) -> None:
        scene = told("R request; P counter 1; R counter 2; R request 3 restates=1 signed")
        assert set(scene.fold.order) == set(scene.ids[:3])
        for tellings in permutations(scene.tellings):
            assert fold(tellings) == scene.fold


class TestAnnulled:
    """What is annulled was never told."""

    def test_annulled_move_leaves_no_trace(self) -> None:
        scene = tell("R request", "P promise", "P report", annulled=(2,))
        without = fold([scene.tellings[0], scene.tellings[2]])
        assert scene.fold == without

    def test_annulled_telling_leaves_the_other(self) -> None:
        scene = tell("R request", "P decline 1 reported", "P promise restates=2", annulled=(2,))
        assert scene.standing() is Standing.PROMISED

    def test_everything_annulled_leaves_nothing(self) -> None:
        scene = tell("R request", annulled=(1,))
        assert scene.fold.standing is Standing.NONE
        assert scene.fold.order == ()


class TestTerms:
    """What binds, or is proposed."""

    @pytest.mark.parametrize(
        ("story", "what"),
        [
            ("R request what=asked", "asked"),
            ("R request what=asked; P offer what=offered", "offered"),
            ("R request what=asked; P offer what=offered; P counter what=less", "less"),
            ("R request what=asked; R counter what=other", "other"),
            ("R request what=asked; R counter what=mine; P counter what=yours", "yours"),
            ("R request what=asked; P promise 1", "asked"),
            ("R request what=asked; P promise 1 what=own", "own"),
            ("R request what=asked; P promise 1 what=own; P promise what=later", "own"),
            ("R request what=asked; P offer 1; R accept 2", "asked"),
            ("R request what=asked; P counter what=less; R accept 2 what=noise", "less"),
            ("P promise to=R what=x; R counter what=y", "x"),
        ],
    )
    def test_terms_are_followed_to_the_words(self, story: str, what: str) -> None:
        terms = told(story).fold.terms_of(PARTIES["R"])
        assert terms is not None
        assert terms.what == what

    def test_terms_are_none_where_nobody_said_any(self) -> None:
        assert told("R request; P promise 1").fold.terms_of(PARTIES["R"]) is None
        assert told("R request; P promise").fold.terms_of(PARTIES["R"]) is None

    def test_terms_are_none_where_answers_go_in_a_circle(self) -> None:
        scene = tell("R request", "P counter 1", "R request 2 restates=1 signed")
        assert scene.fold.terms_of(PARTIES["R"]) is None


class TestRefusal:
    """A form refuses a move that would have no effect."""

    def test_candidate_with_effect_is_not_refused(self) -> None:
        scene = told("R request; P promise")
        *held, candidate = scene.tellings
        assert refusal(held, candidate) is None

    def test_candidate_without_effect_is_refused_with_what_is_possible(self) -> None:
        scene = told("R request; P confirm")
        *held, candidate = scene.tellings
        refused = refusal(held, candidate)
        assert refused is not None
        assert refused.reason is Reason.WRONG_SIDE
        assert Kind.PROMISE in refused.possible

    def test_candidate_is_judged_without_what_is_annulled(self) -> None:
        scene = told("R request; P decline 1")
        *held, candidate = scene.tellings
        refused = refusal(held, candidate, frozenset({scene.ids[0]}))
        assert refused is not None
        assert refused.reason is Reason.NOT_LIVE


def test_move_of_another_undertaking_changes_nothing() -> None:
    scene = told("R request; P promise performer=XAE; P promise")
    assert scene.reason(2) is Reason.OTHER_UNDERTAKING
    assert scene.fold.without_effect[scene.ids[1]].strand == Strand()
    assert scene.standing() is Standing.PROMISED
    first = Move(kind=Kind.REQUEST, by="XAB", performer="XAA", made_on=When("2025-03-01"))
    second = Move(kind=Kind.REQUEST, by="XAB", performer="XAC", made_on=When("2025-03-01"))
    folded = fold(Telling(each, Attestation.SIGNED) for each in (first, second))
    assert folded.without_effect.keys() == {max(first.move_id, second.move_id)}


def test_empty_fold_stands_nowhere() -> None:
    folded = fold([])
    assert folded.standing is Standing.NONE
    assert (folded.strands, folded.order, folded.conflicts) == ({}, (), ())
