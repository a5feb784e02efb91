"""The desk as a Django app."""

from django.apps import AppConfig

from ikrar.web import panels


class DeskConfig(AppConfig):
    """The room of intake and review."""

    name = "ikrar.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        """Show the desk's facts on the register's pages."""
        from ikrar.desk.panels import meeting_panel  # noqa: PLC0415 (models must be loaded)

        panels.register("register.meeting", meeting_panel)
