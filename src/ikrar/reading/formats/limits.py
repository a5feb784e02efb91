"""How much one document may cost."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds; sizes in bytes, times in seconds. Beyond them a document is refused."""

    content: int = 50 * MIB
    unpacked: int = 200 * MIB
    ratio: int = 150  # unpacked to packed, for parts above 1 MiB
    parts: int = 5_000
    pages: int = 5_000
    characters: int = 20_000_000
    cpu_seconds: int = 30
    wall_seconds: float = 60.0
    memory: int = 1024 * MIB
