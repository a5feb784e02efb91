"""Who may: every role against every level, and nothing by default."""

from dataclasses import dataclass

import pytest
import rules as registry
from django.contrib.auth.models import AnonymousUser
from tests.factories.accounts import make_account

from ikrar.accounts import rules
from ikrar.accounts.models import Account
from ikrar.accounts.vocabulary import Role
from ikrar.kernel.evidence import Classification

RIGHTS = {
    "may_read": set(Role),
    "may_record": {Role.RECORDER, Role.REVIEWER, Role.ADMINISTRATOR},
    "may_review": {Role.REVIEWER, Role.ADMINISTRATOR},
    "may_administer": {Role.ADMINISTRATOR},
}


@dataclass
class Paper:
    """A thing that a clearance is needed for."""

    classification: str = "public"
    compartment: str = ""


def account_of(role: Role, clearance: Classification = Classification.INTERNAL) -> Account:
    return Account(role=role, clearance=clearance.value, compartments=["tin"], email="a@b.example")


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("role", Role)
def test_role_has_its_rights_and_no_others(right: str, role: Role) -> None:
    assert registry.test_rule(right, account_of(role)) is (role in RIGHTS[right])


@pytest.mark.parametrize("right", RIGHTS)
def test_stranger_may_nothing(right: str) -> None:
    assert not registry.test_rule(right, AnonymousUser())
    assert not registry.test_rule(right, AnonymousUser(), Paper())


@pytest.mark.parametrize("right", RIGHTS)
def test_closed_account_may_nothing(right: str) -> None:
    account = account_of(Role.ADMINISTRATOR)
    account.is_active = False
    assert not registry.test_rule(right, account)


@pytest.mark.parametrize("clearance", Classification)
@pytest.mark.parametrize("needed", Classification)
def test_clearance_covers_what_is_at_most_as_high(
    clearance: Classification, needed: Classification
) -> None:
    account = account_of(Role.ADMINISTRATOR, clearance)
    ranks = list(Classification)
    is_covered = ranks.index(needed) <= ranks.index(clearance)
    assert rules.may_read(account, Paper(needed.value)) is is_covered
    assert (needed in rules.readable(account)) is is_covered


@pytest.mark.parametrize(("compartment", "is_open"), [("", True), ("tin", True), ("zinc", False)])
def test_compartment_is_closed_to_others(compartment: str, is_open: bool) -> None:
    account = account_of(Role.ADMINISTRATOR, Classification.SECRET)
    assert rules.may_read(account, Paper("public", compartment)) is is_open
    assert rules.may_review(account, Paper("public", compartment)) is is_open


@pytest.mark.django_db
def test_new_account_is_a_reader_of_internal_things() -> None:
    account = make_account()
    assert rules.may_read(account, Paper("internal"))
    assert not rules.may_read(account, Paper("restricted"))
    assert not rules.may_record(account)
