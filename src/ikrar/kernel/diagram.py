"""The state diagram of a strand, found by walking: every arrow is a move that was really tried."""

from functools import cache
from typing import NamedTuple

from ikrar.kernel.conversation import possible_moves
from ikrar.kernel.move import Kind
from ikrar.kernel.party import Side
from ikrar.kernel.strand import Standing, Strand


class Arrow(NamedTuple):
    """From `start`, a move of `kind` by `side` can lead to `end`."""

    start: Standing
    kind: Kind
    side: Side
    end: Standing


@cache
def diagram() -> tuple[Arrow, ...]:
    """Return every arrow between standings, from all strands that can be reached by moves."""
    waiting, seen = [Strand()], {Strand()}
    arrows: set[Arrow] = set()
    while waiting:
        strand = waiting.pop()
        for side in Side:
            for move in possible_moves(strand, side):
                arrows.add(Arrow(strand.standing, move.kind, side, move.standing))
                after = _shape(move.after)
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
    places = {standing: place for place, standing in enumerate(Standing)}
    kinds = {kind: place for place, kind in enumerate(Kind)}
    return tuple(
        sorted(
            arrows,
            key=lambda each: (places[each.start], kinds[each.kind], each.side, places[each.end]),
        )
    )


def arrows_from(standing: Standing) -> tuple[Arrow, ...]:
    """Return where a strand in `standing` can go, and by whose move."""
    return tuple(each for each in diagram() if each.start is standing)


def _shape(strand: Strand) -> Strand:
    """Trial moves of one kind share an id: named twice, they would make the walk endless."""
    return strand._replace(asked=tuple(sorted(set(strand.asked))), withdrawn=())
