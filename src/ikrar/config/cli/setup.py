"""What most commands need first: Django, a database that is ready, tables, static files."""

import os
import sys
from pathlib import Path

import django
import typer
from rich.console import Console

errors = Console(stderr=True, markup=False, soft_wrap=True)


def prepare(*, migrate: bool = True) -> None:
    """Set Django up and make sure that the database and its tables are there.

    A fault of the database is told as its sentence and ends the command with exit code 1.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikrar.config.settings")
    from ikrar.config import database  # noqa: PLC0415 (reads the environment)

    try:
        django.setup()
        database.ready()
        if migrate:
            database.migrate_all()
    except database.DatabaseSetupError as fault:
        errors.print(str(fault))
        raise typer.Exit(1) from None
    except OSError as fault:
        errors.print(f"The home folder cannot be used: {fault}. Name another in IKRAR_HOME.")
        raise typer.Exit(1) from None
    from ikrar.config.static_files import collect_when_changed  # noqa: PLC0415

    collect_when_changed()


def beside_python(program: str) -> str:
    """Give the path of a program of this environment."""
    return str(Path(sys.executable).with_name(program))
