"""Conversations made by chance about undertakings that may wait for one another."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.register.moves import NewMove

from ikrar.kernel.evidence import Attestation, Classification
from ikrar.kernel.move import Condition, Kind, Move, Precision, Terms, Trigger, When
from ikrar.register.log.record import Opening, Record

PARTIES = ("XAA", "XAB", "XAC")
BY_PERFORMER = (Kind.OFFER, Kind.PROMISE, Kind.PROMISE, Kind.ACKNOWLEDGE, Kind.ACCEPT, Kind.COUNTER,
                Kind.DECLINE, Kind.WITHDRAW, Kind.REPORT)  # fmt: skip
BY_REQUESTER = (Kind.REQUEST, Kind.REQUEST, Kind.ACCEPT, Kind.COUNTER, Kind.DECLINE, Kind.WITHDRAW,
                Kind.CONFIRM, Kind.DISPUTE)  # fmt: skip
FIRST_DAY = date(2025, 11, 20)


@dataclass
class Chance:
    """Draws moves about a few undertakings; each knows those drawn before it."""

    rng: Random
    undertakings: int = 2
    told: list[list[Move]] = field(default_factory=list)

    def draw(self) -> NewMove:
        """Open an undertaking, or say something about one that is open."""
        if not self.told or (len(self.told) < self.undertakings and self.rng.random() < 0.3):
            self.told.append([])
        conversation = self.rng.choice(self.told) if all(self.told) else self.told[-1]
        move = self._move(conversation, PARTIES[self.told.index(conversation) % 2])
        conversation.append(move)
        return NewMove(move, self._record(move))

    def _move(self, earlier: list[Move], performer: str) -> Move:
        rng = self.rng
        others = [party for party in PARTIES if party != performer]
        by = performer if rng.random() < 0.6 else rng.choice(others)
        kind = rng.choice(BY_PERFORMER if by == performer else BY_REQUESTER)
        if not earlier:
            kind = Kind.PROMISE if by == performer else Kind.REQUEST
        answerable = [m for m in earlier if (m.by == by) is (kind is Kind.WITHDRAW)]
        return Move(
            kind=kind,
            by=by,
            performer=performer,
            to=tuple(rng.sample(others, rng.randrange(3))) if by == performer else (),
            undertaking=earlier[0].move_id if earlier else None,
            answers=rng.choice(answerable).move_id if answerable and rng.random() < 0.7 else None,
            made_on=self._when(len(earlier)),
            hedged=rng.random() < 0.1,
            full=rng.random() < 0.7,
            terms=self._terms(),
            restates=rng.choice(earlier).move_id if earlier and rng.random() < 0.1 else None,
            salt=f"{rng.getrandbits(128):032x}",
        )

    def _when(self, turn: int) -> When:
        day = FIRST_DAY + timedelta(days=turn * 5 + self.rng.randint(-9, 9))
        precision = self.rng.choices(tuple(Precision), (0.7, 0.2, 0.1))[0]
        return When(day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]], precision)

    def _terms(self) -> Terms | None:
        rng = self.rng
        if rng.random() < 0.3:
            return None
        due = (
            When.parse(rng.choice(("2026", "2025-12", "2026-01-15")))
            if rng.random() < 0.5
            else None
        )
        others = [conversation[0].move_id for conversation in self.told if conversation]
        named = rng.choice([*others, "ab" * 32])
        condition = Condition(named, rng.choice(tuple(Trigger))) if rng.random() < 0.5 else None
        return Terms("what is to be done", due, condition, rng.choice((None, "human-rights")))

    def _record(self, move: Move) -> Record:
        opening = None
        if move.undertaking is None:
            level = self.rng.choice(tuple(Classification))
            symbol = f"XAA/2025/{move.move_id[:12]}"
            opening = Opening(symbol, level, {"en": "A title"}, invented=self.rng.random() < 0.5)
        return Record(
            self.rng.choice((Attestation.REPORTED, Attestation.RECORDED, Attestation.SIGNED)),
            speaker={"name": "Somebody", "office": "Minister"},
            note="a note",
            occasion=self.rng.choice(("", "a-ballot")),
            opening=opening,
        )
