"""The state diagram around where a strand stands, drawn from the kernel's own table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from ikrar.kernel.conversation import Transition, possible_moves
from ikrar.kernel.diagram import Arrow as Known
from ikrar.kernel.diagram import diagram as known_arrows
from ikrar.kernel.move import Kind
from ikrar.kernel.party import Side
from ikrar.kernel.strand import Standing, Strand
from ikrar.register.sentences.voice import joined
from ikrar.register.vocabulary import GROUPS, KIND_WORDS, STANDING_WORDS, Group
from ikrar.web.diagram import Arrow, Box, Diagram

ROAD = (Standing.PROMISED, Standing.REPORTED, Standing.CONFIRMED)
MOST_ASIDE = 4
SHORT = {
    Standing.WITHDRAWN_BY_REQUESTER: pgettext_lazy("diagram", "Withdrawn"),
    Standing.WITHDRAWN_BY_PERFORMER: pgettext_lazy("diagram", "Withdrawn"),
    Standing.PROMISE_WITHDRAWN: pgettext_lazy("diagram", "Withdrawn"),
    Standing.REPORTED: pgettext_lazy("diagram", "Reported"),
    Standing.NONE: pgettext_lazy("diagram", "Nothing yet"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """Where moves that can be made now lead, and the kinds of moves that lead there."""

    to: Standing
    kinds: tuple[Kind, ...]


def ways(strand: Strand, *, is_stranger: bool = False) -> list[Way]:
    """Return every standing that one move can reach from here, found by trying the moves."""
    found: dict[Standing, dict[Kind, None]] = {}
    for side in Side:
        for move in possible_moves(strand, side, is_stranger):
            found.setdefault(move.standing, {})[move.kind] = None
    return [Way(to, tuple(found[to])) for to in Standing if to in found]


def chart(strand: Strand) -> Diagram:
    """Draw here, what one move can reach, and the road from a promise to its confirmation."""
    here = strand.standing
    nexts = {way.to: way.kinds for way in ways(strand)}
    road = _road(here)
    aside = _aside(here, nexts, road)
    beside_report = [Standing.DISPUTED] if _shows_dispute(here, aside) else []
    boxes = _boxes(here, road, aside, beside_report, nexts)
    arrows = [*_arrows_from(here, nexts, boxes), *_arrows_beyond(here, boxes)]
    return Diagram(
        title=_("Where this undertaking stands"),
        text=_told(here, nexts),
        boxes=boxes,
        arrows=arrows,
        here=_("You are here"),
    )


def _road(here: Standing) -> list[Standing]:
    """What lies ahead on the way to done: from a promise on, or all of it."""
    if here in ROAD:
        return [*ROAD[ROAD.index(here) + 1 :]]
    if here is Standing.DISPUTED:
        return [Standing.REPORTED, Standing.CONFIRMED]
    return [*ROAD]


def _aside(here: Standing, nexts: Iterable[Standing], road: Sequence[Standing]) -> list[Standing]:
    """What lies beside the road; the counter last, so that its way to the promise is free."""
    beside = [to for to in nexts if to not in road and to is not here][:MOST_ASIDE]
    return sorted(beside, key=lambda to: to is Standing.COUNTERED)


def _shows_dispute(here: Standing, aside: Sequence[Standing]) -> bool:
    ahead = here not in (Standing.REPORTED, Standing.CONFIRMED, Standing.DISPUTED)
    return ahead and Standing.DISPUTED not in aside


def _boxes(
    here: Standing,
    road: Sequence[Standing],
    aside: Sequence[Standing],
    beside_report: Sequence[Standing],
    nexts: Iterable[Standing],
) -> list[Box]:
    """Lay out: here on the left with what lies aside on the right, the road below."""
    top = 0.6
    middle = top + max(0.0, (len(aside) - 1) / 2)
    below = top + max(1, len(aside)) + 0.4
    rows = {to: below + 1.45 * place for place, to in enumerate(road)}
    boxes = [_box(here, 0, middle, is_here=True)]
    boxes += [_box(to, 1, top + place, is_next=True) for place, to in enumerate(aside)]
    boxes += [_box(to, 0, row, is_next=to in nexts) for to, row in rows.items()]
    boxes += [_box(to, 1, rows[Standing.REPORTED]) for to in beside_report]
    return boxes


def _box(
    standing: Standing, column: int, row: float, *, is_here: bool = False, is_next: bool = False
) -> Box:
    label = str(SHORT.get(standing) or STANDING_WORDS[standing.value])
    is_round = standing in GROUPS[Group.OPEN]
    return Box(standing.value, label, column, row, is_round, is_here, is_next)


def _arrows_from(
    here: Standing, nexts: dict[Standing, tuple[Kind, ...]], boxes: Sequence[Box]
) -> list[Arrow]:
    """The moves of now; on the road only the first step, what leaps ahead is told in words."""
    drawn = {box.name: box for box in boxes}
    first_below = min((b.row for b in boxes if b.column == 0 and not b.is_here), default=0)
    arrows = []
    for to, kinds in nexts.items():
        box = drawn.get(to.value)
        if to is here:
            arrows += _loop(here, kinds)
        elif box and (box.column == 1 or box.row == first_below):
            arrows.append(Arrow(here.value, to.value, _label(kinds), is_next=True))
    return arrows


def _loop(here: Standing, kinds: Sequence[Kind]) -> list[Arrow]:
    if Kind.ACKNOWLEDGE not in kinds:
        return []
    return [Arrow(here.value, here.value, _label([Kind.ACKNOWLEDGE]), is_next=True)]


def _arrows_beyond(here: Standing, boxes: Sequence[Box]) -> list[Arrow]:
    """What the table allows further on, as far as both ends are drawn."""
    columns = {box.name: box.column for box in boxes}
    reached = {box.name for box in boxes if box.column == 1 and box.is_next}
    wanted = [
        (Standing.COUNTERED, Kind.ACCEPT, Standing.PROMISED),
        (Standing.PROMISED, Kind.REPORT, Standing.REPORTED),
        (Standing.REPORTED, Kind.CONFIRM, Standing.CONFIRMED),
        (Standing.REPORTED, Kind.DISPUTE, Standing.DISPUTED),
    ]
    return [
        Arrow(start.value, end.value, _label([kind]))
        for start, kind, end in wanted
        if here not in (start, end) and {start.value, end.value} <= columns.keys()
        if columns[start.value] + columns[end.value] < 2 and end.value not in reached
        if _is_known(start, kind, end)
    ]


def _is_known(start: Standing, kind: Kind, end: Standing) -> bool:
    arrows: tuple[Known, ...] = known_arrows()
    return any((a.start, a.kind, a.end) == (start, kind, end) for a in arrows)


def _label(kinds: Sequence[Kind]) -> str:
    """Name the likeliest kind; the others stand in the list of moves below the drawing."""
    order = (Kind.PROMISE, Kind.ACCEPT, Kind.COUNTER, Kind.DECLINE, Kind.REPORT, Kind.REQUEST)
    first = next((kind for kind in order if kind in kinds), kinds[0])
    return str(KIND_WORDS[first.value])


def _told(here: Standing, nexts: dict[Standing, tuple[Kind, ...]]) -> str:
    """Tell the drawing in words for who cannot see it."""
    parts = [_("You are here: %(standing)s.") % {"standing": STANDING_WORDS[here.value]}]
    for to, kinds in nexts.items():
        if to is not here:
            parts.append(
                _("%(moves)s: leads to %(standing)s.")
                % {
                    "moves": capfirst(joined([str(KIND_WORDS[kind.value]) for kind in kinds])),
                    "standing": str(STANDING_WORDS[to.value]).lower(),
                }
            )
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Possible:
    """A kind of move that a side can make now, with where it leads in words."""

    kind: str
    word: str
    leads: str


def possible(strand: Strand, side: Side, *, is_stranger: bool = False) -> list[Possible]:
    """List the kinds of moves of a side, each once, with where each can lead."""
    found: dict[Kind, list[Transition]] = {}
    for move in possible_moves(strand, side, is_stranger):
        found.setdefault(move.kind, []).append(move)
    return [
        Possible(kind.value, str(KIND_WORDS[kind.value]), _leads(strand.standing, moves))
        for kind, moves in found.items()
    ]


def _leads(here: Standing, moves: Sequence[Transition]) -> str:
    ends = dict.fromkeys(move.standing for move in moves)
    words = [
        pgettext("a move leads", "changes nothing")
        if end is here
        else str(STANDING_WORDS[end.value]).lower()
        for end in ends
    ]
    return " / ".join(words)
