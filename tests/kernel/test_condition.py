"""Conditions: dormant promises, reciprocal pairs and the cycles in which nobody could begin."""

import pytest

from ikrar.kernel.condition import Pledge, dormant, refused_cycle
from ikrar.kernel.move import Condition, Trigger
from ikrar.kernel.strand import Standing

A, B, C = "a" * 64, "b" * 64, "c" * 64


def pledge(standing: str, waits_for: str | None = None, trigger: str = "promised") -> Pledge:
    condition = Condition(waits_for, Trigger(trigger)) if waits_for else None
    return Pledge(Standing(standing), condition)


@pytest.mark.parametrize(
    ("pledges", "asleep"),
    [
        ({A: pledge("promised")}, set()),
        ({A: pledge("promised", B)}, {A}),
        ({A: pledge("promised", B), B: pledge("requested")}, {A}),
        ({A: pledge("promised", B), B: pledge("promised")}, set()),
        ({A: pledge("promised", B), B: pledge("reported")}, set()),
        ({A: pledge("promised", B), B: pledge("disputed")}, set()),
        ({A: pledge("promised", B), B: pledge("confirmed")}, set()),
        ({A: pledge("promised", B), B: pledge("promise_withdrawn")}, {A}),
        # a reciprocal pair holds; so does a ring
        ({A: pledge("promised", B), B: pledge("promised", A)}, set()),
        ({A: pledge("promised", B), B: pledge("promised", C), C: pledge("promised", A)}, set()),
        # who withdraws puts the whole ring to sleep
        ({A: pledge("promised", B), B: pledge("promised", C), C: pledge("promise_withdrawn", A)},
         {A, B}),
        ({A: pledge("promised", B), B: pledge("declined", A)}, {A}),
        # later triggers
        ({A: pledge("promised", B, "reported"), B: pledge("promised")}, {A}),
        ({A: pledge("promised", B, "reported"), B: pledge("disputed")}, {A}),
        ({A: pledge("promised", B, "reported"), B: pledge("reported")}, set()),
        ({A: pledge("promised", B, "confirmed"), B: pledge("reported")}, {A}),
        ({A: pledge("promised", B, "confirmed"), B: pledge("confirmed")}, set()),
        # what is done is done, whatever it had waited for
        ({A: pledge("promised", B), B: pledge("reported", C), C: pledge("declined")}, set()),
        ({A: pledge("promised", B), B: pledge("promised", C), C: pledge("declined")}, {A, B}),
        # only a promise sleeps
        ({A: pledge("confirmed", B), B: pledge("declined")}, set()),
        ({A: pledge("requested", B), B: pledge("declined")}, set()),
        ({A: pledge("disputed", B), B: pledge("declined")}, {A}),
    ],
)  # fmt: skip
def test_promise_is_dormant_until_its_trigger_holds(pledges: dict, asleep: set) -> None:
    assert dormant(pledges) == asleep


@pytest.mark.parametrize(
    ("trigger", "others", "cycle"),
    [
        ("promised", {B: (A, "promised")}, ()),
        ("reported", {}, ()),
        ("reported", {B: (C, "reported")}, ()),
        ("reported", {B: (A, "reported")}, (A, B)),
        ("confirmed", {B: (A, "promised")}, (A, B)),
        ("promised", {B: (A, "confirmed")}, (A, B)),
        ("reported", {B: (C, "promised"), C: (A, "promised")}, (A, B, C)),
        ("reported", {B: (C, "reported"), C: (B, "reported")}, ()),
    ],
)
def test_cycle_in_which_nobody_could_begin_is_refused(
    trigger: str, others: dict, cycle: tuple
) -> None:
    conditions = {key: Condition(other, Trigger(word)) for key, (other, word) in others.items()}
    assert refused_cycle(A, Condition(B, Trigger(trigger)), conditions) == cycle


def test_promise_that_waits_for_itself_is_a_cycle() -> None:
    assert refused_cycle(A, Condition(A, Trigger.REPORTED), {}) == (A,)
    assert refused_cycle(A, Condition(A), {}) == ()
