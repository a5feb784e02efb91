"""Refresh: fold the moves of undertakings again and write what stands, now and over time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from ikrar.kernel.move import When
from ikrar.kernel.standing import Fold
from ikrar.kernel.strand import Standing
from ikrar.register.models import Period, RecordedMove, Strand, Undertaking
from ikrar.register.queries.conversations import heard_of, when_or_none
from ikrar.register.standing.rows import Row, insert_rows, update_rows
from ikrar.register.standing.tied import circles, tied
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


Known = Mapping[int, Sequence[Heard]]
NOTHING_KNOWN: Known = {}


def refresh(undertakings: Iterable[int], at: datetime, new: Known = NOTHING_KNOWN) -> None:
    """Compute what stands after something was recorded at `at`; earlier knowledge is kept.

    What conditions tie to these undertakings is computed with them. `new`: the moves of
    undertakings that were opened just now and have no computed rows yet.
    """
    refreshed = [each for group in _groups(undertakings, new) for each in _fold(*group)]
    _write_now(refreshed, [r.undertaking for r in refreshed if r.undertaking not in new])
    _write_periods(refreshed, at, new)


def refresh_from_scratch(undertakings: Iterable[int]) -> set[int]:
    """Compute what stands and what stood as known at every instant, of rows that have none yet.

    Returns the undertakings computed: these, and those that conditions tie to them.
    """
    groups = _groups(undertakings)
    refreshed = [each for group in groups for each in _fold(*group)]
    _write_now(refreshed, [])
    insert_rows(
        Period,
        [
            _period(pk, spell)
            for computed, group in groups
            for pk, spells in histories(group).items()
            if pk in computed
            for spell in spells
        ],
    )
    return {each.undertaking for each in refreshed}


def _groups(
    undertakings: Iterable[int], new: Known = NOTHING_KNOWN
) -> list[tuple[frozenset[int], dict[int, Sequence[Heard]]]]:
    """Load what is computed together: which undertakings, and the moves that are heard for it."""
    groups = circles(tied(undertakings))
    earlier = {pk for group in groups for pk in group.heard} - new.keys()
    heard = {**new, **heard_of(earlier)} if earlier else new
    return [(group.computed, {pk: heard[pk] for pk in sorted(group.heard)}) for group in groups]


def _fold(computed: frozenset[int], group: Known) -> list[Refreshed]:
    lines = timelines(group)
    return [
        Refreshed(pk, heard, fold_heard(heard), lines[pk])
        for pk, heard in group.items()
        if pk in computed
    ]


def _write_now(refreshed: Sequence[Refreshed], stale: list[int]) -> None:
    """Write what stands now; `stale` are the undertakings whose strands are there already."""
    if stale:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM register_strand WHERE undertaking_id = ANY (%s)", [stale])
    insert_rows(Strand, [row for each in refreshed for row in _strands(each)])
    update_rows(RecordedMove, [row for each in refreshed for row in _moves(each)], key="move_id")
    counts = _evidence_counts([r.undertaking for r in refreshed])
    update_rows(
        Undertaking, [_summary(r, counts.get(r.undertaking, 0)) for r in refreshed], key="id"
    )


def _summary(refreshed: Refreshed, evidence: int) -> Row:
    """Sum an undertaking up; one whose every move is annulled keeps how it was told."""
    counted = [h for h in refreshed.heard if not h.is_annulled] or refreshed.heard
    whole = next((s for s in _now(refreshed.stands) if s.requester == WHOLE), None)
    return {
        "id": refreshed.undertaking,
        "standing": whole.standing if whole else Standing.NONE.value,
        "marks": whole.marks if whole else (),
        **_due(whole.due if whole else None),
        "due_on": whole.due.last if whole and whole.due else None,
        "hedged": counted[0].move.hedged,
        "attestation": max(h.telling.attestation for h in counted).value,
        "requesters": sorted(refreshed.folded.strands),
        "evidence_count": evidence,
    }


def _strands(refreshed: Refreshed) -> list[Row]:
    return [
        {
            "undertaking_id": refreshed.undertaking,
            "requester": stand.requester,
            "standing": stand.standing,
            "marks": stand.marks,
            **_due(stand.due),
        }
        for stand in _now(refreshed.stands)
        if stand.requester != WHOLE
    ]


def _moves(refreshed: Refreshed) -> list[Row]:
    """Tell each move's place in the order of the fold, and why it had no effect if it had none."""
    folded = refreshed.folded
    places = {move_id: place for place, move_id in enumerate(folded.order, start=1)}
    ids = [heard.move.move_id for heard in refreshed.heard]
    refusals = [folded.without_effect.get(move_id) for move_id in ids]
    return [
        {
            "move_id": move_id,
            "place": places.get(folded.act_of.get(move_id, move_id), 0),
            "effect": refusal is None,
            "reason": refusal and refusal.reason.value,
        }
        for move_id, refusal in zip(ids, refusals, strict=True)
    ]


def _now(stands: Iterable[Stand]) -> list[Stand]:
    return [s for s in stands if s.true_to is None]


def _due(due: When | None) -> Row:
    return {"due": due.value if due else "", "due_precision": due.precision.value if due else ""}


def _evidence_counts(ids: list[int]) -> dict[int, int]:
    """Count the distinct sources, copies aside, that tell of moves which are not annulled."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT move.undertaking_id, count(DISTINCT passage.source_id)
            FROM register_recordedmove move
            JOIN register_evidence evidence ON evidence.move_id = move.entry_id
            JOIN register_passage passage ON passage.id = evidence.passage_id
            WHERE move.undertaking_id = ANY (%s) AND move.annulled_at IS NULL AND evidence.counted
            GROUP BY move.undertaking_id
            """,
            [ids],
        )
        return dict(cursor.fetchall())


def _write_periods(refreshed: Sequence[Refreshed], at: datetime, new: Known) -> None:
    known = _open_periods([r.undertaking for r in refreshed if r.undertaking not in new])
    ended: list[int] = []
    begun: list[Row] = []
    for each in refreshed:
        before = known.get(each.undertaking, {})
        _, over, more = advance(list(before), each.stands, at)
        ended += [before[replace(spell, known_to=None)] for spell in over]
        begun += [_period(each.undertaking, spell) for spell in more]
    update_rows(Period, [{"id": pk, "known_to": at} for pk in ended], key="id")
    insert_rows(Period, begun)


def _open_periods(undertakings: list[int]) -> dict[int, dict[Spell, int]]:
    """Find what is known now, with the row that says so."""
    known: dict[int, dict[Spell, int]] = {}
    if undertakings:
        for row in Period.objects.filter(undertaking__in=undertakings, known_to__isnull=True):
            known.setdefault(row.undertaking_id, {})[_spell(row)] = row.pk
    return known


def _period(undertaking: int, spell: Spell) -> Row:
    stand = spell.stand
    return {
        "undertaking_id": undertaking,
        "requester": stand.requester,
        "standing": stand.standing,
        "marks": stand.marks,
        **_due(stand.due),
        "due_on": stand.due.last if stand.due else None,
        "true_from": stand.true_from,
        "true_to": stand.true_to,
        "known_from": spell.known_from,
        "known_to": spell.known_to,
    }


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
