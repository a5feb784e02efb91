"""The two times of a question: what was true on a day, as this house knew it at an instant."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ikrar.register.models import Annulment


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day and an instant (aware). `is_now`: both are the present, so computed columns do."""

    true_on: date
    known_at: datetime
    is_now: bool = False

    @property
    def period(self) -> Q:
        """The periods of a strand that answer the question."""
        day, instant = self.true_on, self.known_at
        return (
            Q(true_from__lte=day, known_from__lte=instant)
            & (Q(true_to__isnull=True) | Q(true_to__gt=day))
            & (Q(known_to__isnull=True) | Q(known_to__gt=instant))
        )

    def counts(self, move: str = "") -> Q:
        """The moves that count: made by that day, known and not struck through at that instant.

        `move` leads to the recorded move: `move__`.
        """
        if self.is_now:
            return Q((f"{move}annulled_at__isnull", True))
        struck = Annulment.objects.filter(
            Q(undone_at__isnull=True) | Q(undone_at__gt=self.known_at),
            move=OuterRef(f"{move}pk"),
            annulled_at__lte=self.known_at,
        )
        return Q(
            ~Exists(struck),
            (f"{move}certain_on__lte", self.true_on),
            (f"{move}recorded_at__lte", self.known_at),
        )


def present() -> AsOf:
    """Return today, as it is known now."""
    now = timezone.now()
    return AsOf(now.date(), now, is_now=True)


def as_of(true_on: date | None, known_at: datetime | None) -> AsOf:
    """Return the question for a day and an instant; what is missing is the present.

    Today, as known at an instant that is not past, is the present.
    """
    now = present()
    is_now = (true_on is None or true_on == now.true_on) and (
        known_at is None or known_at >= now.known_at
    )
    return AsOf(true_on or now.true_on, known_at or now.known_at, is_now)


def end_of(day: date) -> datetime:
    """Return the last instant of a day (UTC): what was known on a day is known at its end."""
    return datetime.combine(day, time.max, tzinfo=UTC)
