"""Tables of the register: what was written, what was said, what follows from it."""

from ikrar.register.models.log import Chain, Entry, EntryKind, Payload
from ikrar.register.models.sources import Meeting, MeetingReport, Participant, Passage, Source
from ikrar.register.models.standings import (
    Annulment,
    Evidence,
    Period,
    RecordedMove,
    Strand,
    Undertaking,
)

__all__ = [
    "Annulment",
    "Chain",
    "Entry",
    "EntryKind",
    "Evidence",
    "Meeting",
    "MeetingReport",
    "Participant",
    "Passage",
    "Payload",
    "Period",
    "RecordedMove",
    "Source",
    "Strand",
    "Undertaking",
]
