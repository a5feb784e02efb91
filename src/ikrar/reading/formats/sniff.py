"""What kind of file the bytes are; the name is never trusted."""

from __future__ import annotations

import re
from typing import Final

from ikrar.reading.formats.encoding import utf16_by_zeros
from ikrar.reading.formats.errors import failure

PLAIN: Final = "text/plain"
HTML: Final = "text/html"
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_HEAD: Final = 1024
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_OTHER_TEXTS: Final = (b"{\\rtf", b"%!PS")
_BINARY: Final = (
    b"\x7fELF", b"MZ", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"BZh", b"\xfd7zXZ",
    b"7z\xbc\xaf", b"Rar!", b"OggS", b"RIFF", b"ID3", b"\xca\xfe\xba\xbe", b"SQLite format 3",
    b"II*\x00", b"MM\x00*", b"wOFF", b"\x00\x01\x00\x00",
)  # fmt: skip
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML_START: Final = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|meta|title|article|div|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS: Final = re.compile(r"</(?:p|div|a|span|article|h\d|li|table|body|html)>", re.IGNORECASE)
_CONTROLS: Final = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27}) + b"\x7f"


def media_type(content: bytes) -> str:
    """The media type of `content`; ReadingError where it is empty, binary or of no known kind."""
    if not content.strip(b" \t\r\n\x0b\x0c\x00") or content in _MARKS:
        raise failure("empty")
    if b"%PDF-" in content[:_HEAD]:
        return PDF
    if content.startswith(_ZIP):
        return _packed(content)
    if content.startswith(_OLE):
        raise failure("encrypted" if _ENCRYPTED_PACKAGE in content else "unsupported")
    if content.startswith(_OTHER_TEXTS):
        raise failure("unsupported")
    if content.startswith(_BINARY) or _is_binary(content):
        raise failure("binary")
    return _text(content)


def _packed(content: bytes) -> str:
    """A DOCX names its main part in the archive; other archives are not read."""
    if b"word/document" in content or b"word/" in content[:4096]:
        return DOCX
    raise failure("unsupported")


def _is_binary(content: bytes) -> bool:
    if content.startswith(_MARKS) or utf16_by_zeros(content):
        return False
    sample = content[: 64 * _HEAD]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) * 0.01


def _text(content: bytes) -> str:
    encoding = "utf-16" if content.startswith(_MARKS[1:]) else utf16_by_zeros(content) or "utf-8"
    head = content[: 16 * _HEAD].decode(encoding, "replace").lstrip("\ufeff")
    if _HTML_START.match(head) and _TAGS.search(head + content[-4 * _HEAD :].decode("latin-1")):
        return HTML
    return PLAIN
