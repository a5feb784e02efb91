"""Recording a move by hand, and striking one through."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ikrar.directory.queries import Designation
from ikrar.kernel import canonical
from ikrar.kernel.conversation import possible_moves
from ikrar.kernel.move import MAX_TEXT, NEEDS_ANSWERS, Kind, Move, Terms, When
from ikrar.kernel.party import Side
from ikrar.register.forms.fields import PartyField, WhenField
from ikrar.register.queries.conversations import NO_SALT
from ikrar.register.queries.stories import Story
from ikrar.register.sentences import Voice, act_title
from ikrar.web.dates import written

MOST_NOTE = 2000
WITH_TERMS = frozenset({Kind.REQUEST, Kind.OFFER, Kind.PROMISE, Kind.COUNTER})
NEEDS_TERMS = frozenset({Kind.COUNTER})


class MoveForm(forms.Form):
    """A move of one kind about one undertaking; only what this kind needs is asked."""

    by = forms.CharField()
    made_on = WhenField(
        label=_("Made on"),
        help_text=_("As precisely as it is known: 24 Nov 2025, Nov 2025 or 2025."),
        max_length=40,
    )
    answers = forms.ChoiceField(label=_("Which move does it answer or take back?"))
    what = forms.CharField(
        label=_("What is to be done"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MAX_TEXT,
        required=False,
    )
    due = WhenField(
        label=_("By when"),
        help_text=_("A day, a month or a year. Leave it empty if none was named."),
        max_length=40,
        required=False,
    )
    is_progress = forms.BooleanField(
        label=_("It tells of progress only: not all is done"), required=False
    )
    hedged = forms.BooleanField(
        label=_("The words were softened: hopes, is ready to, will consider"), required=False
    )
    note = forms.CharField(
        label=_("How do we know it?"),
        help_text=_("Who heard or received it, where it is filed. It becomes part of the record."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST_NOTE,
    )
    once = forms.CharField(
        widget=forms.HiddenInput, max_length=32, required=False, initial=canonical.new_salt
    )

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        story: Story,
        parties: Mapping[str, Designation],
        voice: Voice,
        **kwargs: Any,
    ) -> None:
        """Ask what a move of this kind needs."""
        super().__init__(*args, **kwargs)
        self.kind, self.story = kind, story
        self.fields["by"] = PartyField(parties, label=_("Who made the move?"), is_required=True)
        self.fields["by"].widget.attrs |= {"list": "parties", "autocomplete": "off"}
        choices = [*answerable(kind, story, voice)]
        self.fields["answers"].choices = choices  # type: ignore[attr-defined]
        for name in self._not_asked():
            del self.fields[name]
        if kind in NEEDS_TERMS:
            self.fields["what"].required = True
        if kind is Kind.PROMISE:
            self.fields["asked"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=self._promised_request
            )

    def _not_asked(self) -> Iterator[str]:
        if self.kind not in NEEDS_ANSWERS:
            yield "answers"
        if self.kind not in WITH_TERMS:
            yield from ("what", "due")
        if self.kind is not Kind.REPORT:
            yield "is_progress"

    def clean_made_on(self) -> When:
        """Refuse a day still to come anywhere: east of Greenwich it begins before ours."""
        made_on: When = self.cleaned_data["made_on"]
        if made_on.first > self.story.as_of.true_on + timedelta(days=1):
            raise ValidationError(_("This day is still to come. Record a move once it was made."))
        return made_on

    def clean_asked(self) -> str:
        """Take the request that was open when the form was drawn, if it is one we know."""
        asked: str = self.cleaned_data["asked"]
        return asked if asked in self.story.folded.moves else ""

    def clean(self) -> dict[str, Any]:
        """Refuse a due day without words on what is due."""
        told = super().clean() or {}
        if told.get("due") and not told.get("what"):
            self.add_error("what", _("Say what is to be done by then."))
        return told

    def to_move(self) -> Move:
        """Return the move as it was told.

        The same form sent twice gives the same move, which is recorded once. Its salt comes of
        `once`, which is kept nowhere, so that nobody can guess an erased move from another one.
        """
        told = self.cleaned_data
        once = told["once"] or canonical.new_salt()
        move = self._move(told, salt=NO_SALT)
        return replace(move, salt=sha256(once.encode() + move.to_bytes()).hexdigest()[:32])

    def _move(self, told: Mapping[str, Any], salt: str) -> Move:
        what = (told.get("what") or "").strip()
        return Move(
            kind=self.kind,
            by=told["by"],
            performer=self.story.undertaking.performer,
            made_on=told["made_on"],
            undertaking=self.story.undertaking.opened_by,
            answers=told.get("answers") or told.get("asked") or self._promised_request(),
            hedged=told["hedged"],
            full=not told.get("is_progress", False),
            terms=Terms(what, told["due"]) if what else None,
            salt=salt,
        )

    def _promised_request(self) -> str | None:
        """A promise promises what was asked: its terms are those of the open request."""
        if self.kind is not Kind.PROMISE:
            return None
        strands = self.story.folded.strands.values()
        return next((strand.request for strand in strands if strand.request), None)


def answerable(kind: Kind, story: Story, voice: Voice) -> Iterator[tuple[str, str]]:
    """List the acts that a move of this kind could answer or take back now."""
    seen: set[str] = set()
    for strand in story.folded.strands.values():
        for side in Side:
            for move in possible_moves(strand, side):
                if move.kind is kind and move.answers and move.answers not in seen:
                    seen.add(move.answers)
                    yield move.answers, _act(story.folded.moves[move.answers], voice)


def _act(move: Move, voice: Voice) -> str:
    return f"{act_title(move, None, voice)}, {written(move.made_on)}"


class AnnulForm(forms.Form):
    """Why a move is struck through."""

    reason = forms.CharField(
        label=_("Why is it struck through?"),
        help_text=_("The reason stays visible beside the move, with your name and the day."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST_NOTE,
    )
