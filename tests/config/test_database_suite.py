"""The suite's own database behaves as the application's."""

import psycopg
import pytest
from django.db import ProgrammingError, connection

pytestmark = pytest.mark.permission


@pytest.mark.django_db
def test_default_connection_is_neither_owner_nor_superuser() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        role, is_superuser = cursor.fetchone()
    assert role.endswith("_app")
    assert not is_superuser


@pytest.mark.django_db
def test_application_may_not_create_tables() -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("CREATE TABLE mine (id int)")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_committed_rows_are_gone_in_the_next_test(time: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
        cursor.execute("INSERT INTO django_session VALUES ('key', 'words', now())")


def test_owner_connection_owns_the_tables(owner_connection: psycopg.Connection) -> None:
    owner = owner_connection.execute(
        "SELECT tableowner FROM pg_tables WHERE tablename = 'django_session'"
    ).fetchone()
    assert owner == (owner_connection.info.user,)
