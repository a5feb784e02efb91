"""The log takes rows in order and nothing else, and standings follow every append."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.register.moves import answer, opening

from ikrar.register.log.moves import append_moves
from ikrar.register.models import Chain, Entry, Payload, Undertaking

pytestmark = pytest.mark.django_db


def test_append_opens_an_undertaking():
    asked = opening("request", by="IDN", performer="KHM")

    append_moves([asked])

    (undertaking,) = Undertaking.objects.all()
    assert undertaking.opened_by == asked.move.move_id
    assert undertaking.standing == "requested"
    assert undertaking.requesters == ["IDN"]


def test_append_numbers_rows_without_gap():
    asked = opening("request", by="IDN", performer="KHM")
    append_moves([asked, answer(asked, "acknowledge", by="KHM")])
    append_moves([answer(asked, "promise", by="KHM")])

    rows = Entry.objects.order_by("seq")
    assert [row.seq for row in rows] == [1, 2, 3]
    assert [bytes(row.prev) for row in rows][1:] == [bytes(row.hash) for row in rows][:-1]
    assert Chain.objects.get().seq == 3


@pytest.mark.parametrize("table", ["register_entry", "register_payload", "register_chain"])
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_log_refuses_change(table, change):
    append_moves([opening("request", by="IDN", performer="KHM")])
    column = {"register_entry": "kind", "register_payload": "act", "register_chain": "head"}[table]

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table, column, column))

    assert (Entry.objects.count(), Payload.objects.count()) == (1, 1)
