"""Annul: strike an entry through that this instance recorded and never sent.

It stays visible and counts for nothing. A party's own act is taken back only by `withdraw`; an
annulment may itself be annulled.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from ikrar.kernel import canonical
from ikrar.kernel.evidence import Attestation
from ikrar.kernel.party import state_of
from ikrar.register.errors import SentenceError
from ikrar.register.log.append import Appended, NewEntry, append_entries, hold_chain
from ikrar.register.models import Annulment, Entry, EntryKind, RecordedMove
from ikrar.register.standing.project import Struck, project_annulment


class NotAnnullableError(SentenceError):
    """Only what this house recorded of someone else's act, and never sent, can be annulled."""


class AlreadyAnnulledError(SentenceError):
    """This entry is annulled already. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class AnnulOrder:
    """Which entry is to be struck through, by which account and why."""

    entry: int
    account: int | None
    reason: str


@transaction.atomic
def annul(order: AnnulOrder) -> Appended:
    """Append an `annul` entry and compute what stands without the entry it names."""
    target = Entry.objects.get(pk=order.entry)
    hold_chain(target.compartment)
    _refuse_unless_annullable(target)
    (appended,) = append_entries(target.compartment, [_new_entry(target, order)])
    project_annulment(
        Struck(appended.id, target.pk, appended.recorded_at, order.account, order.reason)
    )
    return appended


def may_be_annulled(move: RecordedMove) -> bool:
    """Whether a move is one that this house may strike through.

    A signed act is taken back by its author's `withdraw` alone, and so is our own party's act of
    which we keep our own record; what the press told of us may be a mistake of the press.
    """
    attestation = Attestation(move.attestation)
    is_own = state_of(move.by) == state_of(settings.IKRAR_PARTY)
    return attestation < (Attestation.RECORDED if is_own else Attestation.SIGNED)


def _refuse_unless_annullable(target: Entry) -> None:
    if target.kind == EntryKind.ANNUL:
        _refuse_unless_in_force(target)
        return
    move = RecordedMove.objects.filter(entry=target).first()
    if move is None or move.erased_by_id or not may_be_annulled(move):
        raise NotAnnullableError
    if move.annulled_at:
        raise AlreadyAnnulledError


def _refuse_unless_in_force(target: Entry) -> None:
    """An annulment that struck a move is over once undone; one that restored it, once struck."""
    struck = Annulment.objects.filter(entry=target).first()
    if struck and struck.undone_at:
        raise AlreadyAnnulledError
    restored = Annulment.objects.filter(undone_by=target).select_related("move").first()
    if restored and restored.move.annulled_at:
        raise AlreadyAnnulledError


def _new_entry(target: Entry, order: AnnulOrder) -> NewEntry:
    act: dict[str, Any] = {
        "v": 1,
        "annuls": {"seq": target.seq, "act": bytes(target.act_hash).hex()},
        "reason": order.reason,
        "salt": canonical.new_salt(),
    }
    return NewEntry(EntryKind.ANNUL, canonical.dumps(act), account_record(order.account))


def account_record(account: int | None) -> bytes:
    """Write the local record of an entry that is no move: who made it."""
    return canonical.dumps({"v": 1, "account": account, "salt": canonical.new_salt()})
