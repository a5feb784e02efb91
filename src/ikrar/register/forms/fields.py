"""How days, instants and parties are written in forms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ikrar.directory.queries import Designation
from ikrar.kernel.move import When
from ikrar.kernel.party import EVERYONE
from ikrar.reading.time.vocabulary import vocabulary
from ikrar.register.queries.asof import end_of
from ikrar.web.dates import written

DAY = re.compile(r"(\d{1,2})\s+([^\W\d]+)\.?\s+(\d{4})")
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
MONTH = re.compile(r"([^\W\d]+)\.?\s+(\d{4})")
OFFSET = re.compile(r"([T\d.:]) (\d{2}:\d{2})$")


def read_day(text: str) -> date:
    """Read 2025-11-24, 24 Nov 2025, 24 November 2025 or 24/11/2025; ValueError if it is none."""
    text = text.strip()
    if match := DAY.fullmatch(text):
        months = vocabulary().months
        day, month, year = match.groups()
        return date(int(year), months.get(month.casefold(), 0), int(day))
    if match := SLASHED.fullmatch(text):
        day, month, year = match.groups()
        return date(int(year), int(month), int(day))
    return date.fromisoformat(text)


def read_instant(text: str) -> datetime:
    """Read an ISO instant, to the second or finer; UTC where no offset is written.

    A plus sign that an address turned into a space is put back.
    """
    moment = datetime.fromisoformat(OFFSET.sub(r"\1+\2", text.strip().removesuffix(" UTC")))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Known:
    """An instant as it was asked for, and how the form shows it again."""

    at: datetime
    text: str


class WrittenField(forms.CharField):
    """A text that is understood as something else than a text."""

    def run_validators(self, value: Any) -> None:
        """Do nothing: what was understood is no text whose length could be measured."""


class DayField(WrittenField):
    """A day, written as people write days."""

    def to_python(self, value: Any) -> Any:
        """Return the date, None where nothing is written."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_day(text)
        except (ValueError, OverflowError):
            raise ValidationError(
                _("“%(text)s” is not a day. Write it like 24 Nov 2025 or 2025-11-24.")
                % {"text": text[:40]}
            ) from None


class InstantField(WrittenField):
    """A day (its end is meant) or an instant in ISO form."""

    def to_python(self, value: Any) -> Any:
        """Return `Known`, None where nothing is written."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return _known(text)
        except (ValueError, OverflowError):
            raise ValidationError(
                _(
                    "“%(text)s” is neither a day nor an instant. Write 24 Nov 2025,"
                    " or to the second: 2025-11-24T13:05:00Z."
                )
                % {"text": text[:40]}
            ) from None


def _known(text: str) -> Known:
    try:
        day = read_day(text)
    except ValueError:
        moment = read_instant(text)
        return Known(moment, moment.isoformat().replace("+00:00", "Z"))
    return Known(end_of(day), written(day))


class PartyField(forms.CharField):
    """A party by its code or by its name in any of the directory's languages."""

    def __init__(
        self, parties: Mapping[str, Designation], *, is_required: bool = False, **kwargs: Any
    ) -> None:
        """Keep the parties there are."""
        super().__init__(required=is_required, max_length=200, **kwargs)
        self.parties = parties

    def _is_everybody(self, text: str) -> bool:
        """Everybody can be asked for, but nobody acts as everybody."""
        return text == EVERYONE and not self.required

    def to_python(self, value: Any) -> Any:
        """Return the party's code, empty where nothing is written."""
        text = str(super().to_python(value) or "").strip()
        if not text or self._is_everybody(text) or text in self.parties:
            return text
        wanted = text.casefold()
        for code, party in self.parties.items():
            if wanted == code.casefold() or wanted in map(str.casefold, party.names.values()):
                return code
        raise ValidationError(
            _("The directory knows no party “%(text)s”. Write a name or a code from the directory.")
            % {"text": text[:60]}
        )


class WhenField(WrittenField):
    """A day, a month or a year: as precisely as it is known."""

    def to_python(self, value: Any) -> Any:
        """Return a `When`, None where nothing is written."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_when(text)
        except (ValueError, OverflowError):
            raise ValidationError(
                _("“%(text)s” is no day, month or year. Write 24 Nov 2025, Nov 2025 or 2025.")
                % {"text": text[:40]}
            ) from None


def read_when(text: str) -> When:
    """Read a day, `Nov 2025`, `2025-11` or `2025`; ValueError if it is none of them."""
    text = text.strip()
    if match := MONTH.fullmatch(text):
        name, year = match.groups()
        return When.parse(f"{year}-{vocabulary().months.get(name.casefold(), 0):02d}")
    if len(text) in (4, 7):
        return When.parse(text)
    return When.on(read_day(text))
