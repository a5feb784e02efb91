"""The moves that a standing rests on, told in order as one short paragraph."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ikrar.kernel.conversation import HEDGED_AS
from ikrar.kernel.move import Kind, Move, When
from ikrar.kernel.party import EVERYONE, Side, requester_of, speaker_of
from ikrar.kernel.standing import Fold
from ikrar.kernel.strand import Standing, Strand
from ikrar.register.sentences.acts import its, side, the, towards
from ikrar.register.sentences.voice import Voice, on, quoted

ENDS = frozenset({Kind.DECLINE, Kind.WITHDRAW})


@dataclass(frozen=True, slots=True)
class Thread:
    """The acts of one strand in the order of the fold, those that changed nothing left out."""

    folded: Fold
    requester: str

    @property
    def strand(self) -> Strand:
        """The strand as it stands."""
        return self.folded.strands.get(self.requester, Strand())

    @property
    def acts(self) -> list[str]:
        """The ids of the acts with an effect in this strand."""
        return [
            act
            for act in self.folded.order
            if act not in self.folded.without_effect and self._concerns(self.folded.moves[act])
        ]

    def _concerns(self, move: Move) -> bool:
        speaker = speaker_of(move.by, move.performer, move.to)
        if speaker.requester is not None:
            return speaker.requester == self.requester
        named = {requester_of(each, move.performer) for each in move.to}
        return not named or self.requester in named or EVERYONE in named


def key_acts(thread: Thread) -> list[str]:
    """Choose the acts that explain the standing, in order, the opening first."""
    strand, acts = thread.strand, thread.acts
    chosen = {*acts[:1], *_standing_acts(strand)}
    if strand.ended and not (strand.bond or strand.has_proposal):
        chosen |= {*[a for a in acts if thread.folded.moves[a].kind in ENDS][-1:]}
        chosen |= {*[a for a in acts if thread.folded.moves[a].kind is Kind.PROMISE][-1:]}
    chosen |= {*_last_progress(thread, acts)}
    known = [act for act in acts if act in chosen]
    warm = warm_act(thread)
    return [*known, warm] if warm and warm not in known else known


def _standing_acts(strand: Strand) -> Iterator[str]:
    if strand.bond:
        binding = (strand.terms, strand.bound_by, strand.report, strand.verdict)
        yield from (act for act in binding if act)
    else:
        yield from (act for act in (strand.request, strand.offer) if act)
    yield from (act for act in (strand.performer_counter, strand.requester_counter) if act)


def _last_progress(thread: Thread, acts: list[str]) -> list[str]:
    """The last report of progress, where the undertaking is promised and not yet done."""
    if thread.strand.bond is not Standing.PROMISED:
        return []
    return [a for a in acts if thread.folded.moves[a].kind is Kind.REPORT][-1:]


def warm_act(thread: Thread) -> str:
    """Return the last acknowledgement of what is still open; empty if nothing was said of it."""
    if thread.strand.bond or thread.strand.ended:
        return ""
    acts = thread.acts
    proposals = [act for act in acts if act in {*_standing_acts(thread.strand)}]
    if not proposals:
        return ""
    later = acts[acts.index(proposals[-1]) + 1 :]
    author = thread.folded.moves[proposals[-1]].by
    return next((a for a in reversed(later) if _is_warm(thread.folded.moves[a], author)), "")


def _is_warm(move: Move, author: str) -> bool:
    folds_as = HEDGED_AS.get(move.kind, move.kind) if move.hedged else move.kind
    return folds_as is Kind.ACKNOWLEDGE and move.by != author


def narrative(thread: Thread, voice: Voice) -> Iterator[str]:
    """Tell the key acts, each with its day."""
    before: When | None = None
    for place, act in enumerate(key_acts(thread)):
        move = thread.folded.moves[act]
        answered = thread.folded.act_of.get(move.answers or "")
        told = {
            "by": voice.name(move.by),
            "to": towards(move, voice),
            "on": on(move.made_on, before),
            "what": voice.what.text,
            "that": the(thread.folded.moves.get(answered or ""), move),
            "own": its(thread.folded.moves.get(answered or "")),
            "instead": quoted(move),
        }
        yield _sentence(move, is_first=place == 0, is_deed=voice.what.is_deed) % told
        before = move.made_on


def _sentence(move: Move, *, is_first: bool, is_deed: bool) -> str:
    if move.hedged and move.kind in HEDGED_AS:
        return _hedged(move, is_first=is_first and is_deed)
    if is_first and move.kind in OPENINGS:
        return _opening(move, is_deed=is_deed)
    if move.kind is Kind.ACKNOWLEDGE:
        return _warm(move)
    if move.kind is Kind.REPORT and (move.hedged or not move.full):
        return _("%(by)s reported progress %(on)s.")
    if move.kind is Kind.COUNTER:
        return _countering(move)
    return {
        Kind.REQUEST: _("%(by)s asked again %(on)s."),
        Kind.OFFER: _("%(by)s offered it %(on)s."),
        Kind.PROMISE: _("%(by)s promised it %(on)s."),
        Kind.ACCEPT: _("%(by)s accepted %(that)s %(on)s."),
        Kind.DECLINE: _("%(by)s declined %(that)s %(on)s."),
        Kind.WITHDRAW: _("%(by)s withdrew %(own)s %(on)s."),
        Kind.REPORT: _("%(by)s reported %(on)s that it is done."),
        Kind.CONFIRM: _("%(by)s confirmed %(on)s that it is done."),
        Kind.DISPUTE: _("%(by)s said %(on)s that it has not been done as promised."),
    }[move.kind]


OPENINGS = frozenset({Kind.REQUEST, Kind.OFFER, Kind.PROMISE})


def _opening(move: Move, *, is_deed: bool) -> str:
    if not is_deed:
        return {
            Kind.REQUEST: _("%(by)s asked %(to)s %(on)s: “%(what)s”."),
            Kind.OFFER: _("%(by)s made %(to)s an offer %(on)s: “%(what)s”."),
            Kind.PROMISE: _("%(by)s promised %(to)s %(on)s: “%(what)s”."),
        }[move.kind]
    if move.joint:
        return _("%(by)s agreed with %(to)s %(on)s to %(what)s.")
    return {
        Kind.REQUEST: _("%(by)s asked %(to)s %(on)s to %(what)s."),
        Kind.OFFER: _("%(by)s offered %(to)s %(on)s to %(what)s."),
        Kind.PROMISE: _("%(by)s promised %(to)s %(on)s to %(what)s."),
    }[move.kind]


def _warm(move: Move) -> str:
    if side(move) is Side.PERFORMER:
        return _("%(by)s answered warmly %(on)s; that is not a yes.")
    return _("%(by)s welcomed %(that)s %(on)s; that is not an acceptance.")


def _countering(move: Move) -> str:
    if move.terms:
        return _("%(by)s proposed %(on)s instead: %(instead)s.")
    return _("%(by)s proposed something else %(on)s.")


def _hedged(move: Move, *, is_first: bool) -> str:
    """Tell softened words by what they count as, which is always less."""
    if move.kind is Kind.PROMISE:
        if is_first:
            return _(
                "%(by)s told %(to)s %(on)s, in softened words, that it is ready to %(what)s;"
                " that counts as an offer, not as a promise."
            )
        return _(
            "%(by)s said %(on)s, in softened words, that it is ready;"
            " that counts as an offer, not as a promise."
        )
    return {
        Kind.ACCEPT: _("%(by)s leaned towards accepting %(on)s; that is not an acceptance."),
        Kind.DECLINE: _("%(by)s leaned towards declining %(on)s; that is not a no."),
        Kind.CONFIRM: _("%(by)s spoke well of it %(on)s; that is not a confirmation."),
        Kind.DISPUTE: _("%(by)s voiced doubts %(on)s; that is not a dispute."),
    }[move.kind]
