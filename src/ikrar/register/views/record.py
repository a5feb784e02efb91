"""Recording moves by hand, and striking moves through."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ikrar.accounts.models import Account
from ikrar.accounts.rules import is_recorder, is_reviewer, required
from ikrar.directory.queries import designations
from ikrar.kernel.move import Kind
from ikrar.register.actions.moves import NoEffectError, record_move
from ikrar.register.errors import SentenceError
from ikrar.register.forms.moves import AnnulForm, MoveForm
from ikrar.register.log.annul import AlreadyAnnulledError, AnnulOrder, annul
from ikrar.register.queries.asof import present
from ikrar.register.queries.stories import Story, StoryMove, story_of
from ikrar.register.sentences import act_title, refusal_sentence, standing_sentence
from ikrar.register.views.door import Door, door_of
from ikrar.register.views.register import party_options
from ikrar.register.views.steps import act_name, anchor
from ikrar.register.views.titles import here, title_of
from ikrar.register.views.undertaking import case_of, voice_of
from ikrar.register.vocabulary import KIND_WORDS
from ikrar.web.components import Crumb

METHODS = ["GET", "HEAD", "POST"]


@required(is_recorder)
@require_http_methods(METHODS)
def record(request: HttpRequest, party: str, year: str, code: str, kind: str) -> HttpResponse:
    """Ask for a move of one kind and record it."""
    if kind not in KIND_WORDS:
        raise Http404
    door = door_of(request)
    story = _story(door, f"{party}/{year}/{code}")
    parties = designations()
    names = {each: party_.name(here()) for each, party_ in parties.items()}
    voice = voice_of(story, names)
    by = request.GET.get("by", "")
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        kind=Kind(kind),
        story=story,
        parties=parties,
        voice=voice,
        initial={"by": names.get(by, by)},
    )
    if request.method == "POST" and form.is_valid() and _is_recorded(request, story, form):
        return redirect(door.undertaking(story.undertaking.symbol))
    context = {
        **_about(story, door),
        "form": form,
        "word": KIND_WORDS[kind],
        "told": standing_sentence(case_of(story), voice),
        "parties": party_options(parties),
    }
    return render(request, "register/record.html", context)


def _is_recorded(request: HttpRequest, story: Story, form: MoveForm) -> bool:
    account = cast(Account, request.user)
    try:
        record_move(
            undertaking=story.undertaking,
            move=form.to_move(),
            account=account,
            note=form.cleaned_data["note"],
        )
    except NoEffectError as error:
        form.add_error(None, refusal_sentence(error.refused))
        return False
    messages.success(request, _("The move is recorded. It cannot be changed, only annulled."))
    return True


@required(is_reviewer)
@require_http_methods(METHODS)
def strike(request: HttpRequest, party: str, year: str, code: str, act: str) -> HttpResponse:
    """Ask why a move is struck through, and strike it through."""
    door = door_of(request)
    story = _story(door, f"{party}/{year}/{code}")
    told = next((each for each in story.moves if act_name(each) == act), None)
    if told is None:
        raise Http404
    form = AnnulForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _is_struck(request, told, form):
        return redirect(f"{door.undertaking(story.undertaking.symbol)}#{anchor(told)}")
    names = {each: party_.name(here()) for each, party_ in designations().items()}
    title = act_title(told.move, None, voice_of(story, names))
    context = {**_about(story, door), "form": form, "act": title, "move": told}
    return render(request, "register/annul.html", context)


def _is_struck(request: HttpRequest, told: StoryMove, form: AnnulForm) -> bool:
    account = cast(Account, request.user)
    try:
        annul(AnnulOrder(told.row.pk, account.pk, form.cleaned_data["reason"]))
    except AlreadyAnnulledError:
        form.add_error(None, _("This move is annulled already. Nothing was changed."))
        return False
    except SentenceError:
        form.add_error(
            None,
            _(
                "Only what this house recorded of somebody else’s act, and never sent, can be"
                " annulled; a party takes back its own act by withdrawing it."
            ),
        )
        return False
    messages.success(request, _("The move is struck through. It stays visible."))
    return True


def _story(door: Door, symbol: str) -> Story:
    story = story_of(door.reader, symbol, present())
    if story is None:
        raise Http404
    return story


def _about(story: Story, door: Door) -> dict[str, Any]:
    symbol = story.undertaking.symbol
    return {
        "story": story,
        "title": title_of(story.undertaking.titles, story.undertaking.what),
        "trail": [Crumb(_("Register"), door.register), Crumb(symbol, door.undertaking(symbol))],
        "back": door.undertaking(symbol),
    }
