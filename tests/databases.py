"""The suite's databases: a server of its own, one migrated template, a clone per worker."""

import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psutil
import psycopg
from django.conf import settings as django_settings
from django.db import connections
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from ikrar.config.database import Home, server
from ikrar.config.database.lifecycle import migrate_all
from ikrar.config.database.roles import connect, make_roles, membership
from ikrar.config.database.target import Target, current_target, settings

ADMINISTRATOR = "IKRAR_TEST_DATABASE_URL"  # what DATABASE_URL was before the suite took it over

PREFIX = "ikrar-suite-"
CONTROLLER = "controller.pid"


def claim_environment() -> None:
    """Point the environment at a home and, where a server was given, a database of our own.

    Workers inherit both, and so does every process that a test starts.
    """
    _sweep_abandoned()
    os.environ["IKRAR_HOME"] = str(_make_home().folder)
    given = os.environ.get("DATABASE_URL")
    if given:
        if os.environ.get("DATABASE_OWNER_URL"):
            raise SystemExit("The suite makes databases: give an administrator in DATABASE_URL.")
        os.environ[ADMINISTRATOR] = given
        os.environ["DATABASE_URL"] = _renamed(given, f"ikrar_test_{secrets.token_hex(4)}")


def release_environment() -> None:
    """Stop the suite's server, or drop what it made on somebody's."""
    target = current_target()
    if not target.is_embedded and target.home.roles.exists():
        _drop_everything(target)
    remove_home(target.home)
    if given := os.environ.pop(ADMINISTRATOR, None):
        os.environ["DATABASE_URL"] = given


@contextmanager
def home_of_its_own() -> Iterator[Home]:
    """An empty home for one test; its server is stopped and the folder removed afterwards."""
    home = Home(Path(tempfile.mkdtemp(prefix="home-", dir=os.environ["IKRAR_HOME"])))
    try:
        yield home
    finally:
        remove_home(home)


@contextmanager
def home_apart() -> Iterator[Home]:
    """The same in no folder of the suite's, for tests that open a home to everybody."""
    home = _make_home()
    try:
        yield home
    finally:
        remove_home(home)


def _make_home() -> Home:
    """A home that the next suite removes where this one is killed."""
    home = Home(Path(tempfile.mkdtemp(prefix=PREFIX)).resolve())
    home.prepare()  # root's server runs as another user, who must reach the homes inside
    (home.folder / CONTROLLER).write_text(str(os.getpid()))
    return home


def remove_home(home: Home) -> None:
    """Stop what runs in a home or in one inside it, and remove the folder."""
    for inner in [*home.folder.glob("home-*/"), home.folder]:
        server.stop(Home(inner), tell=quiet)
    shutil.rmtree(home.folder, ignore_errors=True)


def prepare_template() -> Target:
    """Start the server and migrate the template, once for all workers; return the template."""
    with _one_at_a_time():
        target = current_target()
        if target.is_embedded:
            server.start(target.home, tell=quiet, is_durable=False)
        template = _named(target, f"{target.app['dbname']}_template")
        made = target.home.folder / "template.made"
        if not made.exists():
            make_roles(target)
            template = _named(current_target(), template.app["dbname"])
            make_roles(template)
            point_django_at(template)
            migrate_all()
            connections.close_all()
            made.touch()
        return _named(current_target(), template.app["dbname"])


def clone(template: Target, worker: str) -> Target:
    """A database that equals the template; one that was there is dropped."""
    target = _named(template, f"{template.app['dbname'].removesuffix('_template')}_{worker}")
    owner, app = map(sql.Identifier, target.roles)
    names = {"dbname": sql.Identifier(target.app["dbname"]), "owner": owner, "app": app}
    names["template"] = sql.Identifier(template.app["dbname"])
    with administrator(template) as connection, membership(connection, target.owner["user"]):
        for statement in (
            "DROP DATABASE IF EXISTS {dbname} WITH (FORCE)",
            "CREATE DATABASE {dbname} TEMPLATE {template} OWNER {owner}",
            "REVOKE ALL ON DATABASE {dbname} FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {dbname} TO {app}",
        ):
            connection.execute(sql.SQL(statement).format(**names))
    return target


def point_django_at(target: Target) -> None:
    """Both aliases of Django's settings enter this database."""
    connections.close_all()
    for alias, fresh in settings().items():
        django_settings.DATABASES[alias].update(fresh, NAME=target.app["dbname"])


def owner_of(target: Target) -> psycopg.Connection:
    """A connection as the owner of the tables, committing each statement."""
    options = f"-c ikrar.app_role={target.app['user']}"
    return psycopg.connect("", autocommit=True, **{**target.owner, "options": options})


@contextmanager
def administrator(target: Target) -> Iterator[psycopg.Connection]:
    """A connection that may make roles and databases."""
    assert target.administrator
    with connect(target.administrator, target.place) as connection:
        yield connection


def describe() -> str:
    """One line for pytest's header."""
    target = current_target()
    if target.is_embedded:
        user = target.home.server_user().name
        return f"database: embedded, home {target.home.folder}, server runs as {user}"
    with administrator(target) as connection:
        version = connection.info.parameter_status("server_version")
    return f"database: external, {target.place}, PostgreSQL {version}"


def _named(target: Target, dbname: str) -> Target:
    named = {"dbname": dbname}
    return replace(target, app={**target.app, **named}, owner={**target.owner, **named})


def _renamed(url: str, dbname: str) -> str:
    parts = conninfo_to_dict(url)
    old = parts.get("dbname")
    if "?" in url or not old:
        raise SystemExit("The suite wants DATABASE_URL as postgresql://user:password@host/name.")
    return f"{url.removesuffix(f'/{old}')}/{dbname}"


def _drop_everything(target: Target) -> None:
    with administrator(target) as connection, membership(connection, target.owner["user"]):
        like = f"{target.app['dbname']}%"
        found = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like])
        for (name,) in found.fetchall():
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            connection.execute(drop)
    with administrator(target) as connection:
        for role in target.roles:
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (Path(os.environ["IKRAR_HOME"]) / "suite.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sweep_abandoned() -> None:
    """Remove what suites left that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/"):
        with suppress(OSError, ValueError):
            is_ours = folder.stat().st_uid == os.geteuid()
            if is_ours and not psutil.pid_exists(int((folder / CONTROLLER).read_text())):
                remove_home(Home(folder))


def quiet(line: str) -> None:
    """For those who have nothing to say while they wait."""
