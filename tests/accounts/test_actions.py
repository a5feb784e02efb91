"""Accounts and the links that log one in once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction
from django.utils import timezone
from tests.factories.accounts import make_account

from ikrar.accounts import actions, queries
from ikrar.accounts.models import Account, LoginLink
from ikrar.kernel.evidence import Classification

pytestmark = pytest.mark.django_db


def token_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[-1]


def test_account_enters_by_link_alone() -> None:
    assert not make_account().has_usable_password()


def test_account_email_is_one_in_any_case() -> None:
    actions.create_account(email="Clerk@Ministry.example", name="Clerk")
    assert Account.objects.get_by_natural_key("CLERK@ministry.EXAMPLE").name == "Clerk"
    with pytest.raises(ValidationError):
        actions.create_account(email="clerk@ministry.example", name="Another")


@pytest.mark.parametrize("fault", [{"role": "king"}, {"clearance": "cosmic"}])
def test_account_of_unknown_kind_is_refused_by_the_database(fault: dict[str, str]) -> None:
    account = make_account()
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=account.pk).update(**fault)


def test_login_link_keeps_no_token() -> None:
    token = token_of(actions.create_login_link(account=make_account()))
    kept = LoginLink.objects.get()
    assert token not in {str(value) for value in vars(kept).values()}
    assert token not in str(kept)


def test_login_link_works_once() -> None:
    account = make_account()
    token = token_of(actions.create_login_link(account=account))
    assert actions.use_login_link(token=token) == account
    with pytest.raises(actions.LinkUnusableError):
        actions.use_login_link(token=token)
    assert not queries.is_usable(token=token)


@pytest.mark.parametrize(("hours", "is_usable"), [(23, True), (25, False)])
def test_login_link_lives_a_day(hours: int, is_usable: bool) -> None:
    token = token_of(actions.create_login_link(account=make_account()))
    later = timezone.now() + timedelta(hours=hours)
    if is_usable:
        assert actions.use_login_link(token=token, now=later)
    else:
        with pytest.raises(actions.LinkUnusableError):
            actions.use_login_link(token=token, now=later)


def test_login_link_of_closed_account_does_nothing() -> None:
    account = make_account()
    token = token_of(actions.create_login_link(account=account))
    Account.objects.filter(pk=account.pk).update(is_active=False)
    with pytest.raises(actions.LinkUnusableError):
        actions.use_login_link(token=token)


def test_login_link_guessed_does_nothing() -> None:
    actions.create_login_link(account=make_account(clearance=Classification.SECRET))
    with pytest.raises(actions.LinkUnusableError):
        actions.use_login_link(token="guess")


@pytest.mark.django_db(transaction=True)
def test_login_link_spent_by_many_at_once_lets_one_in() -> None:
    token = token_of(actions.create_login_link(account=make_account()))

    def spend(_: int) -> bool:
        try:
            actions.use_login_link(token=token)
        except actions.LinkUnusableError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(spend, range(6))) == [False] * 5 + [True]
