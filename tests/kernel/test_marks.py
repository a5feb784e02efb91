"""Marks that depend on a day."""

from datetime import date

import pytest

from ikrar.kernel.marks import Occasion, has_lapsed, is_overdue, marks_on
from ikrar.kernel.move import Terms, When
from ikrar.kernel.strand import Mark, Standing, Strand

BALLOT = Occasion("Election", date(2026, 1, 8), is_secret=True)
DUE = Terms("vote", due=When.parse("2026-01"))
PROMISED = Strand(bond=Standing.PROMISED, terms="t", bound_by="t")
BEFORE, AFTER = date(2026, 1, 31), date(2026, 2, 1)


@pytest.mark.parametrize("standing", list(Standing))
def test_only_a_promise_is_overdue_after_its_last_possible_day(standing: Standing) -> None:
    assert not is_overdue(standing, DUE, BEFORE)
    assert is_overdue(standing, DUE, AFTER) is (standing is Standing.PROMISED)


@pytest.mark.parametrize("terms", [None, Terms("vote")])
def test_promise_without_a_due_day_is_never_overdue(terms: Terms | None) -> None:
    assert not is_overdue(Standing.PROMISED, terms, AFTER)


@pytest.mark.parametrize("standing", list(Standing))
def test_what_is_open_lapses_after_a_secret_ballot(standing: Standing) -> None:
    is_open = standing in {"requested", "offered", "countered", "promised", "reported", "disputed"}
    assert has_lapsed(standing, BALLOT, date(2026, 1, 9)) is is_open
    assert not has_lapsed(standing, BALLOT, date(2026, 1, 8))


def test_what_can_still_be_told_does_not_lapse() -> None:
    session = Occasion("Session", date(2026, 1, 8))
    assert not has_lapsed(Standing.PROMISED, session, AFTER)
    assert not has_lapsed(Standing.PROMISED, None, AFTER)


def test_marks_on_a_day() -> None:
    assert marks_on(BEFORE, PROMISED, DUE) == ()
    assert marks_on(AFTER, PROMISED, DUE) == (Mark.OVERDUE,)
    assert marks_on(AFTER, PROMISED, DUE, is_dormant=True) == (Mark.DORMANT,)
    assert marks_on(AFTER, PROMISED, DUE, occasion=BALLOT, is_dormant=True) == (Mark.LAPSED,)
    changing = PROMISED._replace(requester_counter="c")
    assert marks_on(AFTER, changing, DUE) == (Mark.CHANGE_PROPOSED, Mark.OVERDUE)
    assert marks_on(AFTER, Strand(request="r"), DUE, is_dormant=True) == ()
