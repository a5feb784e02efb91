"""The fold: from the set of moves about an undertaking to where it stands.

Arrival order, recording time and local numbers play no part: two instances that hold the same
moves reach the same standing. There is no clock either; `marks_on` is given the day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ikrar.kernel.conversation import Refusal
from ikrar.kernel.evidence import Attestation
from ikrar.kernel.move import Move, Terms
from ikrar.kernel.strand import Standing, Strand


@dataclass(frozen=True)
class Telling:
    """A move as this instance knows it.

    `received`: for a signed move, the ids of all moves its author held when signing, own ones
    included (the lane's acknowledgements).
    """

    move: Move
    attestation: Attestation
    received: frozenset[str] = frozenset()


class Conflict(NamedTuple):
    """Two tellings of one act that differ in `fields` (kind, hedged, full, terms)."""

    act_id: str
    telling: str
    restates: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Fold:
    """Where an undertaking stands, and how it came to this.

    `strands`: by requester, `*` for the pledge to all. `without_effect`: by move id, why a move
    changed nothing. `order`: the acts as they were folded, by the id of their first telling.
    `moves`: by act id, the best attested telling, whose content counts.
    """

    strands: Mapping[str, Strand]
    without_effect: Mapping[str, Refusal]
    order: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    moves: Mapping[str, Move]

    @property
    def standing(self) -> Standing:
        """The worst standing of all strands."""
        raise NotImplementedError

    def terms_of(self, requester: str) -> Terms | None:
        """Return the binding terms in a strand: the promise's own, or those it answers."""
        raise NotImplementedError


def fold(tellings: Iterable[Telling], annulled: frozenset[str] = frozenset()) -> Fold:
    """Return where the undertaking stands that all `tellings` are about."""
    raise NotImplementedError


def refusal(
    tellings: Iterable[Telling], candidate: Telling, annulled: frozenset[str] = frozenset()
) -> Refusal | None:
    """Return why `candidate` would have no effect beside `tellings`; None if it would have one."""
    raise NotImplementedError
