"""Bytes to hash and to sign: RFC 8785, restricted so that two languages cannot disagree.

Restrictions: integers with |n| < 2**53, no floats, keys in NFC and never twice, no lone
surrogates, depth of at most 12, at most 64 KiB.
"""

import json
import re
import secrets
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import Any, NoReturn

MAX_BYTES = 64 * 1024
MAX_DEPTH = 12
MAX_INTEGER = 2**53 - 1
MAX_DIGITS = 16

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_SURROGATE = re.compile("[\ud800-\udfff]")
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)


class Fault(StrEnum):
    """Why bytes, or a value that should become bytes, were refused."""

    WRONG_TYPE = "wrong_type"
    TOO_LONG = "too_long"
    NOT_UTF8 = "not_utf8"
    TOO_DEEP = "too_deep"
    NOT_JSON = "not_json"
    FLOAT = "float"
    DUPLICATE_KEY = "duplicate_key"
    INTEGER_TOO_LARGE = "integer_too_large"
    LONE_SURROGATE = "lone_surrogate"
    KEY_NOT_NFC = "key_not_nfc"
    WRONG_SHAPE = "wrong_shape"
    UNKNOWN_KIND = "unknown_kind"
    NOT_CANONICAL = "not_canonical"


class CanonicalError(ValueError):
    """These are not canonical bytes."""

    def __init__(self, fault: Fault, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = fault
        self.sentence = sentence


def new_salt() -> str:
    """Return 128 random bits as 32 lower-case hexadecimal digits."""
    return secrets.token_hex(16)


def dumps(value: Any) -> bytes:
    """Return the one canonical form of `value`; raise CanonicalError if it has none."""
    ordered = _ordered(value, 1)
    encoded = _ENCODER.encode(ordered).encode()
    if len(encoded) > MAX_BYTES:
        raise CanonicalError(Fault.TOO_LONG, f"More than {MAX_BYTES} bytes.")
    return encoded


def loads(encoded: bytes, check: Callable[[Any], object] | None = None) -> Any:
    """Return the value that canonical bytes stand for; raise CanonicalError for anything else.

    Checked in this order: length, UTF-8, depth, JSON without floats, duplicate keys or long
    integers, lone surrogates, `check` (the caller's schema, which raises CanonicalError), and
    last that writing the value again gives the same bytes.
    """
    value = _parsed(_text(encoded))
    _refuse_surrogates(value)
    if check is not None:
        check(value)
    if dumps(value) != encoded:
        raise CanonicalError(Fault.NOT_CANONICAL, "Writing the value again gives other bytes.")
    return value


def _text(encoded: bytes) -> str:
    if not isinstance(encoded, bytes):
        raise CanonicalError(Fault.WRONG_TYPE, f"Bytes are needed, not {type(encoded).__name__}.")
    if len(encoded) > MAX_BYTES:
        raise CanonicalError(Fault.TOO_LONG, f"More than {MAX_BYTES} bytes.")
    try:
        text = encoded.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CanonicalError(Fault.NOT_UTF8, f"Byte {error.start} is not UTF-8.") from None
    if _depth(text) > MAX_DEPTH:
        raise CanonicalError(Fault.TOO_DEEP, f"Nested more than {MAX_DEPTH} deep.")
    return text


def _depth(text: str) -> int:
    """Count brackets outside strings, before a parser that recurses sees them."""
    depth = deepest = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        first = found.group()[0]
        if first in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif first in "]}":
            depth -= 1
    return deepest


def _parsed(text: str) -> Any:
    try:
        return json.loads(
            text,
            parse_float=_refuse_float,
            parse_constant=_refuse_float,
            parse_int=_short_integer,
            object_pairs_hook=_without_duplicates,
        )
    except json.JSONDecodeError as error:
        raise CanonicalError(Fault.NOT_JSON, f"Not JSON at character {error.pos}.") from None


def _refuse_float(literal: str) -> NoReturn:
    raise CanonicalError(Fault.FLOAT, f"{literal[:24]} is not an integer.")


def _short_integer(literal: str) -> int:
    if len(literal.lstrip("-")) > MAX_DIGITS:
        raise CanonicalError(Fault.INTEGER_TOO_LARGE, f"More than {MAX_DIGITS} digits.")
    return int(literal)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise CanonicalError(Fault.DUPLICATE_KEY, "A key stands twice in one object.")
    return members


def _refuse_surrogates(value: Any) -> None:
    if isinstance(value, str):
        _checked_text(value)
    elif isinstance(value, list):
        for element in value:
            _refuse_surrogates(element)
    elif isinstance(value, dict):
        for key, member in value.items():
            _checked_text(key)
            _refuse_surrogates(member)


def _ordered(value: Any, depth: int) -> Any:
    """Return `value` with its keys in UTF-16 order, every restriction checked on the way."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _checked_text(value)
    if isinstance(value, int):
        return _checked_integer(value)
    if not isinstance(value, (list, tuple, dict)):
        raise CanonicalError(Fault.WRONG_TYPE, f"No canonical form for {type(value).__name__}.")
    if depth > MAX_DEPTH:
        raise CanonicalError(Fault.TOO_DEEP, f"Nested more than {MAX_DEPTH} deep.")
    if isinstance(value, dict):
        keys = sorted(value, key=_place_of)
        return {key: _ordered(value[key], depth + 1) for key in keys}
    return [_ordered(element, depth + 1) for element in value]


def _checked_text(text: str) -> str:
    if _SURROGATE.search(text):
        raise CanonicalError(Fault.LONE_SURROGATE, "A text contains half a surrogate pair.")
    return text


def _checked_integer(number: int) -> int:
    if abs(number) > MAX_INTEGER:
        raise CanonicalError(Fault.INTEGER_TOO_LARGE, "An integer is 2**53 or more.")
    return number


def _place_of(key: Any) -> bytes:
    """Tell where a key stands among others: by its UTF-16 code units."""
    if not isinstance(key, str):
        raise CanonicalError(Fault.WRONG_TYPE, "A key must be a text.")
    return _utf16(key)


@lru_cache(maxsize=512)
def _utf16(key: str) -> bytes:
    """Keys are few and come again and again, so their check is remembered."""
    if not unicodedata.is_normalized("NFC", _checked_text(key)):
        raise CanonicalError(Fault.KEY_NOT_NFC, "A key is not in Unicode form NFC.")
    return key.encode("utf-16-be")
