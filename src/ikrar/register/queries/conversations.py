"""Conversations: the moves of undertakings as the kernel folds them."""

from collections.abc import Iterable
from typing import NamedTuple

from ikrar.kernel.evidence import Attestation, Classification
from ikrar.kernel.move import Condition, Kind, Move, Precision, Terms, Trigger, When
from ikrar.kernel.standing import Telling
from ikrar.register.models import RecordedMove
from ikrar.register.timeline import Heard

NO_SALT = "0" * 32
WORDS_ERASED = "…"


def heard_of(undertakings: Iterable[int]) -> dict[int, list[Heard]]:
    """Load the moves of undertakings in the order of learning, one query for all of them."""
    found: dict[int, list[Heard]] = {pk: [] for pk in undertakings}
    rows = RecordedMove.objects.filter(undertaking__in=list(found)).order_by("entry")
    for row in rows.select_related("undertaking").prefetch_related("annulments"):
        found[row.undertaking_id].append(heard(row))
    return found


class KnownMove(NamedTuple):
    """A move in the log, and how guarded the undertaking is that it is about."""

    move: Move
    classification: Classification


def known_moves(entries: Iterable[int]) -> list[KnownMove]:
    """Load the moves that lie at these entries and are neither annulled nor erased."""
    rows = RecordedMove.objects.filter(
        entry__in=list(entries), annulled_at__isnull=True, erased_by__isnull=True
    )
    return [
        KnownMove(move_of(row), list(Classification)[row.undertaking.classification])
        for row in rows.select_related("undertaking").order_by("entry")
    ]


def heard(row: RecordedMove) -> Heard:
    """Read a recorded move back as the kernel's telling."""
    return Heard(
        telling=Telling(move_of(row), Attestation(row.attestation), frozenset(row.received)),
        certain_on=row.certain_on,
        recorded_at=row.recorded_at,
        annulled=tuple((a.annulled_at, a.undone_at) for a in row.annulments.all()),
    )


def move_of(row: RecordedMove) -> Move:
    """Read a row back as a move under its own id.

    The salt stays in the log, so the id is taken from the row: an erased move, whose bytes are
    gone, still folds by what its erasure kept of it.
    """
    opens = row.undertaking.opened_by == row.move_id
    move = Move(
        kind=Kind(row.kind),
        by=row.by,
        performer=row.undertaking.performer,
        made_on=When(row.made_on, Precision(row.precision)),
        to=tuple(row.to),
        undertaking=None if opens else row.undertaking.opened_by,
        answers=row.answers or None,
        hedged=row.hedged,
        full=row.full,
        terms=_terms(row),
        joint=row.undertaking.joint or None if opens else None,
        restates=row.restates or None,
        salt=NO_SALT,
    )
    move.__dict__["move_id"] = row.move_id
    return move


def when_or_none(value: str, precision: str) -> When | None:
    """Read a day, month or year back; empty means none was told."""
    return When(value, Precision(precision)) if value else None


def _terms(row: RecordedMove) -> Terms | None:
    if not (row.what or row.due or row.condition):
        return None
    condition = row.condition and Condition(
        row.condition["undertaking"], Trigger(row.condition["trigger"])
    )
    return Terms(row.what or WORDS_ERASED, when_or_none(row.due, row.due_precision), condition)
