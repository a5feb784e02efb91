"""Bytes to characters: the encoding is found in the bytes, and what was odd is flagged."""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})|<\?xml[^>]{0,80}encoding=[\"']([\w-]{2,30})",
    re.IGNORECASE,
)
_MULTIBYTE: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_SAMPLE: Final = 4096


def utf16_by_zeros(content: bytes) -> str | None:
    """UTF-16 without a mark shows as zeros in every second byte of Latin text."""
    sample = content[:_SAMPLE]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    return None


def declared_encoding(content: bytes) -> str | None:
    """The encoding that a page declares for itself, where Python knows it."""
    match = _DECLARED.search(content[:_SAMPLE])
    if match is None:
        return None
    name = (match.group(1) or match.group(2)).decode("ascii", "replace")
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return "cp1252" if found in {"iso8859-1", "ascii"} else found


def decode(content: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The characters of `content` and the flags `broken_encoding` or `legacy_encoding`.

    A byte that fits nowhere becomes U+FFFD; offsets count the characters that result.
    """
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], marked)
    if unmarked := utf16_by_zeros(content):
        return _decoded(content, unmarked)
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if declared and not declared.startswith("utf"):
        return _decoded(content, declared, "legacy_encoding")
    if _is_broken_utf8(content):
        return content.decode("utf-8", "replace"), ("broken_encoding",)
    return _decoded(content, "cp1252", "legacy_encoding")


def _is_broken_utf8(content: bytes) -> bool:
    """Whether more of the bytes above ASCII make UTF-8 letters than do not."""
    good = sum(len(match.group()) for match in _MULTIBYTE.finditer(content))
    high = len(content) - len(content.translate(None, bytes(range(128, 256))))
    return good * 2 > high


def _decoded(content: bytes, encoding: str, *flags: str) -> tuple[str, tuple[str, ...]]:
    try:
        return content.decode(encoding), flags
    except (UnicodeDecodeError, LookupError):
        return content.decode(encoding, "replace"), (*flags, "broken_encoding")
