"""Which user of the system the embedded server runs as."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ikrar.config.database.errors import NamelessUserError, NoServerUserError

DEDICATED = "ikrar"
STAND_INS = ("postgres", "nobody")
FIRST_PERSON = 1000  # system users have lower numbers; a person's login is never borrowed


@dataclass(frozen=True)
class ServerUser:
    """A user of the system."""

    name: str
    uid: int
    gid: int


def choose_server_user(data: Path, named: str | None) -> ServerUser:
    """Ourselves; or, for root: the data's owner, the named user, one of its own, a stand-in."""
    if os.geteuid() != 0:
        return user_number(os.geteuid())
    owner = _owner(data)
    if owner:
        return user_number(owner)
    if named:
        return _find(named) or _refuse()
    return _dedicated() or next(filter(None, map(_find, STAND_INS)), None) or _refuse()


def user_number(uid: int) -> ServerUser:
    """The user with that number."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise NamelessUserError(uid=uid) from None
    return ServerUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def may_enter(folder: Path, user: ServerUser) -> bool:
    """Whether ``user`` may enter ``folder``, judged by its owner, group and mode."""
    found = folder.stat()
    if found.st_uid == user.uid:
        return bool(found.st_mode & 0o100)
    if found.st_gid == user.gid:
        return bool(found.st_mode & 0o010)
    return bool(found.st_mode & 0o001)


def _owner(data: Path) -> int:
    try:
        return data.stat().st_uid
    except OSError:
        return 0


def _find(name: str) -> ServerUser | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return ServerUser(entry.pw_name, entry.pw_uid, entry.pw_gid) if entry.pw_uid else None


def _dedicated() -> ServerUser | None:
    user = _find(DEDICATED) or _make_dedicated()
    return user if user and user.uid < FIRST_PERSON else None


def _make_dedicated() -> ServerUser | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if not useradd:
        return None
    command = [useradd, "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", DEDICATED]
    subprocess.run(command, capture_output=True, check=False)  # noqa: S603 (a read-only system says no)
    return _find(DEDICATED)


def _refuse() -> ServerUser:
    raise NoServerUserError
