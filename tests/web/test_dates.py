"""Dates written out, as precise as they are known."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils import translation

from ikrar.kernel.move import Precision, When
from ikrar.web import dates


@pytest.mark.parametrize(
    ("value", "in_indonesian", "in_english"),
    [
        ("2025-11-24", "24 Nov 2025", "24 Nov 2025"),
        ("2025-08-01", "1 Agu 2025", "1 Aug 2025"),
        ("2025-05", "Mei 2025", "May 2025"),
        ("2025", "2025", "2025"),
        (date(2025, 10, 2), "2 Okt 2025", "2 Oct 2025"),
        (When("2025-12", Precision.MONTH), "Des 2025", "Dec 2025"),
    ],
)
def test_date_is_written_out(value: When | date | str, in_indonesian: str, in_english: str) -> None:
    with translation.override("id"):
        assert dates.written(value) == in_indonesian
    with translation.override("en"):
        assert dates.written(value) == in_english


def test_instant_is_written_in_utc() -> None:
    in_jakarta = datetime(2025, 12, 1, 6, 30, tzinfo=timezone(timedelta(hours=7)))
    assert dates.written_instant(in_jakarta).endswith("23:30 UTC")
    with translation.override("id"):
        instant = datetime(2025, 12, 1, 6, 0, tzinfo=UTC)
        assert dates.written_instant(instant) == "1 Des 2025, 06:00 UTC"
