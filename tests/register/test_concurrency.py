"""Many writers at once: rows become visible in order, and what stands is what was said."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connections, transaction
from tests.register.moves import answer, opening

from ikrar.register.log.append import hold_chain
from ikrar.register.log.moves import NewMove, append_moves
from ikrar.register.log.verify import verify
from ikrar.register.models import Chain, Entry, RecordedMove, Undertaking
from ikrar.register.queries.conversations import heard_of
from ikrar.register.timeline import fold_heard

pytestmark = pytest.mark.django_db(transaction=True)

COMPARTMENTS = ("general", "kemlu")
WRITERS = 8
TIMES = 12


def side_by_side(*errands: Callable[[], None]) -> None:
    """Run each in a thread with connections of its own; raise what any of them raised."""
    failures: list[BaseException] = []

    def run(errand: Callable[[], None]) -> None:
        try:
            errand()
        except BaseException as failure:  # noqa: BLE001
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(errand,)) for errand in errands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


class Reader:
    """Follows one chain by `seq`, as a subscriber does, while others write."""

    def __init__(self, compartment: str, *, until: int) -> None:
        self.compartment, self.until = compartment, until
        self.seen: list[int] = []

    def follow(self) -> None:
        deadline = time.monotonic() + 60
        while len(self.seen) < self.until and time.monotonic() < deadline:
            cursor = self.seen[-1] if self.seen else 0
            rows = Entry.objects.filter(compartment=self.compartment, seq__gt=cursor)
            self.seen += rows.order_by("seq").values_list("seq", flat=True)


def test_reader_that_follows_a_cursor_misses_no_late_commit():
    shared = {name: opening("request", by="XAA", performer="XAB") for name in COMPARTMENTS}
    for name, asked in shared.items():
        append_moves([asked], compartment=name)

    def write(number: int) -> None:
        name = COMPARTMENTS[number % 2]
        for turn in range(TIMES):
            with transaction.atomic():
                append_moves(batch_of(shared[name], number, turn), compartment=name)
                time.sleep(0.001 * (number % 3))

    own = WRITERS // 2 * TIMES * 2 + 1
    readers = [Reader(name, until=own) for name in COMPARTMENTS for _ in range(2)]
    side_by_side(
        *(lambda n=number: write(n) for number in range(WRITERS)),
        *(reader.follow for reader in readers),
    )

    for reader in readers:
        assert reader.seen == list(range(1, own + 1))
    assert dict(Chain.objects.values_list("compartment", "seq")) == dict.fromkeys(COMPARTMENTS, own)
    assert verify().holds
    standings_equal_the_fold()


def batch_of(asked: NewMove, number: int, turn: int) -> list[NewMove]:
    """A move about what everybody writes about, and an undertaking of one's own."""
    kind = ("promise", "report", "acknowledge", "offer")[number // 2]
    return [
        answer(asked, kind, by="XAB", day=f"2025-12-{turn + 1:02d}"),
        opening("request", by="XAA", performer="XAC"),
    ]


def standings_equal_the_fold() -> None:
    undertakings = {row.pk: row for row in Undertaking.objects.all()}
    for pk, heard in heard_of(undertakings).items():
        folded = fold_heard(heard)
        assert undertakings[pk].standing == folded.standing.value
        places = dict(RecordedMove.objects.filter(undertaking=pk).values_list("move_id", "place"))
        assert sorted(places, key=places.__getitem__) == list(folded.order)


def test_chain_is_opened_once_by_writers_that_come_together():
    gate = threading.Barrier(6)

    def write() -> None:
        gate.wait()
        append_moves([opening("request", by="XAA", performer="XAB")], compartment="new")

    side_by_side(*[write] * 6)

    assert Chain.objects.get().seq == 6
    assert verify().holds


def test_same_move_sent_twice_at_once_is_there_once():
    asked = opening("request", by="XAA", performer="XAB")
    found: list[int] = []
    gate = threading.Barrier(4)

    def write() -> None:
        gate.wait()
        found.append(append_moves([asked])[0].entry)

    side_by_side(*[write] * 4)

    assert len(set(found)) == 1
    assert Entry.objects.count() == RecordedMove.objects.count() == 1


def test_chain_of_another_compartment_is_not_waited_for():
    done = threading.Event()

    def write() -> None:
        append_moves([opening("request", by="XAA", performer="XAB")], compartment="kemlu")
        done.set()

    with transaction.atomic():
        hold_chain("general")
        side_by_side(write)
        assert done.is_set()


def test_rolled_back_append_leaves_no_gap():
    asked = opening("request", by="XAA", performer="XAB")
    append_moves([asked])
    with transaction.atomic():
        append_moves([answer(asked, "promise", by="XAB")])
        transaction.set_rollback(True)
    append_moves([answer(asked, "acknowledge", by="XAB")])

    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2]
    assert Undertaking.objects.get().standing == "requested"
    assert verify().holds
