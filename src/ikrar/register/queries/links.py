"""Undertakings that a new statement may be about, as the desk weighs them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ikrar.kernel.conversation import Transition, possible_moves
from ikrar.kernel.evidence import Classification
from ikrar.kernel.move import Kind, When
from ikrar.kernel.party import Side, requester_of
from ikrar.kernel.standing import Fold
from ikrar.kernel.strand import Standing
from ikrar.register.models import Undertaking
from ikrar.register.queries.conversations import heard_of, when_or_none
from ikrar.register.timeline import Heard, fold_heard, true_on


@dataclass(frozen=True, slots=True)
class LinkCandidate:
    """An undertaking between two parties with where it stands; `words` are all its moves' words."""

    pk: int
    opened_by: str
    performer: str
    requester: str
    theme: str
    words: tuple[str, ...]
    due: When | None
    standing: Standing
    folded: Fold
    classification: Classification = Classification.PUBLIC

    def answers_for(self, kind: Kind, side: Side) -> str | None:
        """Which act a move of this kind would answer; None if it needs none or may not be made."""
        return next((t.answers for t in self._transitions(kind, side)), None)

    def allows(self, kind: Kind, side: Side) -> bool:
        """Whether a move of this kind by this side would have an effect."""
        return bool(self._transitions(kind, side))

    def _transitions(self, kind: Kind, side: Side) -> list[Transition]:
        strand = self.folded.strands.get(self.requester)
        if strand is None:
            return []
        return [t for t in possible_moves(strand, side) if t.kind is kind]


def undertakings_between(
    one: str, other: str, *, compartment: str, on: date
) -> Sequence[LinkCandidate]:
    """Load what either party is to do for the other, newest first, folded as of a day."""
    rows = Undertaking.objects.filter(
        Q(performer=one, requesters__contains=[other])
        | Q(performer=other, requesters__contains=[one]),
        compartment=compartment,
    ).order_by("-id")
    heard = heard_of([row.pk for row in rows])
    return [
        LinkCandidate(
            pk=row.pk,
            opened_by=row.opened_by,
            performer=row.performer,
            requester=requester_of(other if row.performer == one else one, row.performer),
            theme=row.theme,
            words=(*row.titles.values(), *_words(heard[row.pk])),
            due=when_or_none(row.due, row.due_precision),
            standing=folded.standing,
            folded=folded,
            classification=list(Classification)[row.classification],
        )
        for row in rows
        for folded in [fold_heard(true_on(heard[row.pk], on))]
    ]


def _words(heard: Sequence[Heard]) -> list[str]:
    return [h.move.terms.what for h in heard if h.move.terms]
