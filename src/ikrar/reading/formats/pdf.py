"""PDF by PDFium: the text of each page as it lies there, line by line; nothing is joined."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any, Final

import pypdfium2

from ikrar.reading.formats.errors import failure
from ikrar.reading.formats.extract import Extract, Stretch
from ikrar.reading.formats.limits import Limits
from ikrar.reading.text import Label, canonical, paragraphs
from ikrar.reading.time import find_times

_LINE_HYPHENS: Final = str.maketrans({"\x02": "-", "\ufffe": "-"})
_DIGITS: Final = re.compile(r"\d+")
_PAGE_NUMBER: Final = re.compile(
    r"\W*(?:(?:page|halaman|hal\.?|p\.) ?)?\d+(?: ?(?:of|dari|/) ?\d+)?\W*"
)
_CREATED: Final = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_FEWEST_LETTERS: Final = 12


def read(content: bytes, limits: Limits) -> Extract:
    """The extract of a PDF; ReadingError where it cannot be opened, is too long or has no text."""
    pdf = _opened(content)
    try:
        if len(pdf) > limits.pages:
            raise failure("too_large")
        pages = _pages(pdf, limits)
        declared = _created(pdf)
    finally:
        pdf.close()
    if sum(letter.isalnum() for page in pages for letter in page) < _FEWEST_LETTERS:
        raise failure("no_text")
    extract = Extract(text="\n".join(pages), declared_on=declared)
    _mark_pages(extract, pages)
    return extract


def _opened(content: bytes) -> Any:
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise failure("encrypted" if "assword" in str(error) else "damaged") from error
    if len(pdf) == 0:
        pdf.close()
        raise failure("damaged")
    return pdf


def _pages(pdf: Any, limits: Limits) -> list[str]:
    pages: list[str] = []
    length = 0
    for number in range(len(pdf)):
        try:
            text = _page(pdf, number)
        except pypdfium2.PdfiumError as error:
            raise failure("damaged") from error
        length += len(text)
        if length > limits.characters:
            raise failure("too_large")
        pages.append(text)
    return pages


def _page(pdf: Any, number: int) -> str:
    page = pdf[number]
    try:
        text_page = page.get_textpage()
        try:
            return canonical(text_page.get_text_range().translate(_LINE_HYPHENS)).rstrip()
        finally:
            text_page.close()
    finally:
        page.close()


def _created(pdf: Any) -> date | None:
    match = _CREATED.match(pdf.get_metadata_dict().get("CreationDate") or "")
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def _mark_pages(extract: Extract, pages: list[str]) -> None:
    repeated = _repeated_lines(pages)
    start = 0
    for page in pages:
        extract.page_starts.append(start)
        for first, last, label in _parts(page, repeated):
            extract.stretches.extend(
                Stretch(start + first + span.start, start + first + span.end, label)
                for span in paragraphs(page[first:last])
            )
        start += len(page) + 1


def _edges(page: str) -> list[str]:
    lines = [line.strip() for line in page.split("\n") if line.strip()]
    return [*lines[:2], *lines[2:][-2:]]


def _edge_label(line: str) -> Label:
    """A running head that prints a day says when the sheet came out."""
    return Label.BYLINE if find_times(line) and len(line) > 10 else Label.BOILERPLATE


def _plain(line: str) -> str:
    return _DIGITS.sub("#", line.strip().lower())


def _repeated_lines(pages: list[str]) -> set[str]:
    """Lines that stand at the head or foot of half of the pages or more, whatever their number."""
    counts = Counter(line for page in pages for line in {_plain(edge) for edge in _edges(page)})
    needed = max(2, len(pages) / 2)
    return {line for line, count in counts.items() if count >= needed}


def _parts(page: str, repeated: set[str]) -> list[tuple[int, int, Label | None]]:
    """The page cut where running heads, feet and page numbers stand: (start, end, label)."""
    edges = set(_edges(page))
    parts: list[tuple[int, int, Label | None]] = []
    start = begin = 0
    for line in page.split("\n"):
        end = start + len(line)
        plain = line.strip()
        if plain in edges and (_plain(plain) in repeated or _PAGE_NUMBER.fullmatch(plain.lower())):
            parts += [(begin, start, None), (start, end, _edge_label(plain))]
            begin = end
        start = end + 1
    return [*parts, (begin, len(page), None)]
