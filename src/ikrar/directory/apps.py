"""The room's place among Django's apps."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Parties, persons, dated offices, occasions."""

    name = "ikrar.directory"
    label = "directory"
