"""The timeline of an undertaking: each move with how it is known, in the page's language."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ikrar.kernel.conversation import HEDGED_AS
from ikrar.kernel.move import Kind, Move
from ikrar.register.models import Evidence, Meeting
from ikrar.register.queries.reports import Reports
from ikrar.register.queries.stories import Story, StoryMove
from ikrar.register.rules import is_annullable, may_annul_moves
from ikrar.register.sentences import act_title
from ikrar.register.sentences.moves import reason_sentence
from ikrar.register.sentences.voice import Voice, quoted
from ikrar.register.views.door import Door, parts
from ikrar.register.vocabulary import (
    ACT_WORDS,
    ATTESTATION_GLYPHS,
    ATTESTATION_WORDS,
    GRADE_WORDS,
    KIND_GLYPHS,
)
from ikrar.web.components import Mark, Quote, Step
from ikrar.web.dates import written_instant

MOST_QUOTES = 2
MOST_LINKS = 6


def act_name(told: StoryMove) -> str:
    """Name a move in an address: a random looking name, since its place in the log would count."""
    return told.row.move_id[:8]


def anchor(told: StoryMove) -> str:
    """Name a move on its page."""
    return f"move-{act_name(told)}"


def steps(story: Story, reports: Reports, voice: Voice, door: Door) -> list[Step]:
    """Return the timeline."""
    by_id = {told.row.move_id: told.move for told in story.moves}
    asked: set[str] = set()
    found = []
    for told in story.moves:
        is_again = told.row.kind == Kind.REQUEST and told.row.by in asked
        asked |= {told.row.by} if told.row.kind == Kind.REQUEST else set()
        answered = by_id.get(told.row.answers)
        act = act_title(told.move, answered, voice, is_again=is_again)
        found.append(_step(story, told, act, reports, door))
    return found


def meeting_told(story: Story) -> Meeting | None:
    """The meeting where it was opened, as far as it is no more guarded than the undertaking."""
    meeting, row = story.undertaking.meeting, story.undertaking
    if meeting is None or meeting.compartment != row.compartment:
        return None
    return meeting if meeting.classification <= row.classification else None


def _step(story: Story, told: StoryMove, act: str, reports: Reports, door: Door) -> Step:
    meeting = meeting_told(story)
    is_there = meeting is not None and told.row.made_on == str(meeting.held_on)
    return Step(
        act=act,
        glyph=KIND_GLYPHS[told.row.kind],
        made_on=told.move.made_on,
        place=meeting.place if is_there and meeting else "",
        marks=[*_marks(story, told, door)],
        quotes=[] if told.erasure else [*_quotes(story, told)],
        meta=_meta(story, told, reports, door),
        anchor=anchor(told),
        is_annulled=told.annulment is not None,
    )


def _marks(story: Story, told: StoryMove, door: Door) -> Iterator[Mark]:
    row = told.row
    yield Mark(ATTESTATION_GLYPHS[row.attestation], str(ATTESTATION_WORDS[row.attestation]))
    if row.hedged:
        yield Mark("hedged", _hedge(told.move))
    if story.undertaking.joint and row.move_id == story.undertaking.opened_by:
        yield Mark("same", _("Agreed by both sides"))
    if row.move_id in story.folded.act_of and story.folded.act_of[row.move_id] != row.move_id:
        yield Mark("copy", _("The same act, told again"))
    if row.recorded_by and row.recorded_by.is_demo:
        yield Mark("demo", _("Accepted by the demo account"))


def _hedge(move: Move) -> str:
    counts_as = HEDGED_AS.get(move.kind)
    if counts_as is None:
        return _("Hedged")
    return _("Hedged: counts as %(kind)s") % {"kind": ACT_WORDS[counts_as.value]}


def _quotes(story: Story, told: StoryMove) -> Iterator[Quote]:
    """Quote the first report of each language; a move without reports by its own terms."""
    seen: set[str] = set()
    for row in told.evidence:
        language = row.passage.source.language
        if row.counted and language not in seen and len(seen) < MOST_QUOTES:
            seen.add(language)
            yield Quote(" ".join(row.passage.quote.split()), language)
    is_opening = told.row.move_id == story.undertaking.opened_by
    if not seen and told.move.terms and not is_opening:
        yield Quote(quoted(told.move).strip("“”"))


def _meta(story: Story, told: StoryMove, reports: Reports, door: Door) -> SafeString:
    sentences = [
        *_struck(told, door),
        *_erased(told),
        *_in_vain(story, told),
        *_speaker(told),
        _known(told, reports, door),
        *_recorded(told, door),
        *_striking(story, told, door),
    ]
    escaped = (conditional_escape(sentence) for sentence in sentences if sentence)
    return mark_safe(" ".join(escaped))  # noqa: S308 - every part is escaped


def _struck(told: StoryMove, door: Door) -> Iterator[str]:
    if told.annulment is None:
        return
    struck = told.annulment
    fields = {"on": written_instant(struck.annulled_at), "reason": struck.reason}
    if door.is_public or struck.annulled_by is None:
        yield _("Annulled on %(on)s.") % fields
    else:
        fields["who"] = struck.annulled_by.name
        yield _("Annulled on %(on)s by %(who)s: “%(reason)s”") % fields
    yield _("It stays visible and counts for nothing.")


def _erased(told: StoryMove) -> Iterator[str]:
    if told.erasure:
        yield _(
            "Its words, speaker and evidence were erased on %(on)s. Legal basis: %(basis)s."
            " That it was made, by whom and when, still counts."
        ) % {
            "on": written_instant(told.erasure.erased_at),
            "basis": told.erasure.legal_basis.rstrip("."),
        }


def _in_vain(story: Story, told: StoryMove) -> Iterator[str]:
    act = story.folded.act_of.get(told.row.move_id, "")
    refused = story.folded.without_effect.get(act)
    if refused:
        reason = reason_sentence(refused.reason.value)
        yield _("Without effect: %(reason)s") % {"reason": reason}


def _speaker(told: StoryMove) -> Iterator[str]:
    name, office = told.row.speaker.get("name", ""), told.row.speaker.get("office", "")
    if name or office:
        yield f"{', '.join(filter(None, (name, office)))}."


def _known(told: StoryMove, reports: Reports, door: Door) -> SafeString:
    since = {"instant": written_instant(told.row.recorded_at)}
    rows = [row for row in told.evidence if row.counted]
    if not rows:
        return format_html("{}", _("Known since %(instant)s.") % since)
    firsts = {row.passage.source.pk: row for row in reversed(rows)}
    shown = [*reversed(firsts.values())][:MOST_LINKS]
    links = format_html_join(", ", "{}", ((_link(row, reports, door),) for row in shown))
    return format_html(
        "{} {}{}",
        _("Known since %(instant)s from") % since,
        links,
        _more(len(firsts) - len(shown)),
    )


def _more(count: int) -> str:
    if not count:
        return "."
    return ngettext(" and %(count)s more.", " and %(count)s more.", count) % {"count": count}


def _link(row: Evidence, reports: Reports, door: Door) -> SafeString:
    source = row.passage.source
    text = _("report %(letter)s") % {"letter": reports.letter(source)}
    if row.grade in ("own", "joint", "headline"):
        text = f"{text} ({GRADE_WORDS[row.grade]})"
    url = door.source(source.symbol, f"#p{row.passage.start}")
    if not url:
        return format_html("{}", text)
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, text)


def _recorded(told: StoryMove, door: Door) -> Iterator[str]:
    if door.is_public:
        return
    if told.row.recorded_by:
        yield _("Recorded by %(who)s.") % {"who": told.row.recorded_by.name}
    if told.row.note:
        yield _("Note: %(note)s") % {"note": told.row.note}


def _striking(story: Story, told: StoryMove, door: Door) -> Iterator[SafeString]:
    """Link to the form that strikes a move through, for reviewers."""
    if not (may_annul_moves(door.reader) and story.as_of.is_now and is_annullable(told.row)):
        return
    address = {**parts(story.undertaking.symbol), "act": act_name(told)}
    yield format_html(
        '<a class="govuk-link" href="{}">{}</a>', reverse("annul", kwargs=address), _("Annul …")
    )
