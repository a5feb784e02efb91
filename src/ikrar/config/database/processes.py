"""Which processes of the system belong to the server of one data folder."""

import contextlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Family:
    """The postmaster of a data folder, and the server processes that outlived one."""

    postmaster: psutil.Process | None
    orphans: tuple[psutil.Process, ...]

    @property
    def is_gone(self) -> bool:
        """Whether no process is left."""
        return self.postmaster is None and not self.orphans


def find_family(data: Path) -> Family:
    """Judge by the folder in which processes run, never by a number found in a file.

    Every process of a server works inside its data folder; only the postmaster's command line
    still names it (the others rename themselves).
    """
    members = [process for process in psutil.process_iter() if _is_member(process, data)]
    numbers = {process.pid for process in members}
    postmaster = next((p for p in members if _is_postmaster(p, numbers)), None)
    return Family(postmaster, tuple(p for p in members if postmaster is None))


def is_alive(pid: int) -> bool:
    """Whether the process is there and has not ended unburied."""
    with contextlib.suppress(psutil.Error):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def wait_for_end(processes: Iterable[psutil.Process], seconds: float) -> tuple[psutil.Process, ...]:
    """Wait at most so long; return those that live. (An init that buries nobody is no reason to
    wait for ever, so the dead are told by their state.)"""
    deadline = time.monotonic() + seconds
    while living := tuple(process for process in processes if is_alive(process.pid)):
        if time.monotonic() > deadline:
            break
        time.sleep(0.02)
    return living


def _is_member(process: psutil.Process, data: Path) -> bool:
    with contextlib.suppress(psutil.Error, OSError):
        return process.name().startswith("postgres") and process.cwd() == str(data)
    return False


def _is_postmaster(process: psutil.Process, numbers: set[int]) -> bool:
    with contextlib.suppress(psutil.Error):
        return "-D" in process.cmdline() and process.ppid() not in numbers
    return False
