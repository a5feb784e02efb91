"""Write many computed rows at once: sent as one JSON document, typed by the table itself.

The projection writes a dozen rows for every move; through the ORM, which builds an expression for
every value, that took ten times as long.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

Row = Mapping[str, Any]


def insert_rows(table: type[Model], rows: Sequence[Row]) -> None:
    """Insert rows that all name the same columns."""
    if not rows:
        return
    name, columns = table._meta.db_table, ", ".join(map(_quoted, rows[0]))
    _run(
        f"INSERT INTO {name} ({columns}) SELECT {columns}"  # noqa: S608 - names of our own
        f" FROM json_populate_recordset(NULL::{name}, %s)",
        rows,
    )


def update_rows(table: type[Model], rows: Sequence[Row], *, key: str) -> None:
    """Update the rows that `key` names; what is the same already is not written again."""
    if not rows:
        return
    name, columns = table._meta.db_table, [_quoted(c) for c in rows[0] if c != key]
    settings = ", ".join(f"{column} = new.{column}" for column in columns)
    _run(
        f"UPDATE {name} old SET {settings}"  # noqa: S608 - names of our own
        f" FROM json_populate_recordset(NULL::{name}, %s) new WHERE old.{key} = new.{key}"
        f" AND ({_of('old', columns)}) IS DISTINCT FROM ({_of('new', columns)})",
        rows,
    )


def _run(statement: str, rows: Sequence[Row]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(rows, default=str)])


def _quoted(column: str) -> str:
    return connection.ops.quote_name(column)


def _of(table: str, columns: Sequence[str]) -> str:
    return ", ".join(f"{table}.{column}" for column in columns)
