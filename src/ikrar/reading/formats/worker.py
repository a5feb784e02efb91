"""The sandboxed side: stays warm, and forks a confined child for each document.

Run as `python -m ikrar.reading.formats.worker`. A request on standard input is a line of JSON and
the document's bytes; an answer on standard output is a line of JSON and the child's JSON. The
child sets its limits before a byte is parsed; where the system refuses one, the others still hold.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
from collections.abc import Mapping
from time import monotonic
from typing import Any, BinaryIO

from ikrar.reading.formats.limits import Limits
from ikrar.reading.formats.parse import parse
from ikrar.reading.formats.wire import document_to_json, dumps, meta_from_json
from ikrar.reading.text import ReadingError

try:
    import resource
except ImportError:  # pragma: no cover - not on this system: the wall clock still holds
    resource = None  # type: ignore[assignment]

_OPEN_FILES = 64
_SPARE_SECONDS = 2


def main() -> None:
    """Answer requests until standard input ends."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    answers.write(dumps({"ready": os.getpid()}) + b"\n")
    answers.flush()
    while line := requests.readline():
        header = json.loads(line)
        content = requests.read(header["length"])
        if len(content) < header["length"]:
            return
        answer, status = _in_child(header, content, requests)
        answers.write(dumps({"length": len(answer), "status": status}) + b"\n" + answer)
        answers.flush()


def _in_child(header: Mapping[str, Any], content: bytes, requests: BinaryIO) -> tuple[bytes, int]:
    """The child's answer and its exit status: minus the signal that ended it."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - runs in the child, where nothing is measured
        os.close(reader)
        _be_child(header, content, writer, requests)
    os.close(writer)
    answer, is_late = _collected(reader, header["limits"]["wall_seconds"])
    if is_late:
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return answer, -signal.SIGXCPU if is_late else status


def _collected(reader: int, seconds: float) -> tuple[bytes, bool]:
    """What the child writes until it ends or the time is up, and whether the time was up."""
    deadline = monotonic() + seconds
    parts: list[bytes] = []
    with os.fdopen(reader, "rb", buffering=0) as stream:
        while select.select([stream], [], [], max(0.0, deadline - monotonic()))[0]:
            part = stream.read(1 << 20)
            if not part:
                return b"".join(parts), False
            parts.append(part)
    return b"", True


def _be_child(  # pragma: no cover - see above
    header: Mapping[str, Any], content: bytes, writer: int, requests: BinaryIO
) -> None:
    """Parse, answer and end, without running anything that belongs to the parent."""
    status = 1
    try:
        os.close(requests.fileno())
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        limits = Limits(**header["limits"])
        _confine(limits)
        with os.fdopen(writer, "wb") as stream:
            stream.write(dumps(_answer(content, header["meta"], limits)))
        status = 0
    finally:
        os._exit(status)


def _confine(limits: Limits) -> None:  # pragma: no cover - see above
    if resource is None:
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
            # The soft limit on time sends a signal of its own; at the hard one comes plain death.
            spare = _SPARE_SECONDS if which == resource.RLIMIT_CPU else 0
            last = ceiling + spare if hard == resource.RLIM_INFINITY else min(ceiling + spare, hard)
            resource.setrlimit(which, (ceiling, last))


def _answer(content: bytes, meta: dict[str, Any], limits: Limits) -> dict[str, Any]:
    try:
        return {"document": document_to_json(parse(content, meta_from_json(meta), limits))}
    except ReadingError as error:
        return {"error": error.code}
    except MemoryError:
        return {"error": "memory"}
    except Exception as error:  # noqa: BLE001 - a parser may fail in any way: the file is at fault
        return {"error": "damaged", "detail": type(error).__name__}


if __name__ == "__main__":
    main()
