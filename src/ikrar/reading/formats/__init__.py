"""Bytes in, one canonical text with zones out; `parse_limited` does it in a sandbox."""

from ikrar.reading.formats.errors import SENTENCES
from ikrar.reading.formats.limits import Limits
from ikrar.reading.formats.parse import parse
from ikrar.reading.formats.sandbox import parse_limited

__all__ = ["SENTENCES", "Limits", "parse", "parse_limited"]
