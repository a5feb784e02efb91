from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikrar.kernel.move import Precision
from ikrar.reading.time import TimeFlag, TimeKind, find_times

PUBLISHED = date(2025, 11, 26)  # a Wednesday

# expression, the words found, what they mean ("until" after ..)
TABLE = [
    # absolute
    ("pada 24 November 2025 di ibu kota", "24 November 2025", "2025-11-24"),
    ("(24/11/2025)", "24/11/2025", "2025-11-24"),
    ("on Nov. 24, 2025, they met", "Nov. 24, 2025", "2025-11-24"),
    ("2025-11-24", "2025-11-24", "2025-11-24"),
    ("2025-11-24T09:30:00+07:00 ", "2025-11-24T09:30:00+07:00", "2025-11-24"),
    ("November 24, 2025", "November 24, 2025", "2025-11-24"),
    ("the 24th of November 2025", "24th of November 2025", "2025-11-24"),
    ("November 24th, 2025", "November 24th, 2025", "2025-11-24"),
    ("1 Mei 2024", "1 Mei 2024", "2024-05-01"),
    ("24 Nop 2025", "24 Nop 2025", "2025-11-24"),
    ("5 Pebruari 1998", "5 Pebruari 1998", "1998-02-05"),
    ("17 Agt 2025", "17 Agt 2025", "2025-08-17"),
    ("24-11-2025", "24-11-2025", "2025-11-24"),
    ("24.11.2025", "24.11.2025", "2025-11-24"),
    ("24/11/25", "24/11/25", "2025-11-24"),
    ("11/24/2025", "11/24/2025", "2025-11-24"),
    ("3/4/2025", "3/4/2025", "2025-04-03"),
    ("29 February 2024", "29 February 2024", "2024-02-29"),
    ("10 DESEMBER 1948", "10 DESEMBER 1948", "1948-12-10"),
    ("8 January, 2026", "8 January, 2026", "2026-01-08"),
    # weekday with its date
    ("Senin (24/11/2025)", "Senin (24/11/2025)", "2025-11-24"),
    ("Senin (24/11)", "Senin (24/11)", "2025-11-24"),
    ("Senin (24)", "Senin (24)", "2025-11-24"),
    ("Senin, 24 November 2025", "Senin, 24 November 2025", "2025-11-24"),
    ("Senin 24 November", "Senin 24 November", "2025-11-24"),
    ("Senin malam (24/11/2025)", "Senin malam (24/11/2025)", "2025-11-24"),
    ("Senin (24 November 2025)", "Senin (24 November 2025)", "2025-11-24"),
    ("Monday, November 24, 2025", "Monday, November 24, 2025", "2025-11-24"),
    ("Monday (Nov. 24)", "Monday (Nov. 24)", "2025-11-24"),
    ("Monday (24 November)", "Monday (24 November)", "2025-11-24"),
    ("Mon, 24 Nov 2025", "Mon, 24 Nov 2025", "2025-11-24"),
    ("Jum'at (21/11/2025)", "Jum'at (21/11/2025)", "2025-11-21"),
    ("Jum’at (21/11)", "Jum’at (21/11)", "2025-11-21"),
    ("Minggu (23/11)", "Minggu (23/11)", "2025-11-23"),
    ("Ahad, 23 November 2025", "Ahad, 23 November 2025", "2025-11-23"),
    ("Jumat (26/12)", "Jumat (26/12)", "2025-12-26"),
    ("Kamis (8/1)", "Kamis (8/1)", "2026-01-08"),
    ("Senin-Rabu (24-26/11/2025)", "Senin-Rabu (24-26/11/2025)", "2025-11-24..2025-11-26"),
    ("Senin-Selasa (24-25/11)", "Senin-Selasa (24-25/11)", "2025-11-24..2025-11-25"),
    # a weekday alone: the last one up to the day of publication
    ("kata dia, Rabu.", "Rabu", "2025-11-26"),
    ("kata dia di Kota, Senin.", "Senin", "2025-11-24"),
    ("pada Kamis", "Kamis", "2025-11-20"),
    ("Senin lalu", "Senin lalu", "2025-11-24"),
    ("Rabu lalu", "Rabu lalu", "2025-11-19"),
    ("Senin pekan lalu", "Senin pekan lalu", "2025-11-17"),
    ("Jumat pekan ini", "Jumat pekan ini", "2025-11-28"),
    ("Senin pekan depan", "Senin pekan depan", "2025-12-01"),
    ("Senin depan", "Senin depan", "2025-12-01"),
    ("Jumat mendatang", "Jumat mendatang", "2025-11-28"),
    ("pertemuan akan digelar Jumat", "Jumat", "2025-11-28"),
    ("they met on Monday", "Monday", "2025-11-24"),
    ("they met last Monday", "last Monday", "2025-11-24"),
    ("last Wednesday", "last Wednesday", "2025-11-19"),
    ("next Monday", "next Monday", "2025-12-01"),
    ("this Friday", "Friday", "2025-11-21"),
    ("Monday last week", "Monday last week", "2025-11-17"),
    ("Monday of next week", "Monday of next week", "2025-12-01"),
    ("both will meet on Friday", "Friday", "2025-11-28"),
    ("sejak Minggu", "Minggu", "2025-11-23"),
    # without the year
    ("24 November lalu", "24 November lalu", "2025-11-24"),
    ("pada 23 Desember", "23 Desember", "2025-12-23"),
    ("8 Januari mendatang", "8 Januari mendatang", "2026-01-08"),
    ("8 Januari tahun depan", "8 Januari tahun depan", "2026-01-08"),
    ("8 Januari tahun ini", "8 Januari tahun ini", "2025-01-08"),
    ("on December 23", "December 23", "2025-12-23"),
    ("on 8 January next year", "8 January next year", "2026-01-08"),
    ("(24/11)", "24/11", "2025-11-24"),
    # month and year
    ("November 2025", "November 2025", "2025-11"),
    ("awal November 2025", "November 2025", "2025-11"),
    ("bulan Maret tahun 2026", "Maret tahun 2026", "2026-03"),
    ("in May 2026", "May 2026", "2026-05"),
    ("pada Desember", "Desember", "2025-12"),
    ("in March next year", "March next year", "2026-03"),
    ("November lalu", "November lalu", "2025-11"),
    ("Maret mendatang", "Maret mendatang", "2026-03"),
    ("sejak Agustus", "Agustus", "2025-08"),
    ("last September", "September", "2025-09"),
    ("pada 2026", "2026", "2026"),
    ("pada tahun 2026.", "2026", "2026"),
    ("by 2030", "2030", "2030"),
    ("the 2026 forum", "2026", "2026"),
    # relative
    ("kemarin", "kemarin", "2025-11-25"),
    ("hari ini", "hari ini", "2025-11-26"),
    ("besok", "besok", "2025-11-27"),
    ("lusa", "lusa", "2025-11-28"),
    ("tadi malam", "tadi malam", "2025-11-25"),
    ("yesterday", "yesterday", "2025-11-25"),
    ("today", "today", "2025-11-26"),
    ("tomorrow", "tomorrow", "2025-11-27"),
    ("the day before yesterday", "the day before yesterday", "2025-11-24"),
    ("dua hari lalu", "dua hari lalu", "2025-11-24"),
    ("2 hari yang lalu", "2 hari yang lalu", "2025-11-24"),
    ("two days ago", "two days ago", "2025-11-24"),
    ("tiga hari lagi", "tiga hari lagi", "2025-11-29"),
    ("pekan lalu", "pekan lalu", "2025-11-17..2025-11-23"),
    ("minggu lalu", "minggu lalu", "2025-11-17..2025-11-23"),
    ("Minggu lalu, menteri", "Minggu lalu", "2025-11-17..2025-11-23"),
    ("pekan ini", "pekan ini", "2025-11-24..2025-11-30"),
    ("pekan depan", "pekan depan", "2025-12-01..2025-12-07"),
    ("last week", "last week", "2025-11-17..2025-11-23"),
    ("next week", "next week", "2025-12-01..2025-12-07"),
    ("akhir pekan ini", "akhir pekan ini", "2025-11-29..2025-11-30"),
    ("dua pekan lalu", "dua pekan lalu", "2025-11-10..2025-11-16"),
    ("sepekan lalu", "sepekan lalu", "2025-11-17..2025-11-23"),
    ("bulan lalu", "bulan lalu", "2025-10"),
    ("bulan depan", "bulan depan", "2025-12"),
    ("two months ago", "two months ago", "2025-09"),
    ("sebulan lalu", "sebulan lalu", "2025-10"),
    ("next month", "next month", "2025-12"),
    ("tahun depan", "tahun depan", "2026"),
    ("tahun ini", "tahun ini", "2025"),
    ("tahun lalu", "tahun lalu", "2024"),
    ("next year", "next year", "2026"),
    ("lima tahun silam", "lima tahun silam", "2020"),
    ("setahun lalu", "setahun lalu", "2024"),
    ("dua tahun mendatang", "dua tahun mendatang", "2027"),
    ("lima tahun ke depan", "lima tahun ke depan", "2025..2030"),
    ("over the next five years", "over the next five years", "2025..2030"),
    ("in two weeks", "in two weeks", "2025-12-08..2025-12-14"),
    ("dalam tiga tahun terakhir", "tiga tahun terakhir", "2022..2025"),
    # ranges
    ("24-26 November 2025", "24-26 November 2025", "2025-11-24..2025-11-26"),
    ("24–26 November", "24–26 November", "2025-11-24..2025-11-26"),
    ("24 s.d. 26 November 2025", "24 s.d. 26 November 2025", "2025-11-24..2025-11-26"),
    ("24 hingga 26 November 2025", "24 hingga 26 November 2025", "2025-11-24..2025-11-26"),
    ("from 24 to 26 November 2025", "24 to 26 November 2025", "2025-11-24..2025-11-26"),
    ("November 24-26, 2025", "November 24-26, 2025", "2025-11-24..2025-11-26"),
    ("24 November - 2 Desember 2025", "24 November - 2 Desember 2025", "2025-11-24..2025-12-02"),
    ("30 Desember-2 Januari 2026", "30 Desember-2 Januari 2026", "2025-12-30..2026-01-02"),
    (
        "November 30 to December 2, 2025",
        "November 30 to December 2, 2025",
        "2025-11-30..2025-12-02",
    ),
    ("Mei-Juni 2026", "Mei-Juni 2026", "2026-05..2026-06"),
    ("periode 2026-2028", "2026-2028", "2026..2028"),
    ("24/11/2025-26/11/2025", "24/11/2025-26/11/2025", "2025-11-24..2025-11-26"),
]


@pytest.mark.parametrize(("text", "words", "meaning"), TABLE, ids=[row[0] for row in TABLE])
def test_time_means_what_it_says(text: str, words: str, meaning: str) -> None:
    (found,) = find_times(text, PUBLISHED)
    assert text[found.start : found.end] == words
    assert found.when is not None
    spoken = found.when.value + (f"..{found.until.value}" if found.until else "")
    assert spoken == meaning


def test_table_is_long_enough() -> None:
    assert len(TABLE) >= 100


@pytest.mark.parametrize(
    "text",
    [
        "sebanyak 2025 orang",
        "2000 workers",
        "Rp 2025",
        "US$2000",
        "Nomor 2020",
        "UU Nomor 39 Tahun 1999",
        "pukul 19.30 WIB",
        "resolusi 60/251",
        "12,2025",
        "sekitar 2000",
        "they may 24 hours later",
        "the march of history",
        "harga 1.999",
        "nilai 24/7",
        "A/HRC/2025/1",
        "sat in the room",
        "minggu itu",
    ],
)
def test_number_that_is_no_date_stays_a_number(text: str) -> None:
    assert find_times(text, PUBLISHED) == ()


@pytest.mark.parametrize(
    "text", ["Selasa (24/11/2025)", "Tuesday, 24 November 2025", "Selasa (24/11)"]
)
def test_weekday_that_disagrees_is_flagged(text: str) -> None:
    (found,) = find_times(text, PUBLISHED)
    assert found.when is not None
    assert found.when.value == "2025-11-24"
    assert TimeFlag.WEEKDAY_DISAGREES in found.flags


@pytest.mark.parametrize("text", ["Senin", "kemarin", "pekan lalu", "tahun depan", "last Monday"])
@pytest.mark.parametrize(("published", "trusted"), [(date(2026, 1, 14), False), (None, True)])
def test_relative_time_stays_open_without_a_trusted_day(
    text: str, published: date | None, trusted: bool
) -> None:
    (found,) = find_times(text, published, is_trusted=trusted)
    assert found.when is None
    assert TimeFlag.UNANCHORED in found.flags


def test_full_date_needs_no_trusted_day() -> None:
    (found,) = find_times("Senin (24/11/2025)", date(2026, 1, 14), is_trusted=False)
    assert found.when is not None
    assert found.when.value == "2025-11-24"
    assert found.flags == frozenset()


def test_date_without_year_is_found_by_its_weekday_on_an_untrusted_page() -> None:
    (found,) = find_times("Senin (24/11)", date(2026, 1, 14), is_trusted=False)
    assert found.when is not None
    assert found.when.value == "2025-11-24"
    assert TimeFlag.YEAR_ASSUMED in found.flags


def test_date_whose_weekday_disagrees_stays_open_on_an_untrusted_page() -> None:
    (found,) = find_times("Sabtu (24/11)", date(2026, 1, 14), is_trusted=False)
    assert found.when is None


def test_numeric_order_is_unsure_only_in_english() -> None:
    (english,) = find_times("03/04/2025", PUBLISHED, language="en")
    (indonesian,) = find_times("03/04/2025", PUBLISHED, language="id")
    assert TimeFlag.ORDER_UNSURE in english.flags
    assert indonesian.flags == frozenset()


@pytest.mark.parametrize("text", ["31 November 2025", "30/02/2025", "Senin (31/11/2025)"])
def test_impossible_day_is_found_and_left_open(text: str) -> None:
    (found,) = find_times(text, PUBLISHED)
    assert found.when is None
    assert TimeFlag.IMPOSSIBLE in found.flags


def test_several_times_come_in_order_and_apart() -> None:
    text = "Senin (24/11/2025), Natal 2025, pekan lalu dan tahun depan serta 8 Januari 2026."
    found = find_times(text, PUBLISHED)
    assert [text[time.start : time.end] for time in found] == [
        "Senin (24/11/2025)",
        "2025",
        "pekan lalu",
        "tahun depan",
        "8 Januari 2026",
    ]


def test_kind_and_precision_are_kept() -> None:
    kinds = {
        "24 November 2025": (TimeKind.ABSOLUTE, Precision.DAY),
        "24 November": (TimeKind.PARTIAL, Precision.DAY),
        "Senin": (TimeKind.WEEKDAY, Precision.DAY),
        "bulan depan": (TimeKind.RELATIVE, Precision.MONTH),
        "pada 2026": (TimeKind.ABSOLUTE, Precision.YEAR),
    }
    for text, (kind, precision) in kinds.items():
        (found,) = find_times(text, PUBLISHED)
        assert found.when is not None
        assert (found.kind, found.when.precision) == (kind, precision)


@given(
    st.lists(
        st.sampled_from([row[0] for row in TABLE] + ["x", "(", ")", "9", "/", "-", "İ", "“", "។"]),
        max_size=8,
    ),
    st.dates(),
)
def test_passage_is_always_true(parts: list[str], published: date) -> None:
    text = " ".join(parts)
    previous = 0
    for found in find_times(text, published):
        passage = found.passage(text)
        assert text[passage.start : passage.end] == passage.quote
        assert previous <= passage.start < passage.end
        previous = passage.end


@given(st.dates(min_value=date(1801, 1, 1), max_value=date(2199, 12, 31)))
def test_day_is_read_back_in_every_writing(day: date) -> None:
    names = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
    month = names.split()[day.month - 1]
    weekday = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"][day.weekday()]
    for text in (
        f"{day.day} {month} {day.year}",
        f"{weekday} ({day.day}/{day.month}/{day.year})",
        f"{day.day:02d}-{day.month:02d}-{day.year}",
        day.isoformat(),
        day.strftime("%B %d, %Y"),
    ):
        (found,) = find_times(text, PUBLISHED)
        assert found.when is not None
        assert found.when.first == day
        assert found.flags == frozenset()


COSTLY = ["Minggu lalu ", "2025", "2025-", "1/", "24 ", "Senin ", "a ", "in ", "the last ", "Mei "]


@pytest.mark.parametrize("piece", COSTLY)
def test_crooked_text_costs_no_more_than_its_length(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    start = time.process_time()
    find_times(text, PUBLISHED)
    assert time.process_time() - start < 3
