"""Erase: two persons and a law remove the words for good; the chain and the standings stay."""

import pytest
from django.db import DatabaseError, connection, connections, transaction
from tests.register.moves import answer, opening
from tests.register.tampering import tamper

from ikrar.kernel import canonical
from ikrar.kernel.move import Condition, Terms, When
from ikrar.register.log import erase as erasing
from ikrar.register.log.erase import (
    MOST_AT_ONCE,
    EraseOrder,
    LegalBasisError,
    NotErasableError,
    TwoPersonsError,
    erase,
    legal_basis_of,
)
from ikrar.register.log.moves import append_moves
from ikrar.register.log.verify import verify
from ikrar.register.models import Entry, Payload, Period, RecordedMove, Strand, Undertaking
from ikrar.register.standing.rebuild import rebuild

pytestmark = pytest.mark.django_db

LAW = "Law 27 of 2022, article 8"


def order(*entries: int, basis: str = LAW, by: tuple[int, int] = (1, 2)) -> EraseOrder:
    return EraseOrder(entries, basis, requested_by=by[0], approved_by=by[1])


def conversation() -> list[int]:
    """Entries of a request, a counter, its acceptance and a conditional promise to another."""
    speaker = {"speaker": {"name": "A Person", "office": "Minister"}, "note": "told on the phone"}
    asked = opening(
        "request",
        by="XAA",
        performer="XAB",
        record=speaker,
        terms=Terms("words of a person", When.parse("2026"), theme="human-rights"),
    )
    countered = answer(
        asked, "counter", by="XAB", terms=Terms("other words", When.parse("2027-01"))
    )
    accepted = answer(asked, "accept", by="XAA", day="2025-11-27", answers=countered.move.move_id)
    pledged = answer(
        asked, "promise", by="XAB", to=("XAC",), terms=Terms("x", condition=Condition("ab" * 32))
    )
    return [told.entry for told in append_moves([asked, countered, accepted, pledged])]


def what_stands() -> list[tuple[object, ...]]:
    strands = Strand.objects.order_by("requester").values_list(
        "requester", "standing", "marks", "due"
    )
    periods = Period.objects.order_by("requester", "true_from", "known_from").values_list(
        "requester", "standing", "marks", "due", "true_from", "true_to", "known_from", "known_to"
    )
    return [*strands, *periods]


def test_erase_removes_the_words_and_leaves_the_standing():
    entries = conversation()
    before = what_stands()

    done = erase(order(*entries))

    assert what_stands() == before
    assert set(Payload.objects.values_list("entry_id", flat=True)) == {done.id}
    for move in RecordedMove.objects.all():
        assert (move.what, move.speaker, move.note) in [("…", {}, ""), ("", {}, "")]
        assert move.erased_by_id == done.id
    undertaking = Undertaking.objects.get()
    assert (undertaking.what, undertaking.titles, undertaking.theme) == ("", {}, "")
    assert not Payload.objects.filter(act__contains=b"words of a person").exists()
    told = verify()
    assert told.holds
    assert told.erased == 4


@pytest.mark.parametrize("chosen", [(0,), (1,), (3,), (0, 1, 2, 3)])
def test_rebuild_after_an_erasure_gives_the_same_rows(chosen):
    entries = conversation()
    erase(order(*(entries[i] for i in chosen)))

    assert rebuild().is_same
    assert rebuild().is_same


def test_erase_entry_says_who_and_on_which_basis_and_none_of_the_words():
    entries = conversation()

    done = erase(order(entries[0], basis=f"  {LAW} ", by=(7, 8)))

    entry = Entry.objects.get(pk=done.id)
    act = canonical.loads(bytes(entry.payload.act))
    assert (act["requested_by"], act["approved_by"]) == (7, 8)
    assert legal_basis_of(entry) == (LAW, done.recorded_at)
    assert b"words" not in bytes(entry.payload.act)
    assert b"Person" not in bytes(entry.payload.act)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"by": (3, 3)}, TwoPersonsError),
        ({"basis": " "}, LegalBasisError),
        ({"basis": ""}, LegalBasisError),
    ],
)
def test_erase_needs_two_persons_and_a_law(wrong, error):
    entries = conversation()

    with pytest.raises(error, match=r".+\."):
        erase(order(entries[0], **wrong))

    assert Payload.objects.count() == 4
    assert not Entry.objects.filter(kind="erase").exists()


def test_erase_refuses_what_is_no_move_was_erased_or_lies_elsewhere():
    entries = conversation()
    (hidden,) = append_moves([opening("request", by="XAA", performer="XAB")], compartment="hidden")
    done = erase(order(entries[1]))

    for wrong in (
        (entries[1],),
        (done.id,),
        (entries[0], hidden.entry),
        (10**9,),
        (),
        (entries[0], 5),
    ):
        with pytest.raises(NotErasableError):
            erase(order(*wrong))
    assert Entry.objects.filter(kind="erase").count() == 1


def test_erase_takes_so_many_at_once_and_no_more(monkeypatch):
    asked = opening("request", by="XAA", performer="XAB")
    more = [answer(asked, "acknowledge", by="XAB") for _ in range(MOST_AT_ONCE)]
    entries = [told.entry for told in append_moves([asked, *more])]

    with pytest.raises(NotErasableError):
        erase(order(*entries))
    erase(order(*entries[:MOST_AT_ONCE]))
    erase(order(entries[-1]))

    assert Payload.objects.count() == 2
    assert verify().erased == MOST_AT_ONCE + 1
    assert rebuild().is_same


def test_erase_entry_of_the_longest_moves_still_fits():
    asked = opening("request", by=f"XAA.{'a' * 36}", performer=f"XAB.{'b' * 36}")
    more = [
        answer(asked, "counter", by=asked.move.performer, to=(f"XAA.{'c' * 36}",),
               answers=asked.move.move_id, terms=Terms("w", When.parse("2026-01-01"),
                                                       Condition("ab" * 32)))
        for _ in range(MOST_AT_ONCE - 1)
    ]  # fmt: skip
    entries = [told.entry for told in append_moves([asked, *more])]

    done = erase(order(*entries))

    size = len(bytes(Payload.objects.get(entry=done.id).act))
    assert size < canonical.MAX_BYTES


def test_payload_is_deleted_by_no_other_way():
    entries = conversation()
    done = erase(order(entries[1]))

    for statement in (
        f"DELETE FROM register_payload WHERE entry_id = {entries[0]}",
        f"SET LOCAL ikrar.erase_entry = '{done.id}'; "
        f"DELETE FROM register_payload WHERE entry_id = {entries[0]}",
        f"SELECT register_erase_payloads({done.id}, ARRAY[{entries[0]}])",
        f"SELECT register_erase_payloads({entries[2]}, ARRAY[{entries[0]}])",
        f"SELECT register_erase_payloads({done.id}, ARRAY[{done.id}])",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Payload.objects.count() == 4


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.usefixtures("as_owner")
def test_payload_is_not_deleted_by_the_owner_of_the_tables_either():
    entries = conversation()

    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute("DELETE FROM register_payload")

    assert Payload.objects.count() == 4
    tamper(f"DELETE FROM register_payload WHERE entry_id = {entries[0]}")
    assert [fault.code for fault in verify().faults] == ["lost"]


def test_erase_leaves_nothing_half_done(monkeypatch):
    entries = conversation()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(erasing, "project_erasure", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        erase(order(entries[0]))

    assert Payload.objects.count() == 4
    assert not Entry.objects.filter(kind="erase").exists()
    assert verify().holds
