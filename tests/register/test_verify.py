"""Verify finds every change that a chain can show, and names the first row."""

import hashlib
import sys
import time

import psutil
import pytest
from django.db import connection
from tests.register.moves import answer, opening
from tests.register.tampering import tamper

from ikrar.register.log import verify as verifying
from ikrar.register.log.annul import AnnulOrder, annul
from ikrar.register.log.append import NewEntry, append_entries
from ikrar.register.log.chain import Head, following
from ikrar.register.log.erase import EraseOrder, erase
from ikrar.register.log.moves import append_moves
from ikrar.register.log.verify import SENTENCES, Fault, verify
from ikrar.register.models import Chain, Entry, EntryKind

pytestmark = [
    pytest.mark.django_db(databases=["default", "owner"]),
    pytest.mark.usefixtures("as_owner"),
]


@pytest.fixture
def log() -> list[Entry]:
    """Six rows in `general`: four moves, one annulled and one erased; two rows elsewhere."""
    asked = opening("request", by="IDN", performer="KHM")
    told = append_moves(
        [asked, *(answer(asked, kind, by="KHM") for kind in ("acknowledge", "promise", "report"))]
    )
    hidden = opening("offer", by="KHM", performer="KHM")
    append_moves([hidden, answer(hidden, "acknowledge", by="IDN")], compartment="kemlu")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE put_aside AS SELECT entry_id AS id, act, record"
            " FROM register_payload WHERE entry_id = %s",
            [told[3].entry],
        )
    annul(AnnulOrder(told[1].entry, account=None, reason="told of another State"))
    erase(EraseOrder([told[3].entry], "a person's right", requested_by=1, approved_by=2))
    return list(Entry.objects.filter(compartment="general").order_by("seq"))


def test_verify_holds_for_what_was_appended(log):
    found = verify()

    assert found.holds
    assert (found.rows, found.erased) == (8, 1)
    assert [(h.compartment, h.seq) for h in found.heads] == [("general", 6), ("kemlu", 2)]


TAMPERINGS = {
    # what is done: (statements, the first row at fault, which fault)
    "another act": (["UPDATE register_payload SET act = act || ' ' WHERE entry_id = {3}"], 3,
                    "act"),
    "another record": (["UPDATE register_payload SET record = '{{}}' WHERE entry_id = {3}"], 3,
                       "record"),
    "acts exchanged": (["UPDATE register_payload p SET act = o.act FROM register_payload o WHERE "
                        "(p.entry_id, o.entry_id) IN (({1}, {2}), ({2}, {1}))"], 1, "act"),
    "another kind": (["UPDATE register_entry SET kind = 'freeze' WHERE id = {2}"], 2, "header"),
    "another instant": (["UPDATE register_entry SET recorded_at = recorded_at + '1 us' "
                         "WHERE id = {2}"], 2, "header"),
    "an earlier instant": (["UPDATE register_entry SET recorded_at = recorded_at - '1 h'::interval "
                            "WHERE id = {2}"], 2, "time"),
    "another prev": (["UPDATE register_entry SET prev = hash WHERE id = {3}"], 3, "prev"),
    "another hash": (["UPDATE register_entry SET hash = prev WHERE id = {3}"], 3, "header"),
    "another act_hash": (["UPDATE register_entry SET act_hash = hash WHERE id = {4}"], 4, "header"),
    "another record_hash": (["UPDATE register_entry SET record_hash = hash WHERE id = {4}"], 4,
                            "header"),
    "another seq": (["UPDATE register_entry SET seq = 77 WHERE id = {2}"], 2, "gap"),
    "another compartment": (["UPDATE register_entry SET compartment = 'kemlu', seq = 3 "
                             "WHERE id = {5}"], 5, "gap"),
    "another id": (["UPDATE register_payload SET entry_id = 999999999 WHERE entry_id = {1}",
                    "UPDATE register_recordedmove SET entry_id = 999999999 WHERE entry_id = {1}",
                    "UPDATE register_entry SET id = 999999999 WHERE id = {1}"], 2, "id"),
    "a row removed": (["DELETE FROM register_payload WHERE entry_id = {5}",
                       "DELETE FROM register_annulment",
                       "DELETE FROM register_entry WHERE id = {5}"], 5, "gap"),
    "a row put in": (["UPDATE register_entry SET seq = seq + 100 WHERE seq > 2 AND "
                      "compartment = 'general'",
                      "UPDATE register_entry SET seq = seq - 99 WHERE seq > 100",
                      "INSERT INTO register_entry (compartment, seq, kind, prev, hash, act_hash, "
                      "record_hash, recorded_at) SELECT compartment, 3, kind, hash, hash, act_hash,"
                      " record_hash, recorded_at FROM register_entry WHERE id = {2}"], 3, "header"),
    "a row twice": (["INSERT INTO register_entry (compartment, seq, kind, prev, hash, act_hash, "
                     "record_hash, recorded_at) SELECT compartment, 7, kind, prev, hash, act_hash, "
                     "record_hash, recorded_at FROM register_entry WHERE id = {5}"], 7, "prev"),
    "rows exchanged": (["UPDATE register_entry SET seq = 50 WHERE id = {2}",
                        "UPDATE register_entry SET seq = 2 WHERE id = {3}",
                        "UPDATE register_entry SET seq = 3 WHERE id = {2}"], 2, "prev"),
    "a payload removed": (["DELETE FROM register_payload WHERE entry_id = {3}"], 3, "lost"),
    "a payload put back": (["INSERT INTO register_payload SELECT {4}, act, record FROM "
                            "register_payload WHERE entry_id = {3}"], 4, "returned"),
    "an erase entry emptied": (["DELETE FROM register_payload WHERE entry_id = {6}"], 6,
                               "unreadable"),
    "an erase entry that names more": (
        ["UPDATE register_payload SET act = convert_to(replace(convert_from(act, 'UTF8'), "
         "'\"seq\":4', '\"seq\":3'), 'UTF8') WHERE entry_id = {6}"], 3, "returned"),
    "another genesis": (["UPDATE register_chain SET genesis = head"], 1, "prev"),
    "another head": (["UPDATE register_chain SET head = genesis"], 7, "head"),
    "another number in the head": (["UPDATE register_chain SET seq = seq + 1"], 7, "head"),
    "another instant in the head": (["UPDATE register_chain SET recorded_at = now() + '1 day'"], 7,
                                    "head"),
    "a chain renamed": (["UPDATE register_chain SET compartment = 'other' "
                         "WHERE compartment = 'general'"], 1, "unchained"),
    "a chain removed": (["DELETE FROM register_chain WHERE compartment = 'general'"], 1,
                        "unchained"),
    "a tail cut": (["DELETE FROM register_payload WHERE entry_id = {6}",
                    "UPDATE register_recordedmove SET erased_by_id = NULL",
                    "DELETE FROM register_entry WHERE id = {6}"], 4, "lost"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_verify_names_the_first_row_that_was_changed(name, log):
    statements, seq, code = TAMPERINGS[name]
    ids = [0, *(entry.id for entry in log)]

    tamper(*(statement.format(*ids) for statement in statements))

    faults = {(f.compartment, f.seq, f.code) for f in verify().faults}
    assert ("general", seq, code) in faults
    assert len([f for f in faults if f[0] == "general"]) == 1
    assert not verify(compartment="general").holds


def test_verify_finds_a_tail_cut_without_the_chain_row(log):
    cut_tail()

    assert [(f.compartment, f.seq, f.code) for f in verify().faults] == [("general", 5, "head")]


def test_verify_cannot_see_a_tail_cut_with_its_head_but_a_printed_head_shows_it(log):
    printed = Head("general", 6, bytes(log[5].hash), log[5].recorded_at)
    kept = log[3]
    cut_tail()
    move_head(kept.seq, bytes(kept.hash))

    assert verify().holds
    assert verify(compartment="general", head=(4, bytes(kept.hash).hex())).holds
    found = verify(compartment="general", head=(printed.seq, printed.hash.hex()))
    assert [(f.seq, f.code) for f in found.faults] == [(6, "unknown-head")]


def test_verify_cannot_see_a_suffix_hashed_anew_but_a_printed_head_shows_it(log):
    printed = (6, bytes(log[5].hash).hex())
    rewrite_suffix(log, begin=2)

    assert verify().holds
    found = verify(compartment="general", head=printed)
    assert [(f.seq, f.code) for f in found.faults] == [(6, "unknown-head")]
    assert verify(compartment="general", head=(1, bytes(log[0].hash).hex())).holds


def cut_tail() -> None:
    """Cut the annulment and the erasure, and put back what had been erased, as before them."""
    rows = "(SELECT id FROM register_entry WHERE compartment = 'general' AND seq >= 5)"
    tamper(
        "UPDATE register_recordedmove SET erased_by_id = NULL",
        "INSERT INTO register_payload SELECT id, act, record FROM put_aside",
        f"DELETE FROM register_annulment WHERE entry_id IN {rows}",
        f"DELETE FROM register_payload WHERE entry_id IN {rows}",
        f"DELETE FROM register_entry WHERE id IN {rows}",
    )


def move_head(seq: int, row_hash: bytes) -> None:
    at = f"(SELECT recorded_at FROM register_entry WHERE compartment = 'general' AND seq = {seq})"
    tamper(
        f"UPDATE register_chain SET seq = {seq}, head = '\\x{row_hash.hex()}', recorded_at = {at}"
        " WHERE compartment = 'general'",
    )


def rewrite_suffix(log: list[Entry], begin: int) -> None:
    """Do what somebody would who holds the owner's role and this program: another act, all anew."""
    act = b'{"forged":true}'
    before = log[begin - 2]
    head = Head("general", before.seq, bytes(before.hash), before.recorded_at)
    statements = [
        f"UPDATE register_payload SET act = '{act.decode()}' WHERE entry_id = {log[1].id}"
    ]
    for row in log[begin - 1 :]:
        act_hash = hashlib.sha256(act).digest() if row.seq == begin else bytes(row.act_hash)
        after = following(
            head,
            kind=row.kind,
            act_hash=act_hash,
            record_hash=bytes(row.record_hash),
            recorded_at=row.recorded_at,
        )
        statements.append(
            f"UPDATE register_entry SET prev = '\\x{head.hash.hex()}',"
            f" hash = '\\x{after.hash.hex()}', act_hash = '\\x{act_hash.hex()}' WHERE id = {row.id}"
        )
        head = after
    tamper(*statements)
    move_head(head.seq, head.hash)


def test_verify_takes_any_row_of_the_chain_as_a_known_head(log):
    for row in log:
        assert verify(compartment="general", head=(row.seq, bytes(row.hash).hex())).holds
    genesis = bytes(Chain.objects.get(compartment="general").genesis).hex()
    assert verify(compartment="general", head=(0, genesis)).holds


@pytest.mark.parametrize(
    ("compartment", "seq"), [("general", 3), ("general", 99), ("general", 0), ("nowhere", 1)]
)
def test_verify_refuses_a_head_that_the_log_does_not_hold(log, compartment, seq):
    found = verify(compartment=compartment, head=(seq, "ab" * 32))

    assert [(f.compartment, f.seq, f.code) for f in found.faults] == [
        (compartment, seq, "unknown-head")
    ]


def test_verify_reads_one_compartment_alone(log):
    tamper("UPDATE register_chain SET head = genesis WHERE compartment = 'kemlu'")

    assert verify(compartment="general").rows == 6
    assert verify(compartment="general").holds
    assert [f.compartment for f in verify().faults] == ["kemlu"]


def test_verify_reads_in_batches_what_it_reads_at_once(log, monkeypatch):
    whole = verify()
    for size in (1, 2, 3, 6, 7):
        monkeypatch.setattr(verifying, "BATCH", size)
        assert verify() == whole


def test_verify_is_not_cut_short_by_the_time_limit_of_the_application(log):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '30s'")
        verify()
        cursor.execute("SHOW statement_timeout")  # the transaction of the verification goes on
        assert cursor.fetchone() == ("0",)


@pytest.mark.parametrize("code", SENTENCES)
def test_fault_is_a_sentence_that_names_its_row(code):
    words = str(Fault("general", 12, code))

    assert words.startswith("general 12: ")
    assert words.endswith(".")


@pytest.mark.long
def test_verify_reads_a_long_chain_in_flat_memory(capsys):
    rows, at_once = 100_000, 2_000
    for start in range(0, rows, at_once):
        append_entries(
            "long",
            [
                NewEntry(EntryKind.FREEZE, b'{"n":%d}' % n, b"a record of the usual length" * 10)
                for n in range(start, start + at_once)
            ],
        )
    process = psutil.Process()
    verify(compartment="long", head=(1, "ab" * 32))
    before, begun = process.memory_info().rss, time.monotonic()

    found = verify()

    grown = (process.memory_info().rss - before) / 2**20
    with capsys.disabled():
        rate = rows / (time.monotonic() - begun)
        sys.stdout.write(f"\nverified {rows:,} rows, {rate:,.0f} a second, {grown:.1f} MiB more\n")
    assert found.holds
    assert found.rows == rows
    assert grown < 16
