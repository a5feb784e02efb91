"""Appends against the database's own insert rate of the same rows, in the same run.

Own rate: plain INSERTs of the same entries and payloads into copies of the two tables, with the
same columns and indexes but no guards: nothing written, hashed, chained or projected; one commit
per row or per batch, in one statement, sent as the append sends it, from rows made beforehand.
`log`: written as canonical bytes, hashed and appended to the chain, guards on. `whole`: the log,
and every computed row brought up to date, as the application does.
"""

import json
from collections.abc import Callable, Sequence
from random import Random

from django.db import connection, connections, transaction

from ikrar.config.bench.clock import median, now
from ikrar.config.bench.fill import batch
from ikrar.config.bench.tables import Figures
from ikrar.register.log.append import append_entries
from ikrar.register.log.chain import digest
from ikrar.register.log.moves import NewMove, append_moves, entries_of

ROUNDS = 5
SINGLES = 60
BATCHES = 6
BATCH = 100
GOAL = 0.5

Batch = Sequence[NewMove]


def measure_appends() -> Figures:
    """Measure moves per second, one by one and by the hundred."""
    _make_copies()
    figures = Figures(
        f"Appends (goal: at least {GOAL} of the database's own rate)",
        ["Moves at once", "own rate moves/s", "log moves/s", "log ×", "whole moves/s", "whole ×"],
    )
    for at_once, times in ((1, SINGLES), (BATCH, BATCHES)):
        own, log, whole = _rates(at_once, times)
        figures.add(
            str(at_once),
            f"{own:,.0f}",
            f"{log:,.0f}",
            f"{log / own:.2f}",
            f"{whole:,.0f}",
            f"{whole / own:.2f}",
        )
    return figures


def _rates(at_once: int, times: int) -> tuple[float, float, float]:
    """Take the middle of rounds in which the three ways take turns."""
    ways: list[Callable[[Batch], Callable[[], object]]] = [_plain, _log, _whole]
    rng = Random(at_once)  # noqa: S311 (made-up moves)
    rates: list[list[float]] = [[], [], []]
    for turn in range(ROUNDS):
        for place, way in enumerate(ways):
            start = 50_000_000 + at_once * 1_000_000 + (turn * 3 + place) * 10_000
            moves = list(batch(rng, start, at_once * times // 4 + 1))
            errands = [way(moves[i * at_once : (i + 1) * at_once]) for i in range(times)]
            begun = now()
            for errand in errands:
                errand()
            rates[place].append(at_once * times / (now() - begun))
    own, log, whole = (median(each) for each in rates)
    return own, log, whole


def _make_copies() -> None:
    """Copy the tables' shape, with indexes and checks but without guards."""
    app = connection.settings_dict["USER"]
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE SCHEMA own")
        cursor.execute("CREATE SEQUENCE own.seq")
        for table in ("entry", "payload"):
            cursor.execute(f"CREATE TABLE own.{table} (LIKE register_{table} INCLUDING ALL)")
        for what in ("ALL ON SCHEMA own", "ALL ON ALL TABLES IN SCHEMA own", "ALL ON own.seq"):
            cursor.execute(f'GRANT {what} TO "{app}"')


def _plain(moves: Batch) -> Callable[[], object]:
    """Make the document beforehand; the act's hash stands for all four, which are as long."""
    rows = [
        {"hash": digest(entry.act).hex(), "act": entry.act.hex(), "record": entry.record.hex()}
        for entry in entries_of(moves)
    ]
    document = json.dumps(rows)

    @transaction.atomic
    def insert() -> None:
        with connection.cursor() as cursor:
            cursor.execute(PLAIN, [document])

    return insert


def _log(moves: Batch) -> Callable[[], object]:
    @transaction.atomic
    def append() -> None:
        append_entries("bench", entries_of(moves))

    return append


def _whole(moves: Batch) -> Callable[[], object]:
    return lambda: append_moves(moves)


PLAIN = """
    WITH new AS (
      SELECT nextval('own.seq') AS seq, decode(hash, 'hex') AS hash, decode(act, 'hex') AS act,
        decode(record, 'hex') AS record
      FROM json_to_recordset(%s) AS told (hash text, act text, record text)
    ), entry AS (
      INSERT INTO own.entry
        (compartment, seq, kind, prev, hash, act_hash, record_hash, recorded_at)
      SELECT 'general', seq, 'move', hash, hash, hash, hash, now() FROM new RETURNING id, seq
    )
    INSERT INTO own.payload (entry_id, act, record)
    SELECT entry.id, new.act, new.record FROM entry JOIN new USING (seq)
"""
