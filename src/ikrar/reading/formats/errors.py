"""Why a document could not be read: one English sentence per code, for gettext to translate."""

from __future__ import annotations

from typing import Final

from ikrar.reading.text import ReadingError

SENTENCES: Final[dict[str, str]] = {
    "empty": "The file is empty.",
    "binary": "The file holds no text: it is a program, a picture or another binary file.",
    "too_large": "The file is larger than can be read here.",
    "encrypted": "The file is protected by a password. Remove the password and add it again.",
    "no_text": "No text was found: the pages may be pictures. Run text recognition first.",
    "damaged": "The file is damaged or incomplete and cannot be opened.",
    "unsafe": "The file is built to harm whoever opens it, and was not opened.",
    "unsupported": "This kind of file is not read here. Save it as text, HTML, PDF or DOCX.",
    "timeout": "Reading the file took too long and was stopped.",
    "memory": "Reading the file took too much memory and was stopped.",
}


def failure(code: str) -> ReadingError:
    """The error of this code with its sentence."""
    return ReadingError(code, SENTENCES[code])
