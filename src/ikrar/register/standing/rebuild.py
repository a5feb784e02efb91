"""Rebuild: drop the projection and compute it again from the log alone."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from ikrar.kernel import canonical
from ikrar.kernel.evidence import Attestation, Classification
from ikrar.kernel.move import Condition, Move, Terms, When
from ikrar.register.log.record import Opening, Record
from ikrar.register.models import (
    Entry,
    EntryKind,
    Payload,
    Undertaking,
)
from ikrar.register.queries.conversations import NO_SALT, WORDS_ERASED
from ikrar.register.standing.project import (
    LoggedMove,
    Struck,
    project_annulment,
    project_erasure_rows,
    project_moves,
)
from ikrar.register.standing.refresh import refresh_from_scratch

BATCH = 2_000
REBUILDING = 0x696B72617272  # the lock that `register_chain_hold` shares (migration 0002)
Progress = Callable[[int], None]

PROJECTED = {
    "register_undertaking": "id",
    "register_strand": "undertaking_id, requester",
    "register_recordedmove": "entry_id",
    "register_annulment": "entry_id",
    "register_evidence": "move_id, passage_id",
    "register_period": "undertaking_id, requester, known_from, true_from, standing",
}


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild made, and whether the rows are the same as before."""

    entries: int
    undertakings: int
    is_same: bool


@transaction.atomic
def rebuild(progress: Progress = lambda _: None) -> Rebuilt:
    """Drop every computed row and compute it anew; appends wait until it is done."""
    _hold_appends()
    before = fingerprint()
    _drop_rows()
    entries = 0
    for batch in _batches():
        _project(batch)
        entries += len(batch)
        progress(entries)
    return Rebuilt(entries, _refresh_all(), before == fingerprint())


def _hold_appends() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REBUILDING])


def _drop_rows() -> None:
    with connection.cursor() as cursor:
        for table in reversed(PROJECTED):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - constants


def _refresh_all() -> int:
    """Compute what stands, everywhere. Returns how many undertakings there are."""
    ids = list(Undertaking.objects.order_by("id").values_list("id", flat=True))
    done: set[int] = set()
    for start in range(0, len(ids), BATCH):
        done |= refresh_from_scratch(set(ids[start : start + BATCH]) - done)
    return len(ids)


def fingerprint() -> str:
    """Hash every computed row, surrogate keys aside, in an order that does not depend on them."""
    summed = hashlib.sha256()
    for table, order in PROJECTED.items():
        with connection.chunked_cursor() as cursor:
            cursor.execute(
                f"SELECT (to_jsonb(t) - CASE WHEN %s THEN '' ELSE 'id' END)::text"  # noqa: S608 - constants
                f" FROM {table} t ORDER BY {order}",
                [table == "register_undertaking"],
            )
            while rows := cursor.fetchmany(BATCH):
                summed.update("\n".join(row for (row,) in rows).encode())
    return summed.hexdigest()


def _batches() -> Iterator[list[Entry]]:
    after = 0
    while True:
        batch = list(Entry.objects.filter(id__gt=after).order_by("id")[:BATCH])
        if not batch:
            return
        yield batch
        after = batch[-1].id


def _project(batch: list[Entry]) -> None:
    """Project entries in order; runs of moves go together, since their rows do not interact."""
    payloads = Payload.objects.in_bulk([entry.id for entry in batch])
    run: list[LoggedMove] = []
    for entry in batch:
        payload = payloads.get(entry.id)
        if entry.kind == EntryKind.MOVE:
            run.append(_told(entry, payload))
            continue
        project_moves(run, then_refresh=False)
        run = []
        if payload and entry.kind == EntryKind.ANNUL:
            project_annulment(_struck(entry, payload), then_refresh=False)
        elif payload and entry.kind == EntryKind.ERASE:
            erased = _erased_entries(entry, payload)
            project_erasure_rows(erased, by_entry=entry.id)
    project_moves(run, then_refresh=False)


def _told(entry: Entry, payload: Payload | None) -> LoggedMove:
    if payload is None:
        move, record = _from_residue(entry)
    else:
        move = Move.from_bytes(bytes(payload.act))
        record = Record.from_bytes(bytes(payload.record))
    return LoggedMove(entry.id, entry.compartment, entry.recorded_at, move, record)


def _struck(entry: Entry, payload: Payload) -> Struck:
    act: Any = canonical.loads(bytes(payload.act))
    record: Any = canonical.loads(bytes(payload.record))
    target = Entry.objects.get(compartment=entry.compartment, seq=act["annuls"]["seq"])
    return Struck(entry.id, target.id, entry.recorded_at, record["account"], act["reason"])


def _erased_entries(entry: Entry, payload: Payload) -> list[int]:
    act: Any = canonical.loads(bytes(payload.act))
    seqs = [residue["seq"] for residue in act["erased"]]
    rows = Entry.objects.filter(compartment=entry.compartment, seq__in=seqs)
    return list(rows.values_list("id", flat=True))


def _from_residue(entry: Entry) -> tuple[Move, Record]:
    """Read what an erasure kept of a move: enough to fold it, none of its words."""
    kept = _residue_of(entry)
    due = kept["due"] and When(kept["due"]["value"], kept["due"]["precision"])
    condition = kept["condition"] and Condition(**kept["condition"])
    move = Move(
        kind=kept["kind"],
        by=kept["by"],
        performer=kept["performer"],
        made_on=When(kept["made_on"]["value"], kept["made_on"]["precision"]),
        to=tuple(kept["to"]),
        undertaking=kept["undertaking"],
        answers=kept["answers"],
        hedged=kept["hedged"],
        full=kept["full"],
        terms=Terms(WORDS_ERASED, due, condition) if kept["terms"] else None,
        joint=kept["joint"],
        restates=kept["restates"],
        salt=NO_SALT,
    )
    move.__dict__["move_id"] = kept["act"]
    return move, _record_kept(kept)


def _record_kept(kept: dict[str, Any]) -> Record:
    opening = None
    if kept["symbol"]:
        level = list(Classification)[kept["classification"]]
        opening = Opening(kept["symbol"], level, meeting=kept["meeting"], invented=kept["invented"])
    return Record(
        Attestation(kept["attestation"]),
        account=kept["account"],
        occasion=kept["occasion"],
        received=frozenset(kept["received"]),
        opening=opening,
    )


def _residue_of(entry: Entry) -> dict[str, Any]:
    later = Entry.objects.filter(
        compartment=entry.compartment, kind=EntryKind.ERASE, seq__gt=entry.seq
    )
    for erase in later.select_related("payload").order_by("seq"):
        act: Any = canonical.loads(bytes(erase.payload.act))
        for kept in act["erased"]:
            if kept["seq"] == entry.seq:
                return dict(kept)
    raise LookupError(f"{entry} has no payload, and no erase entry names it.")
