"""One undertaking with everything its page tells, as of a day and an instant."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, Q

from ikrar.kernel.marks import Occasion
from ikrar.kernel.move import Condition, Move
from ikrar.kernel.standing import Fold
from ikrar.kernel.strand import Mark
from ikrar.register.log.erase import legal_basis_of
from ikrar.register.models import Annulment, Entry, Evidence, Period, RecordedMove, Undertaking
from ikrar.register.queries.asof import AsOf
from ikrar.register.queries.conversations import heard, move_of
from ikrar.register.queries.undertakings import known_occasions
from ikrar.register.rules import Reader, visible, visible_to
from ikrar.register.timeline import Heard, fold_heard, known_at, true_on


@dataclass(frozen=True, slots=True)
class Erasure:
    """On which legal basis, and when, the words of a move were removed."""

    legal_basis: str
    erased_at: datetime


@dataclass(frozen=True, slots=True)
class StoryMove:
    """A move with what this house knows of it; `annulment` is the one that stands, if any."""

    row: RecordedMove
    move: Move
    seq: int
    evidence: Sequence[Evidence]
    annulment: Annulment | None
    erasure: Erasure | None


@dataclass(frozen=True, slots=True)
class Story:
    """An undertaking, its moves in order, the fold, and what waits for what.

    `conditions`: by requester, the condition with the symbol and title of the other undertaking,
    both None where the reader may not see it.
    """

    undertaking: Undertaking
    as_of: AsOf
    moves: Sequence[StoryMove]
    folded: Fold
    occasion: tuple[Mapping[str, str], Occasion] | None = None
    sleeping: frozenset[str] = frozenset()
    conditions: Mapping[str, tuple[Condition, Undertaking | None]] = field(default_factory=dict)


def story_of(reader: Reader, symbol: str, as_of: AsOf) -> Story | None:
    """Load an undertaking's story; None if there is none, or none that the reader may see."""
    rows = Undertaking.objects.filter(symbol=symbol).select_related("meeting")
    undertaking = visible_to(rows, reader).first()
    if undertaking is None:
        return None
    told = _heard(undertaking, as_of)
    folded = fold_heard([h for _, h in told])
    conditions = _conditions(reader, folded)
    return Story(
        undertaking=undertaking,
        as_of=as_of,
        moves=_moves(reader, told, folded),
        folded=folded,
        occasion=_occasion(undertaking, as_of),
        sleeping=_sleeping(undertaking, as_of) if conditions else frozenset(),
        conditions=conditions,
    )


Known = list[tuple[RecordedMove, Heard]]


def _heard(undertaking: Undertaking, as_of: AsOf) -> Known:
    """Load the moves made by the day and known at the instant, in the order of learning.

    In the present all that is known counts, as in the rows of what stands now (decision 2).
    """
    annulments = Prefetch(
        "annulments", Annulment.objects.select_related("annulled_by").order_by("entry")
    )
    rows = (
        RecordedMove.objects.filter(undertaking=undertaking)
        .select_related("entry", "recorded_by", "erased_by__payload")
        .prefetch_related(annulments)
        .order_by("entry")
    )
    found: Known = []
    for row in rows:
        row.undertaking = undertaking
        told = [heard(row)]
        if not as_of.is_now:
            told = true_on(known_at(told, as_of.known_at), as_of.true_on)
        found += [(row, each) for each in told]
    return found


def _moves(reader: Reader, told: Known, folded: Fold) -> list[StoryMove]:
    evidence = _evidence(reader, [row.pk for row, _ in told])
    places = {act: place for place, act in enumerate(folded.order)}
    last = len(places)

    def position(known: tuple[RecordedMove, Heard]) -> tuple[object, ...]:
        row, _ = known
        place = places.get(folded.act_of.get(row.move_id, ""), last)
        return (row.certain_on, place, row.pk)

    return [
        StoryMove(
            row=row,
            move=move_of(row),
            seq=row.entry.seq,
            evidence=evidence[row.pk],
            annulment=_annulment(row, known),
            erasure=_erasure(row.erased_by),
        )
        for row, known in sorted(told, key=position)
    ]


def _annulment(row: RecordedMove, known: Heard) -> Annulment | None:
    standing = {begin for begin, end in known.annulled if end is None}
    return next((a for a in row.annulments.all() if a.annulled_at in standing), None)


def _erasure(entry: Entry | None) -> Erasure | None:
    return Erasure(*legal_basis_of(entry)) if entry else None


def _evidence(reader: Reader, moves: Sequence[int]) -> Mapping[int, list[Evidence]]:
    """Load the passages that tell of moves, from sources that the reader may see."""
    rows = (
        Evidence.objects.filter(visible(reader, "passage__source__"), move__in=moves)
        .select_related("passage__source")
        .defer("passage__source__content", "passage__source__text")
        .order_by("passage__source__received_at", "passage__source_id", "passage__start")
    )
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in rows:
        found[row.move_id].append(row)
    return found


def _occasion(undertaking: Undertaking, as_of: AsOf) -> tuple[Mapping[str, str], Occasion] | None:
    if not undertaking.occasion:
        return None
    return known_occasions(as_of).get(undertaking.occasion)


def _sleeping(undertaking: Undertaking, as_of: AsOf) -> frozenset[str]:
    """The requesters towards whom the promise waits for a condition."""
    last = Q(known_to__isnull=True, true_to__isnull=True)
    asleep = Period.objects.filter(
        last if as_of.is_now else as_of.period,
        undertaking=undertaking,
        marks__contains=[Mark.DORMANT.value],
    )
    return frozenset(asleep.exclude(requester="").values_list("requester", flat=True))


def _conditions(reader: Reader, folded: Fold) -> dict[str, tuple[Condition, Undertaking | None]]:
    named = {
        requester: terms.condition
        for requester in folded.strands
        if (terms := folded.terms_of(requester)) and terms.condition
    }
    if not named:
        return {}
    rows = Undertaking.objects.filter(opened_by__in={c.undertaking for c in named.values()})
    seen = {row.opened_by: row for row in visible_to(rows, reader)}
    return {requester: (c, seen.get(c.undertaking)) for requester, c in named.items()}
