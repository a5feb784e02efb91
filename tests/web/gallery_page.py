"""A page with every component on it, of invented content, for tests to look at."""

from pathlib import Path

from django import forms
from django.conf import LazySettings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from ikrar.config.urls import handler400, handler403, handler404, handler500, urlpatterns
from ikrar.kernel.strand import Standing
from ikrar.web.components import Crumb, Fact, Mark, Point, Quote, Step, Tab
from ikrar.web.diagram import Arrow, Box, Diagram

__all__ = ["handler400", "handler403", "handler404", "handler500"]

DIAGRAM = Diagram(
    title="Where this undertaking stands",
    text="You are here: requested.",
    here="You are here",
    boxes=[
        Box("requested", "Requested", 0, 1, is_round=True, is_here=True),
        Box("declined", "Declined", 1, 0, is_next=True),
        Box("withdrawn", "Withdrawn", 1, 1, is_next=True),
        Box("countered", "Countered", 1, 2, is_round=True, is_next=True),
        Box("promised", "Promised", 0, 3.4, is_next=True),
        Box("reported", "Reported done", 0, 4.9),
        Box("confirmed", "Confirmed", 0, 6.3),
        Box("disputed", "Disputed", 1, 4.9),
    ],
    arrows=[
        Arrow("requested", "requested", "acknowledge", is_next=True),
        Arrow("requested", "declined", "decline", is_next=True),
        Arrow("requested", "withdrawn", "withdraw", is_next=True),
        Arrow("requested", "countered", "counter", is_next=True),
        Arrow("requested", "promised", "promise", is_next=True),
        Arrow("countered", "promised", "accept"),
        Arrow("promised", "reported", "report"),
        Arrow("reported", "confirmed", "confirm"),
        Arrow("reported", "disputed", "dispute"),
    ],
)
STEPS = [
    Step(
        act="Aurelia asked Borealia for its support",
        glyph="requested",
        made_on="2031-11-24",
        place="Tinport",
        marks=[Mark("press", "Reported"), Mark("hedged", "Hedged")],
        quotes=[Quote("menyampaikan harapan agar …", "id", "expressed the hope that …")],
        meta="Known since 25 Nov 2031.",
        anchor="first",
    ),
    Step("Borealia promised its support", "promised", "2031-11", is_annulled=True),
    Step("Still requested", "same", "2031-12-01", is_now=True),
]
POINTS = [Point("What Borealia answered", [("Responded", "A, B"), ("Welcomed", "C")], "Kept.")]


class GalleryForm(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(help_text="As on the list.")
    note = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("a", "Ask"), ("b", "Offer")])
    way = forms.ChoiceField(choices=[("a", "Ask"), ("b", "Offer")], widget=forms.RadioSelect)
    marks = forms.MultipleChoiceField(
        choices=[("h", "Hedged"), ("s", "Signed")], widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label="I am sure")
    paper = forms.FileField(required=False)


def put_up(settings: LazySettings) -> None:
    """Add the gallery to the addresses of a test, by its `settings` fixture."""
    folder = Path(__file__).parent / "gallery"
    settings.ROOT_URLCONF = __name__
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [folder]}]


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    context = {
        "trail": [Crumb("Register", "/"), Crumb("Aurelia and Borealia", "/")],
        "standings": [standing.value for standing in Standing] + ["lapsed"],
        "steps": STEPS,
        "points": POINTS,
        "diagram": DIAGRAM,
        "facts": [Fact("Performer", "Borealia"), Fact("Meeting", "Tinport", "#")],
        "tabs": [Tab("Report A", "#", is_current=True), Tab("Report B", "#b")],
        "page": Paginator(range(90), 30).page(2),
        "form": GalleryForm({"name": ""}) if "wrong" in request.GET else GalleryForm(),
    }
    return render(request, "gallery.html", context)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("meant")


urlpatterns = [*urlpatterns, path("gallery/", gallery), path("broken/", broken)]
