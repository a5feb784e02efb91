"""Offices have dates."""

from datetime import date

import pytest

from ikrar.kernel.office import Office, offices_on

MINISTER = Office("a", "XAA.m", "Minister", date(2024, 10, 21), date(2025, 9, 1))
ENVOY = Office("a", "XAA", "Special envoy")


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2024, 10, 20), False),
        (date(2024, 10, 21), True),
        (date(2025, 9, 1), True),
        (date(2025, 9, 2), False),
    ],
)
def test_office_is_held_from_its_first_to_its_last_day(day: date, held: bool) -> None:
    assert MINISTER.is_held_on(day) is held
    assert ENVOY.is_held_on(day)


def test_offices_on_a_day_are_those_of_the_person() -> None:
    other = Office("b", "XAA.m", "Deputy")
    assert offices_on([MINISTER, other, ENVOY], "a", date(2025, 1, 1)) == (MINISTER, ENVOY)
    assert offices_on([MINISTER, other, ENVOY], "a", date(2026, 1, 1)) == (ENVOY,)
