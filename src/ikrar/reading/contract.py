"""The contract: a Reading as the JSON that `ikrar read` prints, key for key."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ikrar.reading.meeting import Meeting, Participant
from ikrar.reading.span import Passage
from ikrar.reading.statement import Quotation, Speaker, Statement

if TYPE_CHECKING:
    from ikrar.reading.outcome import Reading


def as_json(reading: Reading, *, with_text: bool = False) -> dict[str, Any]:
    """The contract's value for one document; `with_text` adds the canonical text.

    `reading_sha256` covers the canonical JSON of everything else but the text.
    """
    source = {
        "sha256": reading.source.sha256,
        "media_type": reading.source.media_type,
        "language": reading.source.language,
        "url": reading.source.url,
        "published_on": reading.source.published_on,
    }
    if reading.error is not None:
        error = {"code": reading.error.code, "sentence": reading.error.sentence}
        return {"source": source, "error": error}
    value: dict[str, Any] = {
        "source": source,
        "meeting": meeting_json(reading.meeting) if reading.meeting else None,
        "statements": [_statement(statement) for statement in reading.statements],
        "quotations": [_quotation(quotation) for quotation in reading.quotations],
        "rules_version": reading.rules_version,
    }
    value["reading_sha256"] = sha256(canonical_bytes(value)).hexdigest()
    if with_text and reading.document is not None:
        value["text"] = reading.document.text
    return value


def canonical_bytes(value: dict[str, Any]) -> bytes:
    """The bytes that `reading_sha256` is taken of: sorted keys, no blanks, UTF-8 (RFC 8785).

    Every key is ASCII and there are no floats, so this is the canonical form; a long report may
    pass the length that the kernel allows a move.
    """
    ordered = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return ordered.encode()


def meeting_json(meeting: Meeting) -> dict[str, Any]:
    """The meeting as the contract prints it."""
    return {
        "date": meeting.date.value if meeting.date else None,
        "date_precision": str(meeting.date.precision) if meeting.date else None,
        "place": meeting.place,
        "venue": meeting.venue,
        "kind": meeting.kind,
        "parties": list(meeting.parties),
        "participants": [_participant(person) for person in meeting.participants],
        "flags": list(meeting.flags),
    }


def _participant(person: Participant) -> dict[str, Any]:
    return {
        "name": person.name,
        "office": person.office,
        "party": person.party,
        "role": person.role,
        "passage": _passage(person.passage),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    due, condition = statement.due, statement.condition
    return {
        "id": statement.id,
        "kind": statement.kind,
        "origin": statement.origin,
        "speaker": _speaker(statement.speaker),
        "from": list(statement.from_),
        "to": list(statement.to),
        "theme": statement.theme,
        "hedged": statement.hedged,
        "joint": statement.joint,
        "condition": _passage(condition) if condition else None,
        "due": {"value": due.value, "precision": str(due.precision)} if due else None,
        "reply_to": list(statement.reply_to),
        "evidence_grade": str(statement.evidence_grade),
        "passage": _passage(statement.passage),
        "cue": _passage(statement.cue),
        "rule": statement.rule,
        "why": list(statement.why),
    }


def _quotation(quotation: Quotation) -> dict[str, Any]:
    return {
        **_passage(quotation.passage),
        "mode": quotation.mode,
        "speaker": _speaker(quotation.speaker),
        "cue": _passage(quotation.cue) if quotation.cue else None,
    }


def _speaker(speaker: Speaker) -> dict[str, Any]:
    return {
        "name": speaker.name,
        "office": speaker.office,
        "party": speaker.party,
        "by": str(speaker.by),
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {"start": passage.start, "end": passage.end, "quote": passage.quote}
