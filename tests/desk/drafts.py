"""Proposals and undertakings to link them to, without a database: XSA asks XTA."""

from ikrar.desk.proposals import Proposal
from ikrar.kernel.evidence import Attestation
from ikrar.kernel.move import Kind, Move, Terms, When
from ikrar.kernel.standing import Telling, fold
from ikrar.register.queries.links import LinkCandidate

BY = {Kind.PROMISE: "XTA", Kind.REPORT: "XTA"}


def proposal(kind, what, *, by="XSA", to=("XTA",), due=None, theme="capacity"):
    """A proposal told by nobody in particular."""
    return Proposal(
        kind=kind,
        by=by,
        to=to,
        hedged=False,
        theme=theme,
        due=due,
        what=what,
        titles={},
        condition="",
        joint=False,
        speaker={},
        statements=(),
    )


def candidate(what, *, pk=1, kinds=(Kind.REQUEST,), due=None, theme="capacity"):
    """An undertaking of XTA for XSA on which these moves were made, a day each."""
    terms = Terms(what, When.parse(due) if due else None)
    opened = Move(
        kind=kinds[0], by="XSA", performer="XTA", made_on=When.parse("2025-01-01"), terms=terms
    )
    later = [
        Move(
            kind=kind,
            by=BY.get(kind, "XSA"),
            performer="XTA",
            undertaking=opened.move_id,
            made_on=When.parse(f"2025-01-{day:02d}"),
            terms=terms,
        )
        for day, kind in enumerate(kinds[1:], start=2)
    ]
    folded = fold([Telling(move, Attestation.REPORTED) for move in (opened, *later)])
    return LinkCandidate(
        pk=pk,
        opened_by=opened.move_id,
        performer="XTA",
        requester="XSA",
        theme=theme,
        words=(what,),
        due=terms.due,
        standing=folded.standing,
        folded=folded,
    )
