"""The room of the accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who log in; what they hold office in is the directory's."""

    name = "ikrar.accounts"
    verbose_name = _("Accounts")
