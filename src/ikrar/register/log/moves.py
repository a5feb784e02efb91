"""Append moves: the log and everything computed from it, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction

from ikrar.kernel.move import Move
from ikrar.register.log.append import NewEntry, append_entries
from ikrar.register.log.record import Record
from ikrar.register.models import EntryKind
from ikrar.register.standing.project import Told, project_moves

Listener = Callable[[Sequence[Told]], None]
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


@transaction.atomic
def append_moves(new: Sequence[NewMove], *, compartment: str = "general") -> list[Told]:
    """Append moves to one chain and bring standings up to date; all or nothing.

    Returns them as they lie in the log. Moves are kept even where they have no effect: the log
    records what was said. Raises `django.db.IntegrityError` when a move is in the log already.
    """
    entries = append_entries(
        compartment,
        [NewEntry(EntryKind.MOVE, n.move.to_bytes(), n.record.to_bytes()) for n in new],
    )
    told = [
        Told(entry.id, compartment, entry.recorded_at, n.move, n.record)
        for entry, n in zip(entries, new, strict=True)
    ]
    project_moves(told)
    for listener in _listeners:
        listener(told)
    return told
