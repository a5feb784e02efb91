"""Accounts of invented people."""

from functools import cache
from itertools import count

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password

from ikrar.accounts import actions
from ikrar.accounts.models import Account
from ikrar.accounts.vocabulary import Role
from ikrar.kernel.evidence import Classification

_numbers = count(1)
_hashed = cache(make_password)


def make_account(
    role: Role = Role.READER,
    clearance: Classification = Classification.INTERNAL,
    password: str = "",
    language: str = "id",
    is_demo: bool = False,
    compartments: tuple[str, ...] = (),
) -> Account:
    number = next(_numbers)
    account = actions.create_account(
        email=f"{role}{number}@ministry.example",
        name=f"{role.capitalize()} of Aurelia",
        role=role,
        clearance=clearance,
        compartments=compartments,
        language=language,
        is_demo=is_demo,
    )
    if password:
        account.password = _hashed(password)
        account.save()
    return account


def add_second_factor(account: Account) -> str:
    """Switch the second factor on; return the secret of the authenticator app."""
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    RecoveryCodes.activate(account)
    return str(secret)
