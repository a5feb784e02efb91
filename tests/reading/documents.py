"""Files that the tests of reading need, made on the spot."""

from __future__ import annotations

import io
import zipfile

import docx

REPORT = (
    "Menteri Satu Membuka Perundingan\n\n"
    "KOTA BARU — Menteri Satu mengatakan kepada para wartawan bahwa perundingan itu akan"
    " berlanjut pada tahun depan, dan bahwa kedua pihak sepakat untuk bertemu lagi di ibu kota.\n\n"
    "“Kami siap. Kami akan datang,” kata Menteri Satu. Ia pergi setelah itu."
)

_PAGE = (
    "<p>Menteri Satu mengatakan kepada para wartawan bahwa perundingan itu akan berlanjut pada"
    " tahun depan, dan bahwa kedua pihak sepakat untuk bertemu lagi.</p>"
    "<p>Menteri Dua menyambut baik rencana itu dan meminta waktu untuk mempelajarinya bersama"
    " dengan para ahli dari kementeriannya di ibu kota.</p>"
)


def page(body: str = _PAGE, head: str = "") -> bytes:
    """A web page with an article."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head>"
        f"<body><article>{body}</article></body></html>"
    ).encode()


def pdf(*pages: str, encrypt: bool = False, count: int = 1, created: str = "") -> bytes:
    """A small PDF with one line of text per line of `pages`, written by hand.

    `count` repeats the pages; `encrypt` adds a dictionary whose password nobody has.
    """
    leaves: list[bytes] = []
    for text in pages * count:
        shown = b" T* ".join(f"({line}) Tj".encode("cp1252") for line in text.split("\n"))
        leaves.append(b"BT /F1 11 Tf 14 TL 60 780 Td " + shown + b" ET")
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(leaves)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(leaves), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, leaf in enumerate(leaves):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(leaf), leaf))
    locked = b""
    if encrypt:
        objects.append(
            b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32)
        )
        locked = b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (len(objects), b"43" * 16, b"43" * 16)
    if created:
        objects.append(b"<< /CreationDate (D:%s) >>" % created.encode())
        locked = b" /Info %d 0 R" % len(objects)
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        locked,
        start,
    )
    return out


def docx_file(*paragraphs: str, table: tuple[str, ...] = (), title: str | None = None) -> bytes:
    """A DOCX with these paragraphs and one table row."""
    document = docx.Document()
    if title:
        document.add_paragraph(title, style="Title")
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        cells = document.add_table(rows=1, cols=len(table)).rows[0].cells
        for cell, words in zip(cells, table, strict=True):
            cell.text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def repacked(content: bytes, name: str, part: bytes) -> bytes:
    """The archive with one part put in place of its own, or added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part)
    return stream.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    """One part of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def sealed(content: bytes) -> bytes:
    """The archive with every part marked as encrypted."""
    marked = bytearray(content)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(sign)
        while start >= 0:
            marked[start + place] |= 1
            start = content.find(sign, start + 1)
    return bytes(marked)
