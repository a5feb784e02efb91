"""Where the reports of an undertaking differ, in words."""

from collections.abc import Callable, Iterable, Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ikrar.kernel.move import Kind
from ikrar.kernel.standing import TellingConflict
from ikrar.register.models import Source
from ikrar.register.queries.reports import Difference, Reports, Wording
from ikrar.register.queries.stories import Story
from ikrar.register.sentences.voice import Voice, joined
from ikrar.register.vocabulary import ACT_WORDS
from ikrar.web.components import Point
from ikrar.web.dates import written


def points(story: Story, reports: Reports, voice: Voice) -> list[Point]:
    """List what reports word differently, and what tellings of one act say differently."""
    found = [_point(each, reports, voice) for each in reports.differences]
    return [*found, *(_conflict(story, each, voice) for each in story.folded.conflicts)]


def _point(difference: Difference, reports: Reports, voice: Voice) -> Point:
    row = difference.told.row
    by = {"by": voice.name(row.by), "day": written(difference.told.move.made_on)}
    is_reply = row.kind in (Kind.ACKNOWLEDGE, Kind.ACCEPT, Kind.DECLINE)
    title = _("What %(by)s answered on %(day)s") if is_reply else _("How %(by)s put it on %(day)s")
    kept = {"wording": _wording(Wording(row.kind, row.hedged, []))}
    return Point(
        title=title % by,
        rows=[
            (capfirst(_wording(wording)), _letters(wording.sources, reports))
            for wording in difference.wordings
        ],
        kept=_("Kept as: %(wording)s.") % kept,
    )


def _wording(wording: Wording) -> str:
    word = str(ACT_WORDS.get(wording.kind, wording.kind))
    return _("%(move)s, in softened words") % {"move": word} if wording.hedged else word


def _letters(sources: Iterable[Source], reports: Reports) -> str:
    letters = [reports.letter(source) for source in sources]
    told = ngettext("Report %(letters)s", "Reports %(letters)s", len(letters))
    return told % {"letters": ", ".join(letters)}


def _conflict(story: Story, conflict: TellingConflict, voice: Voice) -> Point:
    moves = {told.row.move_id: told for told in story.moves}
    rows = []
    for move_id in (conflict.best, conflict.telling):
        told = moves[move_id]
        word = _wording(Wording(told.row.kind, told.row.hedged, []))
        what = f"{word}: {told.row.what}" if told.row.what else word
        rows.append((capfirst(what), written(told.move.made_on)))
    by = {"by": voice.name(moves[conflict.best].row.by)}
    title = _("Two tellings of what %(by)s did") % by
    return Point(title, rows, _("Kept: the better attested telling, the first one here."))


def summary(reports: Reports) -> str:
    """Say how many reports there are, and whether they agree."""
    if not reports.sources:
        return _("No report tells of it; it rests on what was recorded here.")
    if not reports.differences:
        count = len(reports.sources)
        told = ngettext("%(count)s report tells of it.", "%(count)s reports agree.", count)
        return f"{told % {'count': count}}{_copies(reports)}"
    agree = ngettext("%(count)s report agrees", "%(count)s reports agree", reports.agreeing)
    differ = ngettext(
        "%(count)s differs on the wording of %(moves)s",
        "%(count)s differ on the wording of %(moves)s",
        reports.differing,
    )
    moves = joined([*dict.fromkeys(_named(each) for each in reports.differences)])
    parts = [agree % {"count": reports.agreeing}] if reports.agreeing else []
    parts.append(differ % {"count": reports.differing, "moves": moves})
    return f"{', '.join(parts)}.{_copies(reports)}"


def _named(difference: Difference) -> str:
    return {
        Kind.REQUEST.value: pgettext("reports differ on", "the request"),
        Kind.OFFER.value: pgettext("reports differ on", "the offer"),
        Kind.PROMISE.value: pgettext("reports differ on", "the promise"),
        Kind.COUNTER.value: pgettext("reports differ on", "the proposal"),
        Kind.REPORT.value: pgettext("reports differ on", "the report"),
    }.get(difference.told.row.kind, pgettext("reports differ on", "the reply"))


def _copies(reports: Reports) -> str:
    count = len(reports.copies)
    if not count:
        return ""
    told = ngettext("%(count)s copy is not counted.", "%(count)s copies are not counted.", count)
    return f" {told % {'count': count}}"


def copies(reports: Reports) -> Iterator[str]:
    """Name the copies, which are shown and not counted."""
    for source in reports.copies:
        yield _("Report %(letter)s (%(who)s) repeats another report and is not counted.") % {
            "letter": reports.letter(source),
            "who": publisher(source),
        }


def legend(reports: Reports, url_of: Callable[[str], str]) -> list[SafeString]:
    """Say which report is which: letter, publisher, day, with a link where one may be followed."""
    return [_entry(reports, source, url_of) for source in [*reports.sources, *reports.copies]]


def _entry(reports: Reports, source: Source, url_of: Callable[[str], str]) -> SafeString:
    told = publisher(source)
    if source.published_on:
        told = f"{told}, {written(source.published_on)}"
    url = url_of(source.symbol)
    name = format_html('<a class="govuk-link" href="{}">{}</a>', url, told) if url else told
    return format_html("<strong>{}</strong> {}", reports.letter(source), name)


def publisher(source: Source) -> str:
    """Name who published a source, as well as is known."""
    return source.publisher or source.title or source.filename or source.symbol
