"""A symbol that is taken is not given again, and crowded years get longer ones."""

import pytest
from tests.register.moves import opening

from ikrar.register.log.moves import append_moves
from ikrar.register.models import Undertaking
from ikrar.register.queries import symbols

pytestmark = pytest.mark.django_db


def draws(*endings):
    """Draw these endings in turn, whatever length is asked for."""
    left = list(endings)
    return lambda party, year, length: f"{party}/{year}/{left.pop(0)}"


def test_taken_symbol_is_passed_over(monkeypatch):
    append_moves([opening("request", by="IDN", performer="KHM")])
    Undertaking.objects.update(symbol="IDN/2025/AAAA")
    monkeypatch.setattr(symbols, "new_symbol", draws("AAAA", "AAAA", "BBBB", "CCCC"))

    assert symbols.free_symbol("IDN", 2025) == "IDN/2025/BBBB"


def test_crowded_year_gets_longer_symbols(monkeypatch):
    append_moves([opening("request", by="IDN", performer="KHM")])
    Undertaking.objects.update(symbol="IDN/2025/AAAA")
    monkeypatch.setattr(symbols, "new_symbol", draws(*["AAAA"] * 4, *["AAAAA"] * 4))

    assert symbols.free_symbol("IDN", 2025) == "IDN/2025/AAAAA"
