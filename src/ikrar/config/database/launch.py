"""Making the data folder and starting the server's process."""

import contextlib
import fcntl
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ikrar.config.database.binaries import find_binaries, installed
from ikrar.config.database.configuration import MAINTENANCE, write_configuration
from ikrar.config.database.errors import (
    DataDamagedError,
    DataFromNewerError,
    DataFromOlderError,
    DiskFullError,
    HomeForbiddenError,
    ServerDiedError,
    ServerElsewhereError,
)
from ikrar.config.database.home import Home
from ikrar.config.database.server_user import ServerUser

LARGEST_LOG = 10_000_000  # bytes; a larger one is put aside at the next start
LEAST_ROOM = 1_000_000  # bytes; a server that died on a disk with less died of it
LAST_WORDS = 6  # lines of the log that a sentence repeats

# The shell ends at once and names the server's process, which then belongs to init.
_DETACHED = ("/bin/sh", "-c", '"$@" >&2 & echo $!', "sh")


def launch(home: Home, user: ServerUser, *, is_durable: bool) -> int:
    """Start the server, making its data first where there are none; return its process number."""
    major = _written_by(home)
    programs = find_binaries(major, user)
    if major is None:
        _initialise(home, user, programs)
    write_configuration(home, user, is_durable=is_durable)
    if home.log.exists() and home.log.stat().st_size > LARGEST_LOG:
        home.log.replace(home.log.with_suffix(".log.1"))
    settings = f"--config-file={home.configuration}"
    command = (*_DETACHED, programs / "postgres", "-D", home.data, settings)
    with server_lock(home) as lock:
        return int(_run_as(user, command, home.log, keep=lock).stdout)


@contextlib.contextmanager
def server_lock(home: Home) -> Iterator[IO[str]]:
    """The lock that a server inherits: held for as long as one of its processes lives."""
    with (home.folder / "server.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServerElsewhereError(folder=home.data) from None
        yield lock


def failure(home: Home, begin: int) -> DiskFullError | ServerDiedError:
    """Why the server ended, from what it wrote to its log after the byte ``begin``."""
    with home.log.open(errors="replace") as log:
        log.seek(begin)
        lines = [line.strip() for line in log if line.strip()]
    has_room = shutil.disk_usage(home.folder).free > LEAST_ROOM
    if not has_room or any("No space left on device" in line for line in lines):
        return DiskFullError(folder=home.folder)
    return ServerDiedError(folder=home.data, words=" · ".join(lines[-LAST_WORDS:]) or "nothing")


def _initialise(home: Home, user: ServerUser, programs: Path) -> None:
    """Make the data beside their place and move them there when whole."""
    for abandoned in home.folder.glob("data.making-*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    making = home.folder / f"data.making-{secrets.token_hex(4)}"
    making.mkdir(mode=0o700)
    _give(making, user)
    command: tuple[str | Path, ...] = (programs / "initdb", "-D", making, "-U", MAINTENANCE.user)
    command += ("--auth=reject", "--data-checksums", "--encoding=UTF8", "--locale=C")
    command += ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    begin = home.log.stat().st_size if home.log.exists() else 0
    if _run_as(user, command, home.log).returncode:
        shutil.rmtree(making, ignore_errors=True)
        raise failure(home, begin)
    making.rename(home.data)


def _run_as(
    user: ServerUser, command: tuple[str | Path, ...], log: Path, keep: IO[str] | None = None
) -> subprocess.CompletedProcess[str]:
    is_other = user.uid != os.geteuid()
    with log.open("a") as complaints:
        return subprocess.run(  # noqa: S603 (our own programs, arguments as a list)
            command,
            user=user.uid if is_other else None,
            group=user.gid if is_other else None,
            extra_groups=[] if is_other else None,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            pass_fds=(keep.fileno(),) if keep else (),
            start_new_session=True,
            umask=0o077,
            check=False,
        )


def _written_by(home: Home) -> int | None:
    """The major version that wrote the data; None when there are none yet."""
    if not home.data.exists():
        return None
    try:
        written = int((home.data / "PG_VERSION").read_text())
    except PermissionError as error:
        user = f"user number {os.geteuid()}"
        raise HomeForbiddenError(folder=home.data, user=user, why=error.strerror) from None
    except (OSError, ValueError):
        raise DataDamagedError(folder=home.data) from None
    newest = max(installed(), default=0)
    if written > newest:
        raise DataFromNewerError(folder=home.data, written=written, major=newest)
    if written not in installed():
        raise DataFromOlderError(folder=home.data, written=written, major=newest)
    return written


def _give(folder: Path, user: ServerUser) -> None:
    if user.uid != os.geteuid():
        os.chown(folder, user.uid, user.gid)
