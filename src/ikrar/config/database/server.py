"""The supervisor of the embedded server: start, stop, status.

The server outlives the process that started it, until ``stop``. Two locks guard a home:
``start.lock`` lets one process at a time start or stop; ``server.lock`` is inherited by the
server itself and so is held for as long as any process of it lives, wherever it was started.
"""

import contextlib
import fcntl
import math
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psutil
from psycopg import pq

from ikrar.config.database.configuration import MAINTENANCE
from ikrar.config.database.home import SOCKET_NAME, Home, sentence_for
from ikrar.config.database.launch import failure, launch, server_lock
from ikrar.config.database.processes import find_family, is_alive, wait_for_end

Tell = Callable[[str], None]
PATIENCE = 2.0  # seconds for orphans to end by themselves, then between ever firmer signals
LOUD_AFTER = 2.0  # seconds of silence before waiting is worth a line
WIDEST_LINE = 160  # characters of the log that such a line repeats


@dataclass(frozen=True)
class Status:
    """Whether the server accepts connections, and its process where it is there at all."""

    is_running: bool
    pid: int | None
    home: Home


def status(home: Home) -> Status:
    """Look, change nothing."""
    postmaster = find_family(home.data).postmaster
    return Status(_is_accepting(home), postmaster.pid if postmaster else None, home)


def start(home: Home, *, tell: Tell, is_durable: bool = True) -> None:
    """Start the server unless it runs; return when it accepts connections."""
    if _is_accepting(home) and _has_sound_pid_file(home):
        return
    user = home.prepare()
    if home.has_short_socket:
        tell(f"The path of {home.folder} is too long for a socket; it is in {home.socket}.")
    with _locked(home, tell):
        if _settle(home, tell):
            return
        _clear_remains(home, tell)
        begin = home.log.stat().st_size if home.log.exists() else 0
        pid = launch(home, user, is_durable=is_durable)
        if not _becomes_ready(home, pid, tell):
            raise failure(home, begin)


def stop(home: Home, *, tell: Tell) -> bool:
    """Stop the server with all its processes; False when none ran."""
    if find_family(home.data).is_gone:
        return False
    with _locked(home, tell):
        _end_postmaster(home, tell)
        _end_orphans(home, tell)
        return True


def _settle(home: Home, tell: Tell) -> bool:
    """Whether a server that is there already can be used, once it has made up its mind."""
    postmaster = find_family(home.data).postmaster
    if postmaster is None or not _becomes_ready(home, postmaster.pid, tell):
        return False
    if _has_sound_pid_file(home):
        return True
    tell("The database's pid file is damaged, which would end the server soon; starting it anew.")
    _end_postmaster(home, tell)
    return False


@contextlib.contextmanager
def _locked(home: Home, tell: Tell) -> Iterator[None]:
    try:
        with (home.folder / "start.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                tell("Another process is starting or stopping the database; waiting for it.")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise sentence_for(error, home.folder) from error


def _clear_remains(home: Home, tell: Tell) -> None:
    """Remove what a killed server left: its processes, its pid file, its socket and lock.

    The pid in a file may be another process's by now, so the file is not asked; that nobody uses
    the data is known from the processes seen here and from the lock that servers inherit.
    """
    _end_orphans(home, tell)
    with server_lock(home):
        (home.data / "postmaster.pid").unlink(missing_ok=True)
        (home.socket / SOCKET_NAME).unlink(missing_ok=True)
        (home.socket / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def _end_postmaster(home: Home, tell: Tell) -> None:
    postmaster = find_family(home.data).postmaster
    if postmaster is None:
        return
    with contextlib.suppress(psutil.NoSuchProcess):
        postmaster.send_signal(signal.SIGINT)  # "fast": roll back what is open, write all, end
    progress = _Progress("The database is stopping", home, tell)
    while is_alive(postmaster.pid):
        progress.step()
        time.sleep(0.02)


def _end_orphans(home: Home, tell: Tell) -> None:
    """A backend that lost its postmaster may still write; none may live beside a new server."""
    orphans = find_family(home.data).orphans
    if not orphans:
        return
    tell("The database server was killed; ending what it left running.")
    for signal_number in (signal.SIGTERM, signal.SIGQUIT, signal.SIGKILL):
        for process in wait_for_end(orphans, PATIENCE):
            with contextlib.suppress(psutil.Error):
                process.send_signal(signal_number)
    wait_for_end(orphans, math.inf)


def _becomes_ready(home: Home, pid: int, tell: Tell) -> bool:
    """Recovery may take as long as it needs: only the end of the process ends the wait."""
    progress = _Progress("The database is starting up", home, tell)
    while not _is_accepting(home):
        if not is_alive(pid):
            return False
        progress.step()
        time.sleep(0.02)
    return True


class _Progress:
    """A line now and then while something is waited for, with the log's last words."""

    def __init__(self, words: str, home: Home, tell: Tell) -> None:
        self._words, self._home, self._tell = words, home, tell
        self._began = self._spoke = time.monotonic()

    def step(self) -> None:
        now = time.monotonic()
        if now - self._spoke >= LOUD_AFTER:
            self._spoke = now
            last = self._home.log.read_bytes()[-2000:].decode(errors="replace").splitlines()[-1:]
            self._tell(f"{self._words} ({now - self._began:.0f} s) {''.join(last)[:WIDEST_LINE]}")


def _is_accepting(home: Home) -> bool:
    return pq.PGconn.ping(MAINTENANCE.conninfo(home).encode()) == pq.Ping.OK


def _has_sound_pid_file(home: Home) -> bool:
    """A server whose pid file no longer names it ends itself within a minute."""
    try:
        named = int((home.data / "postmaster.pid").read_text().splitlines()[0])
        return psutil.Process(named).cwd() == str(home.data)
    except (OSError, ValueError, IndexError, psutil.Error):
        return False
