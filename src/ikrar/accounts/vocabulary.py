"""Roles and classifications, and their words in the interface."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ikrar.kernel.evidence import Classification


class Role(TextChoices):
    """What an account may do; each may do what those before it may."""

    READER = "reader", _("Reader")
    RECORDER = "recorder", _("Recorder")
    REVIEWER = "reviewer", _("Reviewer")
    ADMINISTRATOR = "administrator", _("Administrator")


CLASSIFICATION_WORDS = {
    Classification.PUBLIC: _("Public"),
    Classification.INTERNAL: _("Internal"),
    Classification.RESTRICTED: _("Restricted"),
    Classification.SECRET: _("Secret"),
}
