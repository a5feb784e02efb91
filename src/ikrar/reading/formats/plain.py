"""Plain text: the text itself, in paragraphs."""

from __future__ import annotations

import re
from typing import Final

from ikrar.reading.formats.encoding import decode
from ikrar.reading.formats.extract import Extract, Stretch
from ikrar.reading.formats.limits import Limits
from ikrar.reading.text import canonical, paragraphs

RULE: Final = re.compile(r"\s*(?:[-–—_=*~•]\s?){3,}\s*")


def read(content: bytes, limits: Limits) -> Extract:
    """The extract of a text file."""
    del limits
    decoded, flags = decode(content)
    text = canonical(decoded)
    extract = Extract(text=text, flags=list(flags))
    extract.stretches = stretches_of(text)
    return extract


def stretches_of(text: str) -> list[Stretch]:
    """The paragraphs; a line of dashes or stars is a rule, and what follows it lies after it."""
    found: list[Stretch] = []
    after_rule = False
    for span in paragraphs(text):
        if RULE.fullmatch(text, span.start, span.end):
            after_rule = True
        found.append(Stretch(span.start, span.end, None, after_rule))
    return found
