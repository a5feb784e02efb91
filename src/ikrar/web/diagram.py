"""A diagram of boxes and arrows, laid out in two columns and drawn as SVG by `web/diagram.html`.

Lengths are in the units of the drawing: 380 wide; a row of boxes is 62 high.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 380
LEFT = (30, 138)
RIGHT = (260, 118)
HEIGHT_OF_BOX = 38
ROW = 62
TOP = 24
HEAD = 9


@dataclass(frozen=True, slots=True)
class Box:
    """A place in the diagram; `row` may lie between two rows (2.5)."""

    name: str
    label: str
    column: int
    row: float
    is_round: bool = False
    is_here: bool = False
    is_next: bool = False

    @property
    def x(self) -> int:
        """Left edge."""
        return (LEFT, RIGHT)[self.column][0]

    @property
    def y(self) -> int:
        """Upper edge."""
        return round(TOP + self.row * ROW)

    @property
    def width(self) -> int:
        """Width of the box."""
        return (LEFT, RIGHT)[self.column][1]

    @property
    def right(self) -> int:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Lower edge."""
        return self.y + HEIGHT_OF_BOX

    @property
    def middle(self) -> int:
        """Horizontal centre."""
        return self.x + self.width // 2

    @property
    def waist(self) -> int:
        """Vertical centre."""
        return self.y + HEIGHT_OF_BOX // 2

    @property
    def radius(self) -> int:
        """Radius of the corners."""
        return HEIGHT_OF_BOX // 2 if self.is_round else 4

    @property
    def text_y(self) -> int:
        """Base line of the label."""
        return self.waist + 5

    @property
    def pin_y(self) -> int:
        """Base line of the words "you are here" above the box."""
        return self.y - 24

    @property
    def pin_head(self) -> str:
        """The small arrow between those words and the box."""
        return f"M{self.middle} {self.y - 6}l-5-9h10Z"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one box to another (or back to itself), by names of boxes."""

    source: str
    target: str
    label: str
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow as drawn."""

    path: str
    head: str
    label: str
    label_x: int
    label_y: int
    anchor: str
    is_next: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes and arrows with a title and the same told in words (`text`) for who cannot see it."""

    title: str
    text: str
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]
    here: str = ""
    name: str = "diagram"

    @property
    def width(self) -> int:
        """Width of the drawing."""
        return WIDTH

    @property
    def height(self) -> int:
        """Height of the drawing."""
        return max(box.bottom for box in self.boxes) + 2

    @property
    def lines(self) -> list[Line]:
        """The arrows, routed between the boxes."""
        places = {box.name: box for box in self.boxes}
        return [route(arrow, places[arrow.source], places[arrow.target]) for arrow in self.arrows]


def route(arrow: Arrow, source: Box, target: Box) -> Line:
    """Draw an arrow as a loop, straight, bent to the right or round to the left."""
    if source == target:
        return _loop(arrow, source)
    if source.column == target.column:
        return _vertical(arrow, source, target)
    if source.waist == target.waist:
        return _horizontal(arrow, source, target)
    return _bent(arrow, source, target) if source.column == 0 else _round(arrow, source, target)


def _line(arrow: Arrow, path: str, head: str, label: tuple[int, int, str]) -> Line:
    return Line(path, head, arrow.label, *label, is_next=arrow.is_next)


def _points_down(x: int, y: int) -> str:
    return f"M{x} {y}l-5-{HEAD}h10Z"


def _points_up(x: int, y: int) -> str:
    return f"M{x} {y}l-5 {HEAD}h10Z"


def _points_right(x: int, y: int) -> str:
    return f"M{x} {y}l-{HEAD}-5v10Z"


def _points_left(x: int, y: int) -> str:
    return f"M{x} {y}l{HEAD}-5v10Z"


def _loop(arrow: Arrow, box: Box) -> Line:
    path = f"M{box.x} {box.waist - 11}h-16a11 11 0 0 0 0 22h7"
    return _line(arrow, path, _points_right(box.x, box.waist + 11), (2, box.bottom + 16, "start"))


def _vertical(arrow: Arrow, source: Box, target: Box) -> Line:
    x = source.middle
    if target.y > source.y:
        path, head = f"M{x} {source.bottom}V{target.y - HEAD}", _points_down(x, target.y)
        return _line(arrow, path, head, (x + 8, (source.bottom + target.y) // 2 + 4, "start"))
    x -= 30
    path, head = f"M{x} {source.y}V{target.bottom + HEAD}", _points_up(x, target.bottom)
    return _line(arrow, path, head, (x - 8, (source.y + target.bottom) // 2 + 4, "end"))


def _horizontal(arrow: Arrow, source: Box, target: Box) -> Line:
    middle = (LEFT[0] + LEFT[1] + RIGHT[0]) // 2
    if source.column == 0:
        path = f"M{source.right} {source.waist}H{target.x - HEAD}"
        head = _points_right(target.x, target.waist)
        return _line(arrow, path, head, (middle, source.waist - 8, "middle"))
    y = source.waist + 10
    path, head = f"M{source.x} {y}H{target.right + HEAD}", _points_left(target.right, y)
    return _line(arrow, path, head, (middle, y + 16, "middle"))


def _bent(arrow: Arrow, source: Box, target: Box) -> Line:
    start, end = source.right - 14, target.x - HEAD
    is_above = target.y < source.y
    from_y = source.y + 2 if is_above else source.bottom - 2
    to_y = target.waist
    path = f"M{start} {from_y}C{start + 14} {to_y} {start + 34} {to_y} {end} {to_y}"
    label_y = target.waist - 8 if is_above else target.waist + 18
    return _line(arrow, path, _points_right(target.x, target.waist), (end - 34, label_y, "middle"))


def _round(arrow: Arrow, source: Box, target: Box) -> Line:
    x, y, end = source.middle, target.waist, target.right + HEAD
    if target.y > source.y:
        path = f"M{x} {source.bottom}V{y - 30}q0 30-30 30H{end}"
    else:
        path = f"M{x} {source.y}V{y + 30}q0-30-30-30H{end}"
    return _line(arrow, path, _points_left(target.right, y), ((x + end) // 2, y - 8, "middle"))
