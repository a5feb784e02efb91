"""The swap leaves nothing of what it replaces, and moves time as a calendar does."""

import re
from pathlib import Path

import pytest
from tests.factories.swap import read_table, swap, swapped_demo

from ikrar.reading.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("text", "language", "other"),
    [
        ("Senin (24/11/2025)", "id", "Sabtu (2/12/2028)"),
        ("Monday, 24 November 2025", "en", "Saturday, 2 December 2028"),
        ("24 November 2025", "id", "2 Desember 2028"),
        ("2025-11-24T13:05:00Z", "en", "2028-12-02T13:05:00Z"),
        ("pada Oktober 2025", "id", "pada Oktober 2028"),
        ("pada tahun 2026", "id", "pada tahun 2029"),
        ("Indonesia's Minister of Human Rights", "en", "Ivarra's Minister of Health"),
        ("Indonesians and Cambodian workers", "en", "Ivarrans and Veloran workers"),
        ("PHNOM PENH", "id", "PORT ALMAR"),
        ("/2025/11/25/pigai-temui-keo-remy", "id", "/2028/12/03/lohri-temui-dorel-maska"),
        ("No. 12025 and 120250", "en", "No. 12025 and 120250"),
    ],
)
def test_swap_replaces_words_and_times(text: str, language: str, other: str) -> None:
    assert swap(text, language) == other


def test_swap_leaves_no_word_of_its_table(tmp_path: Path) -> None:
    words = "|".join(re.escape(word) for word in read_table().forms)
    known = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    readable = [
        path
        for path in swapped_demo(tmp_path / "demo").rglob("*.*")
        if path.suffix in {".txt", ".html", ".yaml", ".csv"}
    ]
    assert len(readable) > 20
    assert [(path.name, known.findall(path.read_text("utf-8"))) for path in readable] == [
        (path.name, []) for path in readable
    ]


def test_swapped_gazetteer_knows_the_other_parties(tmp_path: Path) -> None:
    gazetteer = Gazetteer.load(swapped_demo(tmp_path / "demo") / "gazetteer")
    found = gazetteer.find("Ivarran workers in Velora met Dorel Maska in Port Almar")
    assert [sorted(mention.codes) for mention in found] == [
        ["XIV"],
        ["XVE"],
        ["Dorel Maska"],
        ["Port Almar"],
    ]
    office = gazetteer.resolve_office("Ivarra's Minister of Health")
    assert office is not None
    assert (office.office, office.portfolio, office.party) == ("minister", "health", "XIV")
