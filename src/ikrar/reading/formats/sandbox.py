"""Parse in a process of its own, with little memory, little time and no files to write."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from threading import Lock, Timer
from typing import Final

from ikrar.reading.formats.errors import SENTENCES, failure
from ikrar.reading.formats.limits import Limits
from ikrar.reading.formats.wire import document_from_json, dumps, meta_to_json
from ikrar.reading.text import Document, Meta

_COMMAND: Final = (sys.executable, "-P", "-m", "ikrar.reading.formats.worker")
_KEPT: Final = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "LANG")
_CAUSES: Final = {-signal.SIGXCPU: "timeout", -signal.SIGKILL: "memory", 1: "memory"}
_GRACE: Final = 10.0  # the worker stops its child itself; this is for a worker that hangs
_NO_META: Final = Meta()
_NO_LIMITS: Final = Limits()


class Sandbox:
    """A warm worker that parses one document after the other, each in a child of its own.

    Threads take turns. After a fork of the caller the copy starts a worker of its own.
    """

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()

    def parse(self, content: bytes, meta: Meta, limits: Limits) -> Document:
        """As `parse_limited`."""
        if len(content) > limits.content:
            raise failure("too_large")
        header = {"limits": asdict(limits), "meta": meta_to_json(meta), "length": len(content)}
        with self._lock:
            status, answer = self._asked(dumps(header) + b"\n" + content, limits.wall_seconds)
        return _read(status, answer)

    def close(self) -> None:
        """End the worker and whatever it runs, and wait for it."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        for stream in (process.stdin, process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()

    def _asked(self, request: bytes, seconds: float) -> tuple[int, bytes]:
        """The child's exit status and answer; ReadingError `timeout` when the time is up."""
        process = self._running()
        is_late = False

        def stop() -> None:
            nonlocal is_late
            is_late = True
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)

        timer = Timer(seconds + _GRACE, stop)
        timer.start()
        try:
            return _exchange(process, request)
        except (OSError, ValueError, KeyError) as error:
            self.close()
            raise failure("timeout" if is_late else "damaged") from error
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():
            self._process, self._owner = None, os.getpid()
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = _started()
        return self._process


def _started() -> subprocess.Popen[bytes]:
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    if process.stdout is not None:
        process.stdout.readline()  # it says when it is warm: imports do not count as parsing
    return process


def _environment() -> dict[str, str]:
    """Nothing of ours but what Python needs to start: no password or key reaches a parser."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "2"}


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> tuple[int, bytes]:
    if process.stdin is None or process.stdout is None:
        raise OSError("The worker has no pipes.")
    process.stdin.write(request)
    process.stdin.flush()
    header = json.loads(process.stdout.readline())
    answer = process.stdout.read(header["length"])
    if len(answer) < header["length"]:
        raise OSError("The worker's answer is cut short.")
    return header["status"], answer


def _read(status: int, answer: bytes) -> Document:
    if status:
        raise failure(_CAUSES.get(status, "damaged"))
    value = json.loads(answer)
    if "error" in value:
        raise failure(value["error"] if value["error"] in SENTENCES else "damaged")
    return document_from_json(value["document"])


_SANDBOX: Final = Sandbox()
atexit.register(_SANDBOX.close)


def parse_limited(content: bytes, meta: Meta = _NO_META, limits: Limits = _NO_LIMITS) -> Document:
    """As `parse`, in a process that `limits` confine; no process is left behind.

    ReadingError `timeout` or `memory` where it ran over, `damaged` where the parser died.
    """
    return _SANDBOX.parse(content, meta, limits)
