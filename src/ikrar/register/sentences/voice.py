"""How a sentence names parties, days and what is to be done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from ikrar.kernel.move import Move, Precision, When
from ikrar.kernel.party import EVERYONE
from ikrar.register.sentences.wording import Wording
from ikrar.web.dates import written


@dataclass(frozen=True, slots=True)
class Voice:
    """The names of parties in the active language, and what is to be done."""

    names: Mapping[str, str] = field(default_factory=dict)
    what: Wording = field(default_factory=lambda: Wording("", is_deed=False))

    def name(self, code: str) -> str:
        """Name a party; one that the directory does not know keeps its code."""
        return _("everybody") if code == EVERYONE else self.names.get(code, code)

    def name_all(self, codes: Iterable[str]) -> str:
        """Name several parties: A, B and C."""
        return joined([self.name(code) for code in codes])


def joined(names: Iterable[str]) -> str:
    """Join names or phrases: A, B and C."""
    *before, last = names
    if not before:
        return last
    return _("%(all_but_last)s and %(last)s") % {"all_but_last": ", ".join(before), "last": last}


def told_once(sentences: Iterable[str]) -> str:
    """Join sentences into a paragraph; the same one is not said twice in a row."""
    kept = [sentence for sentence in sentences if sentence]
    first = kept[:1]
    return " ".join(first + [later for earlier, later in pairwise(kept) if later != earlier])


def on(when: When, before: When | None = None) -> str:
    """Say when: on a day, in a month, in a year; the same day as what was said before."""
    if before == when and when.precision is Precision.DAY:
        return _("the same day")
    if when.precision is Precision.DAY:
        return _("on %(day)s") % {"day": written(when)}
    return _("in %(month)s") % {"month": written(when)}


def quoted(move: Move) -> str:
    """Quote the words of a move's own terms, with the day if they do not name its year."""
    if move.terms is None:
        return ""
    what = "“" + move.terms.what.rstrip(".") + "”"
    if move.terms.due is None or move.terms.due.value[:4] in what:
        return what
    return _("%(what)s, due %(due)s") % {"what": what, "due": written(move.terms.due)}
