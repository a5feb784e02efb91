"""A move as a sentence: what was done, by whom, towards whom, about what."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ikrar.kernel.move import Kind, Move
from ikrar.kernel.party import Side, side_of
from ikrar.register.sentences.voice import Voice

Titles = Mapping[tuple[Kind, bool], str]
"""By kind, and whether it is a first asking or offering, a full report."""


def side(move: Move) -> Side:
    """Return the side that a move's author takes."""
    return side_of(move.by, move.performer, move.to)


def act_title(move: Move, answered: Move | None, voice: Voice, *, is_again: bool = False) -> str:
    """Tell a move in one line without its day: Indonesia asked Cambodia.

    `answered` is the move that it answers, where that is known.
    """
    told = {
        "by": voice.name(move.by),
        "to": towards(move, voice),
        "that": the(answered, move),
        "own": its(answered),
    }
    return _title(move, is_again=is_again) % told


def towards(move: Move, voice: Voice) -> str:
    """Name who is spoken to: the performer by a requester, the requesters by the performer."""
    if side(move) is Side.REQUESTER:
        return voice.name(move.performer)
    return voice.name_all(move.to) if move.to else _("all who ask")


def _title(move: Move, *, is_again: bool) -> str:
    if move.kind is Kind.REPORT and (move.hedged or not move.full):
        return _("%(by)s reported progress")
    if move.kind is Kind.REQUEST and is_again:
        return _("%(by)s asked %(to)s again")
    if move.kind is Kind.ACKNOWLEDGE and side(move) is Side.REQUESTER:
        return _("%(by)s welcomed %(that)s")
    return {
        Kind.REQUEST: _("%(by)s asked %(to)s"),
        Kind.OFFER: _("%(by)s made an offer to %(to)s"),
        Kind.ACKNOWLEDGE: _("%(by)s acknowledged %(that)s"),
        Kind.PROMISE: _("%(by)s promised it to %(to)s"),
        Kind.ACCEPT: _("%(by)s accepted %(that)s"),
        Kind.COUNTER: _("%(by)s proposed something else"),
        Kind.DECLINE: _("%(by)s declined %(that)s"),
        Kind.WITHDRAW: _("%(by)s withdrew %(own)s"),
        Kind.REPORT: _("%(by)s reported that it is done"),
        Kind.CONFIRM: _("%(by)s confirmed that it is done"),
        Kind.DISPUTE: _("%(by)s disputed that it is done"),
    }[move.kind]


def the(answered: Move | None, move: Move) -> str:
    """Name what a move answers: the request, the offer; guessed by the side where not told."""
    is_asked = side(move) is Side.PERFORMER
    kind = answered.kind if answered else (Kind.REQUEST if is_asked else Kind.OFFER)
    return {
        Kind.REQUEST: pgettext("answered", "the request"),
        Kind.OFFER: pgettext("answered", "the offer"),
        Kind.PROMISE: pgettext("answered", "the promise"),
        Kind.COUNTER: pgettext("answered", "the proposal"),
        Kind.REPORT: pgettext("answered", "the report"),
    }.get(kind, pgettext("answered", "it"))


def its(withdrawn: Move | None) -> str:
    """Name what a party takes back: its request, its promise."""
    return {
        Kind.REQUEST: pgettext("withdrawn", "its request"),
        Kind.OFFER: pgettext("withdrawn", "its offer"),
        Kind.PROMISE: pgettext("withdrawn", "its promise"),
        Kind.COUNTER: pgettext("withdrawn", "its proposal"),
        Kind.ACCEPT: pgettext("withdrawn", "its acceptance"),
        Kind.REPORT: pgettext("withdrawn", "its report"),
        Kind.CONFIRM: pgettext("withdrawn", "its confirmation"),
        Kind.DISPUTE: pgettext("withdrawn", "its dispute"),
    }.get(withdrawn.kind if withdrawn else Kind.ACKNOWLEDGE, pgettext("withdrawn", "its word"))
