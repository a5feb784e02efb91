"""Annul: struck through, visible, and undone in turn; never a party's own signed act."""

import pytest
from tests.register.moves import answer, opening

from ikrar.kernel.evidence import Attestation
from ikrar.register.log.annul import (
    AlreadyAnnulledError,
    AnnulOrder,
    NotAnnullableError,
    annul,
    may_be_annulled,
)
from ikrar.register.log.erase import EraseOrder, erase
from ikrar.register.log.moves import append_moves
from ikrar.register.log.verify import verify
from ikrar.register.models import Annulment, Entry, Period, RecordedMove, Undertaking
from ikrar.register.standing.rebuild import rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture
def promised() -> int:
    """The entry of a promise, heard in the press."""
    asked = opening("request", by="XAA", performer="XAB")
    _, told = append_moves([asked, answer(asked, "promise", by="XAB")])
    return told.entry


def strike(entry: int, reason: str = "a mistake") -> int:
    return annul(AnnulOrder(entry, account=None, reason=reason)).id


def standing() -> str:
    return Undertaking.objects.get().standing


def test_annul_strikes_through_and_keeps_the_move(promised):
    strike(promised, "told of another State")

    move = RecordedMove.objects.get(pk=promised)
    assert standing() == "requested"
    assert move.annulled_at
    assert move.annulments.get().reason == "told of another State"
    assert Entry.objects.filter(kind="annul").count() == 1
    assert verify().holds


def test_annul_of_an_annulment_restores_and_again_strikes(promised):
    first = strike(promised)
    second = strike(first)
    assert standing() == "promised"
    assert RecordedMove.objects.get(pk=promised).annulled_at is None
    third = strike(second)
    assert standing() == "requested"
    strike(third)
    assert standing() == "promised"
    assert [bool(a.undone_at) for a in Annulment.objects.order_by("entry")] == [True, True]
    assert rebuild().is_same


def test_annul_is_refused_where_it_was_done(promised):
    first = strike(promised)
    for entry in (promised,):
        with pytest.raises(AlreadyAnnulledError):
            strike(entry)
    second = strike(first)
    with pytest.raises(AlreadyAnnulledError):
        strike(first)
    strike(second)
    with pytest.raises(AlreadyAnnulledError):
        strike(second)
    assert standing() == "requested"
    assert Annulment.objects.filter(undone_at__isnull=True).count() == 1
    assert rebuild().is_same


def test_annulled_move_can_be_struck_anew_once_restored(promised):
    restored = strike(strike(promised))
    strike(promised)
    assert standing() == "requested"
    with pytest.raises(AlreadyAnnulledError):
        strike(restored)
    assert rebuild().is_same


def test_history_knows_what_was_known_before_and_after(promised):
    first = strike(promised)
    strike(first)
    instants = list(Entry.objects.order_by("seq").values_list("recorded_at", flat=True))
    told, struck, restored = instants[-3:]

    known = Period.objects.filter(requester="XAA", true_to__isnull=True).order_by("known_from")
    assert [(p.standing, p.known_from, p.known_to) for p in known] == [
        ("promised", told, struck),
        ("requested", struck, restored),
        ("promised", restored, None),
    ]


@pytest.mark.parametrize(
    ("by", "attestation", "may"),
    [
        ("XAB", "reported", True),
        ("XAB", "recorded", True),
        ("XAB", "signed", False),
        ("XAB.mfa", "signed", False),
        ("XAA", "reported", True),
        ("XAA", "recorded", False),
        ("XAA.mfa", "recorded", False),
        ("XAA", "signed", False),
    ],
)
def test_annul_spares_own_recorded_and_every_signed_act(by, attestation, may, settings):
    settings.IKRAR_PARTY = "XAA.kemenham"
    asked = opening("request", by="XAC", performer="XAB")
    record = {"attestation": Attestation(attestation)}
    kind = "report" if by.startswith("XAB") else "request"
    _, told = append_moves([asked, answer(asked, kind, by=by, record=record)])

    assert may_be_annulled(RecordedMove.objects.get(pk=told.entry)) is may
    if may:
        strike(told.entry)
    else:
        with pytest.raises(NotAnnullableError):
            strike(told.entry)
    assert Entry.objects.filter(kind="annul").exists() is may


def test_annul_refuses_what_is_no_move_and_what_was_erased(promised):
    erased = erase(EraseOrder([promised], "a law", requested_by=1, approved_by=2)).id
    for entry in (erased, promised):
        with pytest.raises(NotAnnullableError):
            strike(entry)
    assert not Annulment.objects.exists()


def test_undertaking_whose_every_move_is_annulled_stands_nowhere():
    asked = opening("request", by="XAA", performer="XAB", hedged=True)
    (told,) = append_moves([asked])
    strike(told.entry)

    undertaking = Undertaking.objects.get()
    assert (undertaking.standing, undertaking.requesters) == ("none", [])
    assert not undertaking.strands.exists()
    assert rebuild().is_same
