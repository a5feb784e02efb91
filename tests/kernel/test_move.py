"""Moves: their fields, their days and their bytes."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikrar.kernel.canonical import CanonicalError, Fault
from ikrar.kernel.move import (
    Condition,
    Kind,
    Move,
    MoveError,
    Precision,
    Terms,
    Trigger,
    When,
    new_joint,
)

ID = "ab" * 32
whens = (
    st.dates()
    .flatmap(
        lambda day: st.sampled_from((day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]))
    )
    .map(When.parse)
)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(str.strip)
ids = st.sampled_from((None, ID, "0" * 64))
conditions = st.builds(Condition, st.just(ID), st.sampled_from(Trigger))
terms = st.builds(Terms, names, st.none() | whens, st.none() | conditions, st.none() | names)
codes = st.sampled_from(("XAA", "XAB", "XAB.foreign-affairs", "un", "XAC.m1"))
moves = st.builds(
    Move,
    kind=st.sampled_from(Kind),
    by=codes,
    performer=codes,
    made_on=whens,
    to=st.sets(codes | st.just("*"), max_size=3).map(tuple),
    undertaking=ids,
    answers=ids,
    hedged=st.booleans(),
    full=st.booleans(),
    terms=st.none() | terms,
    joint=st.none() | st.just("0f" * 16),
    restates=ids,
    salt=st.integers(0, 2**128 - 1).map("{:032x}".format),
)


def move(**words):
    given = {"kind": "request", "by": "XAA", "performer": "XAB", "made_on": When("2025-03-01")}
    return Move(**(given | words))


@given(moves)
def test_move_comes_back_from_its_bytes(told: Move) -> None:
    again = Move.from_bytes(told.to_bytes())
    assert again == told
    assert again.move_id == told.move_id


@given(moves, moves)
def test_different_moves_have_different_ids(one: Move, other: Move) -> None:
    assert (one == other) is (one.move_id == other.move_id)


def test_move_id_depends_on_the_salt() -> None:
    assert move().move_id != move().move_id
    assert move(salt="00" * 16).move_id == move(salt="00" * 16).move_id


def test_move_never_changes() -> None:
    with pytest.raises(FrozenInstanceError):
        move().kind = Kind.OFFER  # type: ignore[misc]


def test_undertaking_is_named_after_its_opening_move() -> None:
    opening = move()
    assert opening.undertaking_id == opening.move_id
    assert move(undertaking=opening.move_id).undertaking_id == opening.move_id


def test_addressees_are_sorted() -> None:
    assert move(to=("XAC", "*", "XAB")).to == ("*", "XAB", "XAC")


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2025-11-24", Precision.DAY, date(2025, 11, 24), date(2025, 11, 24)),
        ("2024-02", Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12", Precision.MONTH, date(2025, 12, 1), date(2025, 12, 31)),
        ("2025", Precision.YEAR, date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_when_keeps_its_precision(text: str, precision: str, first: date, last: date) -> None:
    when = When.parse(text)
    assert (when.precision, when.first, when.last) == (precision, first, last)
    assert when.to_value() == {"value": text, "precision": str(precision)}


def test_when_on_a_day_is_exact() -> None:
    assert When.on(date(2025, 3, 1)) == When("2025-03-01", Precision.DAY)


@pytest.mark.parametrize("text", ["", "2025-3-1", "2025-13", "0000", "2025-02-30", "20250301", "x"])
def test_when_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(MoveError) as caught:
        When.parse(text)
    assert caught.value.fault is Fault.WRONG_SHAPE


@pytest.mark.parametrize(
    "words",
    [
        {"by": "xaa!"},
        {"by": "*"},
        {"performer": ""},
        {"performer": "X" * 80},
        {"to": ("?",)},
        {"to": ("XAA", "XAA")},
        {"answers": "ab"},
        {"undertaking": "g" * 64},
        {"restates": 5},
        {"salt": "zz"},
        {"joint": "ab"},
        {"hedged": 1},
        {"full": None},
        {"kind": "agree"},
        {"made_on": "2025-03-01"},
        {"terms": "words"},
        {"to": "XAA"},
    ],
)
def test_move_refuses_a_wrong_field_with_a_sentence(words: dict) -> None:
    with pytest.raises(MoveError, match=r"\.$"):
        move(**words)


@pytest.mark.parametrize("what", ["", "  ", "a" * 4001, None])
def test_terms_need_words(what: str) -> None:
    with pytest.raises(MoveError):
        Terms(what)


def test_terms_are_in_nfc() -> None:
    assert Terms("e\u0301", theme="e\u0301") == Terms("\u00e9", theme="\u00e9")


def test_condition_names_an_undertaking_and_a_trigger() -> None:
    assert Condition(ID).trigger is Trigger.PROMISED
    for wrong in ((ID, "paid"), ("short", "promised")):
        with pytest.raises(MoveError):
            Condition(*wrong)


def test_lone_surrogate_has_no_bytes() -> None:
    with pytest.raises(CanonicalError) as caught:
        _ = move(terms=Terms("half \ud800")).move_id
    assert caught.value.fault is Fault.LONE_SURROGATE


def test_joint_ids_are_random() -> None:
    assert new_joint() != new_joint()
    assert move(joint=new_joint()).joint
