"""Timelines: what stood from which day on, as known at an instant. Pure; no database.

A move counts from the first day on which it had certainly been made: the last day of `made_on`,
or the day it was recorded if that is earlier (what we were told had already happened).

Undertakings are computed in groups: those that conditions tie together ("we, if you"), since a
promise sleeps or wakes by what another undertaking does. Groups are keyed by our local ids.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime

from ikrar.kernel.condition import Pledge, dormant
from ikrar.kernel.move import Condition, Move, When
from ikrar.kernel.standing import Fold, Telling, fold
from ikrar.kernel.strand import Mark

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


Group = Mapping[int, Sequence[Heard]]


def timelines(group: Group) -> dict[int, list[Stand]]:
    """Say what stood from which day on, strand by strand, of moves that are not annulled."""
    heard = {pk: [h for h in moves if not h.is_annulled] for pk, moves in group.items()}
    lines = {pk: _Line() for pk in group}
    folds: dict[int, Fold] = {}
    for day in sorted({h.certain_on for moves in heard.values() for h in moves}):
        for pk, moves in heard.items():
            if any(h.certain_on == day for h in moves):
                folds[pk] = fold([h.telling for h in moves if h.certain_on <= day])
        asleep = sleeping(folds)
        for pk, folded in folds.items():
            lines[pk].go_on(stands_of(folded, asleep.get(pk, set()), day), day)
    return {pk: line.stands() for pk, line in lines.items()}


class _Line:
    """The stands of one undertaking as days go by; what goes on unchanged is not begun anew."""

    def __init__(self) -> None:
        self._open: dict[str, Stand] = {}
        self._closed: list[Stand] = []

    def go_on(self, stands: Iterable[Stand], day: date) -> None:
        now = {stand.requester: stand for stand in stands}
        for requester, before in list(self._open.items()):
            stand = now.get(requester)
            if stand and replace(before, true_from=day) == stand:
                continue
            self._closed.append(replace(before, true_to=day))
            del self._open[requester]
        self._open = {**now, **self._open}

    def stands(self) -> list[Stand]:
        every = [*self._closed, *self._open.values()]
        return sorted(every, key=lambda s: (s.requester, s.true_from))


def stands_of(folded: Fold, asleep: AbstractSet[str], day: date) -> list[Stand]:
    """List what stands from `day` on: the whole first, then each strand.

    `asleep`: the requesters (`WHOLE` for the undertaking) towards whom the promise sleeps.
    """
    strands = [
        Stand(
            requester,
            strand.standing.value,
            _marks(strand.marks, requester in asleep),
            due_of(folded, requester),
            day,
        )
        for requester, strand in folded.strands.items()
    ]
    return [_whole(folded, strands, WHOLE in asleep, day), *strands]


def _whole(folded: Fold, strands: Sequence[Stand], is_asleep: bool, day: date) -> Stand:
    """Sum up the strands: the worst standing, with the marks and earliest due of its strands.

    A strand whose promise sleeps is not late, so its due day does not speak for those awake.
    """
    worst = [s for s in strands if s.standing == folded.standing.value]
    marks = sorted({m for s in worst for m in s.marks if m != Mark.DORMANT})
    awake = [s for s in worst if is_asleep or Mark.DORMANT.value not in s.marks]
    due = min((s.due for s in awake if s.due), key=lambda d: d.last, default=None)
    return Stand(WHOLE, folded.standing.value, _marks(marks, is_asleep), due, day)


def _marks(marks: Iterable[str], is_asleep: bool) -> tuple[str, ...]:
    return (*(str(m) for m in marks), *([Mark.DORMANT.value] if is_asleep else []))


def due_of(folded: Fold, requester: str) -> When | None:
    """Say by when, on the terms that bind in a strand, or else lie on the table."""
    terms = folded.terms_of(requester)
    return terms.due if terms else None


def sleeping(folds: Mapping[int, Fold]) -> dict[int, set[str]]:
    """Name, by undertaking, the strands (and `WHOLE`) whose promise waits for a condition.

    The whole sleeps when all strands that show its standing wait; it waits with the first of them.
    """
    waiting = {pk: found for pk, folded in folds.items() if (found := _conditions(folded))}
    if not waiting:
        return {}
    names = {pk: next(iter(folded.moves.values())).undertaking_id for pk, folded in folds.items()}
    pledges = {names[pk]: Pledge(folded.standing) for pk, folded in folds.items()}
    for pk, conditions in waiting.items():
        strands, standing = folds[pk].strands, folds[pk].standing
        shown = sorted(r for r, strand in strands.items() if strand.standing is standing)
        if all(requester in conditions for requester in shown):
            pledges[names[pk]] = Pledge(standing, conditions[shown[0]])
        for requester, condition in conditions.items():
            pledges[f"{names[pk]}/{requester}"] = Pledge(strands[requester].standing, condition)
    asleep = {tuple(name.partition("/")[::2]) for name in dormant(pledges)}
    return {pk: {requester for name, requester in asleep if name == names[pk]} for pk in waiting}


def _conditions(folded: Fold) -> dict[str, Condition]:
    """Find, by requester, what the binding terms of strands wait for."""
    bound = {r: folded.terms_of(r) for r, strand in folded.strands.items() if strand.terms}
    return {r: terms.condition for r, terms in bound.items() if terms and terms.condition}


def histories(group: Group) -> dict[int, list[Spell]]:
    """Say what stood from which day on and between which instants that was what we knew."""
    spells: dict[int, list[Spell]] = {pk: [] for pk in group}
    known: dict[int, list[Spell]] = {pk: [] for pk in group}
    for instant in _instants(group):
        lines = timelines({pk: known_at(heard, instant) for pk, heard in group.items()})
        for pk, stands in lines.items():
            kept, ended, begun = advance(known[pk], stands, instant)
            spells[pk] += ended
            known[pk] = kept + begun
    return {pk: sorted(spells[pk] + known[pk], key=_place) for pk in group}


def _instants(group: Group) -> list[datetime]:
    """Every instant at which something was learned, annulled or restored."""
    heard = [h for moves in group.values() for h in moves]
    changes = {moment for h in heard for ends in h.annulled for moment in ends if moment}
    return sorted({h.recorded_at for h in heard} | changes)


def _place(spell: Spell) -> tuple[datetime, str, date]:
    return spell.known_from, spell.stand.requester, spell.stand.true_from


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
