"""The demo loaded into the test database, and the register as plain values."""

from dataclasses import dataclass
from pathlib import Path

from ikrar.config.demo.load import FOLDER, Loaded, load_demo
from ikrar.register.models import Undertaking


@dataclass(frozen=True)
class PlainMove:
    """A recorded move."""

    kind: str
    by: str
    hedged: bool
    effect: bool
    recorded_by: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class PlainUndertaking:
    """An undertaking with its moves in the order of the fold."""

    symbol: str
    performer: str
    requesters: tuple[str, ...]
    standing: str
    theme: str
    due: str
    joint: str
    occasion: str
    invented: bool
    evidence_count: int
    titles: tuple[tuple[str, str], ...]
    moves: tuple[PlainMove, ...]


def load(folder: Path = FOLDER) -> Loaded:
    """Load a demo folder."""
    return load_demo(folder)


def standings() -> list[PlainUndertaking]:
    """Read the whole register."""
    rows = Undertaking.objects.order_by("id").prefetch_related("moves__evidence__passage")
    return [
        PlainUndertaking(
            symbol=row.symbol,
            performer=row.performer,
            requesters=tuple(row.requesters),
            standing=row.standing,
            theme=row.theme,
            due=row.due,
            joint=row.joint,
            occasion=row.occasion,
            invented=row.invented,
            evidence_count=row.evidence_count,
            titles=tuple(sorted(row.titles.items())),
            moves=tuple(
                PlainMove(
                    kind=move.kind,
                    by=move.by,
                    hedged=move.hedged,
                    effect=move.effect,
                    recorded_by=move.recorded_by.name if move.recorded_by else "",
                    evidence=tuple(e.passage.quote for e in move.evidence.all()),
                )
                for move in sorted(row.moves.all(), key=lambda m: m.place)
            ),
        )
        for row in rows
    ]
