"""The owner's and the application's role: on the embedded server, on a server elsewhere."""

import json
import os
import secrets
import stat
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.db import ProgrammingError, connection, connections
from tests.config.foreign_server import ForeignServer, foreign_server

from ikrar.config import database
from ikrar.config.database import Home, Target, errors, roles
from ikrar.config.database.target import current_target, settings

pytestmark = pytest.mark.permission


@pytest.fixture(scope="module")
def foreign() -> Iterator[ForeignServer]:
    with foreign_server() as server:
        yield server


@pytest.fixture
def dbname(foreign: ForeignServer) -> Iterator[str]:
    """A name of its own for a database; whatever was made under it is dropped."""
    name = f"ikrar_roles_{secrets.token_hex(4)}"
    yield name
    foreign.execute("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)
    for role in (f"{name}_app", f"{name}_owner", f"{name}_weak", f"{name}_chief"):
        foreign.execute("DROP ROLE IF EXISTS {role}", role=role)


def environ_of(home: Home, url: str, owner_url: str | None = None) -> dict[str, str]:
    environ = {"IKRAR_HOME": str(home.folder), "DATABASE_URL": url}
    return environ | ({"DATABASE_OWNER_URL": owner_url} if owner_url else {})


def enter(target: Target) -> psycopg.Connection:
    return psycopg.connect("", autocommit=True, **target.app)


@pytest.fixture
def made(foreign: ForeignServer, dbname: str, home: Home) -> Target:
    """Roles and database that an administrator's address made."""
    roles.make_roles(current_target(environ_of(home, foreign.url(dbname))))
    return current_target(environ_of(home, foreign.url(dbname)))


def test_settings_start_nothing(home: Home) -> None:
    found = settings({"IKRAR_HOME": str(home.folder)})
    assert (found["default"]["USER"], found["owner"]["USER"]) == ("ikrar_app", "ikrar_owner")
    assert found["default"]["HOST"] == str(home.socket)
    assert list(home.folder.iterdir()) == []


def test_administrator_makes_roles_with_passwords_that_only_the_home_knows(made: Target) -> None:
    file = made.home.roles
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (passwords,) = json.loads(file.read_text()).values()
    assert set(passwords) == set(made.roles)
    assert len(set(passwords.values())) == 2
    with enter(made) as within:
        roles.refuse_strong_role(within)
        assert within.execute("SELECT current_user, current_database()").fetchone() == (
            made.roles[1],
            made.app["dbname"],
        )


def test_administrator_is_not_used_once_the_roles_are_made(
    foreign: ForeignServer, made: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = foreign.url_of("nobody_at_all", "wrong", made.app["dbname"])
    environ = environ_of(made.home, wrong)
    monkeypatch.setattr("ikrar.config.database.lifecycle._refresh_django", lambda _: None)
    target = database.ready(environ=environ)
    with enter(target) as within:
        assert within.execute("SELECT 1").fetchone() == (1,)
    shown = {**settings(environ)["default"], **settings(environ)["owner"]}
    assert "wrong" not in str(shown)


def test_roles_survive_a_crash_between_the_file_and_the_server(
    foreign: ForeignServer, made: Target
) -> None:
    foreign.execute(
        "DROP DATABASE {name} WITH (FORCE)", "DROP ROLE {app}", "DROP ROLE {owner}",
        name=made.app["dbname"], app=made.roles[1], owner=made.roles[0],
    )  # fmt: skip
    roles.make_roles(made)
    with enter(made) as within:
        assert within.execute("SELECT 1").fetchone() == (1,)


def test_roles_that_another_home_made_are_left_alone(made: Target, foreign: ForeignServer) -> None:
    kept = made.home.roles.read_text()
    made.home.roles.unlink()
    again = current_target(environ_of(made.home, foreign.url(made.app["dbname"])))
    with pytest.raises(errors.RolesOfAnotherHomeError, match="are already at"):
        roles.make_roles(again)
    made.home.roles.write_text(kept)
    with enter(made) as within:
        assert within.execute("SELECT 1").fetchone() == (1,)


def test_administrator_need_not_be_superuser(
    foreign: ForeignServer, dbname: str, home: Home
) -> None:
    chief = f"{dbname}_chief"
    foreign.execute("CREATE ROLE {chief} LOGIN CREATEDB CREATEROLE PASSWORD 'pw'", chief=chief)
    target = current_target(environ_of(home, foreign.url_of(chief, "pw", dbname)))
    roles.make_roles(target)
    target = current_target(environ_of(home, foreign.url_of(chief, "pw", dbname)))
    with enter(target) as within:
        roles.refuse_strong_role(within)
        belongs = "SELECT pg_has_role(%s, %s, 'USAGE')"
        assert within.execute(belongs, [chief, target.roles[0]]).fetchone() == (False,)
    foreign.execute("DROP DATABASE {name} WITH (FORCE)", name=dbname)
    foreign.execute("DROP ROLE {role}", role=f"{dbname}_app")
    foreign.execute("DROP ROLE {role}", role=f"{dbname}_owner")


def test_ordinary_role_alone_is_refused_with_a_sentence(
    foreign: ForeignServer, dbname: str, home: Home
) -> None:
    foreign.execute("CREATE ROLE {weak} LOGIN PASSWORD 'pw-secret'", weak=f"{dbname}_weak")
    target = current_target(environ_of(home, foreign.url_of(f"{dbname}_weak", "pw-secret", dbname)))
    with pytest.raises(errors.NotAnAdministratorError, match="may not create roles") as caught:
        roles.make_roles(target)
    assert "pw-secret" not in str(caught.value)


def test_two_given_roles_are_used_as_they_are(
    foreign: ForeignServer, dbname: str, home: Home
) -> None:
    """With DATABASE_OWNER_URL nothing is made; the owner migrates, the application may write."""
    foreign.execute(
        "CREATE ROLE {owner} LOGIN PASSWORD 'one'", "CREATE ROLE {app} LOGIN PASSWORD 'two'",
        "CREATE DATABASE {name} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'",
        owner=f"{dbname}_owner", app=f"{dbname}_app", name=dbname,
    )  # fmt: skip
    app_url = foreign.url_of(f"{dbname}_app", "two", dbname)
    environ = environ_of(home, app_url, foreign.url_of(f"{dbname}_owner", "one", dbname))
    code = (
        "import django; django.setup()\n"
        "from ikrar.config import database\n"
        "database.ready(); database.migrate_all()\n"
    )
    environ |= {"DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
    subprocess.run([sys.executable, "-c", code], env={**os.environ, **environ}, check=True)
    assert not home.roles.exists()
    with enter(current_target(environ)) as within:
        roles.refuse_strong_role(within)
        within.execute("INSERT INTO django_session VALUES ('key', 'words', now())")


STRENGTHS = {
    "is a superuser": "ALTER ROLE {app} SUPERUSER",
    "may make roles": "ALTER ROLE {app} CREATEROLE",
    "may pass by row security": "ALTER ROLE {app} BYPASSRLS",
    "is a replication role": "ALTER ROLE {app} REPLICATION",
    "owns the database": "GRANT {owner} TO {app}",
    "owns tables": "CREATE TABLE mine (); ALTER TABLE mine OWNER TO {app}",
    "may create tables": "GRANT CREATE ON SCHEMA public TO {app}",
}


@pytest.mark.parametrize("why", STRENGTHS)
def test_application_refuses_to_serve_with_a_strong_role(
    foreign: ForeignServer, made: Target, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, app = made.roles
    dbname = made.app["dbname"]
    foreign.execute(*STRENGTHS[why].split("; "), dbname=dbname, owner=owner, app=app)
    monkeypatch.setattr("ikrar.config.database.lifecycle._refresh_django", lambda _: None)
    with pytest.raises(errors.RoleTooStrongError, match=f"because it {why}"):
        database.ready(environ=environ_of(made.home, foreign.url(dbname)))


def test_old_server_is_refused_with_a_sentence(
    foreign: ForeignServer, dbname: str, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "OLDEST", 99)
    target = current_target(environ_of(home, foreign.url(dbname)))
    with pytest.raises(errors.ServerTooOldError, match="Ikrar needs 15 or newer"):
        roles.make_roles(target)


@pytest.mark.parametrize(
    "url",
    [
        "mysql://me:pw-secret@host/name",
        "pw-secret",
        "postgresql://me:pw-secret@host:port/name",
        "postgresql://me:pw-secret@host/name?nonsense=1",
        "postgresql://me:pw-secret@[::1/name",
        "postgresql://:pw-secret@host/name",
    ],
)
@pytest.mark.parametrize("variable", ["DATABASE_URL", "DATABASE_OWNER_URL"])
def test_unclear_address_is_refused_without_its_password(
    home: Home, url: str, variable: str
) -> None:
    environ = {**environ_of(home, "postgresql://me:pw@127.0.0.1:1/name"), variable: url}
    with pytest.raises(errors.AddressUnclearError, match=variable) as caught:
        current_target(environ)
    assert "pw-secret" not in str(caught.value)


def test_unreachable_server_is_named_without_the_password(home: Home) -> None:
    environ = environ_of(home, "postgresql://me:pw-secret@127.0.0.1:1/name")
    with pytest.raises(errors.ServerUnreachableError, match="could not be reached as me") as caught:
        database.ready(environ=environ)
    assert "pw-secret" not in str(caught.value)
    assert "pw-secret" not in repr(current_target(environ))


def test_damaged_file_of_passwords_is_named(home: Home) -> None:
    home.roles.write_text("{")
    with pytest.raises(errors.RolesUnreadableError, match="with the passwords"):
        settings(environ_of(home, "postgresql://me@127.0.0.1:1/name"))


@pytest.mark.django_db
def test_application_s_statements_end_in_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("30s",)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_rights_taken_by_a_migration_stay_taken_when_all_is_migrated_again(
    owner_connection: psycopg.Connection,
) -> None:
    owner_connection.execute("CREATE TABLE added (id bigserial, word text)")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO added (word) VALUES ('one')")
        cursor.execute("UPDATE added SET word = 'two'")
        owner_connection.execute(
            "DO $$ BEGIN EXECUTE format('REVOKE UPDATE ON added FROM %I',"
            " current_setting('ikrar.app_role')); END $$"
        )
        database.migrate_all()
        assert connections["owner"].connection is None, "the owner's session should have ended"
        cursor.execute("INSERT INTO added (word) VALUES ('one')")
        with pytest.raises(ProgrammingError, match="permission denied for table added"):
            cursor.execute("UPDATE added SET word = 'three'")
