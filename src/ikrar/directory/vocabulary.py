"""The room's closed lists of words, with their names for pages."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartyKind(TextChoices):
    """What can ask or promise."""

    STATE = "state", _("State")
    INSTITUTION = "institution", _("Institution of a State")
    BODY = "body", _("Body")


class RegionalGroup(TextChoices):
    """The five regional groups of the United Nations, with the codes that the UN uses."""

    AFR = "AFR", _("African States")
    APG = "APG", _("Asia-Pacific States")
    EEG = "EEG", _("Eastern European States")
    GRULAC = "GRULAC", _("Latin American and Caribbean States")
    WEOG = "WEOG", _("Western European and other States")


class UnStanding(TextChoices):
    """How a State stands to the United Nations; an invented State has no standing."""

    MEMBER = "member", _("Member State")
    OBSERVER = "observer", _("Observer State")
