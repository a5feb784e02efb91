"""The filters as they are drawn: by hand, since a template per field costs more than the rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField, ChoiceField, MultipleChoiceField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ikrar.register.forms import FiltersForm

FIELDS = (
    "words",
    "performer",
    "requester",
    "theme",
    "standing",
    "due",
    "attestation",
    "hedged",
)
BOX = (
    '<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox"'
    ' name="{}" value="{}" id="{}"{}><label class="govuk-label govuk-checkboxes__label" for="{}">'
    "{}</label></div>"
)
INPUT = (
    '<input class="govuk-input" type="text" name="{}" id="{}" value="{}" autocomplete="off"{}{}>'
)


@dataclass(frozen=True, slots=True)
class Control:
    """A field with its label, what is wrong with it, and what is drawn."""

    label: str
    id: str
    is_group: bool
    errors: tuple[str, ...]
    drawn: SafeString


def panel(form: FiltersForm) -> Iterator[Control]:
    """Draw every filter with what was asked."""
    for name in FIELDS:
        bound = form[name]
        errors = tuple(str(error) for error in bound.errors) if form.errors else ()
        is_group = isinstance(bound.field, MultipleChoiceField)
        id_ = f"id_{name}"
        yield Control(
            str(bound.label), id_, is_group, errors, _drawn(form, bound, id_, bool(errors))
        )


def _drawn(form: FiltersForm, bound: BoundField, id_: str, is_wrong: bool) -> SafeString:
    wrong = format_html(' aria-invalid="true" aria-describedby="{}_error"', id_) if is_wrong else ""
    if isinstance(bound.field, MultipleChoiceField):
        asked = bound.data or []
        return _boxes(bound.name, bound.field.choices, asked)
    if isinstance(bound.field, ChoiceField):
        return _select(bound.name, id_, bound.field.choices, bound.value() or "", wrong)
    names = format_html(' list="{}"', "parties") if bound.name in ("performer", "requester") else ""
    return format_html(INPUT, bound.name, id_, _shown(form, bound), names, wrong)


def _shown(form: FiltersForm, bound: BoundField) -> str:
    """Show a party by its name, whatever was written."""
    code = getattr(form, "cleaned_data", {}).get(bound.name, "")
    party = form.parties.get(code)
    return party.name(form.language) if party else bound.value() or ""


def _boxes(name: str, choices: Any, asked: list[str]) -> SafeString:
    drawn = format_html_join(
        "",
        BOX,
        (
            (name, value, f"id_{name}_{value}", _flag("checked", value in asked),
             f"id_{name}_{value}", label)
            for value, label in choices
        ),
    )  # fmt: skip
    return format_html('<div class="govuk-checkboxes govuk-checkboxes--small">{}</div>', drawn)


def _select(name: str, id_: str, choices: Any, asked: str, wrong: str) -> SafeString:
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, _flag("selected", value == asked), label) for value, label in choices),
    )
    return format_html(
        '<select class="govuk-select" name="{}" id="{}"{}>{}</select>', name, id_, wrong, options
    )


def _flag(word: str, is_set: bool) -> SafeString:
    return format_html(" {}", word) if is_set else SafeString("")
