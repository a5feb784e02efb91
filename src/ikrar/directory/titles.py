"""The title of an office in each language, built from the gazetteer's office grammar."""

from collections.abc import Mapping
from typing import Any

from ikrar.reading.gazetteer.entry import Names
from ikrar.reading.gazetteer.load import Files
from ikrar.reading.gazetteer.person import Holding

LANGUAGES = ("id", "en")
CHARGED_FOR = frozenset(("high_commissioner", "coordinating_minister", "senior_minister"))


def title_of(holding: Holding, files: Files) -> dict[str, str]:
    """Language → title, such as "Minister of Human Rights"; the party is not named in it."""
    return {language: _title(holding, files, language) for language in LANGUAGES}


def _title(holding: Holding, files: Files, language: str) -> str:
    head = _head(holding.office, files, language)
    if holding.portfolio:
        institution = files.institutions.get(holding.institution or "")
        charge = _portfolio(files.offices["portfolios"], holding.portfolio, institution, language)
        joint = (" for " if holding.office in CHARGED_FOR else " of ") if language == "en" else " "
        return f"{head}{joint}{charge}"
    organ = files.institutions.get(holding.institution or "") or files.bodies.get(holding.party)
    if organ is None:
        return head
    return f"{head}{' of the ' if language == 'en' else ' '}{organ.name(language)}"


def _head(office: str, files: Files, language: str) -> str:
    forms: Mapping[str, Any] = files.offices["heads"].get(office, {})
    written = forms.get(language) or [office.replace("_", " ").capitalize()]
    return str(written[0])


def _portfolio(
    portfolios: Mapping[str, Any], portfolio: str, institution: Names | None, language: str
) -> str:
    """The form that the institution's own name uses, else the first."""
    forms = portfolios.get(portfolio, {}).get(language) or [portfolio.replace("_", " ").title()]
    own = " ".join(institution.names.get(language, ())) if institution else ""
    return str(next((form for form in forms if form in own), forms[0]))
