"""Canonical bytes: one form for a value, and no input that does anything but CanonicalError."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ikrar.kernel import canonical
from ikrar.kernel.canonical import CanonicalError, Fault
from ikrar.kernel.move import Move

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
keys = texts.map(lambda text: unicodedata.normalize("NFC", text))
integers = st.integers(-canonical.MAX_INTEGER, canonical.MAX_INTEGER)
values = st.recursive(
    st.none() | st.booleans() | integers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
any_text = st.text(st.characters())
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(any_text | st.integers(), inner),
)
python_texts = anything.map(lambda value: repr(value).encode(errors="replace"))


def fault_of(call: Any, argument: Any) -> Fault | None:
    try:
        call(argument)
    except CanonicalError as error:
        return error.fault
    return None


@given(values)
def test_dumps_and_loads_are_inverse(value: Any) -> None:
    assert canonical.loads(canonical.dumps(value)) == value


@given(values)
def test_dumps_is_json_with_keys_in_utf16_order(value: Any) -> None:
    encoded = canonical.dumps(value)
    assert json.loads(encoded) == value
    _assert_ordered(json.loads(encoded, object_pairs_hook=lambda pairs: pairs))


def _assert_ordered(value: Any) -> None:
    if isinstance(value, list) and value and isinstance(value[0], tuple):
        names = [name.encode("utf-16-be") for name, _ in value]
        assert names == sorted(names)


@given(anything)
def test_dumps_refuses_everything_else(value: Any) -> None:
    if fault_of(canonical.dumps, value) is None:
        encoded = canonical.dumps(value)
        assert canonical.dumps(canonical.loads(encoded)) == encoded


@given(st.binary() | st.text().map(str.encode) | python_texts)
@example(b"\xef\xbb\xbf{}")
@example(b"[" * 70_000)
@example(b'"\\ud83d"')
@example(b'{"a":1e999}')
@example(b"-")
@example(b'"\x00"')
@example(b'"' + b"\\" * 3)
def test_loads_raises_nothing_but_canonical_error(encoded: bytes) -> None:
    if fault_of(canonical.loads, encoded) is None:
        assert canonical.dumps(canonical.loads(encoded)) == encoded


def test_canonical_error_is_a_sentence() -> None:
    with pytest.raises(CanonicalError, match="not an integer") as caught:
        canonical.loads(b"1.5")
    assert caught.value.sentence == str(caught.value)


@given(st.binary())
def test_move_from_bytes_raises_nothing_but_canonical_error(encoded: bytes) -> None:
    with pytest.raises(CanonicalError):
        Move.from_bytes(encoded)


@given(values)
def test_move_from_foreign_values_raises_nothing_but_canonical_error(value: Any) -> None:
    with pytest.raises(CanonicalError):
        Move.from_bytes(canonical.dumps(value))


@pytest.mark.parametrize(
    ("encoded", "fault"),
    [
        ("{}", Fault.WRONG_TYPE),
        (b"", Fault.NOT_JSON),
        (b'"' + b"a" * canonical.MAX_BYTES + b'"', Fault.TOO_LONG),
        (b'"\xff"', Fault.NOT_UTF8),
        (b'"\xed\xa0\x80"', Fault.NOT_UTF8),
        (b"[" * 13 + b"]" * 13, Fault.TOO_DEEP),
        (b"[" * 13, Fault.TOO_DEEP),
        (b"{", Fault.NOT_JSON),
        (b"{} {}", Fault.NOT_JSON),
        (b"1.0", Fault.FLOAT),
        (b"1e3", Fault.FLOAT),
        (b"NaN", Fault.FLOAT),
        (b"-Infinity", Fault.FLOAT),
        (b'{"a":1,"a":1}', Fault.DUPLICATE_KEY),
        (b'{"a":1,"\\u0061":1}', Fault.DUPLICATE_KEY),
        (b"12345678901234567", Fault.INTEGER_TOO_LARGE),
        (b"9007199254740992", Fault.INTEGER_TOO_LARGE),
        (b"-9007199254740992", Fault.INTEGER_TOO_LARGE),
        (b'"\\ud800"', Fault.LONE_SURROGATE),
        (b'{"\\udfff":1}', Fault.LONE_SURROGATE),
        (b'["a",{"b":"\\ud800"}]', Fault.LONE_SURROGATE),
        ('{"e\u0301":1}'.encode(), Fault.KEY_NOT_NFC),
        (b" {}", Fault.NOT_CANONICAL),
        (b'{"b":1,"a":1}', Fault.NOT_CANONICAL),
        (b'"\\u0061"', Fault.NOT_CANONICAL),
        (b'"\\/"', Fault.NOT_CANONICAL),
        (b"-0", Fault.NOT_CANONICAL),
    ],
)
def test_loads_names_the_first_fault(encoded: Any, fault: Fault) -> None:
    with pytest.raises(CanonicalError) as caught:
        canonical.loads(encoded)
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (1.0, Fault.WRONG_TYPE),
        ({1: 1}, Fault.WRONG_TYPE),
        (b"", Fault.WRONG_TYPE),
        ({"a": {1, 2}}, Fault.WRONG_TYPE),
        (2**53, Fault.INTEGER_TOO_LARGE),
        (-(2**53), Fault.INTEGER_TOO_LARGE),
        ("\ud800", Fault.LONE_SURROGATE),
        ({"e\u0301": 1}, Fault.KEY_NOT_NFC),
        ("a" * canonical.MAX_BYTES, Fault.TOO_LONG),
    ],
)
def test_dumps_names_the_fault(value: Any, fault: Fault) -> None:
    with pytest.raises(CanonicalError) as caught:
        canonical.dumps(value)
    assert caught.value.fault is fault


def test_limits_themselves_are_allowed() -> None:
    deepest: Any = 1
    for _ in range(canonical.MAX_DEPTH):
        deepest = [deepest]
    longest = "a" * (canonical.MAX_BYTES - 2)
    for value in (deepest, longest, 2**53 - 1, -(2**53) + 1, "[[[[[[[[[[[[[[[", '"[{\\'):
        assert canonical.loads(canonical.dumps(value)) == value
    with pytest.raises(CanonicalError) as caught:
        canonical.dumps([deepest])
    assert caught.value.fault is Fault.TOO_DEEP


def test_check_runs_after_the_texts_and_before_the_form() -> None:
    def refuse(_: Any) -> None:
        raise CanonicalError(Fault.WRONG_SHAPE, "no")

    for encoded, fault in (
        (b'"\\ud800"', Fault.LONE_SURROGATE),
        (b" {}", Fault.WRONG_SHAPE),
    ):
        with pytest.raises(CanonicalError) as caught:
            canonical.loads(encoded, refuse)
        assert caught.value.fault is fault


def test_keys_are_in_utf16_order_not_in_code_point_order() -> None:
    assert canonical.dumps({"\uff41": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\uff41":1}'.encode()


def test_salt_is_random_and_has_128_bits() -> None:
    salts = {canonical.new_salt() for _ in range(50)}
    assert len(salts) == 50
    assert all(len(salt) == 32 and int(salt, 16) >= 0 for salt in salts)


@pytest.mark.parametrize("vector", VECTORS["moves"], ids=lambda vector: vector["name"])
def test_vector_of_a_move_has_its_id(vector: dict[str, str]) -> None:
    encoded = vector["bytes"].encode()
    move = Move.from_bytes(encoded)
    assert move.move_id == vector["move_id"]
    assert move.to_bytes() == encoded


@pytest.mark.parametrize("vector", VECTORS["values"], ids=lambda vector: vector["bytes"])
def test_vector_of_a_value_is_its_bytes(vector: dict[str, Any]) -> None:
    assert canonical.dumps(vector["value"]) == vector["bytes"].encode()


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["name"])
def test_vector_that_is_refused_has_its_fault(vector: dict[str, str]) -> None:
    with pytest.raises(CanonicalError) as caught:
        Move.from_bytes(bytes.fromhex(vector["hex"]))
    assert caught.value.fault == vector["fault"]
