"""Acceptance over time: a further report of a meeting adds proof, and never rounds up or down."""

import pytest
from tests.desk.demo import standings

from ikrar.accounts.actions import create_account
from ikrar.accounts.vocabulary import Role
from ikrar.desk.acceptance import accept
from ikrar.desk.gathering import gather, waiting_units
from ikrar.desk.intake import receive
from ikrar.kernel.evidence import Classification
from ikrar.reading.text import Meta
from ikrar.register.actions.sources import Custody
from ikrar.register.models import Undertaking

pytestmark = pytest.mark.django_db

HEAD = (
    "Menteri Indonesia bertemu wakil Kamboja\n\nJAKARTA - Menteri Hak Asasi Manusia Indonesia"
    " bertemu wakil Kamboja di Jakarta, Senin (3/2/2025).\n\n"
)
HOPED = HEAD + "Indonesia berharap Kamboja mengirim dua pengamat ke Jakarta.\n"
ASKED = (
    "Pengamat Kamboja Diundang\n\nDi Jakarta pada Senin (3/2/2025), wakil Kamboja bertemu dengan"
    " Menteri Hak Asasi Manusia Indonesia untuk membahas pemilihan kepala daerah.\n\n"
    "Indonesia meminta Kamboja mengirim dua pengamat.\n"
)


@pytest.fixture
def reviewer():
    return create_account(email="rahma@ikrar.example", name="Rahma", role=Role.REVIEWER)


def accept_all(text, name, reviewer):
    """Receive a report and accept what is clear."""
    receive(text.encode(), Meta(filename=name))
    gather()
    return [accept(unit, reviewer) for unit in waiting_units()]


def test_further_report_of_an_act_restates_it(reviewer):
    accept_all(HOPED, "a.txt", reviewer)
    (done,) = accept_all(ASKED, "b.txt", reviewer)

    (undertaking,) = standings()
    assert [m.move.restates is not None for m in done.moves] == [True]
    assert undertaking.standing == "requested"
    assert [m.hedged for m in undertaking.moves] == [True, True]
    assert undertaking.evidence_count == 2


def test_softer_report_waits_for_a_person(reviewer):
    accept_all(ASKED, "a.txt", reviewer)
    (done,) = accept_all(HOPED, "b.txt", reviewer)

    assert done.moves == []
    assert [s.kind for s in done.waiting] == ["request"]
    assert [m.hedged for m in standings()[0].moves] == [False]


def test_restated_act_folds_once(reviewer):
    accept_all(HOPED, "a.txt", reviewer)
    accept_all(ASKED, "b.txt", reviewer)
    accept_all(ASKED.replace("Diundang", "Ditunggu"), "c.txt", reviewer)

    (undertaking,) = standings()
    assert len(undertaking.moves) == 3
    assert {m.effect for m in undertaking.moves} == {True}
    assert undertaking.evidence_count == 2  # the third repeats the second


def test_what_is_no_move_is_accepted_as_it_stands(reviewer):
    text = HEAD + "Indonesia menekankan perlunya perlindungan pekerja migran.\n"

    (done,) = accept_all(text, "a.txt", reviewer)

    assert done.moves == []
    assert done.waiting == []
    assert standings() == []


@pytest.mark.parametrize("name", ["HOPED", "ASKED"])
def test_guarded_report_adds_nothing_to_an_open_undertaking(reviewer, name):
    """An internal note must not show through a public undertaking, not even as a count."""
    public = Custody(classification=Classification.PUBLIC)
    receive(HOPED.encode(), Meta(filename="a.txt"), custody=public)
    gather()
    [accept(unit, reviewer) for unit in waiting_units()]
    before = standings()

    text = {"HOPED": HOPED + "Selesai.\n", "ASKED": ASKED}[name]
    receive(text.encode(), Meta(filename="b.txt"))
    gather()
    done = [accept(unit, reviewer) for unit in waiting_units()]

    assert [d.moves for d in done] == [[]]
    assert standings() == before


def test_what_comes_of_a_mixed_meeting_is_guarded_as_its_most_guarded_report(reviewer):
    receive(HOPED.encode(), Meta(filename="a.txt"), custody=Custody())
    receive(
        ASKED.encode(),
        Meta(filename="b.txt"),
        custody=Custody(classification=Classification.RESTRICTED),
    )
    gather()

    (unit,) = waiting_units()
    accept(unit, reviewer)

    assert [u.classification for u in Undertaking.objects.all()] == [Classification.RESTRICTED.rank]


def test_day_still_to_come_is_left_to_a_person(reviewer):
    (done,) = accept_all(HOPED.replace("3/2/2025", "3/2/2098"), "a.txt", reviewer)

    assert done.moves == []
    assert len(done.waiting) == 1
