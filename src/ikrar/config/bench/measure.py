"""Everything that `ikrar bench` measures, in order, with what the machine was doing."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from random import Random

from django.db import connection, connections
from rich.console import Console

from ikrar.config.bench.appends import measure_appends
from ikrar.config.bench.clock import cpu, load, now
from ikrar.config.bench.conversations import generate_conversation
from ikrar.config.bench.fill import fill
from ikrar.config.bench.pages import measure_pages
from ikrar.config.bench.tables import Figures, markdown, show
from ikrar.kernel.standing import fold
from ikrar.reading.pipeline import read
from ikrar.reading.text import Meta

CONVERSATIONS = 2_000
ARTICLE = "2025-11-24-contoh-warta.id.txt"
ARTICLES = 40
LENGTH = 3_400  # bytes of a press report as the ministry files them


def measure_all(sizes: Sequence[int]) -> None:
    """Measure, show each table as soon as it is there, and end with the Markdown of all."""
    console = Console()
    console.print(f"Load of the machine: {load()}")
    tables: list[Figures] = []

    def keep(figures: Figures) -> None:
        tables.append(figures)
        show(figures, console)

    keep(measure_rates())
    _measure_sizes(sorted(sizes), keep)
    keep(measure_appends())
    console.print(f"Load of the machine: {load()}")
    day = datetime.now(UTC).date()
    heading = f"## {day} · Python {sys.version.split()[0]} · PostgreSQL {_server()}"
    console.out("\n".join([heading, "", f"Load at the end: {load()}.", "", *map(markdown, tables)]))


def _measure_sizes(sizes: Sequence[int], keep: Callable[[Figures], None]) -> None:
    filled = Figures("Filling the register by appends of 250 undertakings", FILLED)
    already = 0
    for size in sizes:
        begun = now()
        fill(size, already=already)
        _settle()
        filled.add(f"{size:,}", *_counts(), f"{now() - begun:,.0f}")
        already = size
        keep(measure_pages(size))
    keep(filled)


FILLED = ["Undertakings", "moves each", "strands each", "seconds"]


def _settle() -> None:
    """Let the planner know the tables, as autovacuum would in a while."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _counts() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM register_recordedmove)::float / count(*),"
            " (SELECT count(*) FROM register_strand)::float / count(*) FROM register_undertaking"
        )
        moves, strands = cursor.fetchone()
    return f"{moves:.1f}", f"{strands:.1f}"


def measure_rates() -> Figures:
    """Measure the fold and the reading of articles on one core."""
    figures = Figures("Rates of one core (CPU time)", ["What", "per second"])
    figures.add("fold, moves", f"{_fold_rate():,.0f}")
    figures.add(f"reading, articles of {LENGTH:,} bytes", f"{_reading_rate():,.1f}")
    return figures


def _fold_rate() -> float:
    rng = Random(20251124)  # noqa: S311 (made-up moves)
    conversations = [generate_conversation(rng).tellings for _ in range(CONVERSATIONS)]
    begun = cpu()
    for tellings in conversations:
        fold(tellings)
    return sum(map(len, conversations)) / (cpu() - begun)


def _reading_rate() -> float:
    article = _article()
    meta = Meta(filename=ARTICLE)
    read(article, meta)
    begun = cpu()
    for number in range(ARTICLES):
        read(article + f"\n\n{number}.".encode(), meta)
    return ARTICLES / (cpu() - begun)


def _article() -> bytes:
    """Take our own report and let it go on until it is as long as those that come in."""
    text = files("ikrar.config.demo").joinpath("documents", ARTICLE).read_text("utf-8")
    paragraphs = [paragraph for paragraph in text.split("\n\n") if paragraph.strip()]
    article = text
    for number in range(100):
        if len(article.encode()) >= LENGTH:
            break
        article += "\n\n" + paragraphs[1 + number % (len(paragraphs) - 1)]
    return article.encode()


def _server() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])
