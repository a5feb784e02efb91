"""Layout: which sentences of a document are read, and which lines are headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ikrar.reading.clause import Actor, Clause, mask
from ikrar.reading.span import Span
from ikrar.reading.text import Document, Label, paragraphs, quotes, sentences

_WRAP: Final = re.compile(r"(?<!\n)\n(?!\n)")
_STOPPED: Final = re.compile(r"[.!?…:;,។][\"”’')\]]*$|[\"”’]$")
_HEADING_WORDS: Final = 14
_SPOKEN: Final = (Label.TITLE, Label.BODY)


def unwrapped(text: str) -> str:
    """The text with the line ends inside paragraphs as spaces: a name may run over one."""
    return _WRAP.sub(" ", text)


def clauses_of(document: Document, small: str, actors: Sequence[Actor]) -> list[Clause]:
    """The sentences of headline and body; a first line that repeats the headline is one."""
    title = (document.title or "").strip()
    starts = [span.start for span in paragraphs(document.text)]
    quoted = quotes(document.text)
    found: list[Clause] = []
    for place, gap in _places(document):
        label = document.label_at(place.start)
        if _is_heading(document.text[place.start : place.end], title):
            label = Label.TITLE
        here = tuple(a for a in actors if place.start <= a.start and a.end <= place.end)
        inner = [quote for quote in quoted if place.covers(quote)]
        paragraph = max((start for start in starts if start <= place.start), default=place.start)
        shell = Clause(place.start, place.end, "", (), (), paragraph, str(label))
        whole = small if gap is None else small[: gap.start] + " " * len(gap) + small[gap.end :]
        found.append(clause_at(whole, place, here, inner, shell))
    return found


def _places(document: Document) -> list[tuple[Span, Span | None]]:
    """The spoken sentences, each with what a page's furniture puts in its middle, if it does."""
    found: list[tuple[Span, Span | None]] = []
    for place in sentences(document):
        if document.label_at(place.start) not in _SPOKEN:
            continue
        last = found[-1][0] if found else None
        if last and _runs_on(document, last, place):
            found[-1] = (Span(last.start, place.end), Span(last.end, place.start))
        else:
            found.append((Span(place.start, place.end), None))
    return found


def _runs_on(document: Document, last: Span, place: Span) -> bool:
    """Whether a sentence without an end goes on, in small letters, after a foot and a head."""
    text = document.text
    if _STOPPED.search(text[last.start : last.end]) or not text[place.start].islower():
        return False
    between = [z for z in document.zones if last.end <= z.start and z.end <= place.start]
    return any(zone.label not in _SPOKEN for zone in between)


def _is_heading(line: str, title: str) -> bool:
    """Whether a line of the body repeats the headline or, short and without a stop, is one."""
    line = line.strip()
    return line == title or (not _STOPPED.search(line) and len(line.split()) <= _HEADING_WORDS)


def clause_at(
    small: str, place: Span, actors: tuple[Actor, ...], quoted: list[Span], shell: Clause
) -> Clause:
    """The clause at `place`, with the mentions outside its quotes, placed as `shell` is."""
    outside = tuple(a for a in actors if not any(q.overlaps(a.span) for q in quoted))
    masked = mask(small, place.start, place.end, outside, quoted)
    return Clause(
        place.start, place.end, masked, outside, tuple(quoted), shell.paragraph, shell.label
    )
