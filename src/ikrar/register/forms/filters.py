"""What readers ask of the register."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ikrar.directory.queries import Designation
from ikrar.kernel.evidence import Attestation
from ikrar.kernel.party import state_of
from ikrar.register.forms.fields import DayField, InstantField, PartyField
from ikrar.register.queries.asof import as_of
from ikrar.register.queries.filters import Due, Filters
from ikrar.register.vocabulary import ATTESTATION_WORDS, THEME_WORDS, Group

MOST_WORDS = 200


class AsOfForm(forms.Form):
    """The two times of a question."""

    true_on = DayField(label=_("What was true on"), required=False, max_length=40)
    known_on = InstantField(label=_("as we knew it on"), required=False, max_length=40)


class FiltersForm(AsOfForm):
    """What readers ask of the register."""

    words = forms.CharField(
        label=_("Words or symbol"), required=False, max_length=MOST_WORDS, empty_value=""
    )
    theme = forms.ChoiceField(
        label=_("Programme"),
        required=False,
        choices=[("", _("All programmes")), *THEME_WORDS.items()],
    )
    standing = forms.MultipleChoiceField(
        label=_("Standing"),
        required=False,
        choices=Group.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[
            (Due.ANY.value, _("Any time")),
            (Due.OVERDUE.value, _("Overdue")),
            (Due.SOON.value, _("In the next 30 days")),
            (Due.NONE.value, _("No date")),
        ],
    )
    attestation = forms.ChoiceField(
        label=_("Known at least as"),
        required=False,
        choices=[("", _("Any")), *[(a, w) for a, w in ATTESTATION_WORDS.items()][1:]],
    )
    hedged = forms.ChoiceField(
        label=_("Wording"),
        required=False,
        choices=[("", _("Any")), ("yes", _("Hedged only")), ("no", _("Not hedged"))],
    )
    field_order = ["words", "performer", "requester", "theme", "standing", "due", "attestation"]

    def __init__(
        self, *args: Any, parties: Mapping[str, Designation], language: str, **kwargs: Any
    ) -> None:
        """Take the parties that may be named, and the language in which they are shown."""
        super().__init__(*args, **kwargs)
        self.parties, self.language = parties, language
        self.fields["performer"] = PartyField(parties, label=_("Performer"))
        self.fields["requester"] = PartyField(parties, label=_("Requester"))
        for name in ("performer", "requester"):
            self.fields[name].widget.attrs |= {"list": "parties", "autocomplete": "off"}
        self.fields["words"].widget.attrs |= {"autocomplete": "off"}
        self.order_fields(self.field_order)

    def to_filters(self) -> Filters:
        """Return what is asked; the occasions that are over are for the query to add."""
        asked = self.cleaned_data
        known = asked["known_on"]
        return Filters(
            words=asked["words"].strip(),
            performers=self._with_institutions(asked["performer"]),
            requesters=self._with_institutions(asked["requester"]),
            theme=asked["theme"],
            groups=frozenset(Group(each) for each in asked["standing"]),
            due=Due(asked["due"]),
            attestation=Attestation(asked["attestation"] or Attestation.REPORTED),
            hedged={"yes": True, "no": False}.get(asked["hedged"]),
            as_of=as_of(asked["true_on"], known.at if known else None),
        )

    def _with_institutions(self, code: str) -> tuple[str, ...]:
        """A State is asked for together with its institutions."""
        if not code:
            return ()
        inside = [each for each in self.parties if each != code and state_of(each) == code]
        return (code, *inside)
