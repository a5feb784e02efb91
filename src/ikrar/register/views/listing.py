"""The list of undertakings as a page shows it: rows, the answer in one line, what was asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ikrar.kernel.move import When
from ikrar.kernel.strand import Mark as MarkWord
from ikrar.register.queries.undertakings import MOST_COUNTED, Counted, Row
from ikrar.register.sentences.voice import Voice, joined
from ikrar.register.views.door import Door
from ikrar.register.views.titles import Title, title_of
from ikrar.register.vocabulary import MARK_GLYPHS, MARK_WORDS, STANDING_WORDS, Group
from ikrar.web.components import Mark
from ikrar.web.templatetags.look import number


@dataclass(frozen=True, slots=True)
class Line:
    """A row in the page's language."""

    url: str
    symbol: str
    title: Title
    performer: str
    requesters: str
    standing: str
    word: str
    marks: Sequence[Mark]
    due: When | None
    late: str
    evidence: int
    invented: bool


def lines(rows: Sequence[Row], names: Mapping[str, str], door: Door, day: date) -> list[Line]:
    """Put rows into the page's language."""
    voice = Voice(names)
    return [
        Line(
            url=door.undertaking(row.symbol),
            symbol=row.symbol,
            title=title_of(row.titles, row.what),
            performer=voice.name(row.performer),
            requesters=voice.name_all(row.requesters) if row.requesters else "",
            standing=row.standing,
            word=str(STANDING_WORDS[row.standing]),
            marks=[*marks(row)],
            due=row.due,
            late=_late(row, day),
            evidence=row.evidence,
            invented=row.invented,
        )
        for row in rows
    ]


def marks(row: Row) -> Iterator[Mark]:
    """Draw what is true beside the standing; overdue stands at the date."""
    if row.is_acknowledged:
        yield Mark("acknowledge", _("Acknowledged"))
    if row.hedged:
        yield Mark("hedged", _("Hedged"))
    for word in row.marks:
        if word in MARK_GLYPHS:
            yield Mark(MARK_GLYPHS[word], str(MARK_WORDS[word]))


def _late(row: Row, day: date) -> str:
    if MarkWord.OVERDUE.value not in row.marks or row.due is None:
        return ""
    days = (day - row.due.last).days
    return ngettext("%(days)s day overdue", "%(days)s days overdue", days) % {"days": number(days)}


def answer(counted: Counted) -> SafeString:
    """Say in one line how many undertakings there are and how they stand."""
    if counted.is_more:
        most = {"most": number(MOST_COUNTED)}
        return format_html(
            "<strong>{}</strong> {}",
            _("More than %(most)s undertakings.") % most,
            _("The filters narrow them down."),
        )
    if not counted.total:
        return format_html("<strong>{}</strong>", _("No undertaking."))
    total = ngettext("%(count)s undertaking.", "%(count)s undertakings.", counted.total)
    shares = [_share(group, n, counted.overdue) for group, n in counted.groups.items() if n]
    return format_html(
        "<strong>{}</strong> {}.",
        total % {"count": number(counted.total)},
        joined(shares),
    )


def _share(group: Group, count: int, overdue: int) -> str:
    told = {
        Group.OPEN: ngettext("%(count)s is open", "%(count)s are open", count),
        Group.PROMISED: ngettext("%(count)s is promised", "%(count)s are promised", count),
        Group.DONE: ngettext(
            "%(count)s is done or said to be done", "%(count)s are done or said to be done", count
        ),
        Group.DISPUTED: ngettext("%(count)s is disputed", "%(count)s are disputed", count),
        Group.CLOSED: ngettext("%(count)s is closed", "%(count)s are closed", count),
        Group.STRUCK: ngettext(
            "%(count)s was struck through", "%(count)s were struck through", count
        ),
    }[group] % {"count": number(count)}
    if group is Group.PROMISED and overdue:
        return _("%(promised)s (%(overdue)s overdue)") % {
            "promised": told,
            "overdue": number(overdue),
        }
    return told


def question(performer: str, requester: str) -> str:
    """Ask what the page answers."""
    if performer and requester:
        return _("What does %(performer)s owe to %(requester)s?") % {
            "performer": performer,
            "requester": requester,
        }
    if performer:
        return _("What does %(performer)s owe, and to whom?") % {"performer": performer}
    if requester:
        return _("What does %(requester)s wait for, and from whom?") % {"requester": requester}
    return _("What stands between whom?")
