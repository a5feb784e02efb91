"""Symbols are random, not counting."""

import pytest

from ikrar.kernel.symbol import ALPHABET, is_symbol, new_symbol


def test_symbol_names_party_and_year_and_is_random() -> None:
    symbols = {new_symbol("XAA", 2025) for _ in range(200)}
    assert len(symbols) > 190
    assert all(symbol.startswith("XAA/2025/") and is_symbol(symbol) for symbol in symbols)
    assert {symbol[-1] for symbol in symbols} <= set(ALPHABET)


@pytest.mark.parametrize(
    "text", ["", "XAA/2025", "XAA/2025/7K4", "XAA/25/7K4Q", "XAA/2025/7K4U", "?/2025/7K4Q"]
)
def test_other_text_is_no_symbol(text: str) -> None:
    assert not is_symbol(text)
    assert is_symbol("XAA.m/2025/7K4Q")


@pytest.mark.parametrize("length", [4, 5, 8])
def test_symbol_may_be_longer(length: int) -> None:
    symbol = new_symbol("XAA", 2025, length)
    assert is_symbol(symbol)
    assert len(symbol) == len("XAA/2025/") + length
