"""`ikrar read`: documents in, who asked what of whom out. Needs no database."""

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from ikrar.config.cli.codes import SOME_UNREADABLE
from ikrar.reading.merge import merge
from ikrar.reading.outcome import Reading
from ikrar.reading.pipeline import read
from ikrar.reading.text import Meta

console = Console(markup=False)
errors = Console(stderr=True, markup=False, soft_wrap=True)


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
    missing = [path for path in files if not path.is_file()]
    for path in missing:
        errors.print(f"{path}: there is no such file.")
    files = [path for path in files if path not in missing]
    for path in track(files, description="Reading", console=errors, transient=True):
        meta = Meta(filename=path.name, url=url, published_on=published_on)
        readings.append(read(path.read_bytes(), meta))
    if as_json or with_text or merged:
        _print_json(readings, with_text=with_text, merged=merged)
    else:
        _print_tables(files, readings)
    unread = [(p, r.error) for p, r in zip(files, readings, strict=True) if r.error]
    for path, error in unread:
        errors.print(f"{path}: {error.sentence if error else ''}")
    if unread or missing:
        raise typer.Exit(SOME_UNREADABLE)


def _print_json(readings: Sequence[Reading], *, with_text: bool, merged: bool) -> None:
    if merged:
        value: Any = merge(readings).to_json(with_text=with_text)
    else:
        value = [reading.to_json(with_text=with_text) for reading in readings]
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _print_tables(files: Sequence[Path], readings: Sequence[Reading]) -> None:
    for path, reading in zip(files, readings, strict=True):
        if reading.error:
            continue
        table = Table(title=f"{path.name}: {_meeting_line(reading)}", title_justify="left")
        for column in ("kind", "from", "to", "theme", "hedged", "words"):
            table.add_column(column)
        for told in reading.statements:
            table.add_row(
                told.kind,
                " ".join(told.from_),
                " ".join(told.to),
                told.theme,
                "hedged" if told.hedged else "",
                " ".join(told.passage.quote.split()),
            )
        console.print(table)


def _meeting_line(reading: Reading) -> str:
    meeting = reading.meeting
    if meeting is None or not meeting.is_told:
        return "no meeting told"
    day = meeting.date.value if meeting.date else "date not told"
    return f"{', '.join(meeting.parties)}, {meeting.place or 'place not told'}, {day}"
