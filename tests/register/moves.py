"""Moves for the register's tests: openings and answers between two States."""

from typing import Any

from ikrar.kernel.evidence import Attestation, Classification
from ikrar.kernel.move import Kind, Move, Terms, When
from ikrar.register.actions.sources import new_code
from ikrar.register.log.moves import NewMove
from ikrar.register.log.record import Opening, Record


def opening(
    kind: str,
    *,
    by: str,
    performer: str,
    day: str = "2025-11-24",
    level: str = "internal",
    record: dict[str, Any] | None = None,
    **fields: Any,
) -> NewMove:
    """Open an undertaking."""
    move = Move(
        kind=Kind(kind),
        by=by,
        performer=performer,
        made_on=When.parse(day),
        **{"terms": Terms("support the candidature", When.parse("2026")), **fields},
    )
    opened = Opening(f"IDN/2025/{new_code(6)}", Classification(level))
    told = {"attestation": Attestation.REPORTED, "opening": opened, **(record or {})}
    return NewMove(move, Record(**told))


def answer(
    opened: NewMove,
    kind: str,
    *,
    by: str,
    day: str = "2025-11-25",
    record: Any = None,
    **fields: Any,
) -> NewMove:
    """Make a further move about the same undertaking."""
    move = Move(
        kind=Kind(kind),
        by=by,
        performer=opened.move.performer,
        undertaking=opened.move.move_id,
        made_on=When.parse(day),
        **fields,
    )
    return NewMove(move, Record(**{"attestation": Attestation.REPORTED, **(record or {})}))
