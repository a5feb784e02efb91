"""The home folder of an instance: the embedded server's data, socket and log, and its secrets.

As an ordinary user this is ``var`` in the checkout. Started by root the server runs as an
unprivileged user, so root's home is a folder in the system's state directory, one per checkout:
the folder belongs to root, the data and the socket in it to the server's user.
"""

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ikrar.config.database.errors import (
    DiskFullError,
    HomeForbiddenError,
    HomeOccupiedError,
    HomeUnreachableError,
    SocketTakenError,
)
from ikrar.config.database.server_user import ServerUser, choose_server_user, may_enter

STATE = Path("/var/lib/ikrar")
SOCKET_NAME = ".s.PGSQL.5432"
OWN_NAMES = (
    "data", "pg_", "postgresql.conf", "roles.json", "secret_key", "server.", "socket", "start.lock",
    "static",
)  # fmt: skip
LONGEST_SOCKET_PATH = 107  # bytes of sockaddr_un.sun_path without its closing zero


@dataclass(frozen=True)
class Home:
    """One home folder. Making the value touches nothing; ``prepare`` makes the folders."""

    folder: Path
    server_user_name: str | None = field(default=None, compare=False)

    @property
    def data(self) -> Path:
        """The server's data."""
        return self.folder / "data"

    @property
    def configuration(self) -> Path:
        """The server's settings."""
        return self.folder / "postgresql.conf"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "server.log"

    @property
    def roles(self) -> Path:
        """Passwords of the roles made on a server elsewhere (0600)."""
        return self.folder / "roles.json"

    @property
    def socket(self) -> Path:
        """The folder of the socket: in the home, or a short stand-in where its path is too long."""
        own = self.folder / "socket"
        if len(os.fsencode(own / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return own
        return Path("/tmp") / f"ikrar-{_fingerprint(self.folder)}"  # noqa: S108 (checked when made)

    @property
    def has_short_socket(self) -> bool:
        """Whether the socket had to go outside the home."""
        return self.socket.parent != self.folder

    def server_user(self) -> ServerUser:
        """The user that the server runs as; made on first need when root asks."""
        return choose_server_user(self.data, self.server_user_name)

    def prepare(self) -> ServerUser:
        """Make the folders with their rights; return the server's user."""
        user = self.server_user()
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.folder.parent == STATE and os.geteuid() == 0:
                STATE.chmod(0o711)
            self._set_rights(user)
        except OSError as error:
            raise sentence_for(error, self.folder) from error
        if barrier := _barrier(self.folder, user):
            raise HomeUnreachableError(
                folder=self.folder, barrier=barrier, user=user.name, default=default_folder()
            )
        self._prepare_socket(user)
        return user

    def _set_rights(self, user: ServerUser) -> None:
        """Root's home lets the server's user pass; any other home is its owner's alone."""
        mode, group = (0o700, None) if user.uid == os.geteuid() else (0o710, user.gid)
        found = self.folder.stat()
        is_right = stat.S_IMODE(found.st_mode) == mode and found.st_uid == os.geteuid()
        if is_right and group in {None, found.st_gid}:
            return
        for entry in self.folder.iterdir():
            if not entry.name.startswith(OWN_NAMES):
                raise HomeOccupiedError(folder=self.folder, name=entry.name, mode=f"{mode:o}")
        with _opened(self.folder) as descriptor:
            if group is not None:
                os.fchown(descriptor, os.geteuid(), group)
            os.fchmod(descriptor, mode)

    def _prepare_socket(self, user: ServerUser) -> None:
        folder = self.socket
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        try:
            with _opened(folder) as descriptor:
                if os.fstat(descriptor).st_uid not in {user.uid, os.geteuid()}:
                    raise SocketTakenError(folder=self.folder, short=folder)
                if user.uid != os.geteuid():
                    os.fchown(descriptor, user.uid, user.gid)
                os.fchmod(descriptor, 0o700)
        except OSError as error:  # a file or a link
            raise SocketTakenError(folder=self.folder, short=folder) from error


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """The folder itself, never what a link points to: root changes rights through this alone."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def current_home(environ: Mapping[str, str] = os.environ) -> Home:
    """The home that this process uses: ``IKRAR_HOME``, or the default of its user."""
    named = environ.get("IKRAR_HOME")
    folder = Path(named).expanduser().resolve() if named else default_folder()
    return Home(folder, environ.get("IKRAR_SERVER_USER"))


def default_folder() -> Path:
    """Root: a folder per checkout in the system's state directory; others: ``var`` beside it."""
    checkout = _checkout()
    if os.geteuid() == 0:
        return STATE / f"{checkout.name}-{_fingerprint(checkout)}"
    if os.access(checkout, os.W_OK) and (checkout / "pyproject.toml").exists():
        return checkout / "var"
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return state / "ikrar" / f"{checkout.name}-{_fingerprint(checkout)}"


def _checkout() -> Path:
    package = Path(__file__).resolve().parents[2]
    for folder in package.parents:
        if (folder / "pyproject.toml").exists():
            return folder
    return package


def _fingerprint(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:10]


def _barrier(folder: Path, user: ServerUser) -> Path | None:
    """The outermost folder on the way that the server's user cannot enter."""
    for step in [*reversed(folder.parents), folder]:
        if not may_enter(step, user):
            return step
    return None


def sentence_for(error: OSError, folder: Path) -> Exception:
    """What the system refused, said so that a person can mend it."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFullError(folder=folder)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR}:
        user = f"user number {os.geteuid()}"
        return HomeForbiddenError(folder=folder, user=user, why=error.strerror)
    return error
