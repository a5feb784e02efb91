"""Tables of figures: for the terminal, and as Markdown for docs/benchmarks.md."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table


@dataclass
class Figures:
    """A titled table: the first column names what was measured, the others are figures."""

    title: str
    columns: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)

    def add(self, *cells: str) -> None:
        """Add one row."""
        self.rows.append(cells)


def show(figures: Figures, console: Console) -> None:
    """Print a table for a person."""
    table = Table(title=figures.title, title_justify="left")
    for place, column in enumerate(figures.columns):
        table.add_column(column, justify="left" if place == 0 else "right")
    for row in figures.rows:
        table.add_row(*row)
    console.print(table)


def markdown(figures: Figures) -> str:
    """Write a table as Markdown."""
    lines = [
        f"### {figures.title}",
        "",
        _line(figures.columns),
        _line(["---", *["---:"] * (len(figures.columns) - 1)]),
        *(_line(row) for row in figures.rows),
        "",
    ]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
