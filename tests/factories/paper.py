"""The demo's PDF and DOCX, made from their texts, byte for byte the same each time.

`python -m tests.factories.paper` writes them into the demo's documents. The texts are in
tests/fixtures/paper: `# ` opens the title, `## ` a heading, every other line is a paragraph.
"""

import io
import textwrap
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx

import ikrar

DOCUMENTS = Path(ikrar.__file__).parent / "config" / "demo" / "documents"
TEXTS = Path(__file__).resolve().parent.parent / "fixtures" / "paper"
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 420, 595, 40
LINES_PER_PAGE, COLUMNS, LEADING = 30, 62, 16


def make_paper(name: str, text: str) -> bytes:
    """The bytes of the paper called `name`: its suffix says which format."""
    return make_pdf(text) if name.endswith(".pdf") else make_docx(text)


def make_docx(text: str) -> bytes:
    """A DOCX with a title, headings and paragraphs; no clock leaves a trace in it."""
    paper = docx.Document()
    for line in filter(None, text.splitlines()):
        if line.startswith("#"):
            marks, words = line.split(" ", 1)
            paper.add_heading(words, level=len(marks) - 1)
        else:
            paper.add_paragraph(line)
    written = io.BytesIO()
    paper.save(written)
    return _without_clock(written.getvalue())


def _without_clock(zipped: bytes) -> bytes:
    still = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(zipped)) as parts,
        zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in sorted(parts.namelist(), key=lambda part: (part[0] != "[", part)):
            copy.writestr(zipfile.ZipInfo(name), parts.read(name), zipfile.ZIP_DEFLATED)
    return still.getvalue()


def make_pdf(text: str) -> bytes:
    """A small PDF 1.4 with a text layer in Helvetica, headed and numbered on each page."""
    lines = list(_wrapped(text))
    pages = [lines[at : at + LINES_PER_PAGE] for at in range(0, len(lines), LINES_PER_PAGE)]
    header = text.split("\n\n", 2)[1]
    drawn = [_drawn(page, header, f"{n} / {len(pages)}") for n, page in enumerate(pages, 1)]
    return _assembled(drawn)


def _wrapped(text: str) -> Iterator[tuple[str, str, int]]:
    """Font, words and size of each line; an empty line parts paragraphs."""
    for paragraph in filter(None, text.splitlines()):
        font, size, columns = ("F2", 14, 44) if paragraph.startswith("#") else ("F1", 10, COLUMNS)
        for line in textwrap.wrap(paragraph.lstrip("# "), columns):
            yield font, line, size
        yield "F1", "", 10


def _drawn(lines: list[tuple[str, str, int]], header: str, number: str) -> bytes:
    top = PAGE_HEIGHT - MARGIN
    marks = [_shown("F1", header, 8, top), _shown("F1", number, 8, MARGIN - 12)]
    marks += [
        _shown(font, words, size, top - LEADING * (at + 1))
        for at, (font, words, size) in enumerate(lines)
        if words
    ]
    return b"\n".join(marks)


def _shown(font: str, words: str, size: int, height: int) -> bytes:
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    drawn = f"BT /{font} {size} Tf {MARGIN} {height} Td ({escaped}) Tj ET"
    return drawn.encode("cp1252")


def _assembled(pages: list[bytes]) -> bytes:
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        *(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{face} "
            "/Encoding /WinAnsiEncoding >>".encode()
            for face in ("Helvetica", "Helvetica-Bold")
        ),
    ]
    for at, page in enumerate(pages):
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}] "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> "
            f"/Contents {6 + 2 * at} 0 R >>".encode()
        )
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page))
    return _with_table(bodies)


def _with_table(bodies: list[bytes]) -> bytes:
    written = b"%PDF-1.4\n"
    starts = []
    for number, body in enumerate(bodies, 1):
        starts.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(bodies) + 1, len(written))
    )


def papers() -> dict[str, str]:
    """Name of each paper in the demo → its text."""
    return {text.stem: text.read_text("utf-8") for text in sorted(TEXTS.glob("*.txt"))}


if __name__ == "__main__":
    for name, text in papers().items():
        (DOCUMENTS / name).write_bytes(make_paper(name, text))
