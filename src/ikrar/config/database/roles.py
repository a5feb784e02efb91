"""The two roles: the owner has the tables, the application uses them."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from ikrar.config.database.errors import (
    NotAnAdministratorError,
    RolesOfAnotherHomeError,
    RoleTooStrongError,
    ServerTooOldError,
    ServerUnreachableError,
)
from ikrar.config.database.target import Parameters, Target, read_passwords, server_of

OLDEST = 15
BUILTIN_LOCALE_SINCE = 17
MAKING_ROLES = 0x696B726171  # the number of the lock that one process at a time holds


@contextmanager
def connect(parameters: Parameters, place: str) -> Iterator[psycopg.Connection]:
    """A connection of its own, committing each statement; failures name no password."""
    try:
        connection = psycopg.connect("", autocommit=True, **dict(parameters))  # type: ignore[arg-type]
    except psycopg.OperationalError as error:
        why = str(error).strip().splitlines()[-1]
        raise ServerUnreachableError(place=place, role=parameters.get("user"), why=why) from None
    with connection:
        yield connection


def refuse_old_server(connection: psycopg.Connection, place: str) -> None:
    """A sentence for servers older than 15."""
    version = connection.info.server_version // 10000
    if version < OLDEST:
        raise ServerTooOldError(place=place, version=version)


def make_roles(target: Target) -> None:
    """Make the two roles and the database, as administrator; what is there already stays."""
    if target.administrator is None:
        return
    with connect(target.administrator, target.place) as connection:
        refuse_old_server(connection, target.place)
        connection.execute("SELECT pg_advisory_lock(%s)", [MAKING_ROLES])
        _refuse_weak_administrator(connection, target)
        passwords = {} if target.is_embedded else _passwords(connection, target)
        for role in target.roles:
            _make_role(connection, role, passwords.get(role))
        _make_database(connection, target)
        inside = {**target.administrator, "dbname": target.app["dbname"]}
        with connect(inside, target.place) as within:
            _divide_rights(within, target)


def refuse_strong_role(connection: psycopg.Connection) -> None:
    """Never serve with a role that could undo what the database guards."""
    row = connection.execute(_STRENGTH).fetchone()
    assert row is not None  # noqa: S101 (the connection's own role exists)
    role, *found = row
    for is_so, why in zip(found, _WHY, strict=True):
        if is_so:
            raise RoleTooStrongError(role=role, why=why)


_WHY = (
    "is a superuser",
    "may make roles",
    "may pass by row security",
    "is a replication role",
    "owns the database or is a member of the role that does",
    "owns tables or is a member of a role that does",
    "may create tables",
)
_STRENGTH = """
SELECT current_user, rolsuper, rolcreaterole, rolbypassrls, rolreplication,
       pg_has_role(datdba, 'MEMBER'),
       EXISTS (SELECT FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
               WHERE nspname = 'public' AND pg_has_role(relowner, 'MEMBER')),
       has_schema_privilege('public', 'CREATE')
FROM pg_roles, pg_database
WHERE rolname = current_user AND datname = current_database()
"""


def _refuse_weak_administrator(connection: psycopg.Connection, target: Target) -> None:
    row = connection.execute(
        "SELECT rolsuper OR (rolcreaterole AND rolcreatedb) FROM pg_roles"
        " WHERE rolname = current_user"
    ).fetchone()
    if row is None or not row[0]:
        raise NotAnAdministratorError(role=connection.info.user, place=target.place)


def _passwords(connection: psycopg.Connection, target: Target) -> dict[str, str]:
    """Passwords of this home, written down before the roles are made."""
    known = read_passwords(target.home, target.app)
    missing = [role for role in target.roles if role not in known]
    if not missing:
        return known
    if there := [role for role in missing if _has_role(connection, role)]:
        raise RolesOfAnotherHomeError(
            roles=" and ".join(there), place=target.place, file=target.home.roles
        )
    known |= {role: secrets.token_urlsafe(32) for role in missing}
    _keep(target, known)
    return known


def _keep(target: Target, passwords: dict[str, str]) -> None:
    file = target.home.roles
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = json.loads(file.read_text()) if file.exists() else {}
    kept[server_of(target.app)] = passwords
    making = file.with_name("roles.json.making")
    making.unlink(missing_ok=True)
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        json.dump(kept, stream, indent=1)
    making.replace(file)


def _has_role(connection: psycopg.Connection, role: str) -> bool:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    return found.fetchone() is not None


def _make_role(connection: psycopg.Connection, role: str, password: str | None) -> None:
    if _has_role(connection, role):
        return
    login = sql.SQL("PASSWORD {}").format(sql.Literal(password)) if password else sql.SQL("")
    connection.execute(sql.SQL("CREATE ROLE {} LOGIN {}").format(sql.Identifier(role), login))


def _make_database(connection: psycopg.Connection, target: Target) -> None:
    owner, dbname = target.owner["user"], target.app["dbname"]
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [dbname])
    if found.fetchone():
        return
    if connection.info.server_version >= BUILTIN_LOCALE_SINCE * 10000:
        locale = sql.SQL("LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'")
    else:
        locale = sql.SQL("LOCALE 'C'")
    with membership(connection, owner):
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' {}").format(
                sql.Identifier(dbname), sql.Identifier(owner), locale
            )
        )


@contextmanager
def membership(connection: psycopg.Connection, role: str) -> Iterator[None]:
    """An administrator that is no superuser must belong to a role to give it something."""
    row = connection.execute("SELECT pg_has_role(%s, 'USAGE')", [role]).fetchone()
    if row and row[0]:
        yield
        return
    name = sql.Identifier(role)
    connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))
    try:
        yield
    finally:
        connection.execute(sql.SQL("REVOKE {} FROM CURRENT_USER").format(name))


def _divide_rights(connection: psycopg.Connection, target: Target) -> None:
    owner, app = map(sql.Identifier, target.roles)
    dbname = sql.Identifier(target.app["dbname"])
    with membership(connection, target.owner["user"]):
        for statement in _RIGHTS:
            connection.execute(sql.SQL(statement).format(owner=owner, app=app, dbname=dbname))


_RIGHTS = (
    "SET ROLE {owner}",
    "REVOKE ALL ON DATABASE {dbname} FROM PUBLIC",
    "GRANT CONNECT ON DATABASE {dbname} TO {app}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {app}",
    "RESET ROLE",
)
