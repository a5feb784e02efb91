"""The register: what stands between whom?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ikrar.directory.queries import Designation, designations
from ikrar.register.forms import FiltersForm
from ikrar.register.queries.asof import AsOf
from ikrar.register.queries.exports import as_csv, as_json, exported
from ikrar.register.queries.filters import Filters
from ikrar.register.queries.undertakings import (
    Place,
    PlaceGoneError,
    counted,
    page_of,
    settled,
)
from ikrar.register.views.door import PUBLIC, Door, door_of
from ikrar.register.views.listing import answer, lines, question
from ikrar.register.views.panel import FIELDS, panel
from ikrar.register.views.titles import here
from ikrar.web.dates import written, written_instant


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponseRedirect:
    """Lead those who are logged in to their first page, everybody else to what is public."""
    is_known = request.user.is_authenticated
    return redirect(settings.HOME_VIEW if is_known else "public:register")


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """List what the reader may see."""
    return listed(request, door_of(request))


@login_not_required
@require_safe
def public_register(request: HttpRequest) -> HttpResponse:
    """List what everybody may see."""
    return listed(request, PUBLIC)


@require_safe
def register_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the rows asked for as CSV."""
    return exporting(request, door_of(request), "csv")


@require_safe
def register_json(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the rows asked for as JSON."""
    return exporting(request, door_of(request), "json")


@login_not_required
@require_safe
def public_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the public rows asked for as CSV."""
    return exporting(request, PUBLIC, "csv")


@login_not_required
@require_safe
def public_json(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the public rows asked for as JSON."""
    return exporting(request, PUBLIC, "json")


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it was sent, what it asks (None if it cannot be read), and the parties."""

    form: FiltersForm
    filters: Filters | None
    parties: Mapping[str, Designation]
    names: Mapping[str, str]


def read_question(request: HttpRequest) -> Asked:
    """Read what is asked out of an address."""
    parties = designations()
    form = FiltersForm(request.GET, parties=parties, language=here())
    if not form.is_valid():
        return Asked(form, None, parties, names_in(here(), parties))
    return Asked(form, form.to_filters(), parties, names_in(here(), parties))


def names_in(language: str, parties: Mapping[str, Designation]) -> Mapping[str, str]:
    """Return the parties' names in a language; kept until the directory changes."""
    kept = _names.get(language)
    if kept is None or kept[0] is not parties:
        names = {code: party.name(language) for code, party in parties.items()}
        kept = _names[language] = (parties, names)
    return kept[1]


def listed(request: HttpRequest, door: Door) -> HttpResponse:
    """Answer with a page of the list."""
    asked = read_question(request)
    context: dict[str, Any] = {
        "form": asked.form,
        "fields": [*panel(asked.form)],
        "parties": party_options(asked.parties),
        "door": door,
        "exports": {"csv": _export_url(door, "csv"), "json": _export_url(door, "json")},
        "asked": _asked_names(asked),
        **as_of_context(asked.form, asked.filters.as_of if asked.filters else None),
    }
    if asked.filters:
        context |= _found(request, door, asked, settled(asked.filters))
    return render(request, "register/register.html", context)


def _found(request: HttpRequest, door: Door, asked: Asked, filters: Filters) -> Mapping[str, Any]:
    number = counted(door.reader, filters)
    place = Place(request.GET.get("after", ""), request.GET.get("before", ""))
    try:
        page, is_gone = page_of(door.reader, filters, place), False
    except PlaceGoneError:
        page, is_gone = page_of(door.reader, filters), True
    return {
        "counted": number,
        "answer": answer(number),
        "page": page,
        "is_gone": is_gone,
        "is_filtered": _is_filtered(request),
        "lines": lines(page.rows, asked.names, door, filters.as_of.true_on),
    }


def _is_filtered(request: HttpRequest) -> bool:
    return any(request.GET.get(name) for name in (*FIELDS, "true_on", "known_on"))


def _asked_names(asked: Asked) -> Mapping[str, str]:
    cleaned = getattr(asked.form, "cleaned_data", {})
    names = asked.names
    performer, requester = (names.get(cleaned.get(n, ""), "") for n in ("performer", "requester"))
    return {"question": question(performer, requester)}


def as_of_context(form: Any, asked: AsOf | None) -> dict[str, Any]:
    """Return what the as-of sentence shows: the two times as they were understood."""
    errors = [*form.errors.get("true_on", []), *form.errors.get("known_on", [])]
    if asked is None or errors:
        return {
            "true_on": form.data.get("true_on", ""),
            "known_on": form.data.get("known_on", ""),
            "as_of_error": " ".join(errors),
        }
    known = form.cleaned_data["known_on"]
    return {
        "as_of": asked,
        "true_on": written(asked.true_on),
        "known_on": known.text if known else written(asked.known_at.date()),
        "as_of_note": _note(asked),
    }


def _note(asked: AsOf) -> str:
    if asked.is_now:
        return _("Both are today.")
    return _("Known up to %(instant)s.") % {"instant": written_instant(asked.known_at)}


def _export_url(door: Door, kind: str) -> str:
    return f"{door.register}rows.{kind}"


def exporting(request: HttpRequest, door: Door, kind: str) -> HttpResponse | StreamingHttpResponse:
    """Stream the rows asked for; a question that cannot be read is answered in words."""
    asked = read_question(request)
    if asked.filters is None:
        told = [str(error) for errors in asked.form.errors.values() for error in errors]
        return HttpResponse("\n".join(told) + "\n", status=400, content_type="text/plain")
    rows = exported(door.reader, asked.filters, here())
    writer, media = WRITERS[kind]
    answer = StreamingHttpResponse(writer(rows), content_type=f"{media}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_("register")}.{kind}"'
    return answer


WRITERS: Mapping[str, tuple[Any, str]] = {
    "csv": (as_csv, "text/csv"),
    "json": (as_json, "application/json"),
}


def party_options(parties: Mapping[str, Designation]) -> SafeString:
    """Draw the names that the party fields suggest; kept until the directory changes."""
    language = here()
    kept = _options.get(language)
    if kept is None or kept[0] is not parties:
        names = sorted(party.name(language) for party in parties.values())
        drawn = format_html_join("", '<option value="{}"></option>', ((name,) for name in names))
        kept = _options[language] = (parties, drawn)
    return kept[1]


_names: dict[str, tuple[Mapping[str, Designation], Mapping[str, str]]] = {}
_options: dict[str, tuple[Mapping[str, Designation], SafeString]] = {}
