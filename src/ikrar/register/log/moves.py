"""Append moves: the log and everything computed from it, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from ikrar.kernel.move import Move
from ikrar.register.errors import SentenceError
from ikrar.register.log.append import NewEntry, append_entries, hold_chain
from ikrar.register.log.record import Record
from ikrar.register.models import Entry, EntryKind, RecordedMove
from ikrar.register.standing.project import LoggedMove, project_moves

Listener = Callable[[Sequence[LoggedMove]], None]
_listeners: list[Listener] = []


@dataclass(frozen=True, slots=True)
class NewMove:
    """A move about to be recorded: what the party did and what this instance adds."""

    move: Move
    record: Record


def on_append(listener: Listener) -> Listener:
    """Call `listener` with every batch of appended moves, inside the append's transaction."""
    _listeners.append(listener)
    return listener


class MoveElsewhereError(SentenceError):
    """A move with this id is in the log under another classification. Nothing was recorded."""


@transaction.atomic
def append_moves(new: Sequence[NewMove], *, compartment: str = "general") -> list[LoggedMove]:
    """Append moves to one chain and bring standings up to date; all or nothing.

    Returns them as they lie in the log, in the order given. A move that is there already is not
    appended again, so whoever does not know whether an append went through sends it once more.
    Moves are kept even where they have no effect: the log records what was said.
    """
    if not new:
        return []
    hold_chain(compartment)
    told = _told_before(new, compartment)
    fresh = {n.move.move_id: n for n in new if n.move.move_id not in told}
    appended = _append(list(fresh.values()), compartment)
    told |= {each.move.move_id: each for each in appended}
    return [told[n.move.move_id] for n in new]


def entries_of(new: Sequence[NewMove]) -> list[NewEntry]:
    """Write moves as the entries that the log keeps of them."""
    return [NewEntry(EntryKind.MOVE, n.move.to_bytes(), n.record.to_bytes()) for n in new]


def _append(new: Sequence[NewMove], compartment: str) -> list[LoggedMove]:
    entries = append_entries(compartment, entries_of(new))
    told = [
        LoggedMove(entry.id, compartment, entry.recorded_at, n.move, n.record)
        for entry, n in zip(entries, new, strict=True)
    ]
    if told:
        project_moves(told)
        for listener in _listeners:
            listener(told)
    return told


# The usual answer is none, so it is asked for without more ado.
ANY_OF = "SELECT FROM register_recordedmove WHERE move_id = ANY (%s) LIMIT 1"


def _told_before(new: Sequence[NewMove], compartment: str) -> dict[str, LoggedMove]:
    """Find the moves that are in the log already, with the local record of the first time."""
    given = {n.move.move_id: n for n in new}
    with connection.cursor() as cursor:
        cursor.execute(ANY_OF, [list(given)])
        if not cursor.fetchall():
            return {}
    rows = RecordedMove.objects.filter(move_id__in=list(given))
    found = {row.move_id: row for row in rows.select_related("entry__payload")}
    if any(row.entry.compartment != compartment for row in found.values()):
        raise MoveElsewhereError
    return {
        move_id: LoggedMove(
            row.entry_id,
            compartment,
            row.recorded_at,
            given[move_id].move,
            _record_of(row.entry) or given[move_id].record,
        )
        for move_id, row in found.items()
    }


def _record_of(entry: Entry) -> Record | None:
    """Read the local record; None once it was erased."""
    payload = getattr(entry, "payload", None)
    return Record.from_bytes(bytes(payload.record)) if payload else None
