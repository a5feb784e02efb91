from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError

from ikrar.directory.models import Edition, Occasion, Office, Party, Person

pytestmark = pytest.mark.django_db

NAMES = {"id": "Nama", "en": "Name"}


def state(**facts: Any) -> Party:
    return Party.objects.create(**({"code": "XAA", "kind": "state", "names": NAMES} | facts))


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"code": "xaa"}, "party_code_fits_kind"),
        ({"code": "XA"}, "party_code_fits_kind"),
        ({"code": "XAA.moj"}, "party_code_fits_kind"),
        ({"code": "UN", "kind": "body"}, "party_code_fits_kind"),
        ({"code": "un", "kind": "club"}, "party_code_fits_kind"),
        ({"code": "un.hrc", "kind": "body"}, "party_code_fits_kind"),
        ({"code": "XAA.moj", "kind": "institution"}, "party_parent_is_of_institutions"),
        ({"code": "un", "kind": "body", "group": "APG"}, "party_group_is_of_states"),
        ({"group": "ASIA"}, "party_group_is_known"),
        ({"standing": "guest"}, "party_standing_is_known"),
        ({"standing": "member", "invented": True}, "party_invented_is_no_member"),
        ({"names": {"en": "Name"}}, "party_has_names"),
    ],
)
def test_party_refuses_what_cannot_be(facts: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        state(**facts)


def test_party_refuses_a_state_within_a_party() -> None:
    whole = state()
    with pytest.raises(IntegrityError, match="party_parent_is_of_institutions"):
        state(code="XAB", parent=whole)


def test_party_code_is_there_once() -> None:
    state()
    with pytest.raises(IntegrityError):
        state()


def office(person: Person, party: Party, **facts: Any) -> Office:
    told = {"office": "minister", "title": NAMES, "source": "Gazette 1"}
    return Office.objects.create(person=person, party=party, **(told | facts))


@pytest.fixture
def person() -> Person:
    return Person.objects.create(slug="ana-berlin", names={"und-Latn": "Ana Berlin"})


def test_office_refuses_to_end_before_it_begins(person: Person) -> None:
    with pytest.raises(IntegrityError, match="office_ends_after_it_begins"):
        office(person, state(), from_on=date(2026, 1, 2), to_on=date(2026, 1, 1))


def test_office_may_last_one_day(person: Person) -> None:
    assert office(person, state(), from_on=date(2026, 1, 2), to_on=date(2026, 1, 2)).pk


@pytest.mark.parametrize("from_on", [None, date(2026, 1, 2)])
def test_office_is_held_once_from_a_day(person: Person, from_on: date | None) -> None:
    party = state()
    office(person, party, from_on=from_on)
    with pytest.raises(IntegrityError, match="office_is_held_once"):
        office(person, party, from_on=from_on)


def test_office_needs_a_source(person: Person) -> None:
    with pytest.raises(IntegrityError, match="office_says_why"):
        office(person, state(), source="")


def test_person_needs_a_name_in_latin_letters() -> None:
    with pytest.raises(IntegrityError, match="person_has_a_name"):
        Person.objects.create(slug="nobody", names={"km": "កែវ"})


def test_edition_is_one_row() -> None:
    Edition.objects.create(pk=1)
    with pytest.raises(IntegrityError, match="edition_is_one_row"):
        Edition.objects.create(pk=2)


def test_facts_tell_themselves(person: Person) -> None:
    party = state()
    assert str(party) == "XAA"
    assert str(person) == "Ana Berlin"
    assert str(office(person, party, portfolio="health")) == "minister health XAA"
    assert str(Edition(stamp=UUID(int=0))) == str(UUID(int=0))
    assert str(Occasion(slug="vote")) == "vote"
