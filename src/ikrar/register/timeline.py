"""Timelines: what stood from which day on, as known at an instant. Pure; no database.

A move counts from the first day on which it had certainly been made: the last day of `made_on`,
or the day it was recorded if that is earlier (what we were told had already happened).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from ikrar.kernel.move import Move, When
from ikrar.kernel.standing import Fold, Telling, fold
from ikrar.kernel.strand import Strand

WHOLE = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A telling with what the log knows of it: certain from which day, recorded when.

    `annulled`: the instants (from, to) between which it was struck through; None = still.
    """

    telling: Telling
    certain_on: date
    recorded_at: datetime
    annulled: tuple[tuple[datetime, datetime | None], ...] = ()

    @property
    def move(self) -> Move:
        """The move that was told."""
        return self.telling.move

    @property
    def is_annulled(self) -> bool:
        """Whether it is struck through as far as is known."""
        return any(end is None for _, end in self.annulled)


@dataclass(frozen=True, slots=True)
class Stand:
    """What stands on one strand (`requester`; empty = the whole) from a day on."""

    requester: str
    standing: str
    marks: tuple[str, ...]
    due: When | None
    true_from: date
    true_to: date | None = None


@dataclass(frozen=True, slots=True)
class Spell:
    """A stand with the instants between which it was what we knew (end exclusive, None = still)."""

    stand: Stand
    known_from: datetime
    known_to: datetime | None = None


def certain_on(made_on: When, recorded_at: datetime) -> date:
    """Give the first day on which a move had certainly been made."""
    return min(made_on.last, max(made_on.first, recorded_at.date()))


def fold_heard(heard: Iterable[Heard]) -> Fold:
    """Fold what was heard, without what was annulled."""
    return fold([h.telling for h in heard if not h.is_annulled])


def timeline(heard: Sequence[Heard]) -> list[Stand]:
    """Say what stood from which day on, strand by strand, of moves that are not annulled."""
    standing = [h for h in heard if not h.is_annulled]
    moves = {h.move.move_id: h.move for h in standing}
    open_stands: dict[str, Stand] = {}
    closed: list[Stand] = []
    for day in sorted({h.certain_on for h in standing}):
        folded = fold([h.telling for h in standing if h.certain_on <= day])
        for stand in _stands(folded, moves, day):
            before = open_stands.get(stand.requester)
            if before and replace(before, true_from=day) == stand:
                continue
            if before:
                closed.append(replace(before, true_to=day))
            open_stands[stand.requester] = stand
    return sorted([*closed, *open_stands.values()], key=lambda s: (s.requester, s.true_from))


def _stands(folded: Fold, moves: Mapping[str, Move], day: date) -> list[Stand]:
    strands = [
        Stand(requester, strand.standing.value, tuple(strand.marks), due_of(strand, moves), day)
        for requester, strand in folded.strands.items()
    ]
    return [whole_of(folded, strands, day), *strands]


def whole_of(folded: Fold, strands: Sequence[Stand], day: date) -> Stand:
    """Sum up the strands: the worst standing, with the marks and earliest due of its strands."""
    worst = [s for s in strands if s.standing == folded.standing.value]
    marks = tuple(sorted({mark for s in worst for mark in s.marks}))
    due = min((s.due for s in worst if s.due), key=lambda d: d.last, default=None)
    return Stand(WHOLE, folded.standing.value, marks, due, day)


def due_of(strand: Strand, moves: Mapping[str, Move]) -> When | None:
    """Say by when: of the binding terms, else of what lies on the table.

    Terms that a move leaves unsaid are those of the move it answers.
    """
    for move_id in on_table(strand):
        move = moves.get(move_id)
        while move:
            if move.terms and move.terms.due:
                return move.terms.due
            move = moves.get(move.answers or "")
    return None


def on_table(strand: Strand) -> list[str]:
    """Name the acts whose terms stand: the binding ones, else the latest kind of proposal first."""
    if strand.bond and strand.terms:
        return [strand.terms]
    proposals = (
        strand.performer_counter,
        strand.requester_counter,
        strand.offer,
        strand.request,
        strand.report,
    )
    return [act for act in proposals if act]


def history(heard: Sequence[Heard]) -> list[Spell]:
    """Say what stood from which day on and between which instants that was what we knew."""
    changes = {moment for h in heard for ends in h.annulled for moment in ends if moment}
    instants = {h.recorded_at for h in heard} | changes
    spells: list[Spell] = []
    known: list[Spell] = []
    for instant in sorted(instants):
        kept, ended, begun = advance(known, timeline(known_at(heard, instant)), instant)
        spells += ended
        known = kept + begun
    return sorted(
        spells + known, key=lambda s: (s.known_from, s.stand.requester, s.stand.true_from)
    )


def known_at(heard: Iterable[Heard], instant: datetime) -> list[Heard]:
    """Take what was known at an instant, without what was annulled or restored later."""
    return [
        replace(h, annulled=tuple(_ends_known(h.annulled, instant)))
        for h in heard
        if h.recorded_at <= instant
    ]


def _ends_known(
    annulled: Iterable[tuple[datetime, datetime | None]], instant: datetime
) -> Iterator[tuple[datetime, datetime | None]]:
    for begin, end in annulled:
        if begin <= instant:
            yield begin, end if end and end <= instant else None


def true_on(heard: Iterable[Heard], day: date) -> list[Heard]:
    """Take the moves that had certainly been made by a day."""
    return [h for h in heard if h.certain_on <= day]


def advance(
    known: Sequence[Spell], stands: Sequence[Stand], instant: datetime
) -> tuple[list[Spell], list[Spell], list[Spell]]:
    """Compare what was known with what is known from `instant` on: (kept, ended, begun)."""
    now = set(stands)
    before = {spell.stand for spell in known}
    kept = [spell for spell in known if spell.stand in now]
    ended = [replace(spell, known_to=instant) for spell in known if spell.stand not in now]
    begun = [Spell(stand, instant) for stand in stands if stand not in before]
    return kept, ended, begun
