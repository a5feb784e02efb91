"""Where the reports of an undertaking agree, and where they word a move differently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ikrar.register.models import Evidence, Source
from ikrar.register.queries.stories import StoryMove


@dataclass(frozen=True, slots=True)
class Wording:
    """A kind of move as some reports word it."""

    kind: str
    hedged: bool
    sources: Sequence[Source]


@dataclass(frozen=True, slots=True)
class Difference:
    """A move that reports word differently; `wordings` with the one that was kept first."""

    told: StoryMove
    wordings: Sequence[Wording]


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports that count in order of arrival, the copies, and where they differ."""

    sources: Sequence[Source]
    copies: Sequence[Source]
    differences: Sequence[Difference]

    @property
    def differing(self) -> int:
        """How many reports word some move in another way than it was kept."""
        return len(
            {
                source.pk
                for each in self.differences
                for wording in each.wordings
                if not is_kept(each.told, wording)
                for source in wording.sources
            }
        )

    @property
    def agreeing(self) -> int:
        """How many reports word every move they tell as it was kept."""
        return len(self.sources) - self.differing

    def letter(self, source: Source) -> str:
        """Name a report by a letter: A, B, C … in order of arrival, the copies after."""
        place = [each.pk for each in [*self.sources, *self.copies]].index(source.pk)
        return chr(ord("A") + place) if place < 26 else str(place + 1)


def is_kept(told: StoryMove, wording: Wording) -> bool:
    """Whether a wording is the one with which the move was kept."""
    return (wording.kind, wording.hedged) == (told.row.kind, told.row.hedged)


def reports_of(moves: Iterable[StoryMove]) -> Reports:
    """Compare what the reports of moves say; what is annulled or a copy is not counted."""
    standing = [told for told in moves if told.annulment is None]
    rows = [row for told in standing for row in told.evidence]
    sources = _sources(row for row in rows if row.counted)
    names = {source.pk for source in sources}
    copies = [s for s in _sources(row for row in rows if not row.counted) if s.pk not in names]
    found = [_difference(told) for told in standing]
    return Reports(sources, copies, [each for each in found if each])


def _sources(rows: Iterable[Evidence]) -> list[Source]:
    seen = {row.passage.source.pk: row.passage.source for row in rows}
    return sorted(seen.values(), key=lambda source: (source.received_at, source.pk))


def _difference(told: StoryMove) -> Difference | None:
    by_wording: dict[tuple[str, bool], dict[int, Source]] = {}
    for row in told.evidence:
        if row.counted:
            found = by_wording.setdefault((row.kind, row.hedged), {})
            found[row.passage.source.pk] = row.passage.source
    wordings = [Wording(*words, [*sources.values()]) for words, sources in by_wording.items()]
    if all(is_kept(told, wording) for wording in wordings):
        return None
    return Difference(told, sorted(wordings, key=lambda each: not is_kept(told, each)))
