"""Words of the desk."""

from collections.abc import Mapping, Sequence

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Decision(models.TextChoices):
    """What a person decided about a statement."""

    WAITING = "waiting", gettext_lazy("Waiting")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    REJECTED = "rejected", gettext_lazy("Rejected")


SENTENCES: Mapping[str, object] = {
    "announce": gettext_lazy("%(who)s announced a plan of its own"),
    "position": gettext_lazy("%(who)s stressed a need"),
    "inform": gettext_lazy("%(who)s told of a situation"),
}


def statement_sentence(kind: str, by: Sequence[str], names: Mapping[str, str]) -> str:
    """Say who said what kind of thing, in the language of the page."""
    who = _(" and ").join(names.get(party, party) for party in by) or _("Somebody")
    sentence = SENTENCES.get(kind, gettext_lazy("%(who)s: not yet decided"))
    return str(sentence) % {"who": who}
