"""Readings as they were read: kept, and given back to merging as the same values.

A source is read once. Later rule packs read later sources; what a person has reviewed never
changes under their hands.
"""

from collections.abc import Iterable
from typing import Any

from ikrar.desk.models import Frame, Statement
from ikrar.kernel.evidence import EvidenceGrade
from ikrar.kernel.move import Precision, When
from ikrar.reading.meeting import Meeting, Participant
from ikrar.reading.outcome import Reading, Source
from ikrar.reading.span import Passage, Span
from ikrar.reading.statement import NamedBy, Speaker
from ikrar.reading.statement import Statement as ReadStatement
from ikrar.reading.text import Document, Label, PublishedBy, Zone
from ikrar.register.queries.sources import KeptSource


def keep_reading(source: int, reading: Reading) -> None:
    """Keep what was read in a source: the meeting as it tells it, and its statements."""
    if reading.meeting is None:
        return
    Frame.objects.create(
        source_id=source, rules_version=reading.rules_version, **_frame(reading.meeting)
    )
    Statement.objects.bulk_create(
        [Statement(source_id=source, **_columns(told)) for told in reading.statements]
    )


def kept_readings(sources: Iterable[KeptSource]) -> list[Reading]:
    """Give readings back in the order of their sources; sources never read are left out."""
    wanted = {source.pk: source for source in sources}
    frames = Frame.objects.in_bulk(list(wanted))
    told: dict[int, list[Statement]] = {pk: [] for pk in wanted}
    for row in Statement.objects.filter(source__in=wanted).order_by("source_id", "pk"):
        told[row.source_id].append(row)
    return [_reading(source, frames[pk], told[pk]) for pk, source in wanted.items() if pk in frames]


def document_of(source: KeptSource) -> Document:
    """Rebuild the document that a source was kept as."""
    return Document(
        sha256=source.sha256,
        media_type=source.media_type,
        text=source.text,
        zones=tuple(Zone(start, end, Label(label)) for start, end, label in source.zones),
        language=source.language,
        title=source.title or None,
        published_on=source.published_on,
        publisher=source.publisher or None,
        url=source.url or None,
        flags=tuple(source.flags),
        published_by=PublishedBy(source.published_by) if source.published_by else None,
    )


def _frame(meeting: Meeting) -> dict[str, Any]:
    return {
        "held_on": meeting.date.value if meeting.date else "",
        "precision": meeting.date.precision.value if meeting.date else "",
        "place": meeting.place or "",
        "venue": meeting.venue or "",
        "kind": meeting.kind or "",
        "parties": list(meeting.parties),
        "participants": [
            [p.name, p.office, p.party, p.role, p.passage.start, p.passage.end]
            for p in meeting.participants
        ],
        "flags": list(meeting.flags),
    }


def _columns(told: ReadStatement) -> dict[str, Any]:
    due, speaker = told.due, told.speaker
    return {
        "key": told.id,
        "kind": told.kind,
        "origin": told.origin,
        "from_parties": list(told.from_),
        "to_parties": list(told.to),
        "theme": told.theme,
        "hedged": told.hedged,
        "joint": told.joint,
        "condition": told.condition.quote if told.condition else "",
        "condition_start": told.condition.start if told.condition else None,
        "due": due.value if due else "",
        "due_precision": due.precision.value if due else "",
        "grade": told.evidence_grade.value,
        "start": told.passage.start,
        "end": told.passage.end,
        "cue_start": told.cue.start,
        "cue_end": told.cue.end,
        "content_start": told.content.start if told.content else None,
        "content_end": told.content.end if told.content else None,
        "speaker": {
            "name": speaker.name,
            "office": speaker.office,
            "party": speaker.party,
            "by": speaker.by.value,
        },
        "reply_to": list(told.reply_to),
        "rule": told.rule,
        "why": list(told.why),
    }


def _reading(source: KeptSource, frame: Frame, told: Iterable[Statement]) -> Reading:
    document = document_of(source)
    published = source.published_on.isoformat() if source.published_on else None
    return Reading(
        document=document,
        meeting=_meeting(frame, source.text),
        statements=tuple(_statement(row, source.text) for row in told),
        quotations=(),
        rules_version=frame.rules_version,
        source=Source(
            source.sha256, source.media_type, source.language, source.url or None, published
        ),
    )


def _meeting(frame: Frame, text: str) -> Meeting:
    return Meeting(
        date=When(frame.held_on, Precision(frame.precision)) if frame.held_on else None,
        place=frame.place or None,
        venue=frame.venue or None,
        kind=frame.kind or None,
        parties=tuple(frame.parties),
        participants=tuple(
            Participant(name, office, party, role, Passage.of(text, start, end))
            for name, office, party, role, start, end in frame.participants
        ),
        flags=tuple(frame.flags),
    )


def _statement(row: Statement, text: str) -> ReadStatement:
    start = row.condition_start
    condition = Passage.of(text, start, start + len(row.condition)) if start is not None else None
    has_content = row.content_start is not None and row.content_end is not None
    return ReadStatement(
        id=row.key,
        kind=row.kind,
        speaker=Speaker(
            row.speaker["name"],
            row.speaker["office"],
            row.speaker["party"],
            NamedBy(row.speaker["by"]),
        ),
        from_=tuple(row.from_parties),
        to=tuple(row.to_parties),
        theme=row.theme,
        hedged=row.hedged,
        joint=row.joint,
        condition=condition,
        due=When(row.due, Precision(row.due_precision)) if row.due else None,
        reply_to=tuple(row.reply_to),
        evidence_grade=EvidenceGrade(row.grade),
        passage=Passage.of(text, row.start, row.end),
        cue=Passage.of(text, row.cue_start, row.cue_end),
        rule=row.rule,
        why=tuple(row.why),
        content=Span(row.content_start or 0, row.content_end or 0) if has_content else None,
        origin=row.origin,
    )
