"""An undertaking: how did it come to this?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ikrar.accounts.vocabulary import CLASSIFICATION_WORDS
from ikrar.directory.queries import Designation, designations
from ikrar.kernel.evidence import Classification
from ikrar.kernel.marks import Occasion
from ikrar.kernel.party import EVERYONE, Side
from ikrar.kernel.strand import Strand
from ikrar.register.forms import AsOfForm
from ikrar.register.queries.asof import AsOf, as_of, present
from ikrar.register.queries.reports import Reports, reports_of
from ikrar.register.queries.stories import Story, story_of
from ikrar.register.rules import is_own, may_record_moves
from ikrar.register.sentences import Case, Told, Voice, standing_sentence
from ikrar.register.sentences.narrative import Thread, warm_act
from ikrar.register.sentences.wording import Wording, wording_of
from ikrar.register.views.chart import Possible, chart, possible
from ikrar.register.views.differs import copies, legend, points, summary
from ikrar.register.views.door import PUBLIC, Door, door_of, parts
from ikrar.register.views.register import as_of_context, names_in
from ikrar.register.views.steps import meeting_told, steps
from ikrar.register.views.titles import Title, here, title_of
from ikrar.register.vocabulary import (
    ATTESTATION_GLYPHS,
    ATTESTATION_WORDS,
    KIND_GLYPHS,
    LAPSED,
    MARK_GLYPHS,
    MARK_WORDS,
    STANDING_WORDS,
    THEME_WORDS,
    TONES,
    group_of,
)
from ikrar.web.components import Crumb, Fact, Mark
from ikrar.web.dates import written


@require_safe
def undertaking(request: HttpRequest, party: str, year: str, code: str) -> HttpResponse:
    """Show an undertaking to who is logged in."""
    return shown(request, door_of(request), f"{party}/{year}/{code}")


@login_not_required
@require_safe
def public_undertaking(request: HttpRequest, party: str, year: str, code: str) -> HttpResponse:
    """Show an undertaking that is public to everybody."""
    return shown(request, PUBLIC, f"{party}/{year}/{code}")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side can do next; `url` leads to its forms where the reader may record."""

    title: str
    moves: Sequence[tuple[Possible, str, str]]


def shown(request: HttpRequest, door: Door, symbol: str) -> HttpResponse:
    """Answer with an undertaking's page, or as if there were none."""
    form = AsOfForm(request.GET)
    asked = _asked(form) if form.is_valid() else present()
    story = story_of(door.reader, symbol, asked)
    if story is None:
        raise Http404
    return render(request, "register/undertaking.html", page(story, door, form))


def _asked(form: AsOfForm) -> AsOf:
    known = form.cleaned_data["known_on"]
    return as_of(form.cleaned_data["true_on"], known.at if known else None)


def page(story: Story, door: Door, form: AsOfForm) -> dict[str, Any]:
    """Return what the page shows."""
    reports = reports_of(story.moves)
    case = case_of(story)
    title = title_of(story.undertaking.titles, story.undertaking.what)
    parties = designations()
    voice = voice_of(story, names_in(here(), parties))
    found = points(story, reports, voice)
    return {
        "door": door,
        "story": story,
        "title": title,
        "trail": [Crumb(_crumb(door), door.register)],
        "told": standing_sentence(case, voice) if story.moves else _nothing(story),
        "elsewhere": [*_elsewhere(story, parties)],
        **_standing(case),
        "marks": [*_marks(story, case, door)],
        "summary": summary(reports) if story.moves else "",
        "steps": steps(story, reports, voice, door),
        "steps_count": _steps_count(story),
        "points": found,
        "copies": [*copies(reports)],
        "legend": legend(reports, door.source),
        "diagram": chart(_strand(case)),
        "sides": [*_sides(story, case, voice, door)] if story.as_of.is_now else [],
        "strands": [*_strands(case, voice)],
        "facts": [*_facts(story, case, reports, voice, door)],
        **as_of_context(form, story.as_of if form.is_valid() else None),
    }


def case_of(story: Story) -> Case:
    """Put what is asked of a story's fold together."""
    occasion = None
    if story.occasion:
        names, known = story.occasion
        occasion = Occasion(names.get(here(), names["en"]), known.ends_on, known.is_secret)
    return Case(story.folded, story.as_of.true_on, occasion, story.sleeping)


def voice_of(story: Story, names: Mapping[str, str]) -> Voice:
    """Take the title in the page's language, else the opening's own words as they are."""
    row = story.undertaking
    title = row.titles.get(here())
    if not title:
        return Voice(names, Wording(row.what, is_deed=False))
    performer = names.get(row.performer, row.performer)
    return Voice(names, wording_of(title, performer, here()))


def _crumb(door: Door) -> str:
    return _("Public register") if door.is_public else _("Register")


def _nothing(story: Story) -> Told:
    day = {"day": written(story.as_of.true_on)}
    if story.as_of.is_now:
        return Told(_("Nothing stands."), "")
    return Told(
        _("Nothing yet."),
        _("By %(day)s no move about it had been made that this house knew of.") % day,
    )


def _elsewhere(story: Story, parties: Mapping[str, Designation]) -> Iterator[tuple[str, Told]]:
    """Tell the same in the other languages of the interface."""
    if not story.moves:
        return
    for language, _name in settings.LANGUAGES:
        if language != here():
            with translation.override(language):
                told = standing_sentence(
                    case_of(story), voice_of(story, names_in(language, parties))
                )
                yield language, told


def _strand(case: Case) -> Strand:
    strands = case.folded.strands
    return strands[case.foremost] if strands else Strand()


def _standing(case: Case) -> dict[str, str]:
    standing = case.standing_of(case.foremost) if case.folded.strands else "none"
    return {
        "standing": standing,
        "word": str(STANDING_WORDS[standing]),
        "tone": TONES[group_of(standing)],
    }


def _marks(story: Story, case: Case, door: Door) -> Iterator[Mark]:
    """Draw what is true beside the standing."""
    if case.folded.strands:
        requester = case.foremost
        if case.is_overdue(requester):
            yield Mark("lapsed", _("Overdue"))
        for word in [*_strand(case).marks, *(["dormant"] * (requester in case.sleeping))]:
            yield Mark(MARK_GLYPHS[word], str(MARK_WORDS[word]))
        if warm := warm_act(Thread(case.folded, requester)):
            day = {"day": written(case.folded.moves[warm].made_on)}
            yield Mark("acknowledge", _("Acknowledged %(day)s") % day)
    opening = next((t for t in story.moves if t.annulment is None), None)
    if opening and opening.row.hedged:
        yield Mark("hedged", _("Hedged"))
    standing = [told for told in story.moves if told.annulment is None]
    if standing:
        best = max(standing, key=lambda told: [*ATTESTATION_WORDS].index(told.row.attestation))
        word = best.row.attestation
        yield Mark(ATTESTATION_GLYPHS[word], str(ATTESTATION_WORDS[word]))


def _steps_count(story: Story) -> str:
    moves = len(story.moves)
    struck = sum(told.annulment is not None for told in story.moves)
    told = ngettext("%(count)s move", "%(count)s moves", moves) % {"count": moves}
    if struck:
        told += ", " + _("%(count)s annulled") % {"count": struck}
    return told


def _sides(story: Story, case: Case, voice: Voice, door: Door) -> Iterator[Turn]:
    """List what each side can do now, with forms for who may record."""
    if not case.folded.strands or case.standing_of(case.foremost) == LAPSED:
        return
    strand, requester = _strand(case), case.foremost
    asker = EVERYONE if requester == EVERYONE else requester
    for side, party in ((Side.PERFORMER, story.undertaking.performer), (Side.REQUESTER, asker)):
        if party == EVERYONE:
            continue
        moves = possible(strand, side)
        if moves:
            yield Turn(_side_title(party, voice), [*_with_links(story, moves, party, door)])


def _side_title(party: str, voice: Voice) -> str:
    if is_own(party):
        return _("Our own move (%(party)s)") % {"party": voice.name(party)}
    return _("When %(party)s moves") % {"party": voice.name(party)}


def _with_links(
    story: Story, moves: Sequence[Possible], party: str, door: Door
) -> Iterator[tuple[Possible, str, str]]:
    for move in moves:
        url = ""
        if may_record_moves(door.reader):
            symbol = parts(story.undertaking.symbol)
            url = reverse("record", kwargs={**symbol, "kind": move.kind}) + f"?by={party}"
        yield move, KIND_GLYPHS[move.kind], url


def _strands(case: Case, voice: Voice) -> Iterator[tuple[str, str, str, str]]:
    """List the strands where there are several: who, standing, word, due."""
    if len(case.folded.strands) < 2:
        return
    for requester in sorted(case.folded.strands):
        standing = case.standing_of(requester)
        terms = case.terms_of(requester)
        due = written(terms.due) if terms and terms.due else ""
        yield voice.name(requester), standing, str(STANDING_WORDS[standing]), due


def _facts(story: Story, case: Case, reports: Reports, voice: Voice, door: Door) -> Iterator[Fact]:
    row = story.undertaking
    yield Fact(_("Symbol"), row.symbol)
    yield Fact(_("Performer"), voice.name(row.performer))
    requesters = sorted(case.folded.strands)
    if requesters:
        term = ngettext("Requester", "Requesters", len(requesters))
        yield Fact(term, voice.name_all(requesters))
    terms = case.terms_of(case.foremost) if requesters else None
    yield Fact(_("Due"), _due(terms.due) if terms and terms.due else _("No date"))
    yield Fact(_("Programme"), str(THEME_WORDS.get(row.theme, row.theme or _("None told"))))
    yield from _meeting(story, door)
    yield from _conditions(story, door)
    if story.occasion:
        names, known = story.occasion
        yield Fact(_("Occasion"), f"{names.get(here(), names['en'])}, {written(known.ends_on)}")
    yield Fact(_("Evidence"), _evidence(reports))
    if not door.is_public:
        level = list(Classification)[row.classification]
        yield Fact(_("Classification"), str(CLASSIFICATION_WORDS[level]))


def _due(due: Any) -> str:
    only = {"year": _("%(due)s (year only)"), "month": _("%(due)s (month only)")}
    return only.get(due.precision.value, "%(due)s") % {"due": written(due)}


def _meeting(story: Story, door: Door) -> Iterator[Fact]:
    meeting = meeting_told(story)
    if meeting:
        day = written(meeting.held_on) if meeting.held_on else ""
        told = ", ".join(filter(None, (meeting.place, day)))
        yield Fact(_("Meeting"), told or _("Place and day not told"), door.meeting(meeting.symbol))


def _conditions(story: Story, door: Door) -> Iterator[Fact]:
    for condition, other in story.conditions.values():
        until = {
            "promised": _("once promised"),
            "reported": _("once reported done"),
            "confirmed": _("once confirmed"),
        }[condition.trigger.value]
        if other is None:
            yield Fact(_("Condition"), f"{_('another undertaking')}, {until}")
        else:
            title: Title = title_of(other.titles, other.what)
            yield Fact(_("Condition"), f"{title.text}, {until}", door.undertaking(other.symbol))


def _evidence(reports: Reports) -> str:
    count, copied = len(reports.sources), len(reports.copies)
    told = [ngettext("%(count)s report", "%(count)s reports", count) % {"count": count}]
    if copied:
        told.append(ngettext("%(count)s copy", "%(count)s copies", copied) % {"count": copied})
    return ", ".join(told)
