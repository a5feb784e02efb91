from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikrar.reading.text import (
    Document,
    Label,
    PublishedBy,
    Zone,
    canonical,
    lowered,
    normalise,
    paragraphs,
    quotes,
    sentences,
)

# Letters and signs that make trouble: marks that pair, spaces that do not show, long small letters.
TROUBLE = st.text(
    st.one_of(
        st.sampled_from("“”\"'‘’«»„.!?… \n\t()[]-–—\u00a0\u200b\u00ad\ufeffİßაក។ABab19,;:"),
        st.characters(),
    ),
    max_size=200,
)


def spoken(text: str) -> list[str]:
    return [text[one.start : one.end] for one in sentences(text)]


@given(TROUBLE)
def test_texts_to_search_in_are_as_long_as_the_text(text: str) -> None:
    assert len(normalise(text)) == len(text)
    assert len(lowered(text)) == len(text)


@given(TROUBLE)
def test_canonical_text_stays_as_it_is(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    once.encode()
    assert not set(once) & set("\r\x00\x0b\x0c\x85\ud800")


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("“Ya”", '"Ya"'),
        ("Jum’at", "Jum'at"),
        ("RI–Kamboja", "RI-Kamboja"),
        ("HAM\u00a0PBB", "HAM PBB"),
        ("ភ្នំ\u200bពេញ", "ភ្នំ ពេញ"),
        ("plain", "plain"),
        ("a\tb", "a b"),
    ],
)
def test_normalise_writes_signs_plainly(written: str, plain: str) -> None:
    assert normalise(written) == plain


def test_lowered_keeps_a_letter_that_would_become_two() -> None:
    assert lowered("İNDONESIA") == "İndonesia"


@pytest.mark.parametrize(
    "text",
    [
        "Biaya Rp. 5.000 dibayar oleh Dr. Ana.",
        "H.E. Ana Contoh met Mr. Budi.",
        "Lihat No. 5 dan Pasal. 7 itu.",
        "Prof. Dr. Ir. Ana Contoh, M.Si. hadir.",
        "J. K. Contoh berbicara.",
        "The U.S. President met the U.N. Secretary-General.",
        "Mereka menunggu ... lalu pulang.",
        "Pertemuan itu (Senin, 24 November 2025. Di ibu kota) selesai.",
        "Pukul 19.30 WIB mereka pulang.",
        "Suhunya 3.5 derajat.",
        "“Kami siap. Kami datang. Selesai,” kata Ana.",
        '"We are ready. We will come," said Ana.',
        "Ia berkata ‘Kami siap. Kami datang’ lalu diam.",
    ],
)
def test_sentence_is_not_cut(text: str) -> None:
    assert spoken(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Satu. Dua! Tiga? Empat", ["Satu.", "Dua!", "Tiga?", "Empat"]),
        ("“Kami siap.” Ia pergi.", ["“Kami siap.”", "Ia pergi."]),
        ("Nama forum “Satu”. Ia ramai.", ["Nama forum “Satu”.", "Ia ramai."]),
        ("He lives in the U.S. The talks go on.", ["He lives in the U.S.", "The talks go on."]),
        ("He said no. That was all.", ["He said no.", "That was all."]),
        ("Selesai... Ia pergi.", ["Selesai...", "Ia pergi."]),
        ("(Selesai.) Ia pergi.", ["(Selesai.)", "Ia pergi."]),
        ("ជួបគ្នា។យល់ព្រម។", ["ជួបគ្នា។", "យល់ព្រម។"]),
        ("Judul\n\nIsi.", ["Judul", "Isi."]),
        ("“Tidak ditutup. Ia pergi.", ["“Tidak ditutup.", "Ia pergi."]),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert spoken(text) == expected


@given(TROUBLE)
def test_sentences_are_true_in_order_and_lose_nothing(text: str) -> None:
    end = 0
    for span in sentences(text):
        assert text[end : span.start].strip() == ""
        assert span.passage(text).holds_in(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
        end = span.end
    assert text[end:].strip() == ""


@given(TROUBLE)
def test_sentence_never_cuts_a_quote(text: str) -> None:
    ends = {span.end for span in sentences(text)}
    for quote in quotes(text):
        assert not any(quote.start < end < quote.end for end in ends)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Satu,” kata Ana, “dua.”", ["“Satu,”", "“dua.”"]),
        ('"Satu," kata Ana, "dua."', ['"Satu,"', '"dua."']),
        ("«Satu» dan „dua“", ["«Satu»", "„dua“"]),
        ("Ana's word isn't a 'quote of Ana' yet", []),
        ("Kata ‘siap’ dipakai", ["‘siap’"]),
        ('Tanda " sendiri', []),
        ("“Awal paragraf.\n\n“Lalu akhir.”", ["“Awal paragraf.", "“Lalu akhir.”"]),
    ],
)
def test_quotes_are_found_with_their_marks(text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in quotes(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Satu.\n\nDua.", ["Satu.", "Dua."]),
        ("Satu.\n  \n\n Dua.", ["Satu.", "Dua."]),
        ("Judul berita\nSatu kalimat pendek.", ["Judul berita", "Satu kalimat pendek."]),
        (
            "Menteri Satu mengatakan kepada para wartawan\nbahwa perundingan itu berlanjut.",
            ["Menteri Satu mengatakan kepada para wartawan\nbahwa perundingan itu berlanjut."],
        ),
        ("- butir pertama yang panjang sekali isinya\n- butir kedua", None),
        ("", []),
    ],
)
def test_paragraphs_part_at_blank_lines_and_not_where_a_line_is_wrapped(
    text: str, expected: list[str] | None
) -> None:
    found = [text[one.start : one.end] for one in paragraphs(text)]
    assert found == (expected if expected is not None else text.split("\n"))


def test_sentences_of_a_document_stay_in_their_zones() -> None:
    text = "KOTA — Menteri datang. Ia pergi."
    zones = (Zone(0, 7, Label.DATELINE), Zone(7, len(text), Label.BODY))
    document = Document("", "text/plain", text, zones, "id", published_by=PublishedBy.OBSERVED)
    assert [text[one.start : one.end] for one in sentences(document)] == [
        "KOTA —",
        "Menteri datang.",
        "Ia pergi.",
    ]
    assert document.label_at(0) is Label.DATELINE
    assert document.label_at(99) is None
    assert document.published_is_trusted


COSTLY = [
    "“",
    "«",
    "‘a ",
    "'A ",
    "(",
    "(a",
    ".",
    "...",
    "!?",
    '."',
    "\n",
    "\n ",
    "a\n",
    "A. ",
    "No. 5 ",
]


@pytest.mark.parametrize("piece", COSTLY)
def test_crooked_text_costs_no_more_than_its_length(piece: str) -> None:
    text = piece * (60_000 // len(piece)) + "x"
    start = time.process_time()
    sentences(text)
    assert time.process_time() - start < 3
