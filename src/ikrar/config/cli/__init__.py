"""The `ikrar` command: one module per family of commands, each thin.

Exit codes: 0 done · 2 bad usage · 3 some inputs could not be read · 4 verification failed.
"""

import os

import typer

from ikrar.config.cli import keep, read, serve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikrar.config.settings")

app = typer.Typer(
    help="Cooperation between States, from what was said in the room to what was done.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
read.register(app)
keep.register(app)
serve.register(app)


def main() -> None:
    """Run the command line."""
    app()
