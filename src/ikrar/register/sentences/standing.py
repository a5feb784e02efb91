"""The standing sentence: where an undertaking stands and how it came to this, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ikrar.kernel.marks import Occasion, has_lapsed, is_overdue
from ikrar.kernel.move import Terms
from ikrar.kernel.party import EVERYONE
from ikrar.kernel.standing import Fold
from ikrar.kernel.strand import Mark, Standing
from ikrar.register.sentences.narrative import Thread, key_acts, narrative
from ikrar.register.sentences.voice import Voice, told_once
from ikrar.register.vocabulary import LAPSED, STANDING_WORDS
from ikrar.web.dates import written


@dataclass(frozen=True, slots=True)
class Case:
    """An undertaking as it stands on a day: the fold, and what the fold cannot know.

    `sleeping`: requesters in whose strand the promise waits for a condition.
    """

    folded: Fold
    day: date
    occasion: Occasion | None = None
    sleeping: frozenset[str] = frozenset()

    def standing_of(self, requester: str) -> str:
        """Return the standing of a strand; `lapsed` where nothing more can be told."""
        standing = self.folded.strands[requester].standing
        return LAPSED if has_lapsed(standing, self.occasion, self.day) else standing.value

    def terms_of(self, requester: str) -> Terms | None:
        """Return the terms that stand in a strand."""
        return self.folded.terms_of(requester)

    def is_overdue(self, requester: str) -> bool:
        """Whether the promise of a strand is late: neither lapsed nor waiting."""
        standing = self.standing_of(requester)
        if standing == LAPSED or requester in self.sleeping:
            return False
        return is_overdue(Standing(standing), self.terms_of(requester), self.day)

    @property
    def foremost(self) -> str:
        """The requester of the worst strand, the one whose story is told first."""
        strands = self.folded.strands
        return next(each for each in strands if strands[each].standing is self.folded.standing)


@dataclass(frozen=True, slots=True)
class Told:
    """A standing sentence: two or three words to start with, then how it came to this."""

    lead: str
    story: str


def standing_sentence(case: Case, voice: Voice) -> Told:
    """Tell where an undertaking stands, generated from its moves alone."""
    if not case.folded.strands:
        return Told(_("Nothing stands."), _("No move about it counts on this day."))
    requester = case.foremost
    thread = Thread(case.folded, requester)
    sentences = [
        *narrative(thread, voice),
        *_silence(thread),
        *_remarks(case, thread, voice),
        *_due(case, requester),
        *_lapse(case, thread, voice),
        *_other_strands(case, voice),
    ]
    return Told(_lead(case, thread), told_once(sentences))


def _lead(case: Case, thread: Thread) -> str:
    standing, strand = case.standing_of(thread.requester), thread.strand
    if standing == Standing.OFFERED and _is_softened_promise(thread):
        return _("Not promised.")
    if standing == LAPSED:
        return _("Lapsed.") if strand.bond else _("Not promised, and lapsed.")
    if thread.requester in case.sleeping:
        return _("Promised on a condition that is not met.")
    if case.is_overdue(thread.requester):
        return _("Promised and overdue.")
    if standing == Standing.PROMISED and Mark.CHANGE_PROPOSED in strand.marks:
        return _("Promised; a change is proposed.")
    return {
        Standing.REQUESTED.value: _("Not promised."),
        Standing.OFFERED.value: _("Offered, not accepted."),
        Standing.COUNTERED.value: _("Not agreed."),
        Standing.PROMISED.value: _("Promised."),
        Standing.REPORTED.value: _("Said to be done, not confirmed."),
        Standing.DISPUTED.value: _("Disputed."),
        Standing.CONFIRMED.value: _("Done and confirmed."),
        Standing.DECLINED.value: _("Declined."),
        Standing.WITHDRAWN_BY_REQUESTER.value: _("The request was withdrawn."),
        Standing.WITHDRAWN_BY_PERFORMER.value: _("The offer was withdrawn."),
        Standing.PROMISE_WITHDRAWN.value: _("The promise was withdrawn."),
        Standing.RELEASED.value: _("Released from the promise."),
        Standing.NONE.value: _("Nothing stands."),
    }[standing]


def _is_softened_promise(thread: Thread) -> bool:
    offer = thread.folded.moves.get(thread.strand.offer or "")
    return offer is not None and offer.hedged and offer.kind.value == "promise"


def _silence(thread: Thread) -> Iterator[str]:
    """Say that an open request or offer has no answer that we know of."""
    if thread.strand.standing in (Standing.REQUESTED, Standing.OFFERED):
        authors = {thread.folded.moves[act].by for act in key_acts(thread)}
        if len(authors) == 1:
            yield _("No answer is known.")


def _remarks(case: Case, thread: Thread, voice: Voice) -> Iterator[str]:
    strand, marks = thread.strand, thread.strand.marks
    if Mark.CROSSED in marks:
        yield _("The two proposals crossed: neither side knew the other’s.")
    if Mark.CHANGE_PROPOSED in marks:
        yield _("Until it is agreed, the promise stays as it was.")
    if Mark.NEVER_PROMISED in marks:
        yield _("It had never been promised.")
    if strand.standing is Standing.REPORTED and thread.requester != EVERYONE:
        asker = {"by": voice.name(thread.requester)}
        yield _("%(by)s has not said whether it agrees.") % asker
    if thread.requester in case.sleeping:
        yield _("The promise waits for what the other side is to do first.")


def _due(case: Case, requester: str) -> Iterator[str]:
    terms = case.terms_of(requester)
    if terms is None or terms.due is None:
        return
    standing = case.standing_of(requester)
    due = {"due": written(terms.due)}
    if case.is_overdue(requester):
        yield _("It was due %(due)s, and nobody has reported it done.") % due
    elif standing in DUE_MATTERS and terms.due.last < case.day:
        yield _("It was due %(due)s.") % due
    elif standing in DUE_MATTERS:
        yield _("Due %(due)s.") % due


DUE_MATTERS = frozenset(
    {
        Standing.REQUESTED.value,
        Standing.OFFERED.value,
        Standing.COUNTERED.value,
        Standing.PROMISED.value,
        Standing.DISPUTED.value,
    }
)


def _lapse(case: Case, thread: Thread, voice: Voice) -> Iterator[str]:
    if case.standing_of(thread.requester) != LAPSED or case.occasion is None:
        return
    performer = next(iter(thread.folded.moves.values())).performer
    yield _(
        "The occasion, %(occasion)s, ended on %(day)s. How each State voted was not published,"
        " so nobody can tell what %(by)s did; Ikrar counts it neither as kept nor as broken."
    ) % {
        "occasion": case.occasion.name,
        "day": written(case.occasion.ends_on),
        "by": voice.name(performer),
    }


def _other_strands(case: Case, voice: Voice) -> Iterator[str]:
    """Tell each strand where they differ."""
    standings = {requester: case.standing_of(requester) for requester in case.folded.strands}
    if len(set(standings.values())) < 2:
        return
    parts = [
        _("towards %(requester)s: %(standing)s")
        % {"requester": voice.name(each), "standing": str(STANDING_WORDS[standing]).lower()}
        for each, standing in sorted(standings.items())
    ]
    yield _("It stands differently towards each: %(parts)s.") % {"parts": "; ".join(parts)}
