"""Paragraphs, quotes and sentences: quotes first, so that a sentence never cuts a quote."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from ikrar.reading.span import Span
from ikrar.reading.text.document import Document

_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n\s*")
_TERMINAL: Final = re.compile(r"[.!?…។៕:][\"”’'»)\]]*$")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Abbreviations after which a full stop ends nothing (small letters, without the stop).
_TITLES: Final = _words(
    "rp dr drs dra prof ir hj kh st jl jln mr mrs ms messrs sr jr gen col lt maj capt sgt gov sen"
    " rep rev hon amb h.e s.e y.m dato tn ny sdr sdri bpk yth dll dkk dst tsb a.n u.p s.d"
)
_BEFORE_NUMBERS: Final = _words(
    "no nos nomor pp p hlm hal art arts para paras pasal vol ch sec fig jan feb mar apr jun jul aug"
    " agt agu sep sept oct okt nov dec des pt tel telp"
)
_LATIN_WORDS: Final = _words("e.g i.e cf vs viz etc al approx ca")
_STOPPED_NAMES: Final = _words("u.s u.n u.k e.u d.c u.a.e a.s p.b.b r.i")
_STARTERS: Final = _words(
    "the a an he she it they we this that these those in on at but and however meanwhile his her"
    " its their both after before as ia dia mereka ini itu hal pada di dalam namun selain menurut"
    " sementara ketika kedua para untuk dan tetapi sebelumnya"
)

# Small words that end no title and no paragraph.
_UNFINISHED: Final = _words(
    "the a an of and or in on at to for with by from as its dan atau di ke dari untuk pada dengan"
    " oleh bagi dalam tentang sebagai yang antara"
)

# Repetitions are bounded, so that a million dots cost no more than a million letters.
_END: Final = re.compile(
    r"(?P<mark>\.{2,40}|…{1,40}|[.!?]{1,40}|[។៕])(?P<close>[\"”’'»)\]]{0,20})"
    r"(?=\s|$|(?<=[។៕]))"
)
_WORD_BEFORE: Final = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*$")
_NEXT_WORD: Final = re.compile(r"\s*[\"“‘'«(\[]*([^\W_]+)")
_BRACKETS: Final = re.compile(r"\([^()\n]{1,200}\)|\[[^\[\]\n]{1,200}\]")
_LONGEST_QUOTE: Final = 6_000


def trimmed(text: str, start: int, end: int) -> Span | None:
    """`start:end` without white space around it, or None when nothing is left."""
    piece = text[start:end]
    body = piece.strip()
    if not body:
        return None
    begin = start + len(piece) - len(piece.lstrip())
    return Span(begin, begin + len(body))


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs: parted by blank lines, and by line ends that do not merely wrap a line."""
    return tuple(
        span
        for start, end in _blocks(text)
        for part in _lines_joined(text, start, end)
        if (span := trimmed(text, part.start, part.end))
    )


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BLANK_LINE.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _lines_joined(text: str, start: int, end: int) -> Iterator[Span]:
    lines = text[start:end].split("\n")
    widest = max(map(len, lines))
    begin = at = start
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        at += len(line)
        if following is None or not _is_wrapped(line.rstrip(), following.strip(), widest):
            yield Span(begin, at)
            begin = at + 1
        at += 1


def _is_wrapped(line: str, following: str, widest: int) -> bool:
    """Whether the line goes on in the next: it is as wide as its neighbours and reads on."""
    if not following or following[0] in "-•*–—" or widest > 240 or len(line) < 30:
        return False
    if following[0].islower() or line.rsplit(None, 1)[-1] in _UNFINISHED:
        return True
    is_full = len(line) >= widest * 0.75
    return is_full and (not _TERMINAL.search(line) or len(line) >= widest * 0.88)


def quotes(text: str) -> tuple[Span, ...]:
    """Direct quotes with their marks, in order; one that runs over paragraphs is several."""
    return _quotes_in(text, paragraphs(text))


def _quotes_in(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    found: list[Span] = []
    for paragraph, following in zip_longest(spans, spans[1:]):
        resumes = following is not None and text[following.start] in '“"'
        found.extend(_quotes_of(text, paragraph, resumes=resumes))
    return tuple(found)


_CLOSERS: Final = {
    "“": re.compile("[”“]"),
    "„": re.compile("[“”]"),
    "«": re.compile("»"),
    '"': re.compile('["”]'),
    "‘": re.compile(r"(?<=\S)[’'](?!\w)"),
    "'": re.compile(r"(?<=\S)[’'](?!\w)"),
}
_MARK: Final = re.compile(r"[“„«\"]|(?<!\w)‘(?=\w)|(?<!\w)'(?=[A-Z])")


def _quotes_of(text: str, paragraph: Span, *, resumes: bool) -> list[Span]:
    found: list[Span] = []
    position = paragraph.start
    barren: dict[str, int] = {}
    while mark := _MARK.search(text, position, paragraph.end):
        opening, start = mark.group(), mark.start()
        end = _closing(text, opening, start, paragraph.end, barren)
        if end is None and resumes and opening in '“"':
            return [*found, Span(start, paragraph.end)]
        if end is None:
            position = start + 1
            continue
        found.append(Span(start, end))
        position = end
    return found


def _closing(text: str, opening: str, start: int, limit: int, barren: dict[str, int]) -> int | None:
    """The offset after the mark that closes the quote opened at `start`, if there is one.

    `barren` remembers up to where such a mark was sought in vain, so that nothing is sought twice.
    """
    limit = min(limit, start + _LONGEST_QUOTE)
    close = _CLOSERS[opening].search(text, max(start + 1, barren.get(opening, 0)), limit)
    if close is None:
        barren[opening] = limit
        return None
    return close.end() if text[start + 1 : close.start()].strip() else None


def sentences(source: Document | str) -> tuple[Span, ...]:
    """The sentences in order, without the white space between them.

    None crosses a paragraph, a zone (where a Document is given) or cuts a quote or a bracket.
    """
    text = source if isinstance(source, str) else source.text
    blocks = paragraphs(text)
    kept = _Unbroken(text, blocks)
    if isinstance(source, Document):
        blocks = tuple(_within_zones(source, blocks))
    return tuple(span for block in blocks for span in _sentences_of(text, block, kept))


def _within_zones(document: Document, blocks: tuple[Span, ...]) -> Iterator[Span]:
    edges = sorted({edge for zone in document.zones for edge in (zone.start, zone.end)})
    for block in blocks:
        inner = [edge for edge in edges if block.start < edge < block.end]
        for start, end in zip([block.start, *inner], [*inner, block.end], strict=True):
            if span := trimmed(document.text, start, end):
                yield span


class _Unbroken:
    """The stretches that no sentence end may cut: quotes and short brackets."""

    def __init__(self, text: str, blocks: tuple[Span, ...]) -> None:
        marked = [(span.start, span.end) for span in _quotes_in(text, blocks)]
        marked += [match.span() for match in _BRACKETS.finditer(text)]
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(marked):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def holds(self, offset: int) -> bool:
        """Whether `offset` lies strictly inside such a stretch."""
        place = bisect_right(self._starts, offset) - 1
        return place >= 0 and self._starts[place] < offset < self._ends[place]


def _sentences_of(text: str, block: Span, kept: _Unbroken) -> Iterator[Span]:
    start = block.start
    for stop in _END.finditer(text, block.start, block.end):
        if stop.end() < block.end and (kept.holds(stop.end()) or not _ends(text, stop, block.end)):
            continue
        if span := trimmed(text, start, stop.end()):
            yield span
        start = stop.end()
    if span := trimmed(text, start, block.end):
        yield span


def _ends(text: str, stop: re.Match[str], limit: int) -> bool:
    """Whether the stop really ends a sentence, seen from the words on both sides of it."""
    following = _NEXT_WORD.match(text, stop.end(), limit)
    word = following.group(1) if following else ""
    if word[:1].islower():
        return False
    if stop["mark"] != "." or stop["close"]:
        return True
    before = _WORD_BEFORE.search(text, max(0, stop.start() - 24), stop.start())
    if before is None:
        return True
    return not _is_abbreviation(before.group(), word)


def _is_abbreviation(written: str, following: str) -> bool:
    small = written.lower()
    if small in _STOPPED_NAMES:
        return following.lower() not in _STARTERS
    if len(written) == 1 and written.isupper():
        return True
    if small in _BEFORE_NUMBERS:
        return following[:1].isdigit()
    return small in _TITLES or small in _LATIN_WORDS
