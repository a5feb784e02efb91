"""Dropped and rebuilt from the log alone, every computed row is the same."""

import threading
from random import Random

import pytest
from django.db import connection, connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.register.chance import Chance
from tests.register.moves import answer, opening

from ikrar.accounts.models import Account
from ikrar.kernel.evidence import EvidenceGrade
from ikrar.reading.span import Span
from ikrar.reading.text import Document
from ikrar.register.actions.sources import keep_passages, keep_source, sha256_hex
from ikrar.register.errors import SentenceError
from ikrar.register.log.annul import AnnulOrder, annul
from ikrar.register.log.erase import EraseOrder, erase
from ikrar.register.log.moves import append_moves
from ikrar.register.log.record import Witness
from ikrar.register.log.verify import verify
from ikrar.register.models import Entry, Evidence, Period, Strand, Undertaking
from ikrar.register.queries.conversations import heard_of
from ikrar.register.standing import rebuild as rebuilding
from ikrar.register.standing.rebuild import fingerprint, rebuild
from ikrar.register.standing.refresh import stand_of
from ikrar.register.standing.tied import circles, tied
from ikrar.register.timeline import WHOLE, Spell, histories, timelines

pytestmark = pytest.mark.django_db


def live_through(rng: Random, steps: int) -> None:
    """Append by chance in two compartments, and annul and erase now and then."""
    lives = {"general": Chance(rng, undertakings=3), "kemlu": Chance(rng, undertakings=2)}
    for _ in range(steps):
        compartment = rng.choice(list(lives))
        append_moves(
            [lives[compartment].draw() for _ in range(rng.randint(1, 3))], compartment=compartment
        )
        _annul_or_erase(rng)


def _annul_or_erase(rng: Random) -> None:
    entries = list(Entry.objects.order_by("id").values_list("id", flat=True))
    drawn = rng.random()
    try:
        if drawn < 0.35:
            annul(AnnulOrder(rng.choice(entries[-6:]), account=None, reason="a mistake"))
        elif drawn < 0.5:
            chosen = rng.sample(entries, min(len(entries), rng.randint(1, 2)))
            erase(EraseOrder(chosen, "a law", requested_by=1, approved_by=2))
    except SentenceError:
        pass  # what may not be annulled or erased is refused, and that is another test's affair


@pytest.mark.parametrize(
    "lives", [pytest.param(8, id="sample"), pytest.param(300, id="all", marks=pytest.mark.long)]
)
def test_rows_kept_in_step_are_those_computed_from_nothing(lives):
    @given(st.integers(0, 2**32))
    @settings(max_examples=lives, deadline=None, database=None)
    def holds(seed: int) -> None:
        with transaction.atomic():
            live_through(Random(seed), steps=5)
            _history_is_as_from_scratch()
            assert verify().holds
            assert rebuild().is_same
            transaction.set_rollback(True)

    holds()


def _history_is_as_from_scratch() -> None:
    heard = heard_of(Undertaking.objects.values_list("id", flat=True))
    for circle in circles(tied(heard)):
        group = {pk: heard[pk] for pk in sorted(circle.heard)}
        told = histories(group)
        now = timelines(group)
        for pk in circle.computed:
            rows = Period.objects.filter(undertaking=pk)
            assert {Spell(stand_of(p), p.known_from, p.known_to) for p in rows} == set(told[pk])
            strands = Strand.objects.filter(undertaking=pk)
            assert {(s.requester, s.standing, tuple(s.marks)) for s in strands} == {
                (s.requester, s.standing, s.marks)
                for s in now[pk]
                if s.true_to is None and s.requester != WHOLE
            }


@pytest.mark.parametrize("batch", [1, 2, 3, 5])
def test_rebuild_in_batches_of_any_size_gives_the_same_rows(batch, monkeypatch):
    live_through(Random(7), steps=8)
    monkeypatch.setattr(rebuilding, "BATCH", batch)

    told: list[int] = []
    found = rebuild(told.append)

    assert found.is_same
    assert found.entries == Entry.objects.count() == told[-1]
    assert found.undertakings == Undertaking.objects.count()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE register_undertaking SET standing = 'promised'",
        "UPDATE register_strand SET due = '2031'",
        "UPDATE register_recordedmove SET what = 'other words'",
        "UPDATE register_period SET known_to = now() WHERE known_to IS NULL",
        "DELETE FROM register_annulment",
        "INSERT INTO register_strand (undertaking_id, requester, standing, marks, due,"
        " due_precision) SELECT id, 'XAZ', 'promised', '{}', '', '' FROM register_undertaking",
    ],
)
def test_rebuild_mends_rows_that_were_changed_and_says_so(damage):
    asked = opening("request", by="XAA", performer="XAB")
    told = append_moves([asked, answer(asked, "acknowledge", by="XAB")])
    annul(AnnulOrder(told[1].entry, account=None, reason="a mistake"))
    whole = fingerprint()
    with connection.cursor() as cursor:
        cursor.execute(damage)
    assert fingerprint() != whole

    assert not rebuild().is_same
    assert fingerprint() == whole
    assert rebuild().is_same


def test_rebuild_brings_back_evidence_and_who_recorded():
    account = Account.objects.create(email="recorder@example.org", role="recorder")
    text = "XAA meminta dukungan."
    document = Document(sha256_hex(text.encode()), "text/plain", text, (), "id")
    source, _ = keep_source(text.encode(), document)
    keep_passages(source, [Span(0, 3), Span(4, 11)])
    witnesses = tuple(
        Witness(source.sha256, start, end, EvidenceGrade.PRESS, "request", hedged=False)
        for start, end in ((0, 3), (4, 11))
    )
    record = {"witnesses": witnesses, "account": account.pk}
    append_moves([opening("request", by="XAA", performer="XAB", record=record)])
    assert Undertaking.objects.get().evidence_count == 1

    assert rebuild().is_same
    assert Evidence.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_rebuild_and_appends_wait_for_one_another():
    asked = opening("request", by="XAA", performer="XAB")
    append_moves([asked])

    def append() -> None:
        try:
            for _ in range(15):
                append_moves([answer(asked, "acknowledge", by="XAB")])
        finally:
            connections.close_all()

    writers = [threading.Thread(target=append) for _ in range(2)]
    for writer in writers:
        writer.start()
    found = [rebuild() for _ in range(4)]
    for writer in writers:
        writer.join()

    assert all(each.is_same for each in found)
    assert rebuild().is_same
    assert Entry.objects.count() == 31
