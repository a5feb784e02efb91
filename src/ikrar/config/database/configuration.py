"""The embedded server's configuration, written anew before every start.

It lies in the home, not in the data: what root writes must not lie where the server's user could
put a link in its way, and the server reads its rules but does not own them.
"""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import make_conninfo

from ikrar.config.database.home import Home
from ikrar.config.database.server_user import ServerUser


@dataclass(frozen=True)
class Login:
    """A role of the embedded server and the database it enters."""

    user: str
    dbname: str

    def conninfo(self, home: Home) -> str:
        """How libpq reaches the server in ``home``."""
        return make_conninfo(
            "", host=str(home.socket), port="5432", user=self.user, dbname=self.dbname
        )


MAINTENANCE = Login("ikrar_maintenance", "postgres")

# Only the socket, only these users of the system, only as these roles. Everything else is refused.
_RULES = "local  all  all  peer map=ikrar\n"
_ROLES = ("ikrar_maintenance", "ikrar_owner", "ikrar_app")

_SETTINGS = """\
listen_addresses = ''
port = 5432
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
hba_file = '{folder}/pg_hba.conf'
ident_file = '{folder}/pg_ident.conf'
max_connections = 100
shared_buffers = '128MB'
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
log_startup_progress_interval = '2s'
jit = off
log_error_verbosity = terse
log_min_error_statement = panic
"""  # terse, and no statements: what people wrote is not repeated in a log

# For tests that can be run again from nothing.
_HASTY = """\
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = '2GB'
"""


def write_configuration(home: Home, user: ServerUser, *, is_durable: bool) -> None:
    """Write settings, who may connect, and which user of the system is which role."""
    settings = _SETTINGS.format(socket=_quoted(home.socket), folder=_quoted(home.folder))
    names = dict.fromkeys([user.name, pwd.getpwuid(os.geteuid()).pw_name])
    _write(home.configuration, settings + ("" if is_durable else _HASTY), user)
    _write(home.folder / "pg_hba.conf", _RULES, user)
    _write(home.folder / "pg_ident.conf", "".join(map(_identities, names)), user)


def _identities(name: str) -> str:
    escaped = name.replace('"', '""')
    return "".join(f'ikrar  "{escaped}"  {role}\n' for role in _ROLES)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _write(path: Path, text: str, user: ServerUser) -> None:
    making = path.with_name(f"{path.name}.making")
    making.write_text(text)
    if user.uid == os.geteuid():
        making.chmod(0o600)
    else:
        os.chown(making, os.geteuid(), user.gid)
        making.chmod(0o640)
    making.replace(path)
