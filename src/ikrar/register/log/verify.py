"""Verify: is every row of the log still what was appended, in the order it was appended?

Finds any changed, missing, inserted or reordered row and names the first of each chain. Two things
no chain can show by itself: a cut tail together with its head row, and a suffix rewritten and
hashed anew. For these, `verify(head=…)` checks a head that was printed on a brief or receipted by
a peer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from ikrar.kernel import canonical
from ikrar.register.log.chain import Head, digest, following
from ikrar.register.models import EntryKind

BATCH = 5_000
BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fault:
    """The first row of a chain that is not what was appended; `code` says in which way."""

    compartment: str
    seq: int
    code: str

    def __str__(self) -> str:
        """Say the fault in a sentence."""
        return f"{self.compartment} {self.seq}: {SENTENCES[self.code]}"


SENTENCES = {
    "gap": "a row is missing, inserted or out of order here.",
    "prev": "the row does not name the hash of the row before it.",
    "header": "the row's columns do not give its hash: a column was changed.",
    "time": "the row is not later than the row before it.",
    "act": "the act's bytes do not give the hash that the row holds.",
    "record": "the local record's bytes do not give the hash that the row holds.",
    "lost": "the payload is gone, and no erase entry says so.",
    "returned": "a payload is there that an erase entry had removed.",
    "unreadable": "an erase entry cannot be read.",
    "id": "the row's local number is not later than that of the row before it.",
    "head": "the chain does not end where its head says: its tail was cut or added to.",
    "unchained": "rows exist for a compartment that has no chain.",
    "unknown-head": "the log does not hold the head that was given: it was cut or rewritten.",
}


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found: rows read, payloads erased by law, heads, and the faults."""

    rows: int
    erased: int
    heads: tuple[Head, ...]
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Whether every chain is whole."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class _Row:
    compartment: str
    seq: int
    kind: str
    prev: bytes
    hash: bytes
    act_hash: bytes
    record_hash: bytes
    recorded_at: datetime
    id: int
    act: bytes | None
    record: bytes | None


def verify(*, compartment: str | None = None, head: tuple[int, str] | None = None) -> Verification:
    """Check one chain, or all; `head` is (seq, hash in hex) of `compartment`, known elsewhere."""
    rows = erased = 0
    heads: list[Head] = []
    faults: list[Fault] = []
    with transaction.atomic():
        _hold_still()
        for chain in _chains(compartment):
            result = _verify_chain(*chain, head=head)
            rows, erased = rows + result.rows, erased + result.erased
            heads += result.heads
            faults += result.faults
        faults += [Fault(name, 1, "unchained") for name in _unchained(compartment)]
    if head and not heads:
        faults.append(Fault(compartment or "?", head[0], "unknown-head"))
    return Verification(rows, erased, tuple(heads), tuple(faults))


def _hold_still() -> None:
    """Read everything as of one instant (outermost transactions only), however long it takes."""
    with connection.cursor() as cursor:
        if len(connection.savepoint_ids) == 0:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")


def _verify_chain(
    name: str, genesis: bytes, end: Head, *, head: tuple[int, str] | None
) -> Verification:
    erased_by = _erasures(name)
    if isinstance(erased_by, Fault):
        return Verification(0, 0, (end,), (erased_by,))
    at = Head(name, 0, genesis, BEGINNING)
    rows = erased = last_id = 0
    met_head = head is None or head == (0, genesis.hex())
    for row in _rows(name):
        code = _fault_of(row, at, erased_by) or ("id" if row.id <= last_id else None)
        if code:
            return Verification(rows, erased, (end,), (Fault(name, at.seq + 1, code),))
        rows, last_id = rows + 1, row.id
        erased += row.act is None
        at = Head(name, row.seq, row.hash, row.recorded_at)
        met_head = met_head or head == (row.seq, row.hash.hex())
    if (at.seq, at.hash) != (end.seq, end.hash) or (rows and at.recorded_at != end.recorded_at):
        return Verification(rows, erased, (end,), (Fault(name, at.seq + 1, "head"),))
    if not met_head and head:
        return Verification(rows, erased, (end,), (Fault(name, head[0], "unknown-head"),))
    return Verification(rows, erased, (end,), ())


def _fault_of(row: _Row, at: Head, erased_by: dict[int, int]) -> str | None:
    expected = following(
        at,
        kind=row.kind,
        act_hash=row.act_hash,
        record_hash=row.record_hash,
        recorded_at=row.recorded_at,
    )
    if row.seq != at.seq + 1:
        return "gap"
    if row.prev != at.hash:
        return "prev"
    if at.seq and row.recorded_at < at.recorded_at:
        return "time"
    if row.hash != expected.hash:
        return "header"
    return _payload_fault(row, erased_by)


def _payload_fault(row: _Row, erased_by: dict[int, int]) -> str | None:
    is_erased = erased_by.get(row.seq, 0) > row.seq
    if row.act is None or row.record is None:
        return None if is_erased else "lost"
    if is_erased:
        return "returned"
    if digest(row.act) != row.act_hash:
        return "act"
    return "record" if digest(row.record) != row.record_hash else None


def _erasures(name: str) -> dict[int, int] | Fault:
    """Which rows were erased by which later row: {seq erased: seq of the erase entry}."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.seq, p.act
            FROM register_entry e LEFT JOIN register_payload p ON p.entry_id = e.id
            WHERE e.compartment = %s AND e.kind = %s ORDER BY e.seq
            """,
            [name, EntryKind.ERASE.value],
        )
        found: dict[int, int] = {}
        for seq, act in cursor.fetchall():
            try:
                told: Any = canonical.loads(bytes(act))
                found |= {erasure["seq"]: seq for erasure in told["erased"]}
            except (canonical.CanonicalError, KeyError, TypeError):
                return Fault(name, seq, "unreadable")
    return found


def _rows(name: str) -> Iterator[_Row]:
    """Read a chain in order, in batches by `seq`, so that memory stays flat."""
    after = -(2**62)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT e.compartment, e.seq, e.kind, e.prev, e.hash, e.act_hash, e.record_hash,
                       e.recorded_at, e.id, p.act, p.record
                FROM register_entry e LEFT JOIN register_payload p ON p.entry_id = e.id
                WHERE e.compartment = %s AND e.seq > %s ORDER BY e.seq LIMIT %s
                """,
                [name, after, BATCH],
            )
            batch = [_Row(*map(_plain, row)) for row in cursor.fetchall()]
        yield from batch
        if len(batch) < BATCH:
            return
        after = batch[-1].seq


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _chains(compartment: str | None) -> list[tuple[str, bytes, Head]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT compartment, genesis, seq, head, recorded_at FROM register_chain"
            " WHERE %s::text IS NULL OR compartment = %s ORDER BY compartment",
            [compartment, compartment],
        )
        return [
            (name, bytes(genesis), Head(name, seq, bytes(end), moment))
            for name, genesis, seq, end, moment in cursor.fetchall()
        ]


def _unchained(compartment: str | None) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT compartment FROM register_entry e WHERE (%s::text IS NULL OR"
            " compartment = %s) AND NOT EXISTS (SELECT 1 FROM register_chain c"
            " WHERE c.compartment = e.compartment)",
            [compartment, compartment],
        )
        return [name for (name,) in cursor.fetchall()]
