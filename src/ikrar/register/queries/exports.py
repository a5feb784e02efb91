"""The rows of the register as files: the same rows, filters and permissions as the page."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from ikrar.register.queries.filters import Filters
from ikrar.register.queries.undertakings import Row, all_rows, settled
from ikrar.register.rules import Reader

COLUMNS = (
    "symbol",
    "title",
    "performer",
    "requesters",
    "theme",
    "standing",
    "marks",
    "due",
    "hedged",
    "acknowledged",
    "reports",
    "invented",
)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def exported(reader: Reader, filters: Filters, language: str) -> Iterator[Mapping[str, Any]]:
    """Yield each row as plain values: codes and words of the kernel, the title in a language."""
    for row in all_rows(reader, settled(filters)):
        yield plain(row, language)


def plain(row: Row, language: str) -> Mapping[str, Any]:
    """Return a row as plain values, in the order of `COLUMNS`."""
    return {
        "symbol": row.symbol,
        "title": row.titles.get(language) or next(iter(row.titles.values()), row.what),
        "performer": row.performer,
        "requesters": list(row.requesters),
        "theme": row.theme,
        "standing": row.standing,
        "marks": list(row.marks),
        "due": row.due.value if row.due else "",
        "hedged": row.hedged,
        "acknowledged": row.is_acknowledged,
        "reports": row.evidence,
        "invented": row.invented,
    }


def as_csv(rows: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    """Write rows as CSV, line by line, with a head; no cell can be taken for a formula."""
    yield _line(COLUMNS)
    for row in rows:
        yield _line([_cell(row[column]) for column in COLUMNS])


def as_json(rows: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    """Write rows as a JSON list, piece by piece."""
    lead = "[\n"
    for row in rows:
        yield lead + json.dumps(row, ensure_ascii=False)
        lead = ",\n"
    yield "[]\n" if lead == "[\n" else "\n]\n"


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return harmless(" ".join(value) if isinstance(value, list) else str(value))


def _line(cells: Any) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerow(cells)
    return file.getvalue()
