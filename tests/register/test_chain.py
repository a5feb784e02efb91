"""The bytes of the chain: what is hashed, and what one compartment tells of another."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.register.moves import answer, opening

from ikrar.kernel import canonical
from ikrar.register.log.append import hold_chain
from ikrar.register.log.chain import DOMAIN, Head, digest, following, header_bytes, instant
from ikrar.register.log.moves import append_moves
from ikrar.register.models import Chain, Entry, EntryKind

HASHES = st.binary(min_size=32, max_size=32)
INSTANTS = st.datetimes(timezones=st.just(UTC), min_value=datetime(1000, 1, 1))  # noqa: DTZ001
NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,39}", fullmatch=True)
NOON = datetime(2025, 11, 24, 12, tzinfo=UTC)


@given(
    NAMES, st.integers(0, 2**53 - 2), HASHES, HASHES, HASHES, INSTANTS, st.sampled_from(EntryKind)
)
def test_header_is_the_canonical_form_of_its_columns(name, seq, prev, act, record, at, kind):
    head = Head(name, seq, prev, NOON)

    written = header_bytes(head, kind=kind.value, act_hash=act, record_hash=record, recorded_at=at)

    assert written == canonical.dumps(
        {
            "v": 1,
            "compartment": name,
            "seq": seq + 1,
            "kind": kind.value,
            "prev": prev.hex(),
            "act": act.hex(),
            "record": record.hex(),
            "recorded_at": instant(at),
        }
    )


def test_instant_is_written_in_utc_to_the_microsecond():
    jakarta = timezone(timedelta(hours=7))

    assert instant(datetime(2025, 11, 24, 7, 5, 1, 20, tzinfo=jakarta)) == (
        "2025-11-24T00:05:01.000020Z"
    )


def test_following_hashes_the_header_in_its_own_domain():
    head = Head("general", 4, b"\1" * 32, NOON)
    columns = {"kind": "move", "act_hash": b"\2" * 32, "record_hash": b"\3" * 32}
    later = NOON + timedelta(seconds=1)

    after = following(head, recorded_at=later, **columns)

    header = header_bytes(head, recorded_at=later, **columns)
    assert after == Head("general", 5, hashlib.sha256(b"ikrar-log-1\0" + header).digest(), later)
    assert DOMAIN == b"ikrar-log-1\0"


@pytest.mark.django_db
def test_chain_begins_at_a_random_place():
    heads = [hold_chain(name) for name in ("general", "kemlu")]

    assert [h.seq for h in heads] == [0, 0]
    assert len({h.hash for h in heads}) == 2
    assert all(len(h.hash) == 32 and any(h.hash) for h in heads)
    assert bytes(Chain.objects.get(compartment="kemlu").genesis) == heads[1].hash


@pytest.mark.django_db
def test_compartments_tell_nothing_of_one_another():
    asked = opening("request", by="IDN", performer="KHM")
    hidden = opening("request", by="IDN", performer="KHM", level="secret")
    append_moves([asked])
    before = Chain.objects.get(compartment="general")

    append_moves([hidden, answer(hidden, "promise", by="KHM")], compartment="secret-1")

    assert Chain.objects.get(compartment="general").seq == before.seq == 1
    append_moves([answer(asked, "acknowledge", by="KHM")])
    general = Entry.objects.filter(compartment="general").order_by("seq")
    assert [row.seq for row in general] == [1, 2]
    assert bytes(general[1].prev) == bytes(general[0].hash) == bytes(before.head)


@pytest.mark.django_db
def test_append_holds_the_hashes_of_both_payloads():
    append_moves([opening("request", by="IDN", performer="KHM")])

    entry = Entry.objects.select_related("payload").get()
    assert bytes(entry.act_hash) == digest(bytes(entry.payload.act))
    assert bytes(entry.record_hash) == digest(bytes(entry.payload.record))
