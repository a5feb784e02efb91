"""Texts of the same length to search in, so that offsets never move."""

from __future__ import annotations

import re
from typing import Final

_SPACES: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
# A zero-width space parts Khmer words, so it counts as a space; the joiners have to be something.
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202f\u205f\u3000\u180e"
_SINGLE_QUOTES: Final = "‘’‚‛′ʼ´`＇"
_DOUBLE_QUOTES: Final = "“”„‟″«»＂"
_DASHES: Final = "‐‑‒–—―−－\u00ad"

_NORMAL: Final = {
    **dict.fromkeys(map(ord, _SPACES + _INVISIBLE + "\t\u2028\u2029"), " "),
    **dict.fromkeys(map(ord, _SINGLE_QUOTES), "'"),
    **dict.fromkeys(map(ord, _DOUBLE_QUOTES), '"'),
    **dict.fromkeys(map(ord, _DASHES), "-"),
}

# A database keeps no NUL and a reader sees no control character; lone surrogates cannot be encoded.
_CANONICAL: Final = {
    **dict.fromkeys([*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0)], " "),
    0x85: "\n",
    **dict.fromkeys((0x0B, 0x0C), "\n"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd"),
}


def _any_of(table: dict[int, str]) -> re.Pattern[str]:
    return re.compile("[" + "".join(map(re.escape, map(chr, table))) + "]")


# A translation goes over every letter; a pattern stops only where there is something to change.
_TO_NORMAL: Final = _any_of(_NORMAL)
_TO_CANONICAL: Final = _any_of(_CANONICAL)


def _plain(match: re.Match[str]) -> str:
    return _NORMAL[ord(match.group())]


def canonical(decoded: str) -> str:
    """The text that is stored: one kind of line end, nothing that cannot be stored or seen.

    Its words are otherwise untouched: no quote mark, space or accent is changed.
    """
    text = decoded.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_CANONICAL) if _TO_CANONICAL.search(text) else text


def normalise(text: str) -> str:
    """`text` with plain quote marks, dashes and spaces, character for character as long."""
    return _TO_NORMAL.sub(_plain, text)


def lowered(text: str) -> str:
    """`text` in small letters, character for character as long ("İ" would become two)."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
