"""Record a move by hand: only one that would have an effect."""

from django.db import transaction

from ikrar.accounts.models import Account
from ikrar.kernel.conversation import Refusal
from ikrar.kernel.evidence import Attestation
from ikrar.kernel.move import Move
from ikrar.kernel.standing import Telling, refusal
from ikrar.register.errors import SentenceError
from ikrar.register.log.append import hold_chain
from ikrar.register.log.moves import NewMove, append_moves
from ikrar.register.log.record import Record
from ikrar.register.models import Undertaking
from ikrar.register.queries.conversations import heard_of
from ikrar.register.standing.project import LoggedMove


class NoEffectError(SentenceError):
    """The move would change nothing, so it was not recorded."""

    def __init__(self, refused: Refusal) -> None:
        """Keep why, for a page to say it in its language."""
        super().__init__()
        self.refused = refused


@transaction.atomic
def record_move(*, undertaking: Undertaking, move: Move, account: Account, note: str) -> LoggedMove:
    """Append a move that this house heard itself; `NoEffectError` where it changes nothing.

    The chain is held before looking, so that nothing can come between the look and the append.
    A move that is there already (a form sent twice) is neither refused nor appended again.
    """
    hold_chain(undertaking.compartment)
    known = heard_of([undertaking.pk])[undertaking.pk]
    is_new = all(h.move.move_id != move.move_id for h in known)
    heard = [h.telling for h in known if not h.is_annulled]
    refused = refusal(heard, Telling(move, Attestation.RECORDED)) if is_new else None
    if refused:
        raise NoEffectError(refused)
    record = Record(Attestation.RECORDED, account=account.pk, note=note)
    (told,) = append_moves([NewMove(move, record)], compartment=undertaking.compartment)
    return told
