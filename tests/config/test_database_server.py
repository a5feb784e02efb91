"""The supervisor, with real processes: nothing here is simulated but the damage."""

import contextlib
import fcntl
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from tests.databases import home_of_its_own, quiet

from ikrar.config.database import Home, errors, server
from ikrar.config.database.configuration import MAINTENANCE
from ikrar.config.database.home import SOCKET_NAME
from ikrar.config.database.processes import find_family, is_alive, wait_for_end

SOCKET_LOCK = f"{SOCKET_NAME}.lock"


def enter(home: Home) -> psycopg.Connection:
    return psycopg.connect(MAINTENANCE.conninfo(home), autocommit=True)


def scalar(home: Home, query: str) -> object:
    with enter(home) as connection:
        row = connection.execute(query).fetchone()
    assert row
    return row[0]


def kill_everything(home: Home) -> None:
    """As a power cut does: nobody gets to tidy up."""
    members = [p for p in psutil.process_iter() if is_of(p, home)]
    for process in members:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    wait_for_end(members, 10)


def is_of(process: psutil.Process, home: Home) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.cwd() == str(home.data)
    return False


def run_python(home: Home, code: str) -> subprocess.Popen[str]:
    environ = {**os.environ, "IKRAR_HOME": str(home.folder)}
    environ.pop("DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-c", code], env=environ, stdout=subprocess.PIPE, text=True
    )


@pytest.fixture(scope="module")
def seed() -> Iterator[Home]:
    """A home with a row that was committed, whose server has ended."""
    with home_of_its_own() as home:
        server.start(home, tell=quiet)
        with enter(home) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS row")
        server.stop(home, tell=quiet)
        yield home


@pytest.fixture
def running(home: Home, seed: Home) -> Home:
    """A home whose server runs, with a row that was committed."""
    home.prepare()
    subprocess.run(["cp", "-a", seed.data, home.data], check=True)
    server.start(home, tell=quiet)
    return home


@pytest.fixture
def bystander(running: Home) -> Iterator[int]:
    """A process of the server's own user that is no server."""
    user = running.server_user()
    process = subprocess.Popen(["sleep", "60"], user=user.uid, group=user.gid)
    yield process.pid
    process.kill()
    process.wait()


def test_start_runs_one_server_and_stop_ends_it(home: Home) -> None:
    assert not server.status(home).is_running
    server.start(home, tell=quiet)
    first = server.status(home)
    server.start(home, tell=quiet)
    assert server.status(home) == first
    assert first.is_running
    assert server.stop(home, tell=quiet)
    assert not server.stop(home, tell=quiet)
    assert server.status(home) == server.Status(is_running=False, pid=None, home=home)
    assert find_family(home.data).is_gone


def test_server_listens_on_no_network_and_checks_its_pages(running: Home) -> None:
    assert scalar(running, "SHOW listen_addresses") == ""
    assert scalar(running, "SHOW data_checksums") == "on"
    assert scalar(running, "SHOW fsync") == "on"
    assert scalar(running, "SHOW server_encoding") == "UTF8"
    postmaster = psutil.Process(server.status(running).pid)
    assert postmaster.net_connections("inet") == []
    assert postmaster.username() == running.server_user().name
    assert postmaster.uids().real != 0


def test_server_runs_on_when_its_starter_ends(home: Home) -> None:
    code = "from ikrar.config import database; print(database.ready().place)"
    starter = run_python(home, code)
    assert starter.communicate()[0].endswith("/ikrar\n")
    assert starter.returncode == 0
    assert server.status(home).is_running


def test_starts_at_the_same_time_run_one_server(home: Home) -> None:
    code = "from ikrar.config import database\ndatabase.ready()\nprint(database.status().pid)\n"
    starters = [run_python(home, code) for _ in range(4)]
    said = {starter.communicate()[0].strip() for starter in starters}
    assert [starter.returncode for starter in starters] == [0] * 4
    assert said == {str(server.status(home).pid)}


def remove_pid_file(file: Path, _: int) -> None:
    file.unlink()


def empty_pid_file(file: Path, _: int) -> None:
    file.write_text("")


def cut_pid_file(file: Path, _: int) -> None:
    file.write_text(file.read_text()[:3])


def fill_pid_file_with_words(file: Path, _: int) -> None:
    file.write_text("not a number\n\0\n")


def reuse_pid(file: Path, bystander: int) -> None:
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join([f"{bystander}\n", *lines[1:]]))


def leave_pid_file(_: Path, __: int) -> None:
    """The process that it names is dead."""


DAMAGES = [
    leave_pid_file,
    remove_pid_file,
    empty_pid_file,
    cut_pid_file,
    fill_pid_file_with_words,
    reuse_pid,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_start_after_a_power_cut_keeps_what_was_committed(
    running: Home, bystander: int, damage: Callable[[Path, int], None]
) -> None:
    kill_everything(running)
    damage(running.data / "postmaster.pid", bystander)
    reuse_pid(running.socket / SOCKET_LOCK, bystander)
    server.start(running, tell=quiet)
    assert scalar(running, "SELECT row FROM kept") == 1
    assert psutil.pid_exists(bystander)


@pytest.mark.parametrize("damage", [remove_pid_file, empty_pid_file, cut_pid_file])
def test_start_mends_the_pid_file_of_a_running_server(
    running: Home, damage: Callable[[Path, int], None]
) -> None:
    """Left alone, the server would notice within a minute and end without a word."""
    before = server.status(running).pid
    damage(running.data / "postmaster.pid", 0)
    server.start(running, tell=quiet)
    after = server.status(running)
    assert after.is_running
    assert after.pid != before
    assert not is_alive(before)
    assert (running.data / "postmaster.pid").read_text().startswith(f"{after.pid}\n")


def test_orphans_of_a_killed_postmaster_are_ended_before_a_new_one_starts(running: Home) -> None:
    said: list[str] = []
    with enter(running) as busy:
        number = busy.info.backend_pid
        busy.pgconn.send_query(b"DO $$ BEGIN LOOP END LOOP; END $$")
        postmaster = psutil.Process(server.status(running).pid)
        postmaster.kill()
        wait_for_end([postmaster], 10)
        assert psutil.Process(number).cwd() == str(running.data), "the backend should be orphaned"
        server.start(running, tell=said.append)
        assert not is_alive(number)
        busy.close()
    assert scalar(running, "SELECT row FROM kept") == 1
    assert any("killed" in line for line in said)


def test_stop_ends_orphans_too(running: Home) -> None:
    with enter(running) as busy:
        busy.pgconn.send_query(b"DO $$ BEGIN LOOP END LOOP; END $$")
        psutil.Process(server.status(running).pid).kill()
        assert server.stop(running, tell=quiet)
        busy.close()
    assert find_family(running.data).is_gone


def test_server_mends_itself_when_a_backend_is_killed(running: Home) -> None:
    with enter(running) as victim:
        psutil.Process(victim.info.backend_pid).kill()
        with pytest.raises(psycopg.OperationalError):
            victim.execute("SELECT 1")
    server.start(running, tell=quiet)
    assert scalar(running, "SELECT row FROM kept") == 1


def test_killed_application_loses_nothing_that_was_acknowledged(running: Home) -> None:
    code = (
        "import psycopg\n"
        f"connection = psycopg.connect({MAINTENANCE.conninfo(running)!r}, autocommit=True)\n"
        "for row in range(2, 10_000_000):\n"
        "    connection.execute('INSERT INTO kept VALUES (%s)', [row])\n"
        "    print(row, flush=True)\n"
    )
    writer = run_python(running, code)
    assert writer.stdout
    acknowledged = [int(next(writer.stdout)) for _ in range(50)]
    writer.kill()
    acknowledged += [int(line) for line in writer.communicate()[0].splitlines()]
    kill_everything(running)
    server.start(running, tell=quiet)
    with enter(running) as connection:
        kept = {row for (row,) in connection.execute("SELECT row FROM kept")}
    assert kept >= set(acknowledged)
    assert len(kept) <= len(acknowledged) + 2, "at most one more: committed, not yet told"


def test_start_waits_for_a_long_recovery_and_says_so(running: Home) -> None:
    kill_everything(running)
    (running.data / "recovery.signal").touch()
    os.chown(running.data / "recovery.signal", *owner_of(running.data))
    with (running.data / "postgresql.auto.conf").open("a") as settings:
        settings.write("restore_command = 'sleep 1; false'\nhot_standby = off\n")
    said: list[str] = []
    began = time.monotonic()
    server.start(running, tell=said.append)
    assert time.monotonic() - began > 4
    assert scalar(running, "SELECT row FROM kept") == 1
    assert [line for line in said if line.startswith("The database is starting up (2 s)")]


def owner_of(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_uid, found.st_gid


def test_start_waits_for_another_that_is_starting(home: Home) -> None:
    said: list[str] = []
    home.prepare()
    with (home.folder / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        starter = threading.Thread(target=server.start, args=(home,), kwargs={"tell": said.append})
        starter.start()
        starter.join(0.5)
        assert starter.is_alive()
    starter.join()
    assert server.status(home).is_running
    assert any("waiting" in line for line in said)


def test_log_of_the_server_repeats_nothing_that_people_wrote(running: Home) -> None:
    with enter(running) as connection:
        connection.execute("CREATE TABLE word (word text PRIMARY KEY CHECK (word <> 'whispered'))")
        connection.execute("INSERT INTO word VALUES ('confided')")
        for secret in ("confided", "whispered"):
            with pytest.raises(psycopg.IntegrityError, match=secret):
                connection.execute(f"INSERT INTO word VALUES ('{secret}')")
    log = running.log.read_text()
    assert "violates unique constraint" in log
    assert "confided" not in log
    assert "whispered" not in log


def test_server_that_ends_at_once_is_explained_by_its_last_words(running: Home) -> None:
    server.stop(running, tell=quiet)
    with (running.data / "postgresql.auto.conf").open("a") as settings:
        settings.write("shared_buffers = 'a great deal'\n")
    with pytest.raises(errors.ServerDiedError, match="a great deal"):
        server.start(running, tell=quiet)


def test_data_in_use_where_nobody_can_look_are_left_alone(running: Home) -> None:
    kill_everything(running)
    before = (running.data / "postmaster.pid").read_text()
    with (running.folder / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(errors.ServerElsewhereError, match="in use"):
            server.start(running, tell=quiet)
    assert (running.data / "postmaster.pid").read_text() == before


@pytest.mark.parametrize(
    ("written", "error", "words"),
    [
        ("99\n", errors.DataFromNewerError, "written by PostgreSQL 99, newer than"),
        ("9\n", errors.DataFromOlderError, "written by PostgreSQL 9, and only"),
        ("?", errors.DataDamagedError, "does not hold a database"),
        (None, errors.DataDamagedError, "does not hold a database"),
    ],
)
def test_data_of_another_version_are_left_alone(
    home: Home, written: str | None, error: type[Exception], words: str
) -> None:
    home.prepare()
    home.data.mkdir()
    if written:
        (home.data / "PG_VERSION").write_text(written)
    with pytest.raises(error, match=words):
        server.start(home, tell=quiet)
    assert [path.name for path in home.data.iterdir()] == (["PG_VERSION"] if written else [])


def test_abandoned_making_of_data_is_begun_anew(home: Home) -> None:
    home.prepare()
    (home.folder / "data.making-0000" / "base").mkdir(parents=True)
    server.start(home, tell=quiet)
    assert not list(home.folder.glob("data.making-*"))


def test_full_disk_is_named(home: Home) -> None:
    small = home.folder / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m,mode=711", "ikrar-test", str(small)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("A small disk to fill: only root may mount one, and not in every container.")
    try:
        home.folder.chmod(0o711)
        with pytest.raises(errors.DiskFullError, match="is full"):
            server.start(Home(small / "home"), tell=quiet)
    finally:
        server.stop(Home(small / "home"), tell=quiet)
        subprocess.run(["umount", str(small)], check=True)
