"""Arrows between boxes."""

import re
from itertools import product

import pytest
from tests.web.gallery_page import DIAGRAM

from ikrar.web.diagram import WIDTH, Arrow, Box, Diagram, route

BOXES = [Box(f"{column}{row}", "x", column, row) for column, row in product((0, 1), (0, 1, 3))]


@pytest.mark.parametrize(("source", "target"), list(product(BOXES, BOXES)))
def test_arrow_ends_at_its_target(source: Box, target: Box) -> None:
    line = route(Arrow(source.name, target.name, "ask"), source, target)
    x, y = map(int, re.match(r"M(-?\d+) (-?\d+)", line.head).groups())
    assert target.x <= x <= target.right
    assert target.y <= y <= target.bottom
    assert x in {target.x, target.right} or y in {target.y, target.bottom}


def test_diagram_lies_inside_its_frame() -> None:
    for box in DIAGRAM.boxes:
        assert 0 <= box.x < box.right < WIDTH
        assert box.bottom < DIAGRAM.height
    assert len(DIAGRAM.lines) == len(DIAGRAM.arrows)


def test_diagram_refuses_an_arrow_to_nowhere() -> None:
    with pytest.raises(KeyError):
        _ = Diagram("t", "t", BOXES, [Arrow("00", "99", "x")]).lines
