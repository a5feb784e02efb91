"""A move: one act by one party about one undertaking. It is never changed."""

import calendar
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Any, TypeVar

from ikrar.kernel import canonical
from ikrar.kernel.canonical import CanonicalError, Fault
from ikrar.kernel.party import EVERYONE, is_party

VERSION = 1
MAX_TEXT = 4000

_E = TypeVar("_E", bound=StrEnum)
_ID = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SALT = re.compile(r"[0-9a-f]{32}", re.ASCII)
_WHEN = {
    "day": re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII),
    "month": re.compile(r"\d{4}-\d{2}", re.ASCII),
    "year": re.compile(r"\d{4}", re.ASCII),
}


class MoveError(CanonicalError):
    """This is not a well-formed move."""


class Kind(StrEnum):
    """What a party can do in a conversation for action, in the order of the fold."""

    REQUEST = "request"
    OFFER = "offer"
    ACKNOWLEDGE = "acknowledge"
    PROMISE = "promise"
    ACCEPT = "accept"
    COUNTER = "counter"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REPORT = "report"
    CONFIRM = "confirm"
    DISPUTE = "dispute"


NEEDS_ANSWERS = frozenset({Kind.ACCEPT, Kind.DECLINE, Kind.WITHDRAW})


class Precision(StrEnum):
    """How exactly a day is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class When:
    """A day, a month or a year: `2025-11-24`, `2025-11`, `2025`.

    `first` and `last` are the days that can be meant.
    """

    value: str
    precision: Precision = Precision.DAY
    first: date = field(init=False, repr=False, compare=False)
    last: date = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        settle = object.__setattr__
        settle(self, "precision", _member(Precision, self.precision, "precision"))
        if not isinstance(self.value, str) or not _WHEN[self.precision].fullmatch(self.value):
            raise _wrong(f"{self.value!r} is not a {self.precision}.")
        try:
            first, last = _first_and_last(self.value, self.precision)
        except ValueError:
            raise _wrong(f"{self.value!r} is not in the calendar.") from None
        settle(self, "first", first)
        settle(self, "last", last)

    @classmethod
    def on(cls, day: date) -> "When":
        """Return `day`, known exactly."""
        return cls(day.isoformat(), Precision.DAY)

    @classmethod
    def parse(cls, text: str) -> "When":
        """Return the day, month or year that `text` writes in ISO form."""
        precision = {10: Precision.DAY, 7: Precision.MONTH, 4: Precision.YEAR}.get(len(text))
        if precision is None:
            raise _wrong(f"{text!r} is not a day, a month or a year.")
        return cls(text, precision)

    def to_value(self) -> dict[str, Any]:
        """Return what the move's bytes contain."""
        return {"value": self.value, "precision": self.precision.value}


class Trigger(StrEnum):
    """What must have happened in another undertaking for a condition to hold."""

    PROMISED = "promised"
    REPORTED = "reported"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Condition:
    """ "We, if you": a promise sleeps until another undertaking (its id) has come so far."""

    undertaking: str
    trigger: Trigger = Trigger.PROMISED

    def __post_init__(self) -> None:
        _require_id(self.undertaking, "condition.undertaking")
        object.__setattr__(self, "trigger", _member(Trigger, self.trigger, "trigger"))

    def to_value(self) -> dict[str, Any]:
        """Return what the move's bytes contain."""
        return {"undertaking": self.undertaking, "trigger": self.trigger.value}


@dataclass(frozen=True)
class Terms:
    """What is to be done, by when, on which condition, under which theme."""

    what: str
    due: When | None = None
    condition: Condition | None = None
    theme: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", _name(self.what, "what"))
        if self.theme is not None:
            object.__setattr__(self, "theme", _name(self.theme, "theme"))

    def to_value(self) -> dict[str, Any]:
        """Return what the move's bytes contain."""
        return {
            "what": self.what,
            "due": self.due and self.due.to_value(),
            "condition": self.condition and self.condition.to_value(),
            "theme": self.theme,
        }


@dataclass(frozen=True, kw_only=True)
class Move:
    """One act by one party about one undertaking, with the salt that keeps its id unguessable.

    `to`: the requesters it concerns, `*` for everybody, empty for all strands. `undertaking`: the
    id of its opening move, None in that move itself. `answers`: the move it replies to or takes
    back. `full`: a report that says "done". `restates`: the same act, told with better evidence.
    """

    kind: Kind
    by: str
    performer: str
    made_on: When
    to: tuple[str, ...] = ()
    undertaking: str | None = None
    answers: str | None = None
    hedged: bool = False
    full: bool = True
    terms: Terms | None = None
    joint: str | None = None
    restates: str | None = None
    salt: str = ""
    v: int = VERSION

    def __post_init__(self) -> None:
        settle = object.__setattr__
        settle(self, "kind", _kind(self.kind))
        settle(self, "to", tuple(sorted(self.to)))
        settle(self, "salt", self.salt or canonical.new_salt())
        _check_parties(self)
        _check_names(self)

    def to_bytes(self) -> bytes:
        """Return the canonical bytes, which are what is hashed, signed and sent."""
        return canonical.dumps(self.to_value())

    def to_value(self) -> dict[str, Any]:
        """Return what the bytes contain; what is absent is None."""
        return {
            "v": self.v,
            "kind": self.kind.value,
            "by": self.by,
            "performer": self.performer,
            "to": list(self.to),
            "undertaking": self.undertaking,
            "answers": self.answers,
            "made_on": self.made_on.to_value(),
            "hedged": self.hedged,
            "full": self.full,
            "terms": self.terms and self.terms.to_value(),
            "joint": self.joint,
            "restates": self.restates,
            "salt": self.salt,
        }

    @cached_property
    def move_id(self) -> str:
        """SHA-256 of the bytes, as 64 hexadecimal digits."""
        return sha256(self.to_bytes()).hexdigest()

    @property
    def undertaking_id(self) -> str:
        """The undertaking's identity: the id of the move that opened it."""
        return self.undertaking or self.move_id

    @classmethod
    def from_bytes(cls, encoded: bytes) -> "Move":
        """Return the move that `encoded` stands for; raise CanonicalError for anything else."""
        built: list[Move] = []
        canonical.loads(encoded, lambda value: built.append(_from_value(value)))
        (move,) = built
        if move.to_bytes() != encoded:
            raise CanonicalError(Fault.NOT_CANONICAL, "The move writes itself in other bytes.")
        return move


def new_joint() -> str:
    """Return a random id that ties the undertakings of one joint act."""
    return secrets.token_hex(16)


def joint_promises(
    parties: tuple[str, ...], terms: Terms, made_on: When, *, hedged: bool = False
) -> tuple[Move, ...]:
    """Return what "both sides agreed" means: a promise by each party to all the others.

    Each opens an undertaking of its own, in which the others are the requesters.
    """
    joint = new_joint()
    return tuple(
        Move(
            kind=Kind.PROMISE,
            by=party,
            performer=party,
            to=tuple(other for other in parties if other != party),
            made_on=made_on,
            hedged=hedged,
            terms=terms,
            joint=joint,
        )
        for party in parties
    )


def _first_and_last(value: str, precision: Precision) -> tuple[date, date]:
    if precision is Precision.DAY:
        day = date.fromisoformat(value)
        return day, day
    year, month = int(value[:4]), int(value[5:] or 12)
    first = date(year, month if precision is Precision.MONTH else 1, 1)
    return first, date(year, month, calendar.monthrange(year, month)[1])


def _from_value(value: Any) -> Move:
    fields = _members(value, "move", _MOVE_KEYS)
    if fields["v"] != VERSION or isinstance(fields["v"], bool):
        raise _wrong(f"Version {str(fields['v'])[:24]} is not known.")
    if not isinstance(fields["to"], list):
        raise _wrong("'to' is a list of party codes.")
    if not isinstance(fields["salt"], str) or not fields["salt"]:
        raise _wrong("A move has a salt.")
    made_on, terms = fields.pop("made_on"), fields.pop("terms")
    return Move(
        made_on=_when(made_on, "made_on"),
        terms=None if terms is None else _terms(terms),
        **{**fields, "to": tuple(_party(each, "to") for each in fields["to"])},
    )


def _when(value: Any, where: str) -> When:
    fields = _members(value, where, {"value", "precision"})
    return When(fields["value"], _member(Precision, fields["precision"], where))


def _terms(value: Any) -> Terms:
    fields = _members(value, "terms", {"what", "due", "condition", "theme"})
    due, condition = fields["due"], fields["condition"]
    return Terms(
        what=fields["what"],
        due=None if due is None else _when(due, "due"),
        condition=None if condition is None else _condition(condition),
        theme=fields["theme"],
    )


def _condition(value: Any) -> Condition:
    return Condition(**_members(value, "condition", {"undertaking", "trigger"}))


def _members(value: Any, where: str, keys: set[str]) -> dict[str, Any]:
    if not isinstance(value, Mapping) or set(value) != keys:
        raise _wrong(f"'{where}' has exactly these keys: {', '.join(sorted(keys))}.")
    return dict(value)


def _check_parties(move: Move) -> None:
    for where in ("by", "performer"):
        if _party(getattr(move, where), where) == EVERYONE:
            raise _wrong(f"'{where}' is one party, not everybody.")
    for each in move.to:
        _party(each, "to")
    if len(set(move.to)) != len(move.to):
        raise _wrong("'to' names a party twice.")


def _check_names(move: Move) -> None:
    for where in ("undertaking", "answers", "restates"):
        if getattr(move, where) is not None:
            _require_id(getattr(move, where), where)
    for where in ("joint", "salt"):
        given = getattr(move, where)
        if given is not None and not (isinstance(given, str) and _SALT.fullmatch(given)):
            raise _wrong(f"'{where}' is 32 lower-case hexadecimal digits.")
    if not isinstance(move.made_on, When):
        raise _wrong("'made_on' is a day, a month or a year.")
    if not isinstance(move.terms, Terms | None):
        raise _wrong("'terms' are terms or absent.")
    for where in ("hedged", "full"):
        if not isinstance(getattr(move, where), bool):
            raise _wrong(f"'{where}' is true or false.")


def _party(code: Any, where: str) -> str:
    if isinstance(code, str) and (code == EVERYONE or is_party(code)):
        return code
    raise _wrong(f"'{where}' is not a party code.")


def _require_id(given: Any, where: str) -> None:
    if not isinstance(given, str) or not _ID.fullmatch(given):
        raise _wrong(f"'{where}' is a move's id: 64 lower-case hexadecimal digits.")


def _name(given: Any, where: str) -> str:
    if not isinstance(given, str) or not given.strip() or len(given) > MAX_TEXT:
        raise _wrong(f"'{where}' is a text of at most {MAX_TEXT} characters.")
    return unicodedata.normalize("NFC", given)


def _kind(given: Any) -> Kind:
    try:
        return Kind(given)
    except ValueError:
        fault = Fault.UNKNOWN_KIND if isinstance(given, str) else Fault.WRONG_SHAPE
        raise MoveError(fault, f"{str(given)[:24]!r} is not a kind of move.") from None


def _member(kinds: type[_E], given: Any, where: str) -> _E:
    try:
        return kinds(given)
    except ValueError:
        raise _wrong(f"'{where}' is one of: {', '.join(kinds)}.") from None


def _wrong(sentence: str) -> MoveError:
    return MoveError(Fault.WRONG_SHAPE, sentence)


_MOVE_KEYS = {
    "v", "kind", "by", "performer", "to", "undertaking", "answers",
    "made_on", "hedged", "full", "terms", "joint", "restates", "salt",
}  # fmt: skip
