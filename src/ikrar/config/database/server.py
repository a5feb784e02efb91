"""The supervisor of the embedded server: start, stop, status.

The server outlives the process that started it, until ``stop``. Two locks guard a home:
``start.lock`` lets one process at a time start or stop; ``server.lock`` is inherited by the
server itself and so is held for as long as any process of it lives, wherever it was started.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil
from psycopg import pq

from ikrar.config.database.binaries import find_binaries, installed
from ikrar.config.database.configuration import MAINTENANCE, write_configuration
from ikrar.config.database.faults import (
    DataDamaged,
    DataFromNewer,
    DataFromOlder,
    DiskFull,
    ServerDied,
    ServerElsewhere,
)
from ikrar.config.database.home import SOCKET_NAME, Home
from ikrar.config.database.processes import find_family
from ikrar.config.database.server_user import ServerUser

type_tell = Callable[[str], None]
PATIENCE = 5.0  # seconds for orphans to end by themselves
LOUD_AFTER = 2.0  # seconds of silence before waiting is worth a line
LARGEST_LOG = 10_000_000  # bytes; a larger one is put aside at the next start


@dataclass(frozen=True)
class Status:
    """Whether the server runs, as which process, and where."""

    is_running: bool
    pid: int | None
    home: Home


def status(home: Home) -> Status:
    """Look, change nothing."""
    postmaster = find_family(home.data).postmaster
    return Status(is_accepting(home), postmaster.pid if postmaster else None, home)


def is_accepting(home: Home) -> bool:
    """Whether the server answers and accepts connections."""
    return _ping(home) == pq.Ping.OK


def start(home: Home, *, tell: type_tell, is_durable: bool = True) -> None:
    """Start the server unless it runs; return when it accepts connections."""
    if is_accepting(home):
        return
    user = home.prepare()
    with _locked(home, tell):
        if find_family(home.data).postmaster is None:
            _clear_remains(home, tell)
            _launch(home, user, is_durable=is_durable)
        _wait_until_ready(home, tell)


def stop(home: Home, *, tell: type_tell) -> bool:
    """Stop the server with all its processes; False when none ran."""
    if not home.folder.exists():
        return False
    with _locked(home, tell):
        family = find_family(home.data)
        if family.is_gone:
            return False
        if family.postmaster:
            family.postmaster.send_signal(signal.SIGINT)  # "fast": end transactions, write all
            _wait_for_end(home, tell, "The database is being stopped")
        _end_orphans(home, tell)
        return True


@contextlib.contextmanager
def _locked(home: Home, tell: type_tell) -> Iterator[None]:
    with (home.folder / "start.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("Another process is starting or stopping the database; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _clear_remains(home: Home, tell: type_tell) -> None:
    """Remove what a killed server left: its processes, its pid file, its socket and lock."""
    _end_orphans(home, tell)
    with _server_lock(home):
        for leftover in (
            home.data / "postmaster.pid",
            home.socket / SOCKET_NAME,
            home.socket / f"{SOCKET_NAME}.lock",
        ):
            leftover.unlink(missing_ok=True)


def _end_orphans(home: Home, tell: type_tell) -> None:
    """A backend that lost its postmaster may still write; none may live beside a new server."""
    orphans = find_family(home.data).orphans
    if not orphans:
        return
    tell("A database server was killed; ending what it left running.")
    for signal_number in (signal.SIGTERM, signal.SIGQUIT, signal.SIGKILL):
        _, living = psutil.wait_procs(orphans, timeout=PATIENCE)
        for process in living:
            with contextlib.suppress(psutil.Error):
                process.send_signal(signal_number)
    psutil.wait_procs(orphans)


@contextlib.contextmanager
def _server_lock(home: Home) -> Iterator[IO[str]]:
    with (home.folder / "server.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServerElsewhere(folder=home.data) from None
        yield lock


def _launch(home: Home, user: ServerUser, *, is_durable: bool) -> None:
    major = _written_by(home)
    programs = find_binaries(major, user)
    if major is None:
        _initialise(home, user, programs)
    write_configuration(home, user, is_durable=is_durable)
    if home.log.exists() and home.log.stat().st_size > LARGEST_LOG:
        home.log.replace(home.log.with_suffix(".log.1"))
    with _server_lock(home) as lock, home.log.open("a") as log:
        _run_as(user, _DETACHED, programs / "postgres", "-D", home.data, log=log, keep=lock)


_DETACHED = ("/bin/sh", "-c", '"$@" & ', "sh")  # the shell ends, the server belongs to init


def _initialise(home: Home, user: ServerUser, programs: Path) -> None:
    """Make the data beside their place and move them there when whole."""
    making = home.folder / "data.making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    os.chown(making, user.uid, user.gid)
    arguments: tuple[str | Path, ...] = ("-D", making, "-U", MAINTENANCE.user, "--auth=reject", "--encoding=UTF8")
    arguments += ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
    arguments += ("--data-checksums",)
    with home.log.open("a+") as log:
        begin = log.seek(0, os.SEEK_END)
        if _run_as(user, (), programs / "initdb", *arguments, log=log):
            raise _failure(home, begin)
    making.rename(home.data)


def _run_as(
    user: ServerUser,
    before: tuple[str, ...],
    program: Path,
    *arguments: str | Path,
    log: IO[str],
    keep: IO[str] | None = None,
) -> int:
    is_other = user.uid != os.geteuid()
    return subprocess.run(  # noqa: S603 (our own programs, arguments as a list)
        [*before, program, *arguments],
        user=user.uid if is_other else None,
        group=user.gid if is_other else None,
        extra_groups=[] if is_other else None,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        pass_fds=(keep.fileno(),) if keep else (),
        start_new_session=True,
        umask=0o077,
        check=False,
    ).returncode


def _written_by(home: Home) -> int | None:
    """The major version that wrote the data; None when there are none yet."""
    if not home.data.exists():
        return None
    try:
        written = int((home.data / "PG_VERSION").read_text())
    except (OSError, ValueError):
        raise DataDamaged(folder=home.data) from None
    newest = max(installed(), default=0)
    if written > newest:
        raise DataFromNewer(folder=home.data, written=written, major=newest)
    if written not in installed():
        raise DataFromOlder(folder=home.data, written=written, major=newest)
    return written


def _wait_until_ready(home: Home, tell: type_tell) -> None:
    """Recovery may take as long as it needs; only the end of the process ends the wait."""
    began, begin = time.monotonic(), _size(home.log)
    progress = _Progress("The database is starting up", tell)
    while not is_accepting(home):
        if time.monotonic() - began > 0.5 and find_family(home.data).postmaster is None:
            raise _failure(home, max(0, begin - 4000))
        progress.step(_last_line(home.log))
        time.sleep(0.02)


def _wait_for_end(home: Home, tell: type_tell, words: str) -> None:
    progress = _Progress(words, tell)
    while find_family(home.data).postmaster:
        progress.step(_last_line(home.log))
        time.sleep(0.05)


class _Progress:
    """A line about every two seconds while something is waited for."""

    def __init__(self, words: str, tell: type_tell) -> None:
        self._words, self._tell = words, tell
        self._began = self._spoke = time.monotonic()

    def step(self, latest: str) -> None:
        now = time.monotonic()
        if now - self._spoke >= LOUD_AFTER:
            self._spoke = now
            self._tell(f"{self._words} ({now - self._began:.0f} s): {latest}")


def _ping(home: Home) -> int:
    return pq.PGconn.ping(MAINTENANCE.conninfo(home).encode())


def _failure(home: Home, begin: int) -> DiskFull | ServerDied:
    with home.log.open(errors="replace") as log:
        log.seek(begin)
        lines = [line.strip() for line in log if line.strip()]
    if any("No space left on device" in line for line in lines):
        return DiskFull(folder=home.folder)
    return ServerDied(folder=home.data, words=" · ".join(lines[-6:]) or "nothing")


def _last_line(log: Path) -> str:
    lines = log.read_bytes()[-2000:].decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
