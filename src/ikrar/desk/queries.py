"""Reads of the desk."""

from collections.abc import Iterable
from dataclasses import dataclass

from ikrar.desk.models import Statement
from ikrar.desk.proposals import MOVES
from ikrar.desk.vocabulary import Decision
from ikrar.kernel.evidence import EvidenceGrade
from ikrar.register.rules import Reader, visible

FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Said:
    """What reports tell of a meeting that is no move: one act, in one report's own words."""

    kind: str
    by: tuple[str, ...]
    words: str
    language: str
    source: str
    publisher: str
    start: int
    reports: int


def entries_of_group(group: str) -> list[int]:
    """Name the log entries that statements of a group, accepted before, became evidence of."""
    rows = Statement.objects.filter(group=group, decision=Decision.ACCEPTED)
    return sorted(
        {entry for entries in rows.values_list("entries", flat=True) for entry in entries}
    )


def told_at(meeting: int, reader: Reader) -> tuple[list[Said], list[Said]]:
    """List what reports tell of a meeting beside the moves, each act once, in text order.

    First what was announced, stressed and told, which binds nobody; then what the machine read as
    moves and nobody has accepted.
    """
    rows = list(_told(meeting, reader))
    waiting = [r for r in rows if r.kind in MOVES and r.decision == Decision.WAITING]
    return _once(r for r in rows if r.kind not in MOVES), _once(waiting)


def _told(meeting: int, reader: Reader) -> Iterable[Statement]:
    """Load a meeting's statements from the sources that the reader may see; headlines aside."""
    rows = Statement.objects.filter(visible(reader, "source__"), meeting=meeting)
    rows = rows.exclude(grade=EvidenceGrade.HEADLINE.value).exclude(decision=Decision.REJECTED)
    rows = rows.select_related("source").defer("source__content", "source__zones")
    return rows.order_by("source_id", "start", "pk")


def _once(rows: Iterable[Statement]) -> list[Said]:
    groups: dict[str, list[Statement]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return [_said(told) for told in groups.values()]


def _said(told: list[Statement]) -> Said:
    """Quote the first report whose words are more than a stub."""
    quoted = next((s for s in told if len(_words(s).split()) > FEWEST_WORDS), told[0])
    return Said(
        kind=quoted.kind,
        by=tuple(quoted.from_parties),
        words=_words(quoted),
        language=quoted.source.language,
        source=quoted.source.symbol,
        publisher=quoted.source.publisher or quoted.source.title or quoted.source.filename,
        start=quoted.start,
        reports=len({s.source_id for s in told}),
    )


def _words(statement: Statement) -> str:
    return " ".join(statement.source.text[statement.start : statement.end].split())
