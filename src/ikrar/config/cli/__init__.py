"""The `ikrar` command: one module per family of commands, each thin.

Exit codes: 0 done · 2 bad usage · 3 some inputs could not be read · 4 verification failed.
"""

import os
import sys

import typer
from django.db import OperationalError

from ikrar.config.cli import keep, people, read, serve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikrar.config.settings")

app = typer.Typer(
    help="Cooperation between States, from what was said in the room to what was done.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
read.register(app)
keep.register(app)
serve.register(app)
people.register(app)


def main() -> None:
    """Run the command line; a database that went away is told in a sentence."""
    try:
        app()
    except OperationalError as error:
        sys.stderr.write(f"The database did not answer; what was committed is kept. {error}\n")
        raise SystemExit(1) from None
