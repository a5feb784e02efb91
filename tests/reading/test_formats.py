from __future__ import annotations

import io
import zlib
from datetime import UTC, date, datetime

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.documents import REPORT, docx_file, page, part_of, pdf, repacked, sealed

from ikrar.reading.formats import SENTENCES, Limits, parse
from ikrar.reading.formats.language import guess_language
from ikrar.reading.formats.zones import zone_rules
from ikrar.reading.text import Document, Label, Meta, PublishedBy, ReadingError, sentences

KHMER = "រដ្ឋមន្ត្រីបានជួបប្រជុំគ្នានៅរាជធានីភ្នំពេញ។ ភាគីទាំងពីរបានយល់ព្រមសហការគ្នា។"


def labelled(document: Document, label: Label) -> list[str]:
    return [document.text[zone.start : zone.end] for zone in document.zones_labelled(label)]


def assert_sound(document: Document) -> None:
    """Zones are in order, never overlap, and hold every visible character."""
    end = 0
    for zone in document.zones:
        assert document.text[end : zone.start].strip() == ""
        assert end <= zone.start < zone.end
        end = zone.end
    assert document.text[end:].strip() == ""
    assert "\x00" not in document.text
    document.text.encode()


def refused(content: bytes, limits: Limits | None = None, name: str | None = None) -> str:
    with pytest.raises(ReadingError) as caught:
        parse(content, Meta(filename=name), limits or Limits())
    assert caught.value.sentence == SENTENCES[caught.value.code]
    return caught.value.code


def outcome(content: bytes) -> str | None:
    """The code of the error; None for a document, which must be sound."""
    try:
        assert_sound(parse(content))
    except ReadingError as error:
        return error.code
    return None


# --- text -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_is_the_same_in_every_encoding(encoding: str) -> None:
    document = parse(REPORT.encode(encoding))
    assert document.text == REPORT
    assert document.media_type == "text/plain"
    assert document.flags == (("legacy_encoding",) if encoding == "cp1252" else ())
    assert_sound(document)


def test_text_with_broken_utf8_keeps_its_words_and_says_so() -> None:
    broken = "“Kami siap” – kata Menteri. ".encode() * 3 + b"\xe2\x80 sisa"
    document = parse(broken)
    assert document.flags == ("broken_encoding",)
    assert document.text.count("“Kami siap”") == 3
    assert "\ufffd sisa" in document.text
    assert_sound(document)


def test_text_line_ends_become_one_kind() -> None:
    assert parse(b"Satu dua tiga.\r\n\r\nEmpat lima.\rEnam.").text == (
        "Satu dua tiga.\n\nEmpat lima.\nEnam."
    )


def test_text_in_khmer_is_read() -> None:
    document = parse(KHMER.encode())
    assert document.language == "km"
    assert [document.text[one.start : one.end] for one in sentences(document)] == [
        "រដ្ឋមន្ត្រីបានជួបប្រជុំគ្នានៅរាជធានីភ្នំពេញ។",
        "ភាគីទាំងពីរបានយល់ព្រមសហការគ្នា។",
    ]


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_document_or_a_sentence(content: bytes) -> None:
    assert outcome(content) is None or outcome(content) in SENTENCES


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_sound_zones_and_sentences(text: str) -> None:
    try:
        document = parse(text.encode("utf-8", "surrogatepass"))
    except ReadingError:
        return
    assert_sound(document)
    for span in sentences(document):
        assert document.passage(span.start, span.end).holds_in(document.text)


# --- what the bytes are ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
        (bytes(range(256)) * 8, "binary"),
        (b"{\\rtf1 hello}", "unsupported"),
        (b"PK\x03\x04" + b"xl/workbook.xml" * 9, "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"... --- ...", "no_text"),
    ],
)
def test_content_that_is_no_document_gets_a_sentence(content: bytes, code: str) -> None:
    assert refused(content, name="report.txt") == code


def test_content_over_the_limit_is_refused_before_it_is_looked_at() -> None:
    assert refused(b"\x7fELF" + b"a" * 200, Limits(content=100)) == "too_large"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (page(), "text/html"),
        (b"  <!-- a page -->\n<HTML><body><p>Satu dua tiga empat</p></body></HTML>", "text/html"),
        (pdf("Menteri Satu bertemu Menteri Dua."), "application/pdf"),
        (b"<3 is a heart, not a tag", "text/plain"),
        (b"Menteri menulis <p> di papan.", "text/plain"),
    ],
)
def test_media_type_comes_from_the_bytes(content: bytes, media_type: str) -> None:
    document = parse(content, Meta(filename="liar.docx", media_type="image/png"))
    assert document.media_type == media_type


# --- HTML -----------------------------------------------------------------------------------


FULL_PAGE = page(
    "<nav><a href='/'>Beranda</a></nav><h1>Dua Menteri Bertemu</h1>"
    "<div class='byline'>Ana Contoh - 25 November 2025</div>"
    "<figure><img src='x'><figcaption>Menteri Satu di kantornya</figcaption></figure>"
    "<p>KOTA BARU - Menteri Satu mengatakan kepada para wartawan bahwa perundingan itu akan"
    " berlanjut pada tahun depan, dan bahwa kedua pihak sepakat untuk bertemu lagi.</p>"
    "<p>Baca juga: <a href='/y'>Tiga Menteri Menolak Perundingan</a></p>"
    "<p>Menteri Dua menyambut baik rencana itu dan meminta waktu untuk mempelajarinya bersama"
    " dengan para ahli dari kementeriannya di ibu kota.</p>"
    "<h2>Langkah berikutnya</h2><ul><li>Pertemuan para ahli pada bulan Maret tahun depan di kota"
    " yang sama</li><li>Kunjungan balasan</li></ul>"
    "<div class='share-buttons'>Bagikan ke teman</div>"
    "<div id='comments'><p>Menteri Dua berjanji segalanya, kata pembaca.</p></div>"
    "<script>document.write('<p>Menteri berjanji</p>')</script><style>p{color:red}</style>",
    head="<title>Dua Menteri Bertemu - Warta</title>"
    "<meta property='og:site_name' content='Warta Contoh'>"
    "<meta property='article:published_time' content='2025-11-26T08:00:00+07:00'>"
    "<link rel='canonical' href='https://warta.example/dua-menteri'>",
)


def test_html_says_what_its_head_declares() -> None:
    document = parse(FULL_PAGE)
    assert document.title == "Dua Menteri Bertemu"
    assert document.publisher == "Warta Contoh"
    assert document.url == "https://warta.example/dua-menteri"
    assert document.published_on == date(2025, 11, 26)
    assert document.published_by is PublishedBy.DECLARED
    assert not document.published_is_trusted
    assert_sound(document)


def test_html_keeps_what_is_no_report_but_labels_it() -> None:
    document = parse(FULL_PAGE)
    assert labelled(document, Label.CAPTION) == ["Menteri Satu di kantornya"]
    assert labelled(document, Label.RELATED) == ["Baca juga: Tiga Menteri Menolak Perundingan"]
    assert labelled(document, Label.COMMENT) == ["Menteri Dua berjanji segalanya, kata pembaca."]
    assert labelled(document, Label.BYLINE) == ["Ana Contoh - 25 November 2025"]
    assert labelled(document, Label.DATELINE) == ["KOTA BARU - "]
    assert {"Beranda", "Bagikan ke teman"} <= set(labelled(document, Label.BOILERPLATE))


def test_html_reads_paragraphs_headings_and_lists() -> None:
    body = labelled(parse(FULL_PAGE), Label.BODY)
    assert body[0].startswith("Menteri Satu mengatakan")
    assert "Langkah berikutnya" in body
    assert any(block.startswith("Pertemuan para ahli") for block in body)
    assert len(body) >= 4


def test_html_never_reads_scripts() -> None:
    document = parse(FULL_PAGE)
    assert "Menteri berjanji" not in document.text
    assert "color:red" not in document.text


def test_html_given_meta_goes_first() -> None:
    meta = Meta(url="https://x.example/", publisher="Given", published_on=date(2025, 1, 2))
    document = parse(FULL_PAGE, meta)
    assert (document.url, document.publisher) == (meta.url, "Given")
    assert document.published_on == date(2025, 1, 2)
    assert document.published_by is PublishedBy.GIVEN


def test_html_dateline_with_its_day_goes_before_the_declared_day() -> None:
    body = (
        "<h1>Dua Menteri Bertemu</h1><p>JENEWA, 24 November 2025 - Menteri Satu mengatakan kepada"
        " para wartawan bahwa perundingan itu akan berlanjut pada tahun depan di sana.</p>"
    )
    head = "<meta property='article:published_time' content='2026-01-14'>"
    document = parse(page(body, head))
    assert document.published_on == date(2025, 11, 24)
    assert document.published_is_trusted
    assert "published_differs" in document.flags


def test_html_in_its_declared_encoding_is_read() -> None:
    source = page().decode().replace("utf-8", "windows-1252").replace("Satu", "Jürg")
    document = parse(source.encode("cp1252"))
    assert "Menteri Jürg" in document.text
    assert document.flags == ("legacy_encoding",)


def test_html_class_of_the_whole_report_does_not_hide_it() -> None:
    body = "<div class='post share sidebar-right related-off'>" + page().decode() + "</div>"
    document = parse(page(body))
    assert any("Menteri Satu mengatakan" in block for block in labelled(document, Label.BODY))


def test_html_nested_a_hundred_thousand_deep_is_answered() -> None:
    content = page("<div>" * 100_000 + "Menteri Satu bertemu Menteri Dua di ibu kota.")
    assert outcome(content) in {None, "damaged", "no_text"}


def test_html_without_words_has_no_text() -> None:
    assert refused(page("<img src='a'><script>let a = 1</script>")) == "no_text"


# --- PDF ------------------------------------------------------------------------------------

LINES = (
    "Dua Menteri Bertemu\nMenteri Satu mengatakan kepada para wartawan bahwa perundingan itu akan\n"
    "berlanjut pada tahun depan, dan kedua pihak sepakat bertemu lagi."
)


def test_pdf_keeps_lines_and_pages() -> None:
    document = parse(pdf(LINES, LINES.replace("Dua", "Tiga")))
    assert document.media_type == "application/pdf"
    assert len(document.page_starts) == 2
    assert document.text[document.page_starts[1] :].startswith("Tiga Menteri Bertemu")
    assert "akan\nberlanjut" in document.text
    assert_sound(document)


def test_pdf_sentence_runs_over_the_end_of_a_line() -> None:
    document = parse(pdf(LINES))
    spoken = [document.text[one.start : one.end] for one in sentences(document)]
    assert any("akan\nberlanjut" in sentence for sentence in spoken)


def test_pdf_running_heads_and_page_numbers_are_not_read() -> None:
    pages = [f"Warta Contoh\n{LINES}\n{number}" for number in (1, 2, 3)]
    document = parse(pdf(*pages))
    assert labelled(document, Label.BOILERPLATE).count("Warta Contoh") == 3
    assert not any("Warta Contoh" in block for block in labelled(document, Label.BODY))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdf(LINES, encrypt=True), "encrypted"),
        (pdf(LINES)[:120], "damaged"),
        (b"%PDF-1.7\n" + b"nothing here", "damaged"),
        (pdf(""), "no_text"),
    ],
)
def test_pdf_that_cannot_be_read_gets_a_sentence(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_pdf_with_too_many_pages_is_refused() -> None:
    assert refused(pdf("Halaman.", count=5001)) == "too_large"
    assert refused(pdf(LINES, LINES), Limits(pages=1)) == "too_large"


# --- DOCX -----------------------------------------------------------------------------------

WORD = docx_file("Menteri Satu bertemu Menteri Dua.", "Mereka sepakat.", table=("Pihak", "Janji"))
MAIN = "word/document.xml"


def with_entity(declaration: str, encoding: str = "utf-8") -> bytes:
    xml = part_of(WORD, MAIN).decode().split("?>", 1)[1].replace("sepakat", "&x;")
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [{declaration}]>'
    return repacked(WORD, MAIN, (head + xml).encode(encoding))


def test_docx_gives_paragraphs_and_cells_in_order() -> None:
    document = parse(WORD)
    assert document.text.split("\n\n") == [
        "Menteri Satu bertemu Menteri Dua.",
        "Mereka sepakat.",
        "Pihak",
        "Janji",
    ]
    assert document.published_on is None
    assert_sound(document)


def test_docx_title_style_is_the_title() -> None:
    document = parse(docx_file("Menteri Satu bertemu Menteri Dua.", title="Dua Menteri"))
    assert document.title == "Dua Menteri"
    assert labelled(document, Label.TITLE) == ["Dua Menteri"]


def test_docx_reads_what_was_inserted_and_not_what_was_deleted() -> None:
    xml = part_of(WORD, MAIN).decode()
    changed = xml.replace(
        "<w:t>Mereka sepakat.</w:t></w:r>",
        "<w:t>Mereka </w:t></w:r><w:del><w:r><w:delText>menolak</w:delText></w:r>"
        "<w:r><w:t>menolak</w:t></w:r></w:del><w:ins><w:r><w:t>setuju.</w:t></w:r></w:ins>",
    )
    assert changed != xml
    text = parse(repacked(WORD, MAIN, changed.encode())).text
    assert "Mereka setuju." in text
    assert "menolak" not in text


@pytest.mark.parametrize(
    "content",
    [
        with_entity('<!ENTITY x SYSTEM "file:///etc/passwd">'),
        with_entity('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'),
        with_entity('<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;">'),
        with_entity('<!ENTITY x SYSTEM "file:///etc/passwd">', "utf-16"),
        repacked(WORD, "word/media/bomb.bin", bytes(300 * 1024 * 1024 // 4)),
        repacked(WORD, MAIN, b"<w:document>" + b" " * 20_000_000 + b"</w:document>"),
    ],
    ids=["file", "network", "expansion", "utf-16", "bomb", "bomb in the text"],
)
def test_docx_that_is_a_trap_is_not_opened(content: bytes) -> None:
    assert refused(content) == "unsafe"


@pytest.mark.parametrize("keep", [100, 0.3, 0.7, 0.98])
def test_docx_that_is_cut_short_is_damaged(keep: float) -> None:
    size = int(keep if keep > 1 else len(WORD) * keep)
    assert refused(WORD[:size]) in {"damaged", "unsupported"}


def test_docx_with_broken_xml_or_parts_is_damaged() -> None:
    assert refused(repacked(WORD, MAIN, b"<w:document")) == "damaged"
    assert refused(repacked(WORD, "[Content_Types].xml", b"<Types/>")) == "damaged"


def test_docx_whose_bytes_lie_is_damaged() -> None:
    place = WORD.rindex(b"word/document.xml")
    flipped = bytearray(WORD)
    start = WORD.index(b"word/document.xml") + 60
    flipped[start : start + 40] = zlib.compress(b"x" * 10)[:2] * 20
    assert place > start
    assert refused(bytes(flipped)) == "damaged"


def test_docx_without_words_has_no_text() -> None:
    assert refused(docx_file("")) == "no_text"


# --- zones and days -------------------------------------------------------------------------

RULES = zone_rules()


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, example) for rule in RULES for example in rule.must],
    ids=lambda value: getattr(value, "id", str(value)[:30]),
)
def test_zone_rule_takes_its_examples(rule: object, example: str) -> None:
    first = next((one for one in RULES if one.takes(example)), None)
    assert first is rule


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, example) for rule in RULES for example in rule.must_not],
    ids=lambda value: getattr(value, "id", str(value)[:30]),
)
def test_zone_rule_leaves_near_misses(rule: object, example: str) -> None:
    assert not any(one.takes(example) for one in RULES)


LONG = (
    "Menteri Satu mengatakan kepada para wartawan bahwa perundingan itu akan berlanjut pada tahun"
    " depan, dan bahwa kedua pihak sepakat untuk bertemu lagi di ibu kota pada bulan Maret. "
)


def test_text_below_a_rule_at_the_end_is_kept_and_not_read() -> None:
    document = parse(
        f"Judul Berita Ini\n\n{LONG}\n\n{LONG}\n\n***\n\nMenteri Satu berjanji segalanya.".encode()
    )
    assert labelled(document, Label.SUMMARY) == ["Menteri Satu berjanji segalanya."]
    assert "after_rule" in document.flags


def test_text_below_a_rule_in_the_middle_is_read() -> None:
    document = parse(f"{LONG}\n\n***\n\n{LONG}\n\n{LONG}".encode())
    assert len(labelled(document, Label.BODY)) == 3
    assert document.flags == ()


def test_summary_and_comments_reach_to_the_end() -> None:
    document = parse(f"{LONG}\n\nRingkasan\n\nMenteri berjanji.\n\nKomentar\n\nBagus.".encode())
    assert labelled(document, Label.SUMMARY)[:2] == ["Ringkasan", "Menteri berjanji."]
    assert labelled(document, Label.BODY) == [LONG.strip()]


def test_related_section_ends_at_the_next_long_paragraph() -> None:
    document = parse(f"{LONG}\n\nBerita Terkait\n\nTiga Menteri Menolak\n\n{LONG}".encode())
    assert labelled(document, Label.RELATED) == ["Berita Terkait", "Tiga Menteri Menolak"]
    assert len(labelled(document, Label.BODY)) == 2


@pytest.mark.parametrize(
    ("start", "dateline"),
    [
        ("PHNOM PENH — ", "PHNOM PENH — "),
        ("JAKARTA, WARTA.EXAMPLE - ", "JAKARTA, WARTA.EXAMPLE - "),
        ("Jakarta (Warta) - ", "Jakarta (Warta) - "),
        ("Jenewa - ", "Jenewa - "),
        ("GENEVA, Nov. 24 - ", "GENEVA, Nov. 24 - "),
        ("GENEVA, 24 November 2025 -- ", "GENEVA, 24 November 2025 -- "),
        ("Menteri Satu - orang lama - ", None),
        ("Indonesia - ", None),
    ],
)
def test_dateline_is_cut_off_the_first_sentence(start: str, dateline: str | None) -> None:
    document = parse(f"Judul Berita Ini\n\n{start}{LONG}".encode())
    assert labelled(document, Label.DATELINE) == ([dateline] if dateline else [])


def test_day_printed_beside_a_plain_text_is_trusted() -> None:
    document = parse(f"Judul Berita Ini\n\nWarta Contoh - 25/11/2025, 19:30 WIB\n\n{LONG}".encode())
    assert document.published_on == date(2025, 11, 25)
    assert document.published_by is PublishedBy.OBSERVED


def test_day_of_the_event_is_not_the_day_of_publication() -> None:
    document = parse(f"Judul Berita Ini\n\nKOTA BARU — Senin (24/11/2025), {LONG}".encode())
    assert document.published_on is None


def test_names_and_rubrics_at_the_end_are_not_read() -> None:
    document = parse(f"Judul Berita Ini\n\n{LONG}\n\nAna Contoh Nama.\n\nInternasional".encode())
    assert labelled(document, Label.BYLINE) == ["Ana Contoh Nama."]
    assert labelled(document, Label.BOILERPLATE) == ["Internasional"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (LONG, "id"),
        (
            "The minister said that the talks would go on and that both sides had agreed to it.",
            "en",
        ),
        (KHMER, "km"),
        ("Der Minister sagte, dass beide Seiten sich auf weitere Treffen geeinigt haben.", "other"),
        ("12345 67890", "other"),
    ],
)
def test_language_is_guessed_by_small_words(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_same_bytes_give_the_same_document() -> None:
    for content in (REPORT.encode(), FULL_PAGE, pdf(LINES), WORD):
        assert parse(content) == parse(content)


# --- what lies at the edges -----------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_with_edges() -> bytes:
    document = docx.Document()
    document.add_paragraph("Menteri Satu bertemu Menteri Dua.")
    document.add_paragraph("Dua menteri di depan gedung", style="Caption")
    document.sections[0].header.paragraphs[0].text = "Rahasia kantor"
    document.core_properties.created = datetime(2025, 11, 25, tzinfo=UTC)
    run = document.paragraphs[0].runs[0]
    document.add_comment(runs=[run], text="Periksa lagi", author="Ana", initials="A")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_docx_edges_and_comments_are_kept_apart() -> None:
    document = parse(word_with_edges())
    assert labelled(document, Label.BODY) == ["Menteri Satu bertemu Menteri Dua."]
    assert labelled(document, Label.CAPTION) == ["Dua menteri di depan gedung"]
    assert labelled(document, Label.BOILERPLATE) == ["Rahasia kantor"]
    assert labelled(document, Label.COMMENT) == ["Periksa lagi"]
    assert document.published_on == date(2025, 11, 25)
    assert document.published_by is PublishedBy.DECLARED


def test_docx_text_box_is_read_once_and_its_fallback_never() -> None:
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:txbxContent {W}><w:p><w:r><w:t>Dalam kotak</w:t></w:r></w:p>'
        f"</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent {W}><w:p><w:r><w:t>Dalam kotak"
        "</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>"
    )
    xml = part_of(WORD, MAIN).decode()
    boxed = xml.replace("<w:t>Mereka sepakat.", f"{box}<w:tab/><w:t>Mereka sepakat.", 1)
    text = parse(repacked(WORD, MAIN, boxed.encode())).text
    assert text.count("Dalam kotak") == 1
    assert "Mereka sepakat." in text


def test_docx_that_is_sealed_is_encrypted() -> None:
    assert refused(sealed(WORD)) == "encrypted"


def test_docx_with_too_many_parts_is_not_opened() -> None:
    assert refused(WORD, Limits(parts=3)) == "unsafe"
    assert refused(WORD, Limits(unpacked=100)) == "unsafe"


@pytest.mark.parametrize(
    ("head", "title", "publisher", "day"),
    [
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2025-11-25T01:00Z",'
            ' "publisher": {"name": "Warta"}}]}</script>',
            None,
            "Warta",
            date(2025, 11, 25),
        ),
        (
            '<script type="application/ld+json">[{"datePublished": 5}, 7]</script>'
            '<meta name="pubdate" content="2025/11/25">',
            None,
            None,
            date(2025, 11, 25),
        ),
        ('<script type="application/ld+json">{broken</script>', None, None, None),
        (
            '<meta name="date" content="2025-13-45"><title>Judul  Satu</title>',
            "Judul Satu",
            None,
            None,
        ),
        ('<meta name="date" content="yesterday">', None, None, None),
        ('<link rel="canonical" href="javascript:alert(1)">', None, None, None),
        ('<meta property="og:url" content="http://[broken">', None, None, None),
    ],
)
def test_html_head_is_read_with_care(
    head: str, title: str | None, publisher: str | None, day: date | None
) -> None:
    document = parse(page(head=head))
    assert (document.title, document.publisher, document.published_on) == (title, publisher, day)
    assert document.url is None


def test_html_time_element_declares_the_day() -> None:
    body = "<time datetime='2025-11-25'>kemarin</time>" + LONG_PAGE
    document = parse(page(body))
    assert document.published_on == date(2025, 11, 25)
    assert labelled(document, Label.BYLINE) == ["kemarin"]


LONG_PAGE = (
    "<p>Menteri Satu mengatakan kepada para wartawan bahwa perundingan itu akan berlanjut pada"
    " tahun depan.</p><p><a href='x'>Lima hal yang perlu diketahui tentang"
    " perundingan</a></p><p>Menteri"
    " Dua menyambut baik rencana itu dan meminta waktu untuk mempelajarinya bersama para ahli.</p>"
)


def test_html_link_between_paragraphs_is_related() -> None:
    document = parse(page(LONG_PAGE))
    assert labelled(document, Label.RELATED) == [
        "Lima hal yang perlu diketahui tentang perundingan"
    ]


def test_html_line_breaks_part_paragraphs_where_they_are_doubled() -> None:
    body = "<div>Menteri Satu datang.<br><br>Menteri Dua pulang.<br>Lalu malam.</div>"
    document = parse(page(body))
    assert document.text.split("\n\n") == [
        "Menteri Satu datang.",
        "Menteri Dua pulang.\nLalu malam.",
    ]


def test_html_soft_hyphens_are_not_letters() -> None:
    assert "Indonesia" in parse(page("<p>Pemerintah Indo&shy;nesia bertemu tamunya.</p>")).text


def test_html_over_the_limit_of_characters_is_refused() -> None:
    assert refused(page(), Limits(characters=50)) == "too_large"
    assert refused(pdf(LINES), Limits(characters=50)) == "too_large"
    assert refused(REPORT.encode(), Limits(characters=50)) == "too_large"


def test_html_falls_back_to_its_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    body = labelled(parse(FULL_PAGE), Label.BODY)
    assert body[0].startswith("Menteri Satu mengatakan")


def test_pdf_says_when_it_was_made() -> None:
    document = parse(pdf(LINES, created="20251125"))
    assert document.published_on == date(2025, 11, 25)
    assert document.published_by is PublishedBy.DECLARED
    assert parse(pdf(LINES, created="20251399")).published_on is None


def test_pdf_head_with_a_day_says_when_the_sheet_came_out() -> None:
    pages = [f"Lembar Contoh, 25 November 2025\n{LINES}" for _ in range(2)]
    document = parse(pdf(*pages))
    assert document.published_on == date(2025, 11, 25)
    assert document.published_is_trusted


def test_wrong_charset_is_not_believed() -> None:
    source = page("<p>Menteri Jürg.</p>").decode().replace("utf-8", "klingon").encode("cp1252")
    assert "Jürg" in parse(source).text
    assert "Satu" in parse(page().decode().replace("'utf-8'", "'utf-16'").encode()).text
