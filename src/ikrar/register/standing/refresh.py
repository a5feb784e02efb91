"""Refresh: fold the moves of undertakings again and write what stands, now and over time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q

from ikrar.kernel.standing import Fold
from ikrar.register.models import Evidence, Period, RecordedMove, Strand, Undertaking
from ikrar.register.queries.conversations import heard_of, when_or_none
from ikrar.register.standing.tied import tied
from ikrar.register.timeline import (
    WHOLE,
    Heard,
    Spell,
    Stand,
    advance,
    fold_heard,
    histories,
    timelines,
)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """One undertaking folded anew: its moves, the fold, what stands from which day on."""

    undertaking: int
    heard: Sequence[Heard]
    folded: Fold
    stands: Sequence[Stand]


def refresh(undertakings: Iterable[int], at: datetime) -> None:
    """Compute what stands after something was recorded at `at`; earlier knowledge is kept.

    What conditions tie to these undertakings is computed with them.
    """
    refreshed = [each for group in _groups(undertakings) for each in _fold(group)]
    _write_now(refreshed)
    _write_periods(refreshed, at)


def refresh_from_scratch(undertakings: Iterable[int]) -> set[int]:
    """Compute what stands and what stood as known at every instant, of rows that have none yet.

    Returns the undertakings computed: these, and those that conditions tie to them.
    """
    groups = _groups(undertakings)
    refreshed = [each for group in groups for each in _fold(group)]
    _write_now(refreshed)
    Period.objects.bulk_create(
        [
            _period(pk, spell)
            for group in groups
            for pk, spells in histories(group).items()
            for spell in spells
        ],
        batch_size=1_000,
    )
    return {each.undertaking for each in refreshed}


def _groups(undertakings: Iterable[int]) -> list[dict[int, Sequence[Heard]]]:
    groups = tied(undertakings)
    heard = heard_of({pk for group in groups for pk in group})
    return [{pk: heard[pk] for pk in sorted(group)} for group in groups]


def _fold(group: Mapping[int, Sequence[Heard]]) -> list[Refreshed]:
    lines = timelines(group)
    return [Refreshed(pk, heard, fold_heard(heard), lines[pk]) for pk, heard in group.items()]


def _write_now(refreshed: Sequence[Refreshed]) -> None:
    ids = [r.undertaking for r in refreshed]
    _write_strands(refreshed)
    _write_moves(refreshed)
    rows = {u.pk: u for u in Undertaking.objects.filter(id__in=ids)}
    counts = _evidence_counts(ids)
    for each in refreshed:
        _sum_up(rows[each.undertaking], each, counts.get(each.undertaking, 0))
    Undertaking.objects.bulk_update(rows.values(), SUMMED_UP, batch_size=500)


SUMMED_UP = [
    "standing",
    "marks",
    "due",
    "due_precision",
    "due_on",
    "hedged",
    "attestation",
    "requesters",
    "evidence_count",
]


def _sum_up(row: Undertaking, refreshed: Refreshed, evidence: int) -> None:
    whole = next((s for s in _now(refreshed.stands) if s.requester == WHOLE), None)
    counted = [h for h in refreshed.heard if not h.is_annulled] or refreshed.heard
    row.standing = whole.standing if whole else "none"
    row.marks = list(whole.marks) if whole else []
    row.due = whole.due.value if whole and whole.due else ""
    row.due_precision = whole.due.precision.value if whole and whole.due else ""
    row.due_on = whole.due.last if whole and whole.due else None
    row.requesters = sorted(refreshed.folded.strands)
    row.evidence_count = evidence
    row.hedged = counted[0].move.hedged
    row.attestation = max(h.telling.attestation for h in counted).value


def _now(stands: Iterable[Stand]) -> list[Stand]:
    return [s for s in stands if s.true_to is None]


def _write_strands(refreshed: Sequence[Refreshed]) -> None:
    Strand.objects.filter(undertaking__in=[r.undertaking for r in refreshed]).delete()
    Strand.objects.bulk_create(
        [
            Strand(
                undertaking_id=r.undertaking,
                requester=s.requester,
                standing=s.standing,
                marks=list(s.marks),
                due=s.due.value if s.due else "",
                due_precision=s.due.precision.value if s.due else "",
            )
            for r in refreshed
            for s in _now(r.stands)
            if s.requester != WHOLE
        ],
        batch_size=1_000,
    )


def _write_moves(refreshed: Sequence[Refreshed]) -> None:
    """Note each move's place in the order of the fold, and why where it had no effect."""
    rows = {
        row.move_id: row
        for row in RecordedMove.objects.filter(undertaking__in=[r.undertaking for r in refreshed])
    }
    changed = []
    for each in refreshed:
        places = {move_id: place for place, move_id in enumerate(each.folded.order, start=1)}
        for heard in each.heard:
            row = rows[heard.move.move_id]
            refusal = each.folded.without_effect.get(row.move_id)
            seen = (places.get(row.move_id, 0), refusal is None, refusal and refusal.reason.value)
            if seen != (row.place, row.effect, row.reason):
                row.place, row.effect, row.reason = seen[0], seen[1], seen[2]
                changed.append(row)
    RecordedMove.objects.bulk_update(changed, ["place", "effect", "reason"], batch_size=500)


def _evidence_counts(ids: Sequence[int]) -> dict[int, int]:
    """Count the distinct sources, copies aside, that tell of moves which are not annulled."""
    rows = (
        Evidence.objects.filter(
            Q(counted=True), move__undertaking__in=ids, move__annulled_at__isnull=True
        )
        .values(undertaking=F("move__undertaking"))
        .annotate(sources=Count("passage__source", distinct=True))
    )
    return {row["undertaking"]: row["sources"] for row in rows}


def _write_periods(refreshed: Sequence[Refreshed], at: datetime) -> None:
    known: dict[int, list[tuple[Period, Spell]]] = defaultdict(list)
    ids = [r.undertaking for r in refreshed]
    for row in Period.objects.filter(undertaking__in=ids, known_to__isnull=True):
        known[row.undertaking_id].append((row, _spell(row)))
    ended: list[int] = []
    begun: list[Period] = []
    for each in refreshed:
        before = known[each.undertaking]
        _, over, new = advance([spell for _, spell in before], each.stands, at)
        gone = {spell.stand for spell in over}
        ended += [row.pk for row, spell in before if spell.stand in gone]
        begun += [_period(each.undertaking, spell) for spell in new]
    Period.objects.filter(id__in=ended).update(known_to=at)
    Period.objects.bulk_create(begun, batch_size=1_000)


def _period(undertaking: int, spell: Spell) -> Period:
    stand = spell.stand
    return Period(
        undertaking_id=undertaking,
        requester=stand.requester,
        standing=stand.standing,
        marks=list(stand.marks),
        due=stand.due.value if stand.due else "",
        due_precision=stand.due.precision.value if stand.due else "",
        due_on=stand.due.last if stand.due else None,
        true_from=stand.true_from,
        true_to=stand.true_to,
        known_from=spell.known_from,
        known_to=spell.known_to,
    )


def _spell(row: Period) -> Spell:
    return Spell(stand_of(row), row.known_from, row.known_to)


def stand_of(row: Period) -> Stand:
    """Read a period's stand back."""
    return Stand(
        requester=row.requester,
        standing=row.standing,
        marks=tuple(row.marks),
        due=when_or_none(row.due, row.due_precision),
        true_from=row.true_from,
        true_to=row.true_to,
    )
