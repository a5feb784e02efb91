"""Logging in by link, by password and with a second factor; the reader's own page."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.factories.accounts import add_second_factor, make_account

from ikrar.accounts import actions
from ikrar.accounts.models import Account
from ikrar.accounts.vocabulary import Role

pytestmark = pytest.mark.django_db

PASSWORD = "a long sentence of words"


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def is_logged_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def give_password(client: Client, account: Account, password: str = PASSWORD) -> object:
    return client.post(reverse("account_login"), {"login": account.email, "password": password})


def test_login_link_survives_being_looked_at(client: Client) -> None:
    link = actions.create_login_link(account=make_account())
    for _ in range(2):
        assert client.get(link).status_code == 200
    assert not is_logged_in(client)
    assert client.post(link).status_code == 302
    assert is_logged_in(client)


def test_login_link_used_before_says_so(client: Client) -> None:
    link = actions.create_login_link(account=make_account(language="en"))
    client.post(link)
    stranger = Client(headers={"cookie": f"{settings.LANGUAGE_COOKIE_NAME}=en"})
    for answer in (stranger.get(link), stranger.post(link)):
        assert answer.status_code == 410
        assert "This link cannot be used" in answer.content.decode()
    assert not is_logged_in(stranger)


def test_login_link_does_not_go_past_the_second_factor(client: Client) -> None:
    account = make_account()
    secret = add_second_factor(account)
    answer = client.post(actions.create_login_link(account=account))
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_logged_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_logged_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert is_logged_in(client)


def test_login_by_password(client: Client) -> None:
    give_password(client, make_account(password=PASSWORD))
    assert is_logged_in(client)


def test_login_by_wrong_password_says_which_field(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "id"
    answer = give_password(client, make_account(password=PASSWORD), "wrong")
    assert "Ini belum dapat disimpan" in answer.content.decode()
    assert not is_logged_in(client)


def test_login_is_refused_after_too_many_attempts(client: Client) -> None:
    account = make_account(password=PASSWORD)
    for _ in range(6):
        give_password(client, account, "wrong")
    give_password(client, account)
    assert not is_logged_in(client)


def test_login_goes_nowhere_else(client: Client) -> None:
    account = make_account(password=PASSWORD)
    answer = client.post(
        reverse("account_login"),
        {"login": account.email, "password": PASSWORD, "next": "https://elsewhere.example/"},
    )
    assert answer["Location"] == "/"


def test_signup_is_not_there(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404


def test_second_factor_is_switched_on_with_codes(client: Client) -> None:
    codes = reverse("mfa_view_recovery_codes")
    client.force_login(make_account(language="en"))
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "<svg" in page
    assert "style=" not in page
    secret = re.search(r'ik-key">([A-Z2-7]+)<', page)
    assert secret
    code = {"code": code_now(secret[1])}
    assert client.post(reverse("mfa_activate_totp"), code)["Location"] == codes
    client.post(reverse("mfa_reauthenticate"), code)
    answer = client.get(codes)
    assert "Recovery codes" in answer.content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", answer.content.decode())) == 10


def test_second_factor_lies_encrypted() -> None:
    account = make_account()
    secret = add_second_factor(account)
    kept = Authenticator.objects.get(user=account, type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)


def test_recovery_code_lets_in_once() -> None:
    account = make_account()
    add_second_factor(account)
    codes = Authenticator.objects.get(user=account, type=Authenticator.Type.RECOVERY_CODES)
    code = codes.wrap().get_unused_codes()[0]
    entered = []
    for _ in range(2):
        client = Client()
        client.post(actions.create_login_link(account=account))
        client.post(reverse("mfa_authenticate"), {"code": code})
        entered.append(is_logged_in(client))
    assert entered == [True, False]


def test_account_page_tells_who_one_is(client: Client) -> None:
    client.force_login(make_account(Role.REVIEWER, language="en", is_demo=True))
    page = client.get(reverse("account")).content.decode()
    assert "Reviewer" in page
    assert "demonstration account" in page


def test_language_is_kept_in_account_and_cookie(client: Client) -> None:
    account = make_account(language="id")
    client.force_login(account)
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/about/?a=1"})
    assert answer["Location"] == "/about/?a=1"
    account.refresh_from_db()
    assert account.language == "en"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_language_switch_stays_here(client: Client, target: str) -> None:
    answer = client.post(reverse("set_language"), {"language": "en", "next": target})
    assert answer["Location"] == "/"


def test_language_unknown_changes_nothing(client: Client) -> None:
    answer = client.post(reverse("set_language"), {"language": "xx", "next": "/about/"})
    assert answer.status_code == 302
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies
