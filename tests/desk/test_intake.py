"""Bytes arrive: kept once, read where they can be read, kept with the reason where not."""

import io
import zipfile
from datetime import date

import pytest

from ikrar.config.demo.load import FOLDER
from ikrar.desk.gathering import gather, waiting_units
from ikrar.desk.intake import receive
from ikrar.desk.models import Statement
from ikrar.desk.readings import kept_readings
from ikrar.reading.gazetteer import Gazetteer
from ikrar.reading.pipeline import read
from ikrar.reading.text import Meta
from ikrar.register.models import Source

pytestmark = pytest.mark.django_db

REPORT = (
    b"Serunia minta dukungan\n\n"
    b"ARIASARI - Menteri Hak Asasi Manusia Indonesia bertemu wakil Kamboja di Jakarta, "
    b"Senin (3/2/2025).\n\nIndonesia meminta Kamboja mengirim dua pengamat.\n"
)


def bomb() -> bytes:
    """A small archive that unpacks to very much."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 300_000_000)
        archive.writestr("[Content_Types].xml", b"<Types/>")
    return packed.getvalue()


HOSTILE = {
    "empty": (b"", "empty"),
    "binary": (bytes(range(256)) * 40, "binary"),
    "bomb": (bomb(), "unsafe"),
    "broken pdf": (b"%PDF-1.7\n1 0 obj\n<<", "damaged"),
    "too large": (b"a " * 26_000_000, "too_large"),
}


def test_same_bytes_are_kept_once():
    first = receive(REPORT, Meta(filename="a.txt"))
    second = receive(REPORT, Meta(filename="b.txt"))

    assert (first.is_new, second.is_new) == (True, False)
    assert Source.objects.count() == 1
    assert Statement.objects.count() == first.statements


@pytest.mark.parametrize("name", HOSTILE)
def test_unreadable_document_is_kept_with_its_reason(name):
    content, code = HOSTILE[name]

    arrival = receive(content, Meta(filename="paper.txt"))

    assert arrival.error
    assert arrival.error.code == code
    assert arrival.error.sentence.endswith(".")
    kept = Source.objects.get()
    assert kept.error == code
    assert bytes(kept.content) == (b"" if code == "too_large" else content)


@pytest.mark.parametrize(
    "content",
    [
        "រដ្ឋមន្ត្រីបានជួបប្រជុំ".encode(),
        b"A report with a broken \xc3\x28 letter.",
        b"The weather was fine.",
        "null \x00 byte and \ufeff mark".encode(),
    ],
)
def test_odd_text_is_kept_and_read(content):
    arrival = receive(content, Meta(filename="odd.txt"))
    gather()

    assert Source.objects.count() == 1
    assert arrival.error is None or arrival.error.code == "binary"
    assert waiting_units() == []


def test_reading_comes_back_as_it_was_read():
    arrival = receive(REPORT, Meta(filename="a.txt"))

    (kept,) = kept_readings([arrival.source])

    read_now = read(REPORT, Meta(filename="a.txt"))
    assert kept.statements == read_now.statements
    assert kept.meeting == read_now.meeting
    assert kept.document == read_now.document


def test_what_was_read_stays_whatever_the_rules_say_later():
    """A report read with the demo's own names merges with names that are unknown now."""
    gazetteer = Gazetteer.load(FOLDER / "gazetteer")
    content = (FOLDER / "documents" / "2025-09-16-serunia-press.en.txt").read_bytes()
    arrival = receive(content, Meta(filename="a.txt"), gazetteer=gazetteer)

    gather()

    assert arrival.statements
    assert len(waiting_units()[0].statements) == arrival.statements


def test_further_report_joins_its_meeting():
    receive(REPORT, Meta(filename="a.txt"))
    gather()
    receive(REPORT.replace(b"meminta", b"mengharapkan"), Meta(filename="b.txt"))
    gather()

    (unit,) = waiting_units()
    assert len({s.source_id for s in unit.statements}) == 2
    assert len({s.meeting_id for s in unit.statements}) == 1


def test_far_report_is_not_looked_at():
    receive(REPORT, Meta(filename="a.txt", published_on=date(2025, 2, 4)))
    late = receive(REPORT + b"\n", Meta(filename="b.txt", published_on=date(2025, 6, 1)))

    assert gather(around=[late.source]) == 1
    assert len(waiting_units()) == 2
