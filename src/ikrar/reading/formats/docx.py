"""DOCX: paragraphs, tables, footnotes, comments; the archive is looked at before it is opened."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from ikrar.reading.formats.errors import failure
from ikrar.reading.formats.extract import Composer, Extract
from ikrar.reading.formats.limits import MIB, Limits
from ikrar.reading.text import Label, ReadingError, canonical

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH: Final = f"{_W}p"
# Deleted words are not said; a text box and a fallback are walked as paragraphs of their own.
_NOT_HERE: Final = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", _FALLBACK})
_SIGNS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_BLANK_TEMPLATE: Final = date(2013, 12, 23)  # python-docx's own, carried by what is made with it
_DAMAGES: Final = (
    zipfile.BadZipFile, zlib.error, OpcError, etree.XMLSyntaxError, KeyError, ValueError,
    NotImplementedError, EOFError, AttributeError,
)  # fmt: skip


def read(content: bytes, limits: Limits) -> Extract:
    """The extract of a DOCX; ReadingError where it is damaged, encrypted or a trap."""
    try:
        _look_inside(content, limits)
        document = docx.Document(io.BytesIO(content))
        return _extract(document)
    except ReadingError:
        raise
    except _DAMAGES as error:
        raise failure("damaged") from error


def _look_inside(content: bytes, limits: Limits) -> None:
    """Refuse bombs by the sizes the archive states, and any XML that declares entities."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 0x1 for part in parts):
            raise failure("encrypted")
        if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
            raise failure("unsafe")
        for part in parts:
            is_big = part.file_size > MIB
            if is_big and part.file_size > max(part.compress_size, 1) * limits.ratio:
                raise failure("unsafe")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and _declares(archive.read(part)):
                raise failure("unsafe")


def _declares(xml: bytes) -> bool:
    """Whether the XML has a document type or entities, in whatever encoding it is written."""
    plain = xml.replace(b"\x00", b"")
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _extract(document: Any) -> Extract:
    composer = Composer()
    for section in document.sections:
        for edge in (section.header, section.footer):
            if not edge.is_linked_to_previous:
                _add_all(composer, edge._element, Label.BOILERPLATE)
    _add_all(composer, document.element.body, None)
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        if name.endswith(("/footnotes.xml", "/endnotes.xml")):
            _add_all(composer, _parsed(part.blob), None)
        elif name.endswith("/comments.xml"):
            _add_all(composer, _parsed(part.blob), Label.COMMENT)
    if not composer.text.strip():
        raise failure("no_text")
    extract = Extract(text=composer.text, stretches=composer.stretches)
    extract.title = _title(document)
    extract.declared_on = _created(document)
    return extract


def _parsed(xml: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(xml, parser)


def _add_all(composer: Composer, root: Any, label: Label | None) -> None:
    for paragraph in root.iter(_PARAGRAPH):
        if any(parent.tag == _FALLBACK for parent in paragraph.iterancestors()):
            continue
        composer.add(canonical("".join(_words(paragraph))).strip(), label or _label(paragraph))


def _words(paragraph: Any) -> Iterator[str]:
    pending = [paragraph]
    while pending:
        element = pending.pop()
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in _SIGNS:
            yield _SIGNS[element.tag]
        elif element.tag not in _NOT_HERE:
            pending.extend(reversed(element))


def _label(paragraph: Any) -> Label | None:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "").lower() if style is not None else ""
    if name in {"title", "judul"}:
        return Label.TITLE
    return Label.CAPTION if name in {"caption", "keterangan"} else None


def _title(document: Any) -> str | None:
    return canonical(document.core_properties.title or "").strip() or None


def _created(document: Any) -> date | None:
    created = document.core_properties.created
    return created.date() if created and created.date() != _BLANK_TEMPLATE else None
