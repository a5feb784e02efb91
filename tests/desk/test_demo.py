"""The demo at the desk: what the reports tell becomes moves, and nothing more than they tell."""

import pytest
from django.db import transaction
from tests.desk.demo import load, standings

from ikrar.desk.gathering import waiting_units


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker):
    """The demo, read and accepted once for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield standings()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def waiting(register, django_db_blocker):
    """The words of the statements that nobody accepted."""
    with django_db_blocker.unblock():
        units = waiting_units()
    return [s.source.text[s.start : s.end] for unit in units for s in unit.statements]


def test_vote_request_is_asked_and_not_promised(register):
    (vote,) = [u for u in register if u.theme == "candidature" and "IDN" in u.requesters]

    assert (vote.performer, vote.standing) == ("KHM", "requested")
    assert [m.kind for m in vote.moves] == ["request", "acknowledge"]
    assert vote.moves[0].hedged
    assert vote.occasion == "hrc-president-2026"


def test_warm_words_for_an_offer_are_no_acceptance(register):
    (offer,) = [u for u in register if u.theme == "capacity" and u.performer == "IDN"]

    assert offer.standing == "offered"
    assert [m.kind for m in offer.moves] == ["offer", "acknowledge"]


def test_readiness_is_no_promise(register):
    (ready,) = [u for u in register if u.performer == "KHM" and u.standing == "offered"]

    assert [(m.kind, m.hedged) for m in ready.moves] == [("promise", True)]


def test_joint_promise_is_one_undertaking_per_side(register):
    joint = [u for u in register if u.joint]

    assert {(u.performer, *u.requesters) for u in joint} == {("IDN", "KHM"), ("KHM", "IDN")}
    assert len({u.joint for u in joint}) == 1


def test_invented_loop_closes(register):
    (training,) = [u for u in register if u.standing == "confirmed"]

    assert training.invented
    assert [m.kind for m in training.moves if m.kind != "acknowledge"] == [
        "request", "counter", "accept", "report", "report", "request", "dispute", "report",
        "confirm",
    ]  # fmt: skip
    assert training.due == "2026-06-30"


def test_vote_swap_binds_both_once_both_promised(register):
    swap = [u for u in register if u.invented and u.theme == "candidature"]

    assert sorted((u.performer, u.standing) for u in swap) == [
        ("XSA", "promised"),
        ("XTA", "promised"),
    ]


def test_copies_are_evidence_but_are_not_counted(register):
    (vote,) = [u for u in register if u.theme == "candidature" and "IDN" in u.requesters]

    assert vote.evidence_count == 6
    assert len(vote.moves[0].evidence) == 7


def test_every_move_is_accepted_by_the_demo_account(register):
    assert {m.recorded_by for u in register for m in u.moves} == {"Demo"}


def test_what_is_not_clear_stays_waiting(register, waiting):
    assert [words for words in waiting if "Tamora took note of the reply" in words]
    assert len(waiting) == 2


@pytest.mark.django_db
def test_second_load_changes_nothing():
    load()
    before = standings()

    again = load()

    assert (again.new, again.moves) == (0, 0)
    assert standings() == before
