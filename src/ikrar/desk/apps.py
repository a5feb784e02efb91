"""The desk as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The room of intake and review."""

    name = "ikrar.desk"
    label = "desk"
    verbose_name = "Desk"
