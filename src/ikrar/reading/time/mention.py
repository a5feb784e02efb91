"""A date as a text gives it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ikrar.kernel.move import When
from ikrar.reading.span import Passage


class TimeKind(StrEnum):
    """How a date is written."""

    ABSOLUTE = "absolute"  # with its year
    PARTIAL = "partial"  # without its year
    WEEKDAY = "weekday"  # by a weekday alone
    RELATIVE = "relative"  # counted from the day of publication


class TimeFlag(StrEnum):
    """What a reader of the date must know."""

    WEEKDAY_DISAGREES = "weekday_disagrees"
    YEAR_ASSUMED = "year_assumed"
    ORDER_UNSURE = "order_unsure"  # 03/04/2025 in an English text: taken as 3 April
    FUTURE_ASSUMED = "future_assumed"  # a weekday after "will" or "akan"
    UNANCHORED = "unanchored"  # there is no trusted day to count from
    IMPOSSIBLE = "impossible"  # 31 November


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A date at `start:end`: `when`, or from `when` until `until`; None where it stays open."""

    start: int
    end: int
    kind: TimeKind
    when: When | None
    until: When | None = None
    flags: frozenset[TimeFlag] = frozenset()

    def passage(self, text: str) -> Passage:
        """The words that give the date."""
        return Passage.of(text, self.start, self.end)
