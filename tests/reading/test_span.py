from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikrar.reading.span import Passage, Span


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (-2, -1)])
def test_span_refuses_to_run_backwards(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="forwards"):
        Span(start, end)


@pytest.mark.parametrize(
    ("first", "second", "covers", "overlaps"),
    [
        ((0, 5), (1, 4), True, True),
        ((0, 5), (0, 5), True, True),
        ((0, 5), (4, 6), False, True),
        ((0, 5), (5, 6), False, False),
        ((5, 6), (0, 5), False, False),
    ],
)
def test_span_compares_places(
    first: tuple[int, int], second: tuple[int, int], covers: bool, overlaps: bool
) -> None:
    assert Span(*first).covers(Span(*second)) is covers
    assert Span(*first).overlaps(Span(*second)) is overlaps


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_passage_is_cut_true_or_not_at_all(text: str, start: int, length: int) -> None:
    if start + length > len(text):
        with pytest.raises(ValueError, match="outside"):
            Passage.of(text, start, start + length)
        return
    passage = Span(start, start + length).passage(text)
    assert text[passage.start : passage.end] == passage.quote
    assert passage.holds_in(text)
    assert len(passage.span) == length


def test_passage_that_was_moved_does_not_hold() -> None:
    assert not Passage(1, 4, "abc").holds_in("abcd")
