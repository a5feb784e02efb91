"""Conversations made by chance, for measuring the fold and for comparing it with another.

They are plausible rather than uniform: who answers, mostly answers something that was said, and a
signer mostly holds what the lanes have delivered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ikrar.kernel.evidence import Attestation
from ikrar.kernel.move import NEEDS_ANSWERS, Kind, Move, Precision, Terms, When
from ikrar.kernel.party import EVERYONE, Side, speaker_of
from ikrar.kernel.standing import Telling

PERFORMER = "XAA"
REQUESTERS = ("XAB", "XAC", "XAD")
FIRST_DAY = date(2025, 11, 20)

BY_PERFORMER = (Kind.OFFER, Kind.PROMISE, Kind.ACKNOWLEDGE, Kind.ACCEPT, Kind.COUNTER,
                Kind.DECLINE, Kind.WITHDRAW, Kind.WITHDRAW, Kind.REPORT, Kind.REPORT)  # fmt: skip
BY_REQUESTER = (Kind.REQUEST, Kind.REQUEST, Kind.ACKNOWLEDGE, Kind.ACCEPT, Kind.COUNTER,
                Kind.DECLINE, Kind.WITHDRAW, Kind.CONFIRM, Kind.DISPUTE)  # fmt: skip

OPENING = {
    Side.PERFORMER: (Kind.OFFER, Kind.PROMISE),
    Side.REQUESTER: (Kind.REQUEST,),
}


@dataclass(frozen=True)
class Conversation:
    """Tellings about one undertaking, and the ids of those that were annulled."""

    tellings: tuple[Telling, ...]
    annulled: frozenset[str] = frozenset()


@dataclass
class _Draft:
    """A conversation as it grows."""

    rng: Random
    unsigned: Attestation
    signed_share: float
    crossing_share: float
    tellings: list[Telling] = field(default_factory=list)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share


def generate_conversation(
    rng: Random, moves: int = 8, *, crossings: float = 0.25, restated: float = 0.1
) -> Conversation:
    """Return a conversation of about `moves` moves.

    `crossings`: how often a signer lacks an earlier move. `restated`: how often a move only tells
    an earlier one again. About one in ten conversations has an annulled move.
    """
    draft = _Draft(
        rng,
        unsigned=rng.choice((Attestation.REPORTED, Attestation.RECORDED)),
        signed_share=rng.choice((0.0, 0.5, 0.8, 1.0)),
        crossing_share=crossings,
    )
    parties = REQUESTERS[: rng.choice((1, 1, 2, 3))]
    for _ in range(moves):
        if draft.tellings and draft.chance(restated):
            draft.tellings.append(_restating(draft))
        else:
            draft.tellings.append(_spoken(draft, parties))
    annulled = rng.sample(draft.tellings, 1) if draft.chance(0.1) else []
    return Conversation(
        tuple(rng.sample(draft.tellings, len(draft.tellings))),
        frozenset(each.move.move_id for each in annulled),
    )


def _spoken(draft: _Draft, parties: Sequence[str]) -> Telling:
    rng = draft.rng
    side = rng.choice(tuple(Side))
    if side is Side.PERFORMER:
        by = PERFORMER if draft.chance(0.9) else f"{PERFORMER}.ministry"
        kind = rng.choice(BY_PERFORMER)
    else:
        by = rng.choice(parties)
        by = by if draft.chance(0.9) else f"{by}.embassy"
        is_new = all(each.move.by != by for each in draft.tellings)
        kind = Kind.REQUEST if is_new and draft.chance(0.7) else rng.choice(BY_REQUESTER)
    if not draft.tellings:
        kind = rng.choice(OPENING[side])
    if draft.chance(0.03):
        kind = rng.choice(tuple(Kind))
    move = Move(
        kind=kind,
        by=by,
        performer=PERFORMER,
        to=_addressed(draft, parties) if side is Side.PERFORMER else (),
        undertaking=_opening(draft.tellings),
        answers=_answered(draft, kind, by),
        made_on=_day(draft, len(draft.tellings)),
        hedged=draft.chance(0.12),
        full=draft.chance(0.65),
        salt=_salt(rng),
    )
    return _telling(draft, move)


def _addressed(draft: _Draft, parties: Sequence[str]) -> tuple[str, ...]:
    if draft.chance(0.55):
        return ()
    if draft.chance(0.1):
        return (EVERYONE,)
    return tuple(draft.rng.sample(parties, draft.rng.randint(1, len(parties))))


def _answered(draft: _Draft, kind: Kind, by: str) -> str | None:
    """Mostly what this kind can answer: the other side's moves, or one's own to take back."""
    if not draft.tellings or (kind not in NEEDS_ANSWERS and draft.chance(0.6)):
        return None
    speaker = speaker_of(by, PERFORMER)
    wants_own = kind is Kind.WITHDRAW
    fitting = [
        each
        for each in draft.tellings
        if (speaker_of(each.move.by, PERFORMER) == speaker) is wants_own
    ]
    if not fitting or draft.chance(0.08):
        fitting = draft.tellings
    return draft.rng.choice(fitting[-4:]).move.move_id


def _day(draft: _Draft, turn: int) -> When:
    day = FIRST_DAY + timedelta(days=turn * 6 + draft.rng.randint(-9, 9))
    precision = draft.rng.choices(tuple(Precision), (0.8, 0.15, 0.05))[0]
    return When(day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]], precision)


def _telling(draft: _Draft, move: Move) -> Telling:
    if not draft.chance(draft.signed_share):
        return Telling(move, draft.unsigned)
    received = frozenset(
        each.move.move_id
        for each in draft.tellings
        if each.move.by == move.by or not draft.chance(draft.crossing_share)
    )
    return Telling(move, Attestation.SIGNED, received)


def _restating(draft: _Draft) -> Telling:
    """Tell an earlier move again, now and then with another kind, hedge or extent."""
    rng = draft.rng
    place = rng.randrange(len(draft.tellings))
    told = draft.tellings[place].move
    earlier = [each.move.move_id for each in draft.tellings[: _first_place(draft, place)]]
    move = Move(
        kind=told.kind if draft.chance(0.85) else rng.choice(tuple(Kind)),
        by=told.by if draft.chance(0.95) else rng.choice((PERFORMER, *REQUESTERS)),
        performer=PERFORMER,
        to=told.to,
        undertaking=_opening(draft.tellings),
        answers=rng.choice(earlier) if earlier and draft.chance(0.1) else told.answers,
        made_on=told.made_on if draft.chance(0.7) else _day(draft, place),
        hedged=told.hedged if draft.chance(0.85) else not told.hedged,
        full=told.full,
        restates=told.move_id,
        terms=Terms("the same, told again") if draft.chance(0.1) else told.terms,
        salt=_salt(rng),
    )
    return _telling(draft, move)


def _first_place(draft: _Draft, place: int) -> int:
    """Where the act was told first: what came later cannot be what it answers."""
    places = {each.move.move_id: i for i, each in enumerate(draft.tellings)}
    while draft.tellings[place].move.restates:
        place = places[str(draft.tellings[place].move.restates)]
    return place


def _opening(tellings: Sequence[Telling]) -> str | None:
    return tellings[0].move.undertaking_id if tellings else None


def _salt(rng: Random) -> str:
    return f"{rng.getrandbits(128):032x}"
