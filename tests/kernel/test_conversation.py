"""Every row of the table: which move may follow, and what it does."""

import pytest
from tests.kernel.scenario import tell

from ikrar.kernel.conversation import (
    HEDGED_AS,
    RULES,
    Reason,
    Refusal,
    possible_moves,
)
from ikrar.kernel.move import Kind
from ikrar.kernel.party import Side
from ikrar.kernel.strand import Mark, Standing, Strand

# story → the standing of R's strand after it
STANDINGS = [
    # request: opens, repeats; on a bond a reminder
    ("R request", "requested"),
    ("R request; R request", "requested"),
    ("R request; P decline 1; R request", "requested"),
    ("P promise to=R; R request", "promised"),
    ("P promise to=R; P report; R confirm; R request", "confirmed"),
    ("R request hedged", "requested"),
    # offer: on a bond nothing
    ("P offer to=R", "offered"),
    ("R request; P offer", "offered"),
    ("P promise to=R; P offer", "promised"),
    ("P offer to=R; R decline 1; P offer to=R", "offered"),
    # promise
    ("R request; P promise", "promised"),
    ("R request; P promise; P promise", "promised"),
    ("R request; P decline 1; P promise", "promised"),
    ("R request; P counter; R counter; P promise", "promised"),
    ("R request; P promise hedged", "offered"),
    ("R request; P promise; P promise hedged", "promised"),
    ("R request; P report; P promise", "reported"),
    ("R request; R confirm; P promise", "confirmed"),
    ("R request; P report; R dispute; P promise", "disputed"),
    # acknowledge: nothing, ever
    ("R request; P acknowledge 1", "requested"),
    ("P offer to=R; R acknowledge 1", "offered"),
    ("R request; P decline 1; R acknowledge 2", "declined"),
    ("R request; P promise; P report; R acknowledge 3", "reported"),
    ("R request; P report; P promise; R dispute; R withdraw 4", "reported"),
    ("R request; R confirm; P promise; R withdraw 2", "promised"),
    # accept
    ("P offer to=R; R accept 1", "promised"),
    ("P promise to=R hedged; R accept 1", "promised"),
    ("R request; P counter; R accept 2", "promised"),
    ("R request; R counter; P accept 2", "promised"),
    ("P offer to=R; R accept 1 hedged", "offered"),
    ("R request; R counter; P accept 2 hedged", "countered"),
    ("P promise to=R; P report; R counter; P accept 3", "promised"),
    ("P promise to=R; P report; R confirm; P counter", "confirmed"),
    # counter: beside what stands
    ("R request; P counter", "countered"),
    ("P offer to=R; R counter", "countered"),
    ("R request; P counter hedged", "countered"),
    ("P promise to=R; P counter", "promised"),
    ("P promise to=R; P report; R counter", "reported"),
    ("P promise to=R; R dispute; P counter", "disputed"),
    # decline: x is gone, what stood before stands
    ("R request; P decline 1", "declined"),
    ("R request; P decline 1 hedged", "requested"),
    ("P offer to=R; R decline 1", "declined"),
    ("R request; P offer; R decline 2", "requested"),
    ("R request; P offer; P decline 1", "offered"),
    ("R request; R counter; P decline 2", "requested"),
    ("R request; P counter; R decline 2", "requested"),
    ("R request; P counter; P decline 1", "declined"),
    ("P offer to=R; R counter; R decline 1", "declined"),
    ("P promise to=R; R counter; P decline 2", "promised"),
    ("R request; P report; P decline 1", "reported"),
    # withdraw by the performer
    ("P offer to=R; P withdraw 1", "withdrawn_by_performer"),
    ("R request; P offer; P withdraw 2", "requested"),
    ("R request; P counter; P withdraw 2", "requested"),
    ("P offer to=R; P counter; P withdraw 1", "withdrawn_by_performer"),
    ("P offer to=R; P counter; P withdraw 2", "offered"),
    ("P promise to=R; P withdraw 1", "promise_withdrawn"),
    ("P promise to=R; P withdraw 1 hedged", "promise_withdrawn"),
    ("P promise to=R; P report; P withdraw 1", "promise_withdrawn"),
    ("P promise to=R; R dispute; P withdraw 1", "promise_withdrawn"),
    ("P offer to=R; R accept 1; P withdraw 1", "promise_withdrawn"),
    ("R request; P counter; R accept 2; P withdraw 2", "promise_withdrawn"),
    ("R request; R counter; P accept 2; P withdraw 3", "promise_withdrawn"),
    ("P promise to=R; P report; P withdraw 2", "promised"),
    ("R request; P decline 1; P report; P withdraw 3", "declined"),
    ("R request; R withdraw 1; P report; P withdraw 3", "withdrawn_by_requester"),
    ("R request; P report; P withdraw 2", "requested"),
    ("P promise to=R; P counter; P withdraw 1; R request", "requested"),
    # withdraw by the requester
    ("R request; R withdraw 1", "withdrawn_by_requester"),
    ("P offer to=R; R request; R withdraw 2", "offered"),
    ("R request; R counter; R withdraw 1", "withdrawn_by_requester"),
    ("R request; R counter; R withdraw 2", "requested"),
    ("P offer to=R; R counter; R withdraw 2", "offered"),
    ("R request; P promise; R withdraw 1", "released"),
    ("P promise to=R; R request; R withdraw 2", "released"),
    ("P offer to=R; R accept 1; R withdraw 2", "released"),
    ("R request; P promise; P report; R withdraw 1", "released"),
    ("R request; P promise; R dispute; R withdraw 1", "released"),
    ("R request; P report; R withdraw 1", "released"),
    ("P promise to=R; R counter; R withdraw 2", "promised"),
    ("P promise to=R; P report; R confirm; R withdraw 3", "reported"),
    ("P promise to=R; R confirm; R withdraw 2", "promised"),
    ("P promise to=R; R dispute; R withdraw 2", "promised"),
    ("P promise to=R; P report; R dispute; R withdraw 3", "reported"),
    ("R request; P decline 1; R confirm; R withdraw 3", "declined"),
    ("R request; R confirm; R withdraw 2", "requested"),
    ("P promise to=R; P report; P counter; R accept 3; R dispute; R withdraw 5", "promised"),
    ("R request; P promise; P report; R withdraw 1; R request; P promise; R dispute; R withdraw 7",
     "promised"),
    ("R request; P decline 1; R request; R withdraw 3", "withdrawn_by_requester"),
    ("P offer to=R; P withdraw 1; P offer to=R; R decline 3", "declined"),
    ("P offer to=R; R counter; P withdraw 1; R withdraw 2", "withdrawn_by_requester"),
    ("R request; P counter; R withdraw 1; P withdraw 2", "withdrawn_by_performer"),
    ("R request; P offer; R decline 2; R withdraw 1", "withdrawn_by_requester"),
    ("R request; P decline 1; P report; P counter; P withdraw 4; P withdraw 3", "declined"),
    ("P promise to=R; R confirm; P report; R dispute; R withdraw 4", "reported"),
    ("P promise to=R; P report; P report partial; R dispute; R withdraw 4", "promised"),
    # report
    ("R request; P promise; P report", "reported"),
    ("R request; P promise; P report partial", "promised"),
    ("R request; P promise; P report hedged", "promised"),
    ("R request; P report", "reported"),
    ("P promise to=R; R dispute; P report partial", "disputed"),
    ("P promise to=R; R dispute; P report", "reported"),
    ("P promise to=R; P report; P report partial", "promised"),
    ("P promise to=R; P report; R confirm; P report partial", "promised"),
    ("P promise to=R; P report; R confirm; P report", "confirmed"),
    ("R request; P report; P report partial", "requested"),
    ("R request; P decline 1; P report; P report partial", "declined"),
    ("R request; R withdraw 1; P report; R confirm; P report partial", "withdrawn_by_requester"),
    # confirm: asked, promised or ended
    ("R request; R confirm", "confirmed"),
    ("P promise to=R; R confirm", "confirmed"),
    ("R request; P decline 1; R confirm", "confirmed"),
    ("P promise to=R; P withdraw 1; R confirm", "confirmed"),
    ("P promise to=R; R dispute; R confirm", "confirmed"),
    ("P promise to=R; P report; R confirm hedged", "reported"),
    # dispute: any bond, also before a report
    ("P promise to=R; R dispute", "disputed"),
    ("P promise to=R; P report; R dispute", "disputed"),
    ("P promise to=R; P report; R confirm; R dispute", "disputed"),
    ("R request; P report; R dispute", "disputed"),
    ("P promise to=R; R dispute hedged", "promised"),
]  # fmt: skip

# story → why its last move has no effect
REASONS = [
    ("R request; P request", Reason.WRONG_SIDE),
    ("R request; R offer", Reason.WRONG_SIDE),
    ("R request; R promise", Reason.WRONG_SIDE),
    ("R request; R report", Reason.WRONG_SIDE),
    ("R request; P confirm", Reason.WRONG_SIDE),
    ("P promise to=R; P dispute", Reason.WRONG_SIDE),
    ("R request; S promise", Reason.WRONG_SIDE),
    ("R request; S acknowledge 1", Reason.STRANGER),
    ("R request; S counter", Reason.STRANGER),
    ("P promise to=R; S dispute", Reason.STRANGER),
    ("P promise; S dispute", Reason.STRANGER),
    ("P promise; S acknowledge", Reason.STRANGER),
    ("P offer; S accept 1 hedged", Reason.STRANGER),
    ("P promise to=R; S confirm", Reason.STRANGER),
    ("P offer to=R; S decline 1", Reason.STRANGER),
    ("P offer to=R; S accept 1", Reason.NOT_LIVE),
    ("P offer to=R; R accept", Reason.ANSWERS_NOTHING),
    ("P offer to=R; R decline", Reason.ANSWERS_NOTHING),
    ("P offer to=R; P withdraw", Reason.ANSWERS_NOTHING),
    ("R request; P accept 1", Reason.NOT_LIVE),
    ("P offer to=R; P offer to=R; R accept 1", Reason.NOT_LIVE),
    ("P offer to=R; R decline 1; R accept 1", Reason.NOT_LIVE),
    ("P offer to=R; P withdraw 1; R accept 1", Reason.NOT_LIVE),
    ("R request; R counter; R withdraw 2; P accept 2", Reason.NOT_LIVE),
    ("P offer to=R; P decline 1", Reason.OWN_ACT),
    ("P offer to=R; P accept 1", Reason.OWN_ACT),
    ("R request; R counter; R accept 2", Reason.OWN_ACT),
    ("R request; R counter; R decline 2", Reason.OWN_ACT),
    ("R request; P promise; P decline 1", Reason.NOT_LIVE),
    ("R request; R request; P decline 1", Reason.NOT_LIVE),
    ("P offer to=R; P offer to=R; R decline 1", Reason.NOT_LIVE),
    ("R request; P promise; P withdraw 1", Reason.NOT_OWN_ACT),
    ("R request; P offer; R withdraw 2", Reason.NOT_OWN_ACT),
    ("R request; R counter; P accept 2; P withdraw 2", Reason.NOT_OWN_ACT),
    ("R request; R withdraw 1; R withdraw 1", Reason.NOT_STANDING),
    ("R request; R request; R withdraw 1", Reason.NOT_STANDING),
    ("R request; P decline 1; R request; P promise; R withdraw 1", Reason.NOT_STANDING),
    ("R request; P promise; R withdraw 1; R request; P promise; R withdraw 1",
     Reason.NOT_STANDING),
    ("R request; R withdraw 1; R request; P promise; R withdraw 1", Reason.NOT_STANDING),
    ("P promise to=R; P promise to=R; P withdraw 2", Reason.NOT_STANDING),
    ("P promise to=R; P report; R confirm; P withdraw 1", Reason.NOT_STANDING),
    ("R request; P promise; R confirm; R withdraw 1", Reason.NOT_STANDING),
    ("P promise to=R; P report; R dispute; P withdraw 2", Reason.NOT_STANDING),
    ("P promise to=R; P report; P report; P withdraw 2", Reason.NOT_STANDING),
    ("P promise to=R; R confirm; R confirm; R withdraw 2", Reason.NOT_STANDING),
    ("P offer to=R; P withdraw 1; P withdraw 1", Reason.NOT_STANDING),
    ("P promise to=R; P offer to=R; R accept 2", Reason.NOT_LIVE),
    ("P promise to=R; R confirm; R withdraw 2; R withdraw 2", Reason.NOT_STANDING),
    ("P promise to=R; R dispute; P report; R withdraw 2", Reason.NOT_STANDING),
    ("P promise to=R; P report; R confirm; P report partial; R withdraw 3", Reason.NOT_STANDING),
    ("P report to=R", Reason.NOTHING_BEFORE),
    ("P acknowledge to=R; P report to=R", Reason.NOTHING_BEFORE),
    ("P counter to=R", Reason.NOTHING_TO_COUNTER),
    ("R request; P decline 1; P counter", Reason.NOTHING_TO_COUNTER),
    ("R request; P decline 1; R counter", Reason.NOTHING_TO_COUNTER),
    ("P promise to=R; P report; R confirm; R counter", Reason.NOTHING_TO_COUNTER),
    ("P promise to=R; P report; R confirm; P counter", Reason.NOTHING_TO_COUNTER),
    ("P offer to=R; R confirm", Reason.NOTHING_TO_CONFIRM),
    ("R request; R dispute", Reason.NOTHING_TO_DISPUTE),
    ("P offer to=R; R dispute", Reason.NOTHING_TO_DISPUTE),
    ("R request; P decline 1; R dispute", Reason.NOTHING_TO_DISPUTE),
    ("R request; P promise performer=XAE", Reason.OTHER_UNDERTAKING),
]  # fmt: skip


def told(story: str):
    return tell(*story.split("; "))


@pytest.mark.parametrize(("story", "standing"), STANDINGS)
def test_standing_follows_the_story(story: str, standing: str) -> None:
    assert told(story).standing() == standing


@pytest.mark.parametrize(("story", "reason"), REASONS)
def test_move_without_effect_has_its_reason_and_changes_nothing(story: str, reason: Reason) -> None:
    scene = told(story)
    before = tell(*story.split("; ")[:-1])
    assert scene.reason(-1) == reason
    assert scene.fold.strands == before.fold.strands


@pytest.mark.parametrize("story", [story for story, _ in STANDINGS])
def test_story_has_no_move_without_effect(story: str) -> None:
    idle = {each.reason for each in told(story).fold.without_effect.values()}
    assert idle <= {Reason.NOTHING_TO_COUNTER}


@pytest.mark.parametrize(
    ("story", "answered"),
    [
        ("P offer to=R; R accept 1", 1),
        ("R request; P counter; R accept 2", 2),
        ("R request; R counter; P accept 2", 2),
        ("R request; P promise", 2),
        ("R request; P promise; P promise", 2),
        ("R request; P promise; R request", 2),
        ("P promise to=R; P counter; R accept 2", 2),
        ("R request; P report; P promise", 3),
    ],
)
def test_terms_are_those_of_the_promise_or_the_accepted_proposal(story: str, answered: int) -> None:
    scene = told(story)
    assert scene.strand().terms == scene.ids[answered - 1]


@pytest.mark.parametrize(
    ("story", "marks"),
    [
        ("R request; P promise; P report", ()),
        ("R request; P report", (Mark.NEVER_PROMISED,)),
        ("R request; P report; P promise", ()),
        ("R request; R confirm", (Mark.NEVER_PROMISED,)),
        ("R request; P report; R dispute", ()),
        ("P promise to=R; P counter", (Mark.CHANGE_PROPOSED,)),
        ("P promise to=R; R counter", (Mark.CHANGE_PROPOSED,)),
        ("R request; P counter; R counter", ()),
        ("R request signed; P counter knows=1; R counter knows=1", (Mark.CROSSED,)),
        ("R request signed; P counter knows=1; R counter knows=1,2", ()),
        ("R request signed; R counter knows=1; P counter knows=1", (Mark.CROSSED,)),
        ("R request signed; R counter knows=1; P counter knows=1,2", ()),
        ("P promise to=R signed; P counter knows=1; R counter knows=1",
         (Mark.CHANGE_PROPOSED, Mark.CROSSED)),
        ("R request signed; P counter knows=1; R counter knows=1; P withdraw 2 knows=1,2", ()),
        ("R request signed; P counter knows=1; R counter knows=1; P counter 3 knows=1,2", ()),
    ],
)  # fmt: skip
def test_marks_are_computed_from_the_strand(story: str, marks: tuple[Mark, ...]) -> None:
    assert told(story).strand().marks == marks


@pytest.mark.parametrize("kind", list(Kind))
def test_hedge_is_never_rounded_up(kind: Kind) -> None:
    as_offer = {Kind.PROMISE: Kind.OFFER}
    as_courtesy = dict.fromkeys(
        (Kind.ACCEPT, Kind.DECLINE, Kind.CONFIRM, Kind.DISPUTE), Kind.ACKNOWLEDGE
    )
    assert HEDGED_AS.get(kind) == (as_offer | as_courtesy).get(kind)


def test_table_names_every_kind_for_the_side_that_can_make_it() -> None:
    one_side = {
        Kind.REQUEST: Side.REQUESTER,
        Kind.OFFER: Side.PERFORMER,
        Kind.PROMISE: Side.PERFORMER,
        Kind.REPORT: Side.PERFORMER,
        Kind.CONFIRM: Side.REQUESTER,
        Kind.DISPUTE: Side.REQUESTER,
    }
    expected = {(kind, side) for kind in Kind for side in Side if one_side.get(kind, side) is side}
    assert set(RULES) == expected


def test_crossing_accept_stands_against_a_withdrawal_that_had_not_reached_it() -> None:
    for accept in ("R accept 1 knows=1", "R accept 1 knows=1 on=2020-01-01"):
        scene = tell("P offer to=R signed", "P withdraw 1 knows=1", accept)
        assert scene.standing() is Standing.PROMISED
        assert scene.strand().terms == scene.ids[0]
    late = tell("P offer to=R signed", "P withdraw 1 knows=1", "R accept 1 knows=1,2")
    assert late.standing() is Standing.WITHDRAWN_BY_PERFORMER
    assert late.reason(3) is Reason.NOT_LIVE


def test_crossing_accept_stands_although_the_withdrawal_is_folded_first() -> None:
    """A later move of the accepter's that it did receive puts the withdrawal first in the order."""
    scene = tell(
        "R request signed",
        "P offer knows=1",
        "P withdraw 2 knows=1,2",
        "R dispute knows=1,2",
        "R accept 2 knows=1,2,4",
    )
    assert scene.fold.order.index(scene.ids[2]) < scene.fold.order.index(scene.ids[4])
    assert scene.standing() is Standing.PROMISED
    of_a_counter = tell(
        "R request signed",
        "R counter knows=1",
        "R withdraw 2 knows=1,2",
        "P report partial knows=1,2",
        "P accept 2 knows=1,2,4",
    )
    assert of_a_counter.fold.order[-1] == of_a_counter.ids[4]
    assert of_a_counter.standing() is Standing.PROMISED


def test_performer_cannot_withdraw_an_offer_whose_acceptance_it_does_not_know() -> None:
    scene = tell("P offer to=R signed", "R accept 1 knows=1", "P withdraw 1 knows=1")
    assert scene.standing() is Standing.PROMISED
    assert scene.reason(3) is Reason.ACCEPTANCE_UNKNOWN
    known = tell("P offer to=R signed", "R accept 1 knows=1", "P withdraw 1 knows=1,2")
    assert known.standing() is Standing.PROMISE_WITHDRAWN


def test_move_without_effect_for_its_author_gains_none_by_crossing() -> None:
    scene = tell("P promise to=R signed", "R request signed", "R dispute knows=2")
    assert scene.standing() is Standing.PROMISED
    assert scene.reason(3) is Reason.WITHOUT_EFFECT_FOR_ITS_AUTHOR
    refusal = scene.fold.without_effect[scene.ids[2]]
    assert refusal.standing is Standing.REQUESTED


def test_vain_move_is_vain_for_everybody_who_knew_it() -> None:
    scene = tell(
        "P offer to=R signed",
        "P withdraw 1 knows=1",
        "R confirm knows=1",
        "R dispute knows=1,2,3",
        "P promise to=R knows=1,2,3",
    )
    assert scene.standing() is Standing.PROMISED
    for line in (3, 4):
        assert scene.reason(line) is Reason.WITHOUT_EFFECT_FOR_ITS_AUTHOR


def test_withdrawn_proposal_is_remembered_under_a_later_bond_and_after_it() -> None:
    for later in ("P promise to=R knows=1,2", "P promise to=R knows=1,2; P withdraw 3 knows=1,2,3"):
        lines = ["P offer to=R signed", "P withdraw 1 knows=1", *later.split("; ")]
        courtesy = len(lines) + 1
        lines += ["R dispute knows=1", f"R accept 1 knows=1,{courtesy}"]
        scene = tell(*lines)
        assert scene.fold.order[-1] == scene.ids[-1]
        assert scene.strand().terms == scene.ids[0]


def test_unsigned_move_may_have_an_effect_nobody_knows_its_author_foresaw() -> None:
    scene = tell("P promise to=R on=2025-03", "R request on=2025-03", "R dispute on=2025-03")
    assert scene.standing() is Standing.DISPUTED


def test_possible_moves_name_what_they_answer_and_where_they_lead() -> None:
    scene = told("R request; P counter")
    found = {
        (each.kind, each.answers, each.full): each.standing
        for each in possible_moves(scene.strand(), Side.REQUESTER)
    }
    request, counter = scene.ids
    assert found == {
        (Kind.REQUEST, None, True): Standing.COUNTERED,
        (Kind.ACKNOWLEDGE, None, True): Standing.COUNTERED,
        (Kind.ACCEPT, counter, True): Standing.PROMISED,
        (Kind.COUNTER, None, True): Standing.COUNTERED,
        (Kind.DECLINE, counter, True): Standing.REQUESTED,
        (Kind.WITHDRAW, request, True): Standing.COUNTERED,
        (Kind.CONFIRM, None, True): Standing.CONFIRMED,
    }


def test_possible_moves_tell_a_full_from_a_partial_report() -> None:
    strand = told("P promise to=R; P report; R confirm").strand()
    reports = [
        (each.full, each.standing)
        for each in possible_moves(strand, Side.PERFORMER)
        if each.kind is Kind.REPORT
    ]
    assert reports == [(True, Standing.CONFIRMED), (False, Standing.PROMISED)]


def test_possible_moves_on_nothing_open_a_strand() -> None:
    found = {side: possible_moves(Strand(), side) for side in Side}
    assert all(each.side is side for side, moves in found.items() for each in moves)
    assert {each.kind: each.standing for each in found[Side.PERFORMER]} == {
        Kind.OFFER: Standing.OFFERED,
        Kind.ACKNOWLEDGE: Standing.NONE,
        Kind.PROMISE: Standing.PROMISED,
    }


def test_possible_moves_of_a_stranger_only_open_a_strand() -> None:
    offered = told("P offer to=*").strand("*")
    found = possible_moves(offered, Side.REQUESTER, is_stranger=True)
    assert [each.kind for each in found] == [Kind.REQUEST, Kind.ACCEPT]
    assert [each.kind for each in possible_moves(Strand(), Side.REQUESTER, True)] == [Kind.REQUEST]


@pytest.mark.parametrize(
    ("story", "own", "other"),
    [
        ("R request", (1,), ()),
        ("R request; R counter; P offer", (1, 2), (3,)),
        ("P offer to=R; R accept 1", (2,), (1,)),
        ("R request; P counter; R accept 2; P report; R dispute", (5, 1, 3), (4, 2)),
        ("R request; R counter; P accept 2", (1,), (3,)),
        ("P promise to=R", (), (1,)),
    ],
)
def test_acts_of_a_side_are_those_that_stand(story: str, own: tuple, other: tuple) -> None:
    scene = told(story)
    assert scene.strand().acts_of(Side.REQUESTER) == tuple(scene.ids[each - 1] for each in own)
    assert scene.strand().acts_of(Side.PERFORMER) == tuple(scene.ids[each - 1] for each in other)


def test_refusal_names_the_move_the_standing_and_what_is_possible() -> None:
    scene = told("P offer to=R; R dispute")
    refusal = scene.fold.without_effect[scene.ids[1]]
    assert isinstance(refusal, Refusal)
    assert (refusal.kind, refusal.side) == (Kind.DISPUTE, Side.REQUESTER)
    assert refusal.standing is Standing.OFFERED
    assert refusal.possible == (
        Kind.REQUEST,
        Kind.ACKNOWLEDGE,
        Kind.ACCEPT,
        Kind.COUNTER,
        Kind.DECLINE,
    )
    stranger = told("P offer; S dispute")
    refusal = stranger.fold.without_effect[stranger.ids[1]]
    assert (refusal.kind, refusal.is_stranger) == (Kind.DISPUTE, True)
    assert refusal.possible == (Kind.REQUEST, Kind.ACCEPT)
    late = told("P offer to=R; S accept 1")
    assert late.fold.without_effect[late.ids[1]].possible == (Kind.REQUEST,)


@pytest.mark.parametrize("story", [story for story, _ in STANDINGS[::5]])
def test_possible_moves_are_exactly_those_that_are_not_refused(story: str) -> None:
    scene = told(story)
    for side, who in ((Side.REQUESTER, "R"), (Side.PERFORMER, "P")):
        possible = {
            (each.kind, each.answers) for each in possible_moves(scene.strand(), side) if each.full
        }
        for kind in Kind:
            for answered in ("", *range(1, len(scene.ids) + 1)):
                after = tell(*story.split("; "), f"{who} {kind} {answered} to=R")
                name = scene.ids[answered - 1] if answered else None
                if (kind in (Kind.ACCEPT, Kind.DECLINE, Kind.WITHDRAW)) is bool(answered):
                    assert ((kind, name) in possible) == (after.reason(-1) is None)
