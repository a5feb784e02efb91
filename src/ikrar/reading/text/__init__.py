"""Canonical text: the one text of a source that every offset indexes.

`Document` is what `reading.formats` makes of bytes; `normalise` and `lowered` give texts of the
same length to search in; `paragraphs`, `quotes` and `sentences` give places in it.
"""

from ikrar.reading.text.document import (
    Document,
    Label,
    Meta,
    PublishedBy,
    ReadingError,
    Zone,
)
from ikrar.reading.text.normal import canonical, lowered, normalise
from ikrar.reading.text.segment import paragraphs, quotes, sentences

__all__ = [
    "Document",
    "Label",
    "Meta",
    "PublishedBy",
    "ReadingError",
    "Zone",
    "canonical",
    "lowered",
    "normalise",
    "paragraphs",
    "quotes",
    "sentences",
]
