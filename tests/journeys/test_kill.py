"""kill -9 of the application and of PostgreSQL during appends: nothing acknowledged is lost.

A real server with a home of its own and fsync on; the application is a process of its own
(`tests.journeys.writer`). Whoever appended tells when the transaction was over and, later, when
it replied; so a kill between commit and reply is known to be one.
"""

import contextlib
import os
import select
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psutil
import psycopg
import pytest
from tests.databases import quiet
from tests.journeys.writer import moves_of_job

from ikrar.config.database import Home, server
from ikrar.config.database.configuration import Login
from ikrar.config.database.processes import wait_for_end

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds for the application to start, recovery included
LEAVES = b"." * 4096  # leaves to reply, for those who need not wait for one
VICTIMS = ("application", "postmaster", "backend", "server", "everything")
MIGRATE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "ikrar.config.settings"
django.setup()
from ikrar.config import database
database.ready(tell=lambda line: None)
database.migrate_all()
"""


@dataclass
class Ledger:
    """What the application said: all jobs below `acknowledged` were, `committed` perhaps more."""

    acknowledged: int = 0
    committed: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    between_commit_and_reply: int = 0
    rebuilt_the_same: int = 0

    def hear(self, line: str) -> None:
        """Take down one line."""
        word, _, number = line.partition(" ")
        if word == "committed":
            self.committed = max(self.committed, int(number) + 1)
        elif word == "acknowledged":
            self.acknowledged = int(number) + 1
        else:
            assert number == "True", line
            self.rebuilt_the_same += word == "rebuilt"


class Application:
    """The writer's process, and what it said so far."""

    def __init__(self, home: Home, ledger: Ledger, seed: int, *, is_to_rebuild: bool) -> None:
        self._ledger, self._said, self._commits = ledger, b"", 0
        self.complaints = home.folder / "writer.log"
        words = [str(seed), str(ledger.acknowledged), *(["rebuild"] if is_to_rebuild else [])]
        with self.complaints.open("ab") as complaints:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.journeys.writer", *words],
                env=_environment(home),
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
            )

    def give_leave(self, leaves: bytes) -> None:
        """Let it reply so many times."""
        assert self.process.stdin
        with contextlib.suppress(BrokenPipeError):
            os.write(self.process.stdin.fileno(), leaves)

    def hear_commits(self, times: int) -> None:
        """Listen until this process has committed so many jobs."""
        deadline = time.monotonic() + PATIENCE
        while self._commits < times:
            left = deadline - time.monotonic()
            assert left > 0, self.complaints.read_text()[-2000:]
            assert self._hear(left), self.complaints.read_text()[-2000:]

    def end(self) -> None:
        """Kill it if it still runs, and take down what it said before."""
        self.process.kill()
        while self._hear(PATIENCE):
            pass
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def _hear(self, seconds: float) -> bool:
        assert self.process.stdout
        readable, _, _ = select.select([self.process.stdout], [], [], seconds)
        said = os.read(self.process.stdout.fileno(), 65536) if readable else b""
        *lines, self._said = (self._said + said).split(b"\n")
        for line in lines:
            self._ledger.hear(line.decode())
            self._commits += line.startswith(b"committed")
        return bool(said)


def _environment(home: Home) -> dict[str, str]:
    environ = {**os.environ, "IKRAR_HOME": str(home.folder)}
    environ.pop("DATABASE_URL", None)
    return environ


def kill(victim: str, application: Application, home: Home, rng: Random) -> None:
    """As the system does when memory runs out, or as a power cut does: nobody tidies up."""
    processes = _server_processes(home)
    postmaster = server.status(home).pid
    chosen = {
        "application": [],
        "postmaster": [p for p in processes if p.pid == postmaster],
        "backend": [rng.choice([p for p in processes if p.pid != postmaster])],
        "server": processes,
        "everything": processes,
    }[victim]
    if victim in {"application", "everything"}:
        application.process.kill()
    for process in chosen:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    wait_for_end(chosen, 10)


def _server_processes(home: Home) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.cwd() == str(home.data):
                found.append(process)
    return found


def check(home: Home, ledger: Ledger, seed: int) -> None:
    """Every acknowledged job is there once and whole; the one in hand is whole or not there."""
    server.start(home, tell=quiet)
    login = Login("ikrar_owner", "ikrar").conninfo(home)
    with psycopg.connect(login) as connection:
        rows = connection.execute(
            "SELECT encode(act_hash, 'hex'), count(*) FROM register_entry GROUP BY 1"
        ).fetchall()
        known = connection.execute("SELECT move_id FROM register_recordedmove").fetchall()
    counts = dict(rows)
    assert counts.keys() == {move_id for (move_id,) in known}
    for n in range(ledger.committed):
        assert [counts.pop(m.move_id, 0) for m in moves_of_job(seed, n)] == [
            1 for _ in moves_of_job(seed, n)
        ], f"job {n} was committed"
    in_hand = [counts.pop(m.move_id, 0) for m in moves_of_job(seed, ledger.committed)]
    assert set(in_hand) in ({0}, {1})
    assert not counts


def one_round(home: Home, ledger: Ledger, seed: int, rng: Random, *, is_between: bool) -> None:
    """Append for a while, kill somebody, look at what is left."""
    victim = rng.choice(VICTIMS)
    is_to_rebuild = ledger.kills.total() % 10 == 9
    application = Application(home, ledger, seed, is_to_rebuild=is_to_rebuild)
    if is_between:
        replies = rng.randrange(8)
        application.give_leave(LEAVES[:replies])
        application.hear_commits(replies + 1)
    else:
        application.give_leave(LEAVES)
        application.hear_commits(1)
        time.sleep(rng.uniform(0, 0.12))
    kill(victim, application, home, rng)
    ledger.kills[victim] += 1
    if is_between:
        assert ledger.committed > ledger.acknowledged
        ledger.between_commit_and_reply += 1
        application.give_leave(LEAVES)  # who is left may reply: it has been committed
        time.sleep(0.05)
    application.end()
    check(home, ledger, seed)


@pytest.mark.parametrize(
    ("rounds", "seed"),
    [
        pytest.param(10, 20251124, id="sample"),
        pytest.param(120, 20251223, id="all", marks=pytest.mark.long),
    ],
)
def test_killed_during_appends_nothing_acknowledged_is_lost(home, rounds, seed, capsys):
    subprocess.run([sys.executable, "-c", MIGRATE], env=_environment(home), cwd=ROOT, check=True)
    ledger, rng = Ledger(), Random(seed)
    for place in range(rounds):
        one_round(home, ledger, seed, rng, is_between=place % 5 < 2)
    last = Application(home, ledger, seed, is_to_rebuild=True)
    last.hear_commits(1)
    last.end()
    check(home, ledger, seed)

    assert ledger.rebuilt_the_same > rounds // 10
    with capsys.disabled():
        victims = ", ".join(f"{name} {times}" for name, times in sorted(ledger.kills.items()))
        sys.stdout.write(
            f"\nkill -9 × {ledger.kills.total()} ({victims}), {ledger.between_commit_and_reply}"
            f" between commit and reply; {ledger.acknowledged} acknowledged appends, each there"
            f" once; every chain verified after each kill; {ledger.rebuilt_the_same} rebuilds gave"
            " the same rows\n"
        )
    assert ledger.kills.total() == rounds
    assert ledger.between_commit_and_reply == rounds * 2 // 5
