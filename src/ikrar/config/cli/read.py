"""`ikrar read`: documents in, who asked what of whom out. Needs no database."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from ikrar.config.cli.codes import SOME_UNREADABLE
from ikrar.reading.contract import Reading
from ikrar.reading.merge import merge
from ikrar.reading.pipeline import read
from ikrar.reading.text import Meta

errors = Console(stderr=True)


def register(app: typer.Typer) -> None:
    """Add the reading commands."""
    app.command("read")(read_files)


def read_files(
    files: Annotated[list[Path], typer.Argument(help="Text, HTML, PDF or DOCX.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the JSON contract.")] = False,
    with_text: Annotated[bool, typer.Option("--text", help="Add the canonical text.")] = False,
    merged: Annotated[bool, typer.Option("--merge", help="Merge reports of one meeting.")] = False,
    published: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of publication.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="Where the document was found.")] = None,
) -> None:
    """Read documents and print who asked, offered, promised or answered what of whom."""
    published_on = published.date() if published else None
    readings: list[Reading] = []
    for path in track(files, description="Reading", console=errors, transient=True):
        meta = Meta(filename=path.name, url=url, published_on=published_on)
        readings.append(read(_bytes_of(path), meta))
    if as_json or with_text or merged:
        print_json(readings, with_text=with_text, merged=merged)
    else:
        _print_tables(files, readings)
    unread = [(p, r.error) for p, r in zip(files, readings, strict=True) if r.error]
    for path, error in unread:
        errors.print(f"[bold]{path}[/bold]: {error.sentence if error else ''}")
    if unread:
        raise typer.Exit(SOME_UNREADABLE)
