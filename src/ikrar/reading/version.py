"""The version of everything that decides a Reading besides the bytes."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from ikrar.reading.gazetteer import Gazetteer
from ikrar.reading.rules import rules_digest

PIPELINE: int = 1  # raised by hand when the code reads the same rules differently


@lru_cache(maxsize=16)
def rules_version(gazetteer: Gazetteer) -> str:
    """`1-<12 hex>`: the pipeline's number and a hash of the rule packs and the gazetteer's data."""
    digest = sha256(rules_digest().encode())
    for key in sorted(gazetteer.surfaces):
        meanings = sorted(
            f"{entry.kind}:{entry.code}:{entry.language}:{entry.exact}:{entry.ambiguous}"
            for entry in gazetteer.surfaces[key]
        )
        digest.update("\x1f".join([key, *meanings, ""]).encode())
    for name, person in sorted(gazetteer.persons.items()):
        digest.update(f"{name}|{person.offices!r}".encode())
    return f"{PIPELINE}-{digest.hexdigest()[:12]}"
