"""Drafting: from proposals to the moves and records that go into the log."""

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings

from ikrar.accounts.models import Account
from ikrar.desk.models import Statement
from ikrar.desk.proposals import Proposal
from ikrar.directory.queries import occasions
from ikrar.kernel.evidence import Attestation, Classification, EvidenceGrade
from ikrar.kernel.move import Condition, Kind, Move, Terms, When
from ikrar.kernel.party import EVERYONE, Side, requester_of, side_of
from ikrar.reading.span import Span
from ikrar.register.actions.sources import keep_passages
from ikrar.register.log.moves import NewMove
from ikrar.register.log.record import Opening, Record, Witness
from ikrar.register.queries.links import LinkCandidate
from ikrar.register.queries.symbols import free_symbol


@dataclass(frozen=True, slots=True)
class Unit:
    """What is accepted together: the statements of a meeting, or of one source without one.

    `copies` are the sources whose words repeat another's: evidence, but not counted.
    """

    statements: tuple[Statement, ...]
    made_on: When
    compartment: str
    meeting: str
    copies: frozenset[int]

    def groups(self) -> list[list[Statement]]:
        """Gather the statements that tell the same act, in text order of their first report."""
        ordered = sorted(self.statements, key=lambda s: (s.group, s.source_id, s.start))
        groups = [list(group) for _, group in groupby(ordered, key=lambda s: s.group)]
        return sorted(groups, key=lambda g: (g[0].source_id, g[0].start))

    @property
    def classification(self) -> Classification:
        """The highest classification of its sources: what comes of it is guarded as they are."""
        return list(Classification)[max(s.source.classification for s in self.statements)]

    def with_record(
        self,
        move: Move,
        proposal: Proposal,
        account: Account,
        opening: Opening | None = None,
    ) -> NewMove:
        """Add to a move what this house knows of it: proof, speaker, who accepted it."""
        sources = {s.source_id: s.source for s in proposal.statements}
        return NewMove(
            move,
            Record(
                attestation=max(Attestation(s.attestation) for s in sources.values()),
                account=account.pk,
                witnesses=_witnesses(self, proposal),
                speaker={k: v for k, v in proposal.speaker.items() if v},
                occasion=_occasion(proposal, self.made_on),
                opening=opening,
            ),
        )


def opening_move(
    unit: Unit,
    proposal: Proposal,
    *,
    account: Account,
    joint: str | None = None,
    condition: Condition | None = None,
) -> list[NewMove]:
    """Open undertakings: one per party that is asked, or one for the party that offers."""
    asks = proposal.kind is Kind.REQUEST
    performers = proposal.to if asks else (proposal.by,)
    to = () if asks else tuple(requester_of(p, proposal.by) for p in proposal.to) or (EVERYONE,)
    return [
        unit.with_record(
            Move(
                kind=proposal.kind,
                by=proposal.by,
                performer=performer,
                to=to,
                made_on=unit.made_on,
                hedged=proposal.hedged,
                terms=_terms(proposal, condition),
                joint=joint,
            ),
            proposal,
            account,
            _opening(unit, proposal),
        )
        for performer in performers
    ]


def answer_to(unit: Unit, proposal: Proposal, target: LinkCandidate) -> Move:
    """Make the proposal a move about an undertaking that is there already."""
    side = side_of(proposal.by, target.performer, proposal.to)
    return _about(
        unit,
        proposal,
        performer=target.performer,
        undertaking=target.opened_by,
        answers=target.answers_for(proposal.kind, side),
        to=(target.requester,) if side is Side.PERFORMER else (),
    )


def draft_move(
    unit: Unit, proposal: Proposal, answered: Move, *, condition: Condition | None = None
) -> Move:
    """Make the proposal a move that answers one made before."""
    side = side_of(proposal.by, answered.performer, proposal.to)
    requester = requester_of(answered.by, answered.performer)
    return _about(
        unit,
        proposal,
        performer=answered.performer,
        undertaking=answered.undertaking_id,
        answers=answered.move_id,
        to=(requester,) if side is Side.PERFORMER else (),
        condition=condition,
    )


def _about(
    unit: Unit,
    proposal: Proposal,
    *,
    performer: str,
    undertaking: str,
    answers: str | None,
    to: tuple[str, ...],
    condition: Condition | None = None,
) -> Move:
    is_report = proposal.kind is Kind.REPORT
    return Move(
        kind=proposal.kind,
        by=proposal.by,
        performer=performer,
        to=to,
        undertaking=undertaking,
        answers=answers,
        made_on=unit.made_on,
        hedged=proposal.hedged and not is_report,
        full=not (proposal.hedged and is_report),  # "eight of the twenty" is progress, not a hedge
        terms=_terms(proposal, condition),
    )


def _terms(proposal: Proposal, condition: Condition | None) -> Terms:
    return Terms(proposal.what, proposal.due, condition, proposal.theme)


def _opening(unit: Unit, proposal: Proposal) -> Opening:
    sources = [s.source for s in proposal.statements]
    return Opening(
        symbol=free_symbol(settings.IKRAR_PARTY, unit.made_on.first.year),
        classification=unit.classification,
        titles=proposal.titles,
        meeting=unit.meeting,
        invented=all(s.invented for s in sources),
    )


def _witnesses(unit: Unit, proposal: Proposal) -> tuple[Witness, ...]:
    """Keep each telling's passage; a place that tells the act twice is one passage."""
    found: dict[tuple[int, int, int], Witness] = {}
    for told in proposal.statements:
        keep_passages(told.source, [Span(told.start, told.end)])
        found[told.source_id, told.start, told.end] = Witness(
            source=told.source.sha256,
            start=told.start,
            end=told.end,
            grade=EvidenceGrade(told.grade),
            kind=told.kind,
            hedged=told.hedged and told.kind != Kind.REPORT,
            counted=told.source_id not in unit.copies,
        )
    return tuple(found.values())


def _occasion(proposal: Proposal, made_on: When) -> str:
    """Name the occasion that an ask or promise is about: same theme and candidate, still ahead."""
    for occasion in occasions():
        candidate = occasion.requester.code if occasion.requester else ""
        is_theirs = candidate in (proposal.by, *proposal.to)
        is_ahead = made_on.first <= occasion.ends_on
        is_meant = not proposal.due or proposal.due.first <= occasion.ends_on <= proposal.due.last
        if occasion.theme == proposal.theme and is_theirs and is_ahead and is_meant:
            return str(occasion.slug)
    return ""
