"""Changes that only somebody with the owner's rights and bad intent could make to the log."""

from django.db import connection

GUARDED = ("register_entry", "register_payload", "register_chain")


def tamper(*statements: str) -> None:
    """Run statements with the guards of the log taken off, and put these back.

    Needs the fixture `as_owner`. Tables point at one another, so they may disagree until the end.
    """
    guards = [f"ALTER TABLE {table} {{}} TRIGGER USER" for table in GUARDED]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for guard in guards:
            cursor.execute(guard.format("DISABLE"))
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for guard in guards:
            cursor.execute(guard.format("ENABLE"))
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
