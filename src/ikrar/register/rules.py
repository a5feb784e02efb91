"""Who may see and write what in the register. Every query passes through `visible_to`."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from ikrar.accounts.models import Account
from ikrar.accounts.rules import is_recorder, is_reviewer, readable
from ikrar.kernel.evidence import Classification
from ikrar.kernel.party import state_of
from ikrar.register.log.annul import may_be_annulled
from ikrar.register.models import RecordedMove

GENERAL = "general"

Reader = Account | AnonymousUser | None
"""Who reads; None is the public, who sees what is public whoever is logged in."""

Row = TypeVar("Row", bound=Model)


def visible(reader: Reader, through: str = "") -> Q:
    """Return the condition under which rows are shown to a reader.

    `through` leads to the classified row: `passage__source__`.
    """
    if not isinstance(reader, Account):
        return Q(
            (f"{through}classification", Classification.PUBLIC.rank),
            (f"{through}compartment", GENERAL),
        )
    ranks = [level.rank for level in readable(reader)]
    return Q(
        (f"{through}classification__in", ranks),
        (f"{through}compartment__in", [GENERAL, *reader.compartments]),
    )


def visible_to(rows: QuerySet[Row], reader: Reader, through: str = "") -> QuerySet[Row]:
    """Keep the rows that this reader may know to exist."""
    return rows.filter(visible(reader, through))


def may_record_moves(reader: Reader) -> bool:
    """Whether the reader may record moves by hand."""
    return _asks(is_recorder, reader)


def may_annul_moves(reader: Reader) -> bool:
    """Whether the reader may strike moves through."""
    return _asks(is_reviewer, reader)


def is_own(party: str) -> bool:
    """Whether a party is the one whose register this is, or of the same State."""
    return state_of(party) == state_of(settings.IKRAR_PARTY)


def is_annullable(move: RecordedMove) -> bool:
    """Whether a move may be struck through: an act of others, neither erased nor annulled."""
    return not move.erased_by_id and not move.annulled_at and may_be_annulled(move)


def _asks(rule: Callable[..., bool], reader: Reader) -> bool:
    return isinstance(reader, Account) and bool(rule(reader))
