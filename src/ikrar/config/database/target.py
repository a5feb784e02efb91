"""Which server and roles this process works with: the embedded ones, or an address in
``DATABASE_URL``."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from ikrar.config.database.errors import AddressUnclearError, RolesUnreadableError
from ikrar.config.database.home import Home, current_home

Parameters = Mapping[str, str]  # of libpq: host, port, dbname, user, password, sslmode …

EMBEDDED_NAME = "ikrar"
MAINTENANCE_NAMES = {"", "postgres", "template1"}
STATEMENT_TIMEOUT = "30s"


@dataclass(frozen=True)
class Target:
    """How to connect, as whom. ``administrator`` is None where roles are not ours to make."""

    home: Home
    app: Parameters = field(repr=False)
    owner: Parameters = field(repr=False)
    administrator: Parameters | None = field(repr=False)
    is_embedded: bool

    @property
    def place(self) -> str:
        """Where the server is, without any secret."""
        return f"{server_of(self.app)}/{self.app['dbname']}"

    @property
    def roles(self) -> tuple[str, str]:
        """The names of the owner's and the application's role."""
        return self.owner["user"], self.app["user"]


def current_target(environ: Mapping[str, str] = os.environ) -> Target:
    """What the environment asks for. Reads ``roles.json`` at most; opens no connection."""
    home = current_home(environ)
    if not environ.get("DATABASE_URL"):
        return _embedded(home)
    url, owner_url = environ["DATABASE_URL"], environ.get("DATABASE_OWNER_URL")
    if not owner_url:
        return _administered(home, _parse("DATABASE_URL", url, needs=("user",)))
    app = _parse("DATABASE_URL", url, needs=("user", "dbname"))
    owner = _parse("DATABASE_OWNER_URL", owner_url, needs=("user", "dbname"))
    return Target(home, app, owner, None, is_embedded=False)


def settings(environ: Mapping[str, str] = os.environ) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: ``default`` for the running application, ``owner`` for migrations.

    Nothing is started and nobody is asked: that is ``ready``.
    """
    target = current_target(environ)
    _, app = target.roles
    return {
        "default": _django(target.app, f"-c statement_timeout={STATEMENT_TIMEOUT}"),
        "owner": _django(target.owner, f"-c ikrar.app_role={_escaped(app)}"),
    }


def _embedded(home: Home) -> Target:
    def login(role: str, dbname: str = EMBEDDED_NAME) -> dict[str, str]:
        return {"host": str(home.socket), "port": "5432", "user": role, "dbname": dbname}

    administrator = login("ikrar_maintenance", "postgres")
    return Target(home, login("ikrar_app"), login("ikrar_owner"), administrator, is_embedded=True)


def _administered(home: Home, administrator: dict[str, str]) -> Target:
    """Two roles of our own on somebody's server, named after the database."""
    named = administrator.get("dbname", "")
    dbname = EMBEDDED_NAME if named in MAINTENANCE_NAMES else named
    entrance = named if named in MAINTENANCE_NAMES - {""} else "postgres"
    passwords = read_passwords(home, administrator)

    def login(role: str) -> dict[str, str]:
        name = f"{dbname}_{role}"
        own = {"user": name, "dbname": dbname, "password": passwords.get(name, "")}
        return {**administrator, **own}

    return Target(
        home,
        login("app"),
        login("owner"),
        {**administrator, "dbname": entrance},
        is_embedded=False,
    )


def read_passwords(home: Home, address: Parameters) -> dict[str, str]:
    """Role → password of the roles made earlier on that server; empty before."""
    try:
        kept: dict[str, dict[str, str]] = json.loads(home.roles.read_text())
        return kept.get(server_of(address), {})
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as error:
        raise RolesUnreadableError(file=home.roles, why=type(error).__name__) from error


def server_of(address: Parameters) -> str:
    """A server, as ``roles.json`` names it."""
    return f"{address.get('host', 'localhost')}:{address.get('port', '5432')}"


def _parse(variable: str, url: str, *, needs: tuple[str, ...]) -> dict[str, str]:
    if not url.startswith(("postgres://", "postgresql://")):
        raise AddressUnclearError(variable=variable, why="it begins otherwise")
    try:
        found = conninfo_to_dict(url)
    except psycopg.ProgrammingError:  # its words would repeat the address, password and all
        raise AddressUnclearError(variable=variable, why="it cannot be taken apart") from None
    named = {key: str(value) for key, value in found.items() if value is not None}
    for part in needs:
        if not named.get(part):
            raise AddressUnclearError(variable=variable, why=f"it names no {part}")
    if not named.get("port", "5432").isdecimal():
        raise AddressUnclearError(variable=variable, why="its port is not a number")
    return named


def _escaped(value: str) -> str:
    """As libpq wants a value inside ``options``."""
    return value.replace("\\", r"\\").replace(" ", r"\ ")


def _django(parameters: Parameters, server_options: str) -> dict[str, Any]:
    rest = dict(parameters)
    options = " ".join(filter(None, [rest.pop("options", ""), server_options]))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": rest.pop("dbname"),
        "USER": rest.pop("user"),
        "PASSWORD": rest.pop("password", ""),
        "HOST": rest.pop("host", ""),
        "PORT": rest.pop("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**rest, "options": options},
    }
