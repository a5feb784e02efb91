"""What readers ask of the register."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

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

    true_on = DayField(label=_l("What was true on"), required=False, max_length=40)
    known_on = InstantField(label=_l("as we knew it on"), required=False, max_length=40)


class FiltersForm(AsOfForm):
    """What readers ask of the register."""

    words = forms.CharField(
        label=_l("Words or symbol"), required=False, max_length=MOST_WORDS, empty_value=""
    )
    theme = forms.ChoiceField(
        label=_l("Programme"),
        required=False,
        choices=[("", _l("All programmes")), *THEME_WORDS.items()],
    )
    standing = forms.MultipleChoiceField(
        label=_l("Standing"),
        required=False,
        choices=Group.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    due = forms.ChoiceField(
        label=_l("Due"),
        required=False,
        choices=[
            (Due.ANY.value, _l("Any time")),
            (Due.OVERDUE.value, _l("Overdue")),
            (Due.SOON.value, _l("In the next 30 days")),
            (Due.NONE.value, _l("No date")),
        ],
    )
    attestation = forms.ChoiceField(
        label=_l("Known at least as"),
        required=False,
        choices=[("", _l("Any")), *[(a, w) for a, w in ATTESTATION_WORDS.items()][1:]],
    )
    hedged = forms.ChoiceField(
        label=_l("Wording"),
        required=False,
        choices=[("", _l("Any")), ("yes", _l("Hedged only")), ("no", _l("Not hedged"))],
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
