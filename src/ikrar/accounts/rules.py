"""Who may: predicates over an account and, for reading, a thing with a classification.

`may_read(account, thing)` asks `thing.classification` and `thing.compartment` ("" = none).
Nothing is granted that is not granted here.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from rules.predicates import Predicate
from rules.rulesets import add_rule

from ikrar.accounts.models import Account
from ikrar.accounts.vocabulary import Role
from ikrar.kernel.evidence import Classification

RANKS = tuple(Role.values)


class Classified(Protocol):
    """What a clearance is needed for."""

    classification: str
    compartment: str


Reader = Account | AnonymousUser


def readable(account: Reader) -> tuple[Classification, ...]:
    """Return the classifications that this account is cleared for."""
    if not isinstance(account, Account) or not account.is_active:
        return ()
    clearance = Classification(account.clearance)
    return tuple(level for level in Classification if level <= clearance)


def has_rank(account: Reader, role: Role) -> bool:
    """Return whether the account is active and at least of this role."""
    if not isinstance(account, Account) or not account.is_active:
        return False
    return RANKS.index(account.role) >= RANKS.index(role)


def _predicate(ask: Callable[..., bool]) -> Predicate:
    return Predicate(ask)


@_predicate
def is_cleared(account: Reader, thing: Classified | None = None) -> bool:
    """Whether the account's clearance and compartments cover the thing."""
    if thing is None:
        return True
    is_inside = not thing.compartment or thing.compartment in getattr(account, "compartments", ())
    return is_inside and Classification(thing.classification) in readable(account)


@_predicate
def is_reader(account: Reader) -> bool:
    """Whether the account may enter at all."""
    return has_rank(account, Role.READER)


@_predicate
def is_recorder(account: Reader) -> bool:
    """Whether the account may bring in sources and notes."""
    return has_rank(account, Role.RECORDER)


@_predicate
def is_reviewer(account: Reader) -> bool:
    """Whether the account may accept statements as moves."""
    return has_rank(account, Role.REVIEWER)


@_predicate
def is_administrator(account: Reader) -> bool:
    """Whether the account may manage accounts."""
    return has_rank(account, Role.ADMINISTRATOR)


may_read = is_reader & is_cleared
may_record = is_recorder & is_cleared
may_review = is_reviewer & is_cleared
may_administer = is_administrator

for _name, _rule in {
    "may_read": may_read,
    "may_record": may_record,
    "may_review": may_review,
    "may_administer": may_administer,
}.items():
    add_rule(_name, _rule)  # type: ignore[no-untyped-call]

View = Callable[..., HttpResponse]


def required(rule: Callable[..., bool]) -> Callable[[View], View]:
    """Refuse a view to accounts that do not satisfy the rule (403)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not rule(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
