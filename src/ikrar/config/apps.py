"""The room that knows every other, as a Django app."""

from django.apps import AppConfig

from ikrar.config import static_files


class ConfigConfig(AppConfig):
    """Settings, addresses, commands; on start it brings the static files up to date."""

    name = "ikrar.config"
    verbose_name = "Ikrar"

    def ready(self) -> None:
        """Collect static files when they changed (a few milliseconds when not)."""
        static_files.collect_when_changed()
