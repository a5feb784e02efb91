"""Where the database lives, and who may enter there."""

import os
import pwd
import stat
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
from tests.databases import home_apart, quiet

from ikrar.config.database import Home, binaries, errors, server, server_user
from ikrar.config.database.configuration import MAINTENANCE, Login
from ikrar.config.database.home import LONGEST_SOCKET_PATH, SOCKET_NAME, current_home
from ikrar.config.database.server_user import choose_server_user

pytestmark = pytest.mark.permission
IS_ROOT = os.geteuid() == 0
STRANGERS = (pwd.getpwnam("daemon").pw_uid, 54321)  # one with a name, one without
LOGINS = [MAINTENANCE, Login("ikrar_owner", "ikrar"), Login("ikrar_app", "ikrar")]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def as_user(uid: int, action: Callable[[], object]) -> str:
    """What ``action`` says in a process of that user: ``in``, or the words of its exception."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():  # newer Pythons fear for threads; this child starts none
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:  # pragma: no cover (another process)
        try:
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
            action()
            words = "in"
        except BaseException as error:  # noqa: BLE001 (it is what the parent wants to hear)
            words = f"{type(error).__name__}: {error}"
        os.write(writing, words.encode()[:60_000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as words_of_child:
        said = words_of_child.read()
    os.waitpid(child, 0)
    return said


@pytest.fixture(scope="module")
def open_home() -> Iterator[Home]:
    """A running server with its roles, in a home whose folders were opened to everybody."""
    with home_apart() as home:
        environ = {**os.environ, "IKRAR_HOME": str(home.folder)}
        environ.pop("DATABASE_URL", None)
        code = "from ikrar.config import database; database.ready()"
        subprocess.run([sys.executable, "-c", code], env=environ, check=True)
        yield home


@contextmanager
def opened_to_all(home: Home) -> Iterator[None]:
    closed = {path: mode(path) for path in (home.folder, home.socket, home.socket / SOCKET_NAME)}
    for path in closed:
        path.chmod(0o777)
    yield
    for path, before in closed.items():
        path.chmod(before)


@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login.user)
def test_the_home_s_owner_enters_as_each_role(open_home: Home, login: Login) -> None:
    with psycopg.connect(login.conninfo(open_home)) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (login.user,)


@pytest.mark.parametrize("uid", STRANGERS)
@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login.user)
def test_another_user_of_the_system_cannot_reach_the_socket(
    open_home: Home, login: Login, uid: int
) -> None:
    if not IS_ROOT:
        pytest.skip("Only root can become another user; the folder's rights are tested instead.")
    said = as_user(uid, lambda: psycopg.connect(login.conninfo(open_home)))
    assert "Permission denied" in said


@pytest.mark.parametrize("uid", STRANGERS)
@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login.user)
def test_another_user_is_refused_by_the_server_even_where_folders_stand_open(
    open_home: Home, login: Login, uid: int
) -> None:
    if not IS_ROOT:
        pytest.skip("Only root can become another user; the server's rules are tested instead.")
    with opened_to_all(open_home):
        said = as_user(uid, lambda: psycopg.connect(login.conninfo(open_home)))
    assert "eer authentication failed" in said or "could not look up local user" in said


def test_server_s_rules_name_its_own_users_and_no_others(open_home: Home) -> None:
    with psycopg.connect(MAINTENANCE.conninfo(open_home)) as connection:
        rules = connection.execute(
            "SELECT type, database, user_name, auth_method, options FROM pg_hba_file_rules"
        ).fetchall()
        names = connection.execute(
            "SELECT DISTINCT sys_name FROM pg_ident_file_mappings WHERE error IS NULL"
        ).fetchall()
    assert rules == [("local", ["all"], ["all"], "peer", ["map=ikrar"])]
    me = pwd.getpwuid(os.geteuid()).pw_name
    assert {name for (name,) in names} == {me, open_home.server_user().name}


def test_folders_are_closed_to_others(open_home: Home) -> None:
    assert mode(open_home.folder) == (0o710 if IS_ROOT else 0o700)
    assert mode(open_home.data) == 0o700
    assert mode(open_home.socket) == 0o700
    assert mode(open_home.socket / SOCKET_NAME) == 0o700


def test_home_of_somebody_else_is_refused_with_a_sentence(home: Home) -> None:
    if not IS_ROOT:
        home.folder.chmod(0o500)
        with pytest.raises(errors.HomeForbiddenError, match="cannot be used by user number"):
            server.start(Home(home.folder / "inner"), tell=quiet)
        home.folder.chmod(0o700)
        return
    said = as_user(STRANGERS[0], lambda: server.start(home, tell=quiet))
    assert said.startswith("HomeForbiddenError: The folder")
    assert "Give its owner's rights back" in said


def test_home_that_the_server_s_user_cannot_reach_is_refused_with_a_sentence(home: Home) -> None:
    if not IS_ROOT:
        pytest.skip("Only root's server runs as another user.")
    home.folder.chmod(0o711)
    barrier = home.folder / "mine"
    barrier.mkdir(mode=0o700)
    with pytest.raises(errors.HomeUnreachableError, match=f"inside {barrier}, which"):
        server.start(Home(barrier / "home"), tell=quiet)


@pytest.mark.parametrize("name", ["letters", "tmp.txt"])
def test_folder_with_other_things_keeps_its_rights(home: Home, name: str) -> None:
    """IKRAR_HOME=/tmp or somebody's own folder must not be closed to everybody else."""
    (home.folder / name).touch()
    home.folder.chmod(0o755)
    with pytest.raises(errors.HomeOccupiedError, match=f"such as {name}"):
        server.start(home, tell=quiet)
    assert mode(home.folder) == 0o755
    (home.folder / name).unlink()
    (home.folder / "secret_key").touch()
    home.prepare()
    assert mode(home.folder) == (0o710 if IS_ROOT else 0o700)


def test_server_does_not_own_its_rules(open_home: Home) -> None:
    if not IS_ROOT:
        pytest.skip("Only root's server runs as another user.")
    for name in ("postgresql.conf", "pg_hba.conf", "pg_ident.conf"):
        file = open_home.folder / name
        assert (file.stat().st_uid, mode(file)) == (0, 0o640)
    with psycopg.connect(MAINTENANCE.conninfo(open_home)) as connection:
        used = connection.execute("SHOW config_file").fetchone()
    assert used == (str(open_home.configuration),)


def test_long_path_moves_the_socket_and_says_so(home: Home) -> None:
    folder = home.folder / ("long" * 20)
    folder.mkdir()
    home.folder.chmod(0o711)
    long_home, said = Home(folder), list[str]()
    assert len(os.fsencode(folder / "socket" / SOCKET_NAME)) > LONGEST_SOCKET_PATH
    assert len(os.fsencode(long_home.socket / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
    try:
        server.start(long_home, tell=said.append)
        assert server.status(long_home).is_running
        assert mode(long_home.socket) == 0o700
        assert f"it is in {long_home.socket}" in said[0]
        assert Home(folder).socket == long_home.socket, "another process must find it"
    finally:
        server.stop(long_home, tell=quiet)
        long_home.socket.rmdir()


@pytest.mark.parametrize("squat", [Path.touch, lambda path: path.symlink_to("/tmp")])
def test_short_folder_that_is_somebody_else_s_is_refused(
    home: Home, squat: Callable[[Path], None]
) -> None:
    home.folder.chmod(0o711)
    long_home = Home(home.folder / ("long" * 20))
    squat(long_home.socket)
    try:
        with pytest.raises(errors.SocketTakenError, match="belongs to somebody else"):
            server.start(long_home, tell=quiet)
    finally:
        long_home.socket.unlink()


def test_home_folder_with_awkward_characters_works(home: Home) -> None:
    awkward = Home(home.folder / 'it\'s $HOME `x` "y" ü %s')
    awkward.folder.mkdir()
    home.folder.chmod(0o711)
    try:
        server.start(awkward, tell=quiet)
        assert server.status(awkward).is_running
    finally:
        server.stop(awkward, tell=quiet)


def test_current_home_is_the_named_folder_or_one_per_checkout() -> None:
    assert current_home({"IKRAR_HOME": "/tmp/x/../named"}).folder == Path("/tmp/named").resolve()
    default = current_home({}).folder
    if IS_ROOT:
        assert default.parent == Path("/var/lib/ikrar")
    else:
        assert default.name == "var" or "ikrar" in default.parts


def test_root_s_server_never_runs_as_root_nor_as_a_person(tmp_path: Path) -> None:
    user = choose_server_user(tmp_path / "data", None)
    if IS_ROOT:
        assert 0 < user.uid < server_user.FIRST_PERSON or user.name == "nobody"
    else:
        assert user.uid == os.geteuid()


def test_server_user_can_be_named_and_stays_the_owner_of_the_data(home: Home) -> None:
    if not IS_ROOT:
        pytest.skip("Only root chooses a user for its server.")
    assert choose_server_user(home.data, "daemon").name == "daemon"
    home.data.mkdir()
    os.chown(home.data, STRANGERS[0], -1)
    assert choose_server_user(home.data, None).uid == STRANGERS[0]
    with pytest.raises(errors.NoServerUserError, match="refuses to run as root"):
        choose_server_user(home.folder / "other", "no such user")


def test_programs_are_carried_to_where_the_server_s_user_can_run_them(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.folder.chmod(0o711)
    monkeypatch.setattr(binaries, "STATE", home.folder)
    monkeypatch.setattr(binaries, "may_enter", lambda folder, user: False)
    inner = Home(home.folder / "inner")
    server.start(inner, tell=quiet)
    program = Path(psutil.Process(server.status(inner).pid).exe())
    server.stop(inner, tell=quiet)
    (carried,) = home.folder.glob("programs-*")
    assert program.is_relative_to(carried)
    before = program.stat().st_ino, program.stat().st_mtime_ns
    server.start(inner, tell=quiet)
    server.stop(inner, tell=quiet)
    after = program.stat().st_ino, program.stat().st_mtime_ns
    assert after == before, "carried over once"


def test_version_that_did_not_come_along_is_named() -> None:
    user = server_user.user_number(os.geteuid())
    with pytest.raises(errors.NoBinariesError, match="No PostgreSQL 11 came with"):
        binaries.find_binaries(11, user)


def test_nameless_user_is_refused_with_a_sentence() -> None:
    with pytest.raises(errors.NamelessUserError, match="54321 has no name"):
        server_user.user_number(54321)
