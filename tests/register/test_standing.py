"""The computed rows: kept in step with every append, promises asleep and awake."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.register.moves import answer, opening

from ikrar.kernel.move import Condition, Terms, When
from ikrar.register.log.moves import append_moves
from ikrar.register.models import Period, RecordedMove, Strand, Undertaking
from ikrar.register.standing.rebuild import rebuild
from ikrar.register.standing.rows import insert_rows, update_rows
from ikrar.register.standing.tied import tied

pytestmark = pytest.mark.django_db


def sleepy_promise(opened, *, until, by):
    terms = Terms("we support you", condition=Condition(until.move.move_id))
    return answer(opened, "promise", by=by, terms=terms)


def marks(opened) -> tuple[list[str], list[str]]:
    """The marks of the undertaking and of its only strand."""
    undertaking = Undertaking.objects.get(opened_by=opened.move.move_id)
    (strand,) = Strand.objects.filter(undertaking=undertaking)
    return undertaking.marks, strand.marks


@pytest.fixture
def ours():
    return opening("request", by="XAB", performer="XAA", terms=None)


@pytest.fixture
def theirs():
    return opening("request", by="XAA", performer="XAB", terms=None)


def test_promise_sleeps_until_the_other_promises(ours, theirs):
    append_moves([ours, theirs])
    append_moves([sleepy_promise(ours, until=theirs, by="XAA")])
    assert marks(ours) == (["dormant"], ["dormant"])

    append_moves([sleepy_promise(theirs, until=ours, by="XAB")])

    assert marks(ours) == marks(theirs) == ([], [])
    now = Period.objects.filter(undertaking__opened_by=ours.move.move_id, known_to__isnull=True)
    assert not now.filter(marks__contains=["dormant"], true_to__isnull=True).exists()
    assert rebuild().is_same


def test_promise_wakes_when_the_other_is_opened_later(ours, theirs):
    append_moves([ours, sleepy_promise(ours, until=theirs, by="XAA")])
    assert marks(ours) == (["dormant"], ["dormant"])

    append_moves([theirs, answer(theirs, "promise", by="XAB")])

    assert marks(ours) == ([], [])
    assert rebuild().is_same


def test_promise_falls_asleep_when_the_other_is_withdrawn(ours, theirs):
    promised = answer(theirs, "promise", by="XAB")
    append_moves([ours, theirs, promised, sleepy_promise(ours, until=theirs, by="XAA")])
    assert marks(ours) == ([], [])

    append_moves([answer(theirs, "withdraw", by="XAB", answers=promised.move.move_id)])

    assert marks(ours) == (["dormant"], ["dormant"])
    assert rebuild().is_same


def test_promise_is_not_woken_by_what_another_compartment_holds(ours, theirs):
    append_moves([theirs, answer(theirs, "promise", by="XAB")], compartment="hidden")

    append_moves([ours, sleepy_promise(ours, until=theirs, by="XAA")])

    assert marks(ours) == (["dormant"], ["dormant"])
    assert rebuild().is_same


def test_tied_reaches_along_conditions_in_both_directions(ours, theirs):
    third = opening("request", by="XAC", performer="XAA", terms=None)
    alone = opening("request", by="XAC", performer="XAB", terms=None)
    told = append_moves(
        [
            *(ours, theirs, third, alone),
            sleepy_promise(ours, until=theirs, by="XAA"),
            sleepy_promise(third, until=ours, by="XAA"),
        ]
    )
    first, second, last, lone = (each.entry for each in told[:4])

    for start in (first, second, last):
        assert tied([start]) == [{first, second, last}]
    assert sorted(map(sorted, tied([lone, first]))) == [[first, second, last], [lone]]
    assert tied([]) == []


def test_move_without_effect_is_kept_with_its_reason():
    asked = opening("request", by="XAA", performer="XAB")
    append_moves([asked, answer(asked, "accept", by="XAB", answers="ab" * 32)])

    kept = RecordedMove.objects.get(kind="accept")
    assert (kept.effect, kept.place) == (False, 2)
    assert kept.reason == "not_live"


def test_undertaking_sums_up_its_strands():
    asked = opening("request", by="XAA", performer="XAB", hedged=True, terms=None)
    also = answer(asked, "request", by="XAC", terms=Terms("x", When.parse("2026-03")))
    promised = answer(asked, "promise", by="XAB", to=("XAC",), terms=Terms("x", When.parse("2027")))
    append_moves([asked, also, promised])

    row = Undertaking.objects.get()
    assert (row.standing, row.requesters) == ("promised", ["XAA", "XAC"])
    assert (row.due, row.due_precision, str(row.due_on)) == ("2027", "year", "2027-12-31")
    assert row.hedged
    strands = Strand.objects.order_by("requester").values_list("requester", "standing", "due")
    assert list(strands) == [("XAA", "requested", ""), ("XAC", "promised", "2027")]


def test_append_asks_the_database_as_often_for_many_as_for_one():
    def queries(count: int) -> int:
        asked = [opening("request", by="XAA", performer="XAB") for _ in range(count)]
        more = [answer(each, "promise", by="XAB") for each in asked]
        append_moves([opening("request", by="XAA", performer="XAB")])
        with CaptureQueriesContext(connection) as captured:
            append_moves([*asked, *more])
            append_moves([answer(each, "report", by="XAB") for each in asked])
        return len(captured)

    assert queries(1) == queries(200)


def test_rows_are_typed_by_their_table():
    append_moves([opening("request", by="XAA", performer="XAB")])
    pk = Undertaking.objects.get().pk
    titles = {"en": 'A "title" \\ with \u2028 marks', "id": "Judul"}

    update_rows(Undertaking, [{"id": pk, "titles": titles, "marks": ["a", "b"]}], key="id")
    strand = {"undertaking_id": pk, "requester": "XAZ", "standing": "none", "marks": []}
    insert_rows(Strand, [{**strand, "due": "", "due_precision": ""}])

    row = Undertaking.objects.get()
    assert (row.titles, row.marks) == (titles, ["a", "b"])
    assert row.strands.filter(requester="XAZ", marks=[]).exists()


def test_rows_that_are_the_same_are_not_written_again():
    append_moves([opening("request", by="XAA", performer="XAB")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin, ctid FROM register_undertaking")
        before = cursor.fetchall()
        pk, standing = Undertaking.objects.values_list("pk", "standing").get()
        update_rows(Undertaking, [{"id": pk, "standing": standing}], key="id")
        cursor.execute("SELECT xmin, ctid FROM register_undertaking")
        assert cursor.fetchall() == before
