from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.factories.swap import DEMO

from ikrar.directory.actions import edit_party, load_directory
from ikrar.directory.models import Edition
from ikrar.directory.queries import (
    designations,
    occasions,
    offices_of,
    offices_on,
    party_names,
    persons_of,
    states_by_group,
)

pytestmark = pytest.mark.django_db

LAST_DAY = date(2026, 7, 31)  # of Joran Velm; Mirel Adanov follows


@pytest.fixture
def demo() -> None:
    load_directory(folders=[DEMO / "gazetteer"], occasions=DEMO / "occasions.yaml")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("language", "cambodia"), [("id", "Kamboja"), ("en", "Cambodia"), ("km", "កម្ពុជា")]
)
def test_party_names_speak_the_language(language: str, cambodia: str) -> None:
    assert party_names(language)["KHM"] == cambodia


@pytest.mark.usefixtures("demo")
def test_party_names_fall_back_to_english() -> None:
    assert party_names("km")["XSA.kemlu"] == "Ministry of Foreign Affairs of Serunia"
    assert party_names("fr")["KHM"] == "Cambodia"


@pytest.mark.usefixtures("demo")
def test_party_names_cost_one_query_once_they_are_known(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    party_names("id")
    with django_assert_num_queries(1):
        party_names("en")


@pytest.mark.usefixtures("demo")
def test_party_names_follow_an_edit() -> None:
    assert party_names("en")["CIV"] != "Ivory Coast (edited)"
    edit_party(code="CIV", names={"en": "Ivory Coast (edited)"})
    assert party_names("en")["CIV"] == "Ivory Coast (edited)"


@pytest.mark.parametrize("language", ["id", "en"])
def test_party_names_of_an_empty_directory_are_none(language: str) -> None:
    assert party_names(language) == {}
    assert not Edition.objects.exists()


@pytest.mark.usefixtures("demo")
def test_designations_tell_the_state_of_an_institution() -> None:
    known = designations()
    assert known["IDN.kemenham"].state == "IDN"
    assert known["hrc"].state == "hrc"
    assert known["XSA"].invented


@pytest.mark.usefixtures("demo")
def test_states_by_group_counts_the_members() -> None:
    sizes = {str(group): len(states) for group, states in states_by_group().items()}
    assert sizes == {"AFR": 54, "APG": 54, "EEG": 23, "GRULAC": 33, "WEOG": 29}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("day", "holders"),
    [
        (LAST_DAY - timedelta(days=1), {"joran-velm"}),
        (LAST_DAY, {"joran-velm"}),
        (LAST_DAY + timedelta(days=1), {"mirel-adanov"}),
        (date(2020, 1, 1), set()),
    ],
)
def test_offices_on_a_day_are_those_held(day: date, holders: set[str]) -> None:
    held = offices_on(day).filter(party__code="XTA", portfolio="law")
    assert {office.person.slug for office in held} == holders


@pytest.mark.usefixtures("demo")
def test_offices_on_reads_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        told = [
            (str(office.person), office.party.code, office.institution and office.institution.code)
            for office in offices_on(date(2025, 11, 24))
        ]
    assert ("Natalius Pigai", "IDN", "IDN.kemenham") in told
    assert ("Keo Remy", "KHM", "KHM.chrc") in told


@pytest.mark.usefixtures("demo")
def test_offices_of_a_person_are_told_for_a_day_or_ever() -> None:
    assert offices_of("prabowo-subianto").count() == 2
    on_the_day = offices_of("prabowo-subianto", date(2025, 11, 24))
    assert [office.office for office in on_the_day] == ["president"]


@pytest.mark.usefixtures("demo")
def test_persons_of_a_party_count_its_institutions() -> None:
    assert {person.slug for person in persons_of("XTA")} == {"joran-velm", "mirel-adanov"}
    assert {person.slug for person in persons_of("KHM.chrc")} == {"keo-remy"}
    day = LAST_DAY + timedelta(days=1)
    assert [person.slug for person in persons_of("XTA.justice", day)] == ["mirel-adanov"]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("known_on", "slugs"),
    [
        (date(2025, 12, 23), []),
        (date(2025, 12, 24), ["hrc-president-2026"]),
        (None, ["hrc-president-2026"]),
    ],
)
def test_occasions_are_known_from_a_day(known_on: date | None, slugs: list[str]) -> None:
    assert [occasion.slug for occasion in occasions(known_on)] == slugs
