"""Erase: remove payloads for good under the permanent chain, by order of two persons.

The `erase` entry keeps what the fold needs of a move (who, which kind, when, towards whom; never
its words, speaker or evidence), so no standing changes because something was erased.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from ikrar.kernel import canonical
from ikrar.register.errors import SentenceError
from ikrar.register.log.annul import account_record
from ikrar.register.log.append import Appended, NewEntry, append_entries, hold_chain
from ikrar.register.models import Entry, EntryKind, RecordedMove
from ikrar.register.standing.project import project_erasure

MOST_AT_ONCE = 50


class TwoPersonsError(SentenceError):
    """An erasure needs two different persons: one who asks and one who approves."""


class LegalBasisError(SentenceError):
    """An erasure names its legal basis. Nothing was erased."""


class NotErasableError(SentenceError):
    """These entries cannot be erased: no moves, erased already, of several chains, or over 50."""


@dataclass(frozen=True, slots=True)
class EraseOrder:
    """Which entries (ids) lose their payload, on which legal basis, by which two accounts."""

    entries: Sequence[int]
    legal_basis: str
    requested_by: int
    approved_by: int


@transaction.atomic
def erase(order: EraseOrder) -> Appended:
    """Append an `erase` entry and remove the payloads it names; all or nothing."""
    if order.requested_by == order.approved_by:
        raise TwoPersonsError
    if not order.legal_basis.strip():
        raise LegalBasisError
    compartment = _compartment_of(order.entries)
    hold_chain(compartment)
    moves = _moves(order.entries)
    (appended,) = append_entries(compartment, [_new_entry(moves, order)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT register_erase_payloads(%s, %s)", [appended.id, list(order.entries)])
    project_erasure([m.pk for m in moves], by_entry=appended.id, at=appended.recorded_at)
    return appended


def _compartment_of(entries: Sequence[int]) -> str:
    found = set(Entry.objects.filter(pk__in=entries).values_list("compartment", flat=True))
    if len(found) != 1:
        raise NotErasableError
    return found.pop()


def _moves(entries: Sequence[int]) -> list[RecordedMove]:
    moves = list(
        RecordedMove.objects.filter(entry__in=entries, erased_by__isnull=True)
        .select_related("entry", "undertaking__meeting")
        .order_by("entry")
    )
    if len(moves) != len(set(entries)) or len(moves) > MOST_AT_ONCE:
        raise NotErasableError
    return moves


def _new_entry(moves: Sequence[RecordedMove], order: EraseOrder) -> NewEntry:
    act: dict[str, Any] = {
        "v": 1,
        "erased": [residue(move) for move in moves],
        "legal_basis": order.legal_basis.strip(),
        "requested_by": order.requested_by,
        "approved_by": order.approved_by,
        "salt": canonical.new_salt(),
    }
    return NewEntry(EntryKind.ERASE, canonical.dumps(act), account_record(order.approved_by))


def residue(move: RecordedMove) -> dict[str, Any]:
    """Keep of a move what the fold needs, and of an opening what the register's rows need."""
    undertaking = move.undertaking
    opens = undertaking.opened_by == move.move_id
    return {
        "seq": move.entry.seq,
        "act": bytes(move.entry.act_hash).hex(),
        "kind": move.kind,
        "by": move.by,
        "performer": undertaking.performer,
        "to": move.to,
        "undertaking": None if opens else undertaking.opened_by,
        "answers": move.answers or None,
        "made_on": {"value": move.made_on, "precision": move.precision},
        "hedged": move.hedged,
        "full": move.full,
        "terms": bool(move.what),
        "due": {"value": move.due, "precision": move.due_precision} if move.due else None,
        "condition": move.condition,
        "restates": move.restates or None,
        "attestation": move.attestation,
        "account": move.recorded_by_id,
        "occasion": move.occasion,
        "meeting": undertaking.meeting.symbol if opens and undertaking.meeting else "",
        "invented": undertaking.invented,
        "received": move.received,
        "joint": (undertaking.joint or None) if opens else None,
        "symbol": undertaking.symbol if opens else None,
        "classification": undertaking.classification if opens else None,
    }


def legal_basis_of(entry: Entry) -> tuple[str, datetime]:
    """Tell on which basis, and when, an `erase` entry removed what it names."""
    told: Any = canonical.loads(bytes(entry.payload.act))
    return str(told["legal_basis"]), entry.recorded_at
