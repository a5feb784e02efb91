"""How a page names an undertaking: in its own language where there is such a title."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Title:
    """A title with its language, empty where that is the page's or is not known."""

    text: str
    language: str = ""


def title_of(titles: Mapping[str, str], what: str) -> Title:
    """Choose the title in the page's language, else another one, else the opening's own words."""
    language = here()
    if titles.get(language):
        return Title(titles[language])
    for other, text in sorted(titles.items()):
        if text:
            return Title(text, other)
    return Title(what) if what else Title(_("Its words were erased"))


def here() -> str:
    """Return the page's language."""
    return (get_language() or "id").partition("-")[0]
