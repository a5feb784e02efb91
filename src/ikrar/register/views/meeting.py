"""Meetings: who met whom, and when, and what came of it?"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ikrar.directory.queries import party_names
from ikrar.kernel.move import Precision, When
from ikrar.register.models import Meeting, Participant
from ikrar.register.queries.asof import present
from ikrar.register.queries.meetings import MeetingPage, meeting_page, meetings_of
from ikrar.register.sentences import Voice
from ikrar.register.views.differs import publisher
from ikrar.register.views.door import door_of
from ikrar.register.views.listing import lines
from ikrar.register.views.titles import here
from ikrar.web import panels
from ikrar.web.components import Crumb
from ikrar.web.dates import written
from ikrar.web.templatetags.look import number

ON_A_PAGE = 30
PANEL = "register.meeting"


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """List the meetings, the latest first."""
    rows = meetings_of(door_of(request).reader)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    told = ngettext("%(count)s meeting is known.", "%(count)s meetings are known.", count)
    voice = Voice(party_names(here()))
    return render(
        request,
        "register/meetings.html",
        {
            "page": page,
            "answer": told % {"count": number(count)},
            "rows": [_line(row, voice) for row in page],
        },
    )


@require_safe
def meeting(request: HttpRequest, symbol: str) -> HttpResponse:
    """Show a meeting."""
    door = door_of(request)
    found = meeting_page(door.reader, symbol, present())
    if found is None:
        raise Http404
    names = party_names(here())
    voice = Voice(names)
    request.meeting = found.meeting  # type: ignore[attr-defined]
    return render(
        request,
        "register/meeting.html",
        {
            "door": door,
            "meeting": found.meeting,
            "trail": [Crumb(_("Meetings"), "../")],
            "title": _title(found.meeting, voice),
            "when": when_of(found.meeting),
            "answer": _came_of_it(found),
            "participants": [*_participants(found.meeting, voice)],
            "reports": [*_reports(found)],
            "lines": lines(found.rows, names, door, present().true_on),
            "panel": panels.draw(PANEL, request),
        },
    )


def when_of(meeting: Meeting) -> When | None:
    """Return the day, month or year of a meeting, as precisely as it is known."""
    if meeting.held_on is None:
        return None
    length = {"year": 4, "month": 7}.get(meeting.precision, 10)
    return When(meeting.held_on.isoformat()[:length], Precision(meeting.precision or "day"))


def _title(meeting: Meeting, voice: Voice) -> str:
    if meeting.parties:
        return voice.name_all(meeting.parties)
    return meeting.place or _("A meeting")


def _line(meeting: Meeting, voice: Voice) -> Mapping[str, Any]:
    copies = [report.copy_of_id is not None for report in meeting.reports.all()]
    return {
        "meeting": meeting,
        "title": _title(meeting, voice),
        "when": when_of(meeting),
        "people": ", ".join(p.name for p in meeting.participants.all()),
        "reports": _counted_reports(copies.count(False), copies.count(True)),
        "opened": meeting.opened,  # type: ignore[attr-defined]
    }


def _counted_reports(count: int, copies: int) -> str:
    told = ngettext("%(count)s report", "%(count)s reports", count) % {"count": count}
    if copies:
        also = ngettext("%(count)s copy", "%(count)s copies", copies) % {"count": copies}
        return f"{told}, {also}"
    return told


def _came_of_it(found: MeetingPage) -> str:
    """Say where and when, and how many undertakings were opened."""
    meeting = found.meeting
    when = when_of(meeting)
    place = ", ".join(filter(None, (meeting.venue, meeting.place)))
    met = ", ".join(filter(None, (place, written(when) if when else "")))
    count = len(found.rows)
    told = _("No undertaking was opened there.")
    if count:
        told = ngettext(
            "%(count)s undertaking was opened there.",
            "%(count)s undertakings were opened there.",
            count,
        ) % {"count": number(count)}
    return f"{met}. {told}" if met else told


def _participants(meeting: Meeting, voice: Voice) -> Iterator[tuple[Participant, str]]:
    for participant in meeting.participants.all():
        yield participant, voice.name(participant.party) if participant.party else ""


def _reports(found: MeetingPage) -> Iterator[Mapping[str, Any]]:
    for report in found.reports:
        copied = publisher(report.copy_of) if report.copy_of else ""
        yield {"source": report.source, "who": publisher(report.source), "copied": copied}
