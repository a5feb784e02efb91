"""Sources: is this really what was written?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ikrar.accounts.vocabulary import CLASSIFICATION_WORDS
from ikrar.directory.queries import party_names
from ikrar.kernel.evidence import Classification
from ikrar.register.models import Passage, Source
from ikrar.register.queries.conversations import move_of
from ikrar.register.queries.passages import (
    Paragraph,
    SourcePage,
    Verified,
    moves_on,
    paragraphs,
    source_page,
    sources_of,
)
from ikrar.register.sentences import Voice, act_title
from ikrar.register.views.differs import publisher
from ikrar.register.views.door import Door, door_of
from ikrar.register.views.titles import here
from ikrar.register.vocabulary import (
    ATTESTATION_WORDS,
    KIND_GLYPHS,
    UNREADABLE,
    ZONE_WORDS,
)
from ikrar.web.components import Crumb, Fact
from ikrar.web.dates import written, written_instant
from ikrar.web.templatetags.look import number

ON_A_PAGE = 30
QUIET = frozenset({"related", "comment", "boilerplate", "caption", "byline"})


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """List what was kept, the latest first."""
    rows = sources_of(door_of(request).reader)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    unreadable = rows.exclude(error="").count()
    return render(
        request,
        "register/sources.html",
        {
            "page": page,
            "answer": _answer(page.paginator.count, unreadable),
            "rows": [(row, publisher(row), _refusal(row)) for row in page],
        },
    )


@require_safe
def source(request: HttpRequest, symbol: str) -> HttpResponse:
    """Show the text of a source with its passages, verified just now."""
    door = door_of(request)
    found = source_page(door.reader, symbol)
    if found is None:
        raise Http404
    row = found.source
    return render(
        request,
        "register/source.html",
        {
            "source": row,
            "trail": [Crumb(_("Sources"), "../")],
            "title": row.title or publisher(row),
            "verdict": _verdict(found),
            "is_true": found.verified.is_true,
            "refusal": _refusal(row),
            "paragraphs": [*_text(found)],
            "passages": [*_rests(found.passages, door)],
            "facts": [*_facts(found, door)],
        },
    )


def _answer(count: int, unreadable: int) -> str:
    told = ngettext("%(count)s source is kept.", "%(count)s sources are kept.", count)
    told = told % {"count": number(count)}
    if unreadable:
        bad = _("%(count)s of them could not be read.") % {"count": number(unreadable)}
        told = f"{told} {bad}"
    return told


def _refusal(row: Source) -> str:
    if not row.error:
        return ""
    why = str(UNREADABLE.get(row.error, _("It could not be read.")))
    kept = _("Its bytes are kept.") if row.error != "too_large" else _("Only its hash is kept.")
    return f"{why} {kept}"


def _verdict(found: SourcePage) -> str:
    verified = found.verified
    if verified.is_true and not verified.count:
        return _("Verified: bytes and text are as they were stored. No passage rests on it yet.")
    if verified.is_true:
        return ngettext(
            "Verified: the %(count)s passage matches the stored bytes.",
            "Verified: all %(count)s passages match the stored bytes.",
            verified.count,
        ) % {"count": number(verified.count)}
    return " ".join(_faults(verified))


def _faults(verified: Verified) -> Iterator[str]:
    yield _("Not verified.")
    if not verified.are_bytes_true:
        yield _("The stored bytes do not have the hash that was noted when they arrived.")
    if not verified.is_text_true:
        yield _("The stored text is not the one that passages were taken from.")
    if verified.wrong:
        yield ngettext(
            "%(count)s passage is not what stands in the text.",
            "%(count)s passages are not what stands in the text.",
            len(verified.wrong),
        ) % {"count": number(len(verified.wrong))}


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph as the page draws it: quiet ones are zones that were not read."""

    word: str
    is_quiet: bool
    pieces: Sequence[Mapping[str, Any]]


def _text(found: SourcePage) -> Iterator[Shown]:
    """The paragraphs; the word for a zone stands once where it begins."""
    before = ""
    for paragraph in paragraphs(found.source, found.passages):
        yield _shown(paragraph, found.passages, has_word=paragraph.label != before)
        before = paragraph.label


def _shown(paragraph: Paragraph, passages: Sequence[Passage], *, has_word: bool) -> Shown:
    pieces = [
        {
            "text": stretch.text,
            "is_passage": bool(stretch.passages),
            "numbers": [(n, passages[n - 1].start) for n in stretch.begins],
        }
        for stretch in paragraph.stretches
    ]
    word = str(ZONE_WORDS.get(paragraph.label, "")) if has_word else ""
    return Shown(word, paragraph.label in QUIET, pieces)


def _rests(passages: Sequence[Passage], door: Door) -> Iterator[Mapping[str, Any]]:
    """Tell, for each passage, the moves that rest on it."""
    voice = Voice(party_names(here()))
    for n, passage in enumerate(passages, 1):
        told = []
        for row in moves_on(passage):
            move = row.move
            url = f"{door.undertaking(move.undertaking.symbol)}#move-{move.move_id[:8]}"
            act = act_title(move_of(move), None, voice)
            told.append((KIND_GLYPHS[move.kind], act, move.undertaking.symbol, url))
        yield {"number": n, "start": passage.start, "moves": told}


def _facts(found: SourcePage, door: Door) -> Iterator[Fact]:
    row = found.source
    yield Fact(_("Publisher"), row.publisher or _("Not told"))
    if row.published_on:
        yield Fact(_("Published"), written(row.published_on))
    yield Fact(_("Received"), written_instant(row.received_at))
    if row.url:
        yield Fact(_("Origin"), row.url)
    if row.filename:
        yield Fact(_("File"), row.filename)
    yield Fact(_("Language"), row.language or _("Not told"))
    yield Fact(_("Kind of file"), row.media_type)
    yield Fact(_("How it is known"), str(ATTESTATION_WORDS[row.attestation]))
    for report in found.meetings:
        told = ", ".join(filter(None, (report.meeting.place, _day(report.meeting.held_on))))
        yield Fact(_("Meeting"), told, door.meeting(report.meeting.symbol))
        if report.copy_of:
            yield Fact(_("Copy of"), publisher(report.copy_of), door.source(report.copy_of.symbol))
    level = [*Classification][row.classification]
    yield Fact(_("Classification"), str(CLASSIFICATION_WORDS[level]))
    yield Fact("SHA-256", row.sha256)


def _day(held_on: Any) -> str:
    return written(held_on) if held_on else ""
