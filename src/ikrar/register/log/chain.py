"""The bytes and hashes of the log.

A row's hash is SHA-256 over ``"ikrar-log-1\\0"`` and the canonical JSON of its header
``{act, compartment, kind, prev, record, recorded_at, seq, v}``. `act` and `record` are SHA-256 of
the two payloads, each of which carries a 128-bit salt: nothing guessable is hashed unsalted, so
the chain still tells nothing once a payload is erased.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

DOMAIN = b"ikrar-log-1\0"


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of a chain: its number and hash (32 bytes); seq 0 = its random genesis."""

    compartment: str
    seq: int
    hash: bytes
    recorded_at: datetime


def digest(payload: bytes) -> bytes:
    """Hash a payload (canonical JSON with its salt inside) to 32 bytes."""
    return hashlib.sha256(payload).digest()


def instant(moment: datetime) -> str:
    """Write an aware instant as UTC with microseconds, the only form that is hashed."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def header_bytes(
    head: Head, *, kind: str, act_hash: bytes, record_hash: bytes, recorded_at: datetime
) -> bytes:
    """Write the header of the row that follows `head` as canonical JSON.

    Spelled out because this is the register's hottest line; every value is an integer, a hex
    string, an instant or a name of ``[a-z0-9-]``, so nothing needs escaping. A test holds it
    against `kernel.canonical`.
    """
    return (
        f'{{"act":"{act_hash.hex()}","compartment":"{head.compartment}","kind":"{kind}",'
        f'"prev":"{head.hash.hex()}","record":"{record_hash.hex()}",'
        f'"recorded_at":"{instant(recorded_at)}","seq":{head.seq + 1},"v":1}}'
    ).encode("ascii")


def following(
    head: Head, *, kind: str, act_hash: bytes, record_hash: bytes, recorded_at: datetime
) -> Head:
    """Compute the head after one more row."""
    header = header_bytes(
        head, kind=kind, act_hash=act_hash, record_hash=record_hash, recorded_at=recorded_at
    )
    row_hash = hashlib.sha256(DOMAIN + header).digest()
    return Head(head.compartment, head.seq + 1, row_hash, recorded_at)
