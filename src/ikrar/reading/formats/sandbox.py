"""Parse in a process of its own, with little memory, little time and no files to write."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from typing import Final

from ikrar.reading.formats.errors import SENTENCES, failure
from ikrar.reading.formats.limits import Limits
from ikrar.reading.formats.wire import document_from_json, dumps, meta_to_json
from ikrar.reading.text import Document, Meta

_COMMAND: Final = (sys.executable, "-P", "-m", "ikrar.reading.formats.worker")
_KEPT: Final = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "VIRTUAL_ENV", "LANG")
_NO_META: Final = Meta()
_NO_LIMITS: Final = Limits()


def parse_limited(content: bytes, meta: Meta = _NO_META, limits: Limits = _NO_LIMITS) -> Document:
    """As `parse`, in a subprocess that `limits` confine; it is always waited for.

    ReadingError `timeout` or `memory` where it ran over, `damaged` where the parser died.
    """
    if len(content) > limits.content:
        raise failure("too_large")
    header = {"limits": asdict(limits), "meta": meta_to_json(meta), "length": len(content)}
    request = dumps(header) + b"\n" + content
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            _COMMAND,
            input=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.wall_seconds,
            env=_environment(),
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as error:
        raise failure("timeout") from error
    return _read(done.returncode, done.stdout)


def _environment() -> dict[str, str]:
    """Nothing of ours but what Python needs to start: no password or key reaches a parser."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "2"}


def _read(code: int, answer: bytes) -> Document:
    if code < 0:
        raise failure(_CAUSES.get(signal.Signals(-code), "damaged"))
    try:
        value = json.loads(answer)
    except ValueError as error:
        raise failure("memory" if code else "damaged") from error
    if "error" in value:
        raise failure(value["error"] if value["error"] in SENTENCES else "damaged")
    return document_from_json(value["document"])


_CAUSES: Final = {signal.SIGXCPU: "timeout", signal.SIGKILL: "memory"}
