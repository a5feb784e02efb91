"""Append: the only way into the log."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from ikrar.register.errors import SentenceError
from ikrar.register.log.chain import Head, digest, following
from ikrar.register.models import EntryKind


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry about to be appended: its kind and its two payloads (canonical, salted)."""

    kind: EntryKind
    act: bytes
    record: bytes


@dataclass(frozen=True, slots=True)
class Appended:
    """Where an entry came to lie. `recorded_at` is one instant for everything in one append."""

    id: int
    seq: int
    recorded_at: datetime
    act_hash: bytes


def append_entries(compartment: str, entries: Sequence[NewEntry]) -> list[Appended]:
    """Append entries to one chain, in order, in the caller's transaction.

    The chain is held until that transaction ends, so rows become visible in order: whoever
    follows the chain by `seq` misses nothing, and the numbers have no gap.
    """
    if not transaction.get_connection().in_atomic_block:
        raise AppendOutsideTransactionError
    if not entries:
        return []
    head = hold_chain(compartment)
    hashes = [(digest(e.act), digest(e.record)) for e in entries]
    heads = [head]
    for entry, (act_hash, record_hash) in zip(entries, hashes, strict=True):
        heads.append(
            following(
                heads[-1],
                kind=entry.kind.value,
                act_hash=act_hash,
                record_hash=record_hash,
                recorded_at=head.recorded_at,
            )
        )
    ids = _insert(compartment, entries, hashes, heads)
    return [
        Appended(entry_id, at.seq, head.recorded_at, act_hash)
        for entry_id, at, (act_hash, _) in zip(ids, heads[1:], hashes, strict=True)
    ]


def hold_chain(compartment: str) -> Head:
    """Lock a chain (opened if new) until the transaction ends.

    Returns its head with, as `recorded_at`, the instant that the next append carries.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, head, at FROM register_chain_hold(%s)", [compartment])
        seq, head, moment = cursor.fetchone()
    return Head(compartment, seq, bytes(head), moment)


def _insert(
    compartment: str,
    entries: Sequence[NewEntry],
    hashes: Sequence[tuple[bytes, bytes]],
    heads: Sequence[Head],
) -> list[int]:
    """Insert entries with their payloads, sent as one document: that is what costs least."""
    rows = [
        {
            "seq": at.seq,
            "kind": entry.kind.value,
            "prev": before.hash.hex(),
            "hash": at.hash.hex(),
            "act_hash": act_hash.hex(),
            "record_hash": record_hash.hex(),
            "act": entry.act.hex(),
            "record": entry.record.hex(),
        }
        for entry, (act_hash, record_hash), before, at in zip(
            entries, hashes, heads, heads[1:], strict=False
        )
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [json.dumps(rows), compartment, heads[0].recorded_at])
        return sorted(entry_id for (entry_id,) in cursor.fetchall())


INSERT = """
    WITH new AS (
      SELECT seq, kind, decode(prev, 'hex') AS prev, decode(hash, 'hex') AS hash,
        decode(act_hash, 'hex') AS act_hash, decode(record_hash, 'hex') AS record_hash,
        decode(act, 'hex') AS act, decode(record, 'hex') AS record
      FROM json_to_recordset(%s) AS told (seq bigint, kind text, prev text, hash text,
        act_hash text, record_hash text, act text, record text)
    ), entry AS (
      INSERT INTO register_entry
        (compartment, seq, kind, prev, hash, act_hash, record_hash, recorded_at)
      SELECT %s, seq, kind, prev, hash, act_hash, record_hash, %s FROM new ORDER BY seq
      RETURNING id, seq
    )
    INSERT INTO register_payload (entry_id, act, record)
    SELECT entry.id, new.act, new.record FROM entry JOIN new USING (seq)
    RETURNING entry_id
"""


class AppendOutsideTransactionError(SentenceError):
    """An append needs its caller's transaction: the log and what follows commit together."""
