"""Project: after an append, bring the rows that are computed from the log up to date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ikrar.kernel.move import Move, Terms
from ikrar.kernel.standing import Telling
from ikrar.kernel.strand import Standing
from ikrar.register.errors import SentenceError
from ikrar.register.log.record import Opening, Record, Witness
from ikrar.register.models import (
    Annulment,
    Evidence,
    Meeting,
    Passage,
    RecordedMove,
    Source,
    Undertaking,
)
from ikrar.register.queries.conversations import WORDS_ERASED
from ikrar.register.standing.refresh import refresh
from ikrar.register.standing.rows import Row, insert_rows
from ikrar.register.timeline import Heard, certain_on


@dataclass(frozen=True, slots=True)
class LoggedMove:
    """A move as it lies in the log: where, when, what the party did, what we add."""

    entry: int
    compartment: str
    recorded_at: datetime
    move: Move
    record: Record


class OpeningMissingError(SentenceError):
    """A move that opens an undertaking must say its symbol and classification."""


class UndertakingUnknownError(SentenceError):
    """The move speaks of an undertaking that is not kept here. Nothing was recorded."""


class PassageUnknownError(SentenceError):
    """The move rests on a passage that is not kept here. Nothing was recorded."""


def project_moves(told: Sequence[LoggedMove], *, then_refresh: bool = True) -> None:
    """Write rows for newly appended moves and compute what stands."""
    opened = _open_undertakings(told)
    places = _places(told, opened)
    insert_rows(RecordedMove, [_row(t, places[t.move.undertaking_id]) for t in told])
    _keep_evidence(told)
    if then_refresh and told:
        new: dict[int, list[Heard]] = {pk: [] for pk in opened.values()}
        for each in told:
            if each.move.undertaking_id in opened:
                new[opened[each.move.undertaking_id]].append(_heard(each))
        refresh(set(places.values()), told[0].recorded_at, new)


def _heard(told: LoggedMove) -> Heard:
    return Heard(
        Telling(told.move, told.record.attestation, told.record.received),
        certain_on(told.move.made_on, told.recorded_at),
        told.recorded_at,
    )


def _places(told: Sequence[LoggedMove], opened: Mapping[str, int]) -> dict[str, int]:
    """Find the undertakings that moves speak of; a chain speaks of its own compartment's alone."""
    wanted = {(t.move.undertaking_id, t.compartment) for t in told}
    earlier = [(name, compartment) for name, compartment in wanted if name not in opened]
    if not earlier:
        return dict(opened)
    rows = Undertaking.objects.filter(opened_by__in=[name for name, _ in earlier])
    found = {(name, where): pk for name, where, pk in rows.values_list(*PLACE)}
    if not found.keys() >= set(earlier):
        raise UndertakingUnknownError
    return {**opened, **{name: found[name, compartment] for name, compartment in earlier}}


PLACE = ("opened_by", "compartment", "id")


@dataclass(frozen=True, slots=True)
class Struck:
    """An `annul` entry as it lies in the log: its own place, what it names, who and why."""

    entry: int
    target: int
    recorded_at: datetime
    account: int | None
    reason: str


def project_annulment(struck: Struck, *, then_refresh: bool = True) -> int:
    """Strike a move through, or undo that; returns the undertaking."""
    undone = Annulment.objects.filter(entry=struck.target).first()
    if undone:
        undone.undone_by_id, undone.undone_at = struck.entry, struck.recorded_at
        undone.save(update_fields=["undone_by", "undone_at"])
        move = undone.move
    else:
        move = _move_struck(struck)
    move.annulled_at = None if undone else struck.recorded_at
    move.save(update_fields=["annulled_at"])
    if then_refresh:
        refresh([move.undertaking_id], struck.recorded_at)
    return move.undertaking_id


def _move_struck(struck: Struck) -> RecordedMove:
    """Find the move; naming an entry that undid an annulment strikes its move through again."""
    undoing = Annulment.objects.filter(undone_by=struck.target).first()
    move = undoing.move if undoing else RecordedMove.objects.get(entry=struck.target)
    Annulment.objects.create(
        entry_id=struck.entry,
        move=move,
        annulled_at=struck.recorded_at,
        annulled_by_id=struck.account,
        reason=struck.reason,
    )
    return move


def project_erasure(moves: Sequence[int], *, by_entry: int, at: datetime) -> None:
    """Take the words, speakers and evidence of erased moves out of the rows; standings stay."""
    refresh(project_erasure_rows(moves, by_entry=by_entry), at)


def project_erasure_rows(moves: Sequence[int], *, by_entry: int) -> set[int]:
    """Blank the rows of erased moves. Returns the undertakings they belong to.

    That there were words stays, as `WORDS_ERASED`: terms that said nothing of a condition or a
    due day replaced earlier terms all the same.
    """
    rows = RecordedMove.objects.filter(entry__in=moves)
    rows.exclude(what="").update(what=WORDS_ERASED)
    rows.update(speaker={}, note="", erased_by=by_entry)
    Evidence.objects.filter(move__in=moves).delete()
    openings = rows.values("move_id")
    Undertaking.objects.filter(opened_by__in=openings).update(what="", titles={}, theme="")
    return set(rows.values_list("undertaking_id", flat=True))


def _open_undertakings(told: Sequence[LoggedMove]) -> dict[str, int]:
    """Write the rows of undertakings that these moves open. Returns their ids by opening move."""
    openings = [(t, _opening_of(t)) for t in told if t.move.undertaking is None]
    symbols = {opening.meeting for _, opening in openings if opening.meeting}
    meetings = (
        dict(Meeting.objects.filter(symbol__in=symbols).values_list("symbol", "id"))
        if symbols
        else {}
    )
    insert_rows(Undertaking, [_undertaking(t, opening, meetings) for t, opening in openings])
    return {t.move.move_id: t.entry for t, _ in openings}


def _opening_of(told: LoggedMove) -> Opening:
    if told.record.opening is None:
        raise OpeningMissingError
    return told.record.opening


def _undertaking(told: LoggedMove, opening: Opening, meetings: Mapping[str, int]) -> Row:
    """Fill in what the opening says; `refresh` fills in what stands."""
    terms = told.move.terms
    return {
        "id": told.entry,
        "opened_by": told.move.move_id,
        "symbol": opening.symbol,
        "performer": told.move.performer,
        "requesters": [],
        "what": terms.what if terms else "",
        "titles": dict(opening.titles),
        "theme": (terms.theme or "") if terms else "",
        "joint": told.move.joint or "",
        "occasion": told.record.occasion,
        "meeting_id": meetings.get(opening.meeting),
        "classification": opening.classification.rank,
        "compartment": told.compartment,
        "invented": opening.invented,
        "opened_on": certain_on(told.move.made_on, told.recorded_at),
        "standing": Standing.NONE.value,
        "marks": [],
        "due": "",
        "due_precision": "",
        "hedged": False,
        "attestation": told.record.attestation.value,
        "evidence_count": 0,
    }


def _row(told: LoggedMove, undertaking: int) -> Row:
    move, record = told.move, told.record
    return {
        "entry_id": told.entry,
        "move_id": move.move_id,
        "undertaking_id": undertaking,
        "place": 0,
        "kind": move.kind.value,
        "by": move.by,
        "to": move.to,
        "answers": move.answers or "",
        "restates": move.restates or "",
        "made_on": move.made_on.value,
        "precision": move.made_on.precision.value,
        "certain_on": certain_on(move.made_on, told.recorded_at),
        "hedged": move.hedged,
        "full": move.full,
        **_terms(move.terms),
        "attestation": record.attestation.value,
        "received": sorted(record.received),
        "speaker": dict(record.speaker),
        "note": record.note,
        "occasion": record.occasion,
        "recorded_at": told.recorded_at,
        "recorded_by_id": record.account,
        "effect": True,
    }


def _terms(terms: Terms | None) -> Row:
    due = terms.due if terms else None
    condition = terms.condition if terms else None
    return {
        "what": terms.what if terms else "",
        "due": due.value if due else "",
        "due_precision": due.precision.value if due else "",
        "condition": condition.to_value() if condition else None,
    }


def _keep_evidence(told: Sequence[LoggedMove]) -> None:
    wanted = [(t.entry, t.compartment, w) for t in told for w in t.record.witnesses]
    if not wanted:
        return
    passages = _passages([w for _, _, w in wanted])
    if any((c, w.source, w.start, w.end) not in passages for _, c, w in wanted):
        raise PassageUnknownError
    insert_rows(
        Evidence,
        [
            {
                "move_id": entry,
                "passage_id": passages[compartment, w.source, w.start, w.end],
                "grade": w.grade.value,
                "kind": w.kind,
                "hedged": w.hedged,
                "counted": w.counted,
            }
            for entry, compartment, w in wanted
        ],
    )


def _passages(witnesses: Sequence[Witness]) -> dict[tuple[str, str, int, int], int]:
    sources = Source.objects.filter(sha256__in={w.source for w in witnesses})
    rows = Passage.objects.filter(source__in=sources).values_list(
        "source__compartment", "source__sha256", "start", "end", "id"
    )
    return {(compartment, sha, start, end): pk for compartment, sha, start, end, pk in rows}
