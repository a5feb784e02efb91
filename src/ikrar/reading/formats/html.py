"""HTML: every visible block of the page in order; trafilatura tells the report from the rest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import trafilatura
from lxml import etree

from ikrar.reading.formats.encoding import declared_encoding, decode
from ikrar.reading.formats.errors import failure
from ikrar.reading.formats.extract import Composer, Extract
from ikrar.reading.formats.limits import Limits
from ikrar.reading.formats.metadata import read_head
from ikrar.reading.text import Label, canonical


def _tags(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_UNSEEN: Final = _tags(
    "script style noscript template svg iframe select input head object embed canvas video audio"
    " textarea map math"
)
_BLOCKS: Final = _tags(
    "p div li h1 h2 h3 h4 h5 h6 blockquote td th tr table figcaption figure article section ul ol"
    " dl dt dd header footer nav aside pre address main form body html hr center"
)
_BY_TAG: Final = {
    "figcaption": Label.CAPTION,
    "nav": Label.BOILERPLATE,
    "footer": Label.BOILERPLATE,
    "form": Label.BOILERPLATE,
    "button": Label.BOILERPLATE,
    "aside": Label.RELATED,
    "time": Label.BYLINE,
    "h1": Label.TITLE,
}
_NAMED: Final = {
    Label.COMMENT: "comments? disqus komentar respond replies",
    Label.RELATED: "related baca[-_]?juga read[-_]?(?:also|more) terkait recommend(?:ed|ation)?s?"
    " populer popular trending terpopuler lihat[-_]?juga more[-_]news linksisip",
    Label.SUMMARY: "summary ringkasan tl-?dr key[-_]?points highlights ai[-_]summary intisari",
    Label.CAPTION: "caption wp-caption-text photo[-_]?credit keterangan[-_]?foto",
    Label.BYLINE: "byline author penulis reporter editor published post[-_]?date read__time",
    Label.BOILERPLATE: "share sharing social breadcrumbs? menu navbar nav footer advert\\w* ads?"
    " iklan cookies? newsletter subscribe tags? sidebar popup modal banner copyright widget",
}
_BY_CLASS: Final = tuple(
    (label, re.compile(rf"(?<![a-z])(?:{'|'.join(words.split())})(?![a-z])"))
    for label, words in _NAMED.items()
)
_MAIN: Final = frozenset({"html", "body", "main", "article"})
_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_DEEPEST: Final = 400
_FEWEST_WORDS: Final = 6
_MOST_HINTS: Final = 40
_PARSER: Final = {"encoding": "utf-8", "remove_comments": True, "remove_pis": True}


@dataclass(slots=True)
class _Block:
    """A block's words, the hints of the elements around it (outermost first) and its links."""

    words: str
    tag: str
    hints: tuple[tuple[int, Label], ...]
    linked: int
    is_after_rule: bool
    is_main: bool = False


def read(content: bytes, limits: Limits) -> Extract:
    """The extract of a web page; ReadingError where nothing on it can be read."""
    decoded, flags = decode(content, declared_encoding(content))
    if len(decoded) > limits.characters:
        raise failure("too_large")
    source = canonical(decoded)
    root = _parsed(source)
    walk = _Walk()
    walk.through(root)
    if walk.deepest > _DEEPEST:
        flags = (*flags, "deep")
    _mark_main(walk.blocks, source, is_deep=walk.deepest > _DEEPEST)
    composer = Composer()
    labels = _labels(walk.blocks)
    for block, label in zip(walk.blocks, labels, strict=True):
        composer.add(block.words, label, is_after_rule=block.is_after_rule)
    if not composer.text.strip():
        raise failure("no_text")
    extract = Extract(
        text=composer.text, stretches=composer.stretches, flags=[*flags], is_page=True
    )
    read_head(root, extract)
    return extract


def _parsed(source: str) -> Any:
    try:
        root = etree.fromstring(source.encode(), etree.HTMLParser(**_PARSER))  # type: ignore[arg-type]
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise failure("damaged") from error
    if root is None:
        raise failure("no_text")
    return root


class _Walk:
    """Goes once through the tree, without recursion, and keeps the visible words in blocks."""

    def __init__(self) -> None:
        self.blocks: list[_Block] = []
        self.deepest = 0
        self._hints: list[tuple[int, Label]] = []
        self._words: list[str] = []
        self._linked = 0
        self._signed = 0
        self._links = 0
        self._unseen = 0
        self._after_rule = False
        self._tag = "body"
        self._count = 0

    def through(self, root: Any) -> None:
        """Walk the whole tree under `root`."""
        depth = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(element.tag, str):
                continue
            if event == "start":
                depth += 1
                self.deepest = max(self.deepest, depth)
                self._enter(element, element.tag)
                self._say(element.text)
            else:
                depth -= 1
                self._leave(element, element.tag)
                self._say(element.tail)
        self._flush()

    def _enter(self, element: Any, tag: str) -> None:
        self._count += 1
        if tag in _UNSEEN:
            self._unseen += 1
        if tag in _BLOCKS:
            self._flush()
            self._tag = tag
        if tag == "br":
            self._words.append("\n")
        if tag == "hr":
            self._after_rule = True
        self._links += tag == "a"
        label = _hint(element, tag)
        if label and len(self._hints) < _MOST_HINTS:
            if label is not Label.BYLINE:
                self._flush()
            self._hints.append((self._count, label))
            element.set("ikrar-hint", "1")

    def _leave(self, element: Any, tag: str) -> None:
        self._links -= tag == "a"
        is_hinted = element.get("ikrar-hint") is not None
        if tag in _BLOCKS or (is_hinted and self._hints[-1][1] is not Label.BYLINE):
            self._flush()
            self._tag = "div"
        if is_hinted:
            self._hints.pop()
        if tag in _UNSEEN:
            self._unseen -= 1

    def _say(self, words: str | None) -> None:
        if not words or self._unseen:
            return
        spoken = _SPACE.sub(" ", words).replace("\u00ad", "")
        self._words.append(spoken)
        if self._links:
            self._linked += len(spoken.strip())
        if self._hints and self._hints[-1][1] is Label.BYLINE:
            self._signed += len(spoken.strip())

    def _flush(self) -> None:
        lines = "".join(self._words).split("\n")
        words = "\n".join(line.strip() for line in lines).strip("\n")
        words = re.sub(r" {2,}", " ", words)
        hints = tuple(self._hints)
        if not hints and self._signed * 2 > len(words):
            hints = ((-self._count, Label.BYLINE),)  # an element within the line: its hint is over
        for part in re.split(r"\n{2,}", words):
            if part.strip():
                linked = min(self._linked, len(part))
                self.blocks.append(_Block(part, self._tag, hints, linked, self._after_rule))
        self._words.clear()
        self._linked = self._signed = 0


def _hint(element: Any, tag: str) -> Label | None:
    if tag in _MAIN:
        return None
    if label := _BY_TAG.get(tag):
        return label
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    if not names.strip():
        return None
    return next((label for label, words in _BY_CLASS if words.search(names)), None)


def _key(words: str) -> str:
    return "".join(letter for letter in words.lower() if letter.isalnum())


def _mark_main(blocks: list[_Block], source: str, *, is_deep: bool) -> None:
    """Mark the blocks that trafilatura counts to the report; all paragraphs where it finds none."""
    body = None if is_deep else _main_body(source)
    if body is None:
        for block in blocks:
            block.is_main = block.tag in {"p", "li", "blockquote", "td", "h2", "h3"} or (
                not block.hints and len(block.words.split()) >= _FEWEST_WORDS
            )
        return
    keys = {
        _key("".join(element.itertext()))
        for element in body.iter("p", "item", "head", "quote", "cell")
    }
    whole = _key("".join(body.itertext()))
    for block in blocks:
        key = _key(block.words)
        block.is_main = bool(key) and (key in keys or (len(key) > 40 and key in whole))


def _main_body(source: str) -> Any | None:
    try:
        found = trafilatura.bare_extraction(
            source, include_comments=False, include_tables=True, favor_recall=True
        )
    except (RecursionError, ValueError, AttributeError, TypeError, etree.LxmlError):
        return None
    body = getattr(found, "body", None)
    return body if body is not None and len("".join(body.itertext())) > 80 else None


def _labels(blocks: list[_Block]) -> list[Label | None]:
    """The label of each block; None is left to the wording.

    A hint is dropped where its element holds half of the report: themes name things as they like.
    """
    whole = sum(len(block.words) for block in blocks if block.is_main)
    held: Counter[tuple[int, Label]] = Counter()
    for block in blocks:
        for hint in block.hints:
            held[hint] += len(block.words) if block.is_main else 0
    kept = [
        [
            label
            for place, label in block.hints
            if held[place, label] * 2 <= whole or label is Label.TITLE
        ]
        for block in blocks
    ]
    mains = [number for number, block in enumerate(blocks) if block.is_main and not kept[number]]
    first, last = (mains[0], mains[-1]) if mains else (0, -1)
    return [
        _label(block, hints, is_inside=first <= number <= last)
        for number, (block, hints) in enumerate(zip(blocks, kept, strict=True))
    ]


def _label(block: _Block, hints: list[Label], *, is_inside: bool) -> Label | None:
    is_link = block.linked >= len(block.words.replace(" ", "")) * 0.9
    if hints and hints[-1] is Label.BOILERPLATE and block.is_main and not is_link:
        return None
    if hints:
        return hints[-1]
    if block.is_main and not (is_link and is_inside):
        return None
    if is_link:
        return Label.RELATED if is_inside else Label.BOILERPLATE
    is_spoken = is_inside and len(block.words.split()) >= _FEWEST_WORDS
    return (
        None if is_spoken and block.tag in {"p", "div", "blockquote", "li"} else Label.BOILERPLATE
    )
