"""The register as a Django app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The room of the log."""

    name = "ikrar.register"
    label = "register"
    verbose_name = "Register"
