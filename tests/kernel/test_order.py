"""The order of the fold: causality, then days where one is unsigned, then kind, then id."""

from itertools import permutations

import pytest
from tests.kernel.scenario import tell

from ikrar.kernel.conversation import Reason
from ikrar.kernel.move import Kind
from ikrar.kernel.order import RANK, Arrangement
from ikrar.kernel.standing import fold
from ikrar.kernel.strand import Standing
from ikrar.kernel.telling import merged

# lines → the order in which they are folded, as line numbers
ORDERS = [
    # causality before everything
    (("R request on=2025-03-09", "P promise 1 on=2025-03-01"), (1, 2)),
    (("R dispute signed", "R request knows=1"), (1, 2)),
    (("R confirm on=2025-03", "R dispute 1 on=2025-03", "P offer 2 on=2025-03"), (1, 2, 3)),
    # a strictly earlier day, where either is unsigned
    (("R dispute on=2025-03-01", "R request on=2025-03-02"), (1, 2)),
    (("R dispute on=2025-03-02", "R request on=2025-03-01"), (2, 1)),
    (("R dispute on=2025-03-01", "R request signed on=2025-03-02"), (1, 2)),
    (("R dispute signed on=2025-03-01", "R request on=2025-03-02"), (1, 2)),
    # never between signed moves
    (("R dispute signed on=2025-03-01", "R request signed on=2025-03-02"), (2, 1)),
    # a month orders nothing within itself, a year nothing within itself
    (("R dispute on=2025-03", "R request on=2025-03-31"), (2, 1)),
    (("R dispute on=2025-03-01", "R request on=2025-03"), (2, 1)),
    (("R dispute on=2025-03", "R request on=2025-04-01"), (1, 2)),
    (("R dispute on=2025-02-28", "R request on=2025-03"), (1, 2)),
    (("R dispute on=2025", "R request on=2025-12-31"), (2, 1)),
    (("R dispute on=2024", "R request on=2025"), (1, 2)),
    # an answer is not earlier than what it answers, whatever its date says
    (("R request on=2025-03-05", "R dispute 1 on=2025-03-01", "P offer on=2025-03-03"), (3, 1, 2)),
    (
        (
            "R request on=2025-03-05",
            "R dispute 1 on=2025-03-01",
            "R confirm 2 on=2025-03-02",
            "P offer on=2025-03-06",
        ),
        (1, 2, 3, 4),
    ),
]


@pytest.mark.parametrize(("lines", "expected"), ORDERS)
def test_order_of_the_fold(lines: tuple[str, ...], expected: tuple[int, ...]) -> None:
    scene = tell(*lines)
    assert scene.fold.order == tuple(scene.ids[number - 1] for number in expected)


@pytest.mark.parametrize(("lines", "expected"), ORDERS)
def test_order_does_not_depend_on_arrival(lines: tuple[str, ...], expected: tuple) -> None:
    scene = tell(*lines)
    assert {fold(each).order for each in permutations(scene.tellings)} == {scene.fold.order}


def test_rank_is_the_order_of_the_kinds() -> None:
    words = (
        "request offer acknowledge promise accept counter decline withdraw report confirm dispute"
    )
    assert [kind.value for kind in sorted(Kind, key=RANK.__getitem__)] == words.split()


def test_kind_orders_moves_of_one_day() -> None:
    lines = [f"R {kind} on=2025-03-01" for kind in reversed(Kind)]
    scene = tell(*lines)
    assert [scene.fold.moves[each].kind for each in scene.fold.order] == list(Kind)


def test_id_orders_moves_of_one_kind() -> None:
    scene = tell(*["R request on=2025-03-01"] * 6)
    assert list(scene.fold.order) == sorted(scene.ids)


def arranged(*lines: str):
    scene = tell(*lines)
    told = merged(scene.tellings)
    arrangement = Arrangement(told.acts, told.act_of)
    return lambda a, b: arrangement.knows(scene.ids[a - 1], scene.ids[b - 1])


def test_author_knows_what_it_received_answered_and_what_those_knew() -> None:
    knows = arranged(
        "R request signed", "P offer knows=1", "R accept 2 signed", "R confirm knows=3"
    )
    assert knows(1, 2)
    assert knows(2, 3)
    assert knows(1, 3)
    assert knows(1, 4)
    assert not knows(2, 1)
    assert not knows(3, 3)


def test_author_of_an_unsigned_move_knows_what_was_said_on_earlier_days() -> None:
    knows = arranged("R request", "P offer signed on=2025-03-02", "R confirm", "R dispute signed")
    assert knows(1, 2)
    assert knows(1, 3)
    assert knows(2, 3)
    assert knows(3, 4)
    assert not knows(2, 4)


def test_days_between_two_signers_say_nothing() -> None:
    knows = arranged("R request signed", "P offer signed on=2025-03-05", "R confirm")
    assert not knows(1, 2)
    assert not knows(2, 1)
    knows = arranged("R request", "P offer signed", "R confirm", "R dispute on=2025-03-03")
    assert knows(1, 2)
    assert not knows(3, 2)
    assert not knows(3, 4)


def test_days_do_not_tell_one_signer_of_another_through_a_third_move() -> None:
    lines = (
        "R request signed on=2025-03-01",
        "P offer knows=1 on=2025-03-01",
        "P withdraw 2 knows=1,2 on=2025-03-03",
        "R acknowledge on=2025-03-05",
        "R accept 2 knows=1,2 on=2025-03-07",
    )
    scene = tell(*lines)
    assert not arranged(*lines)(3, 5)
    assert scene.fold.order.index(scene.ids[2]) < scene.fold.order.index(scene.ids[4])
    assert scene.standing() is Standing.PROMISED
    without_the_press = tell(*lines[:3], "R accept 2 knows=1,2 on=2025-03-07")
    assert without_the_press.standing() is Standing.PROMISED


def test_unsigned_withdrawal_of_an_earlier_day_has_reached_the_accepter() -> None:
    scene = tell("P offer to=R", "P withdraw 1", "R accept 1")
    assert scene.reason(3) is Reason.NOT_LIVE


def test_circle_of_answers_starts_with_the_least_kind() -> None:
    scene = tell("R request", "P counter 1", "R counter 2", "R request 3 restates=1 signed")
    assert scene.fold.order == scene.ids[:3]


def test_what_waits_for_a_circle_does_not_break_the_fold() -> None:
    scene = tell(
        "R request",
        "P counter 1",
        "R request 2 restates=1 signed",
        "P promise 2 on=2020-01-01",
        "R report signed",
    )
    assert set(scene.fold.order) == {scene.ids[number] for number in (0, 1, 3, 4)}
    assert {fold(each).order for each in permutations(scene.tellings)} == {scene.fold.order}


def test_author_of_an_act_in_a_circle_knows_only_what_was_folded_before() -> None:
    scene = tell("R request", "P counter 1", "R request 2 restates=1 signed")
    told = merged(scene.tellings)
    arrangement = Arrangement(told.acts, told.act_of)
    assert arrangement.knows(scene.ids[0], scene.ids[1])
    assert not arrangement.knows(scene.ids[1], scene.ids[0])
