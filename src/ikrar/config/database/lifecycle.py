"""From nothing to a database that can be used."""

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import closing

from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connections

from ikrar.config.database import server
from ikrar.config.database.roles import (
    connect,
    make_roles,
    refuse_old_server,
    refuse_strong_role,
)
from ikrar.config.database.target import Target, current_target, read_passwords, settings

MIGRATING = 0x696B726172  # number of the lock that one migration at a time holds


def say(line: str) -> None:
    """Tell a person who waits, on the error stream."""
    sys.stderr.write(f"{line}\n")


def ready(*, tell: Callable[[str], None] = say, environ: Mapping[str, str] = os.environ) -> Target:
    """Start the server where it is ours, make the roles where they lack, check the application's.

    Safe to call from several processes at once, and quick when all is there already.
    """
    target = current_target(environ)
    if target.is_embedded:
        server.start(target.home, tell=tell)
    if target.is_embedded or not _has_passwords(target):
        make_roles(target)
        target = current_target(environ)
    with connect(target.app, target.place) as connection:
        refuse_old_server(connection, target.place)
        refuse_strong_role(connection)
    _refresh_django(environ)
    return target


def migrate_all(*, verbosity: int = 0) -> None:
    """Bring the tables up to date as their owner; the application may use what is made.

    Rights are given as tables are made (default privileges), never again on tables that are
    there: what a migration took from the application stays taken.
    """
    with closing(connections["owner"]) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        for statement in _DEFAULT_PRIVILEGES:
            cursor.execute(statement)
        call_command("migrate", database="owner", interactive=False, verbosity=verbosity)


_DEFAULT_PRIVILEGES = tuple(
    f"""DO $$ BEGIN EXECUTE format(
        'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} TO %I',
        current_setting('ikrar.app_role')); END $$"""
    for rights in (
        "SELECT, INSERT, UPDATE, DELETE ON TABLES",
        "USAGE, SELECT ON SEQUENCES",
    )
)


def _has_passwords(target: Target) -> bool:
    if target.administrator is None:
        return True
    known = read_passwords(target.home, target.app)
    return all(role in known for role in target.roles)


def _refresh_django(environ: Mapping[str, str]) -> None:
    """Passwords made just now reach the settings that were read before."""
    if django_settings.configured:
        for alias, fresh in settings(environ).items():
            django_settings.DATABASES[alias]["PASSWORD"] = fresh["PASSWORD"]
