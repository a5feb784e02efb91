"""The log takes rows in order and nothing else, and standings follow every append."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from tests.register.moves import answer, opening

from ikrar.kernel.evidence import EvidenceGrade
from ikrar.register.log import moves
from ikrar.register.log.append import AppendOutsideTransactionError, NewEntry, append_entries
from ikrar.register.log.erase import EraseOrder, erase
from ikrar.register.log.moves import MoveElsewhereError, append_moves
from ikrar.register.log.record import Witness
from ikrar.register.models import Chain, Entry, EntryKind, Payload, Undertaking
from ikrar.register.standing.project import (
    OpeningMissingError,
    PassageUnknownError,
    UndertakingUnknownError,
)

pytestmark = pytest.mark.django_db


def test_append_opens_an_undertaking():
    asked = opening("request", by="IDN", performer="KHM")

    append_moves([asked])

    (undertaking,) = Undertaking.objects.all()
    assert undertaking.opened_by == asked.move.move_id
    assert undertaking.standing == "requested"
    assert undertaking.requesters == ["IDN"]


def test_append_numbers_rows_without_gap():
    asked = opening("request", by="IDN", performer="KHM")
    append_moves([asked, answer(asked, "acknowledge", by="KHM")])
    append_moves([answer(asked, "promise", by="KHM")])

    rows = Entry.objects.order_by("seq")
    assert [row.seq for row in rows] == [1, 2, 3]
    assert [bytes(row.prev) for row in rows][1:] == [bytes(row.hash) for row in rows][:-1]
    assert Chain.objects.get().seq == 3


@pytest.mark.parametrize("table", ["register_entry", "register_payload", "register_chain"])
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_log_refuses_change(table, change):
    append_moves([opening("request", by="IDN", performer="KHM")])
    column = {"register_entry": "kind", "register_payload": "act", "register_chain": "head"}[table]

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table, column, column))

    assert (Entry.objects.count(), Payload.objects.count()) == (1, 1)


def test_append_sent_again_gives_what_lies_in_the_log():
    asked = opening("request", by="IDN", performer="KHM", record={"note": "the first time"})
    promised = answer(asked, "promise", by="KHM")
    first = append_moves([asked, promised])

    again = append_moves(
        [promised, replace(asked, record=replace(asked.record, note="another time"))]
    )

    assert [told.entry for told in again] == [first[1].entry, first[0].entry]
    assert again[1].record == asked.record
    assert again[1].recorded_at == first[0].recorded_at
    assert Entry.objects.count() == 2


def test_append_sent_again_in_part_adds_what_was_not_there():
    asked = opening("request", by="IDN", performer="KHM")
    append_moves([asked])

    told = append_moves([asked, answer(asked, "promise", by="KHM")])

    assert [each.entry for each in told] == list(
        Entry.objects.order_by("seq").values_list("pk", flat=True)
    )
    assert Undertaking.objects.get().standing == "promised"


def test_append_of_the_same_move_twice_in_one_batch_keeps_it_once():
    asked = opening("request", by="IDN", performer="KHM")

    one, other = append_moves([asked, asked])

    assert one == other
    assert Entry.objects.count() == 1


def test_append_sent_again_after_the_erasure_stays_erased():
    asked = opening("request", by="IDN", performer="KHM")
    (told,) = append_moves([asked])
    erase(EraseOrder([told.entry], "a law", requested_by=1, approved_by=2))

    assert append_moves([asked])[0].entry == told.entry
    assert Payload.objects.filter(entry=told.entry).count() == 0


def test_append_refuses_what_lies_in_another_compartment():
    asked = opening("request", by="IDN", performer="KHM", level="secret")
    append_moves([asked], compartment="kemlu")

    with pytest.raises(MoveElsewhereError, match=r"\.$"), transaction.atomic():
        append_moves([asked])
    with pytest.raises(UndertakingUnknownError, match=r"\.$"), transaction.atomic():
        append_moves([answer(asked, "promise", by="KHM")])
    assert not Entry.objects.filter(compartment="general").exists()


def test_append_refuses_a_move_about_nothing_known():
    with pytest.raises(UndertakingUnknownError), transaction.atomic():
        append_moves([answer(opening("request", by="IDN", performer="KHM"), "promise", by="KHM")])
    assert not Entry.objects.exists()


def test_append_refuses_an_opening_without_a_symbol():
    asked = opening("request", by="IDN", performer="KHM", record={"opening": None})

    with pytest.raises(OpeningMissingError), transaction.atomic():
        append_moves([asked])
    assert not Entry.objects.exists()


def test_append_refuses_a_passage_that_is_not_kept():
    witness = Witness("ab" * 32, 0, 4, EvidenceGrade.PRESS, "request", hedged=False)
    asked = opening("request", by="IDN", performer="KHM", record={"witnesses": (witness,)})

    with pytest.raises(PassageUnknownError), transaction.atomic():
        append_moves([asked])
    assert not Entry.objects.exists()


def test_append_of_nothing_adds_nothing():
    assert append_moves([], compartment="new") == []
    assert not Entry.objects.exists()
    assert not Chain.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_append_of_entries_needs_a_transaction():
    with pytest.raises(AppendOutsideTransactionError):
        append_entries("general", [NewEntry(EntryKind.FREEZE, b"{}", b"{}")])


def test_listener_hears_of_what_was_appended_and_of_nothing_twice(monkeypatch):
    heard: list[list[str]] = []
    monkeypatch.setattr(moves, "_listeners", [])
    moves.on_append(lambda told: heard.append([t.move.move_id for t in told]))
    asked = opening("request", by="IDN", performer="KHM")

    append_moves([asked])
    append_moves([asked])

    assert heard == [[asked.move.move_id]]


def test_instants_of_a_chain_only_grow():
    asked = opening("request", by="IDN", performer="KHM")
    append_moves([asked])
    for _ in range(20):
        append_moves([answer(asked, "acknowledge", by="KHM") for _ in range(2)])

    instants = list(Entry.objects.order_by("seq").values_list("recorded_at", flat=True))
    assert instants == sorted(instants)
    assert len(set(instants)) == 21


COLUMNS = "compartment, seq, kind, prev, hash, act_hash, record_hash, recorded_at"
LAST = "FROM register_chain"


@pytest.mark.parametrize(
    "values",
    [
        f"SELECT 'general', seq + 2, 'move', head, head, head, head, now() {LAST}",
        f"SELECT 'general', seq, 'move', head, head, head, head, now() {LAST}",
        f"SELECT 'general', seq + 1, 'move', genesis, head, head, head, now() {LAST}",
        f"SELECT 'general', seq + 1, 'move', head, head, head, head, recorded_at {LAST}",
        f"SELECT 'general', seq + 1, 'other', head, head, head, head, now() {LAST}",
        f"SELECT 'Not A Name', 1, 'move', head, head, head, head, now() {LAST}",
        f"SELECT 'unheld', 1, 'move', head, head, head, head, now() {LAST}",
    ],
    ids=["gap", "again", "prev", "instant", "kind", "name", "without a chain"],
)
def test_database_lets_in_only_the_row_that_follows(values):
    append_moves([opening("request", by="IDN", performer="KHM")])

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO register_entry ({COLUMNS}) {values}")

    assert Entry.objects.count() == 1


@pytest.mark.permission
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register_entry SET kind = 'freeze'",
        "DELETE FROM register_payload",
        "TRUNCATE register_entry CASCADE",
        "INSERT INTO register_chain VALUES ('x', '', 0, '', now())",
        "ALTER TABLE register_entry DISABLE TRIGGER ALL",
        "ALTER TABLE register_entry DISABLE TRIGGER entry_never_changes",
        "ALTER TABLE register_entry ADD COLUMN more text",
        "DROP TABLE register_payload",
        "DROP TRIGGER entry_never_changes ON register_entry",
        "DROP FUNCTION register_refuse_change() CASCADE",
        "CREATE OR REPLACE FUNCTION register_refuse_change() RETURNS trigger LANGUAGE sql AS ''",
        "SELECT register_entry_follows()",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (here text)",
        "SET ROLE {owner}",
        "LOCK TABLE register_entry IN ACCESS EXCLUSIVE MODE",
    ],
)
def test_application_may_do_nothing_to_the_log_but_add(statement, django_db_setup):
    append_moves([opening("request", by="IDN", performer="KHM")])
    owner, _ = django_db_setup.roles

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(owner=owner))

    assert (Entry.objects.count(), Payload.objects.count()) == (1, 1)
