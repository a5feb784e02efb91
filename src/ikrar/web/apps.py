"""The room of the shared look."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, style and tags that every page uses; it knows nothing of the register."""

    name = "ikrar.web"
