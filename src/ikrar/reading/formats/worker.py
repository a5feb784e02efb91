"""The sandboxed side: one document from standard input, one JSON answer on standard output.

Run as `python -m ikrar.reading.formats.worker`. The limits are set before a byte is parsed, and
where the system refuses one the others still hold.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any

from ikrar.reading.formats.limits import Limits
from ikrar.reading.formats.parse import parse
from ikrar.reading.formats.wire import document_to_json, dumps, meta_from_json
from ikrar.reading.text import ReadingError

try:
    import resource
except ImportError:  # pragma: no cover - not on this system: the wall clock still holds
    resource = None  # type: ignore[assignment]

_OPEN_FILES = 64


def main() -> None:
    """Read, parse, answer."""
    header = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**header["limits"])
    content = sys.stdin.buffer.read(header["length"])
    _confine(limits)
    sys.stdout.buffer.write(dumps(_answer(content, header["meta"], limits)))
    sys.stdout.buffer.flush()


def _confine(limits: Limits) -> None:
    if resource is None:  # pragma: no cover - see above
        return
    for which, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
    ):
        with contextlib.suppress(ValueError, OSError):
            hard = resource.getrlimit(which)[1]
            ceiling = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(which, (ceiling, ceiling))


def _answer(content: bytes, meta: dict[str, Any], limits: Limits) -> dict[str, Any]:
    try:
        return {"document": document_to_json(parse(content, meta_from_json(meta), limits))}
    except ReadingError as error:
        return {"error": error.code}
    except MemoryError:
        return {"error": "memory"}
    except RecursionError:
        return {"error": "damaged"}
    except Exception as error:  # noqa: BLE001 - a parser may fail in any way; the class is enough
        return {"error": "damaged", "detail": type(error).__name__}


if __name__ == "__main__":
    main()
