"""Why a move changes nothing, and what could be done instead."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ikrar.kernel.conversation import Reason, Refusal
from ikrar.kernel.move import Kind
from ikrar.register.sentences.voice import joined
from ikrar.register.vocabulary import KIND_WORDS, STANDING_WORDS


def reason_sentence(reason: str) -> str:
    """Say why a move that was heard changes nothing."""
    return {
        Reason.OTHER_UNDERTAKING.value: _("It speaks of another performer’s undertaking."),
        Reason.WRONG_SIDE.value: _("This side cannot make such a move."),
        Reason.STRANGER.value: _("Who says it has neither asked for this nor accepted it."),
        Reason.ANSWERS_NOTHING.value: _("It does not say which move it answers."),
        Reason.OWN_ACT.value: _("A party cannot answer its own move."),
        Reason.NOT_OWN_ACT.value: _("A party can take back only its own move."),
        Reason.NOT_LIVE.value: _("What it answers was no longer open."),
        Reason.NOT_STANDING.value: _("What it takes back was no longer standing."),
        Reason.ACCEPTANCE_UNKNOWN.value: _(
            "It had been accepted, and who withdrew did not know that yet."
        ),
        Reason.NOTHING_BEFORE.value: _("Nothing had been asked, offered or promised before."),
        Reason.NOTHING_TO_COUNTER.value: _("There was nothing open to propose something beside."),
        Reason.NOTHING_TO_CONFIRM.value: _("There was nothing to confirm."),
        Reason.NOTHING_TO_DISPUTE.value: _(
            "Nothing was promised or reported, so nothing to dispute."
        ),
        Reason.WITHOUT_EFFECT_FOR_ITS_AUTHOR.value: _(
            "It would have changed nothing in what its author knew."
        ),
    }[reason]


def could(kinds: Iterable[Kind]) -> str:
    """Say what this side can do instead."""
    words = [str(KIND_WORDS[kind.value]) for kind in kinds]
    if not words:
        return _("This side can do nothing here now.")
    return _("Possible for this side now: %(moves)s.") % {"moves": joined(words)}


def refusal_sentence(refused: Refusal) -> str:
    """Refuse a move in a form: the move, where it stands, why, and what is possible."""
    told = {
        "move": KIND_WORDS[refused.kind.value],
        "standing": str(STANDING_WORDS[refused.standing.value]).lower(),
    }
    would = _("This move (%(move)s) would change nothing; where it stands now: %(standing)s.")
    parts = [would % told, reason_sentence(refused.reason.value), could(refused.possible)]
    return " ".join(parts)
