"""What this instance adds to an act: the local record, salted canonical JSON beside the act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ikrar.kernel import canonical
from ikrar.kernel.evidence import Attestation, Classification, EvidenceGrade


@dataclass(frozen=True, slots=True)
class Witness:
    """A passage that tells of a move, and the strength of that report's own wording.

    `source` is the sha-256 (hex) of the stored bytes; start and end are code points of its
    canonical text. `counted` is False for copies of another report.
    """

    source: str
    start: int
    end: int
    grade: EvidenceGrade
    kind: str
    hedged: bool
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Opening:
    """What is said of an undertaking once, when its first move is recorded."""

    symbol: str
    classification: Classification
    titles: Mapping[str, str] = field(default_factory=dict)
    meeting: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """The local part of a move's entry: how it is known, who recorded it, with what proof."""

    attestation: Attestation
    account: int | None = None
    witnesses: tuple[Witness, ...] = ()
    speaker: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    occasion: str = ""
    received: frozenset[str] = frozenset()
    opening: Opening | None = None
    salt: str = field(default_factory=canonical.new_salt)

    def to_bytes(self) -> bytes:
        """Write the record as canonical JSON; the salt keeps its hash from being guessed."""
        return canonical.dumps(
            {
                "v": 1,
                "attestation": self.attestation.value,
                "account": self.account,
                "witnesses": [_witness(w) for w in self.witnesses],
                "speaker": dict(self.speaker),
                "note": self.note,
                "occasion": self.occasion,
                "received": sorted(self.received),
                "opening": _opening(self.opening) if self.opening else None,
                "salt": self.salt,
            }
        )

    @classmethod
    def from_bytes(cls, payload: bytes) -> "Record":
        """Read what `to_bytes` wrote; `CanonicalError`, `KeyError` or `ValueError` if damaged."""
        told: Any = canonical.loads(payload)
        return cls(
            attestation=Attestation(told["attestation"]),
            account=told["account"],
            witnesses=tuple(
                Witness(
                    w["source"],
                    w["start"],
                    w["end"],
                    EvidenceGrade(w["grade"]),
                    w["kind"],
                    w["hedged"],
                    w["counted"],
                )
                for w in told["witnesses"]
            ),
            speaker=told["speaker"],
            note=told["note"],
            occasion=told["occasion"],
            received=frozenset(told["received"]),
            opening=_read_opening(told["opening"]),
            salt=told["salt"],
        )


def _witness(witness: Witness) -> dict[str, Any]:
    return {
        "source": witness.source,
        "start": witness.start,
        "end": witness.end,
        "grade": witness.grade.value,
        "kind": witness.kind,
        "hedged": witness.hedged,
        "counted": witness.counted,
    }


def _opening(opening: Opening) -> dict[str, Any]:
    return {
        "symbol": opening.symbol,
        "classification": opening.classification.value,
        "titles": dict(opening.titles),
        "meeting": opening.meeting,
        "invented": opening.invented,
    }


def _read_opening(told: Any) -> Opening | None:
    if told is None:
        return None
    return Opening(
        symbol=told["symbol"],
        classification=Classification(told["classification"]),
        titles=told["titles"],
        meeting=told["meeting"],
        invented=told["invented"],
    )
