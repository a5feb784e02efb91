"""What is written about accounts."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ikrar.accounts.models import Account, LoginLink
from ikrar.accounts.vocabulary import Role
from ikrar.kernel.evidence import Classification

LINK_LIFETIME = timedelta(hours=24)


class LinkUnusableError(Exception):
    """This link has been used, is too old, or was never made here."""


def token_hash(token: str) -> str:
    """Return what is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def create_account(
    *,
    email: str,
    name: str,
    role: Role = Role.READER,
    clearance: Classification = Classification.INTERNAL,
    compartments: tuple[str, ...] = (),
    language: str = "id",
    is_demo: bool = False,
) -> Account:
    """Make an account without a password: its owner enters by a login link."""
    account = Account(
        email=Account.objects.normalize_email(email).lower(),
        name=name,
        role=role,
        clearance=clearance.value,
        compartments=list(compartments),
        language=language,
        is_demo=is_demo,
    )
    account.set_unusable_password()
    account.full_clean(exclude=["password"])
    account.save()
    return account


@transaction.atomic
def create_login_link(*, account: Account, lifetime: timedelta = LINK_LIFETIME) -> str:
    """Return the path of a page that logs this account in once; it cannot be shown again."""
    token = secrets.token_urlsafe(32)
    expires_at = timezone.now() + lifetime
    LoginLink.objects.create(account=account, token_hash=token_hash(token), expires_at=expires_at)
    return reverse("login_link", args=[token])


@transaction.atomic
def use_login_link(*, token: str, now: datetime | None = None) -> Account:
    """Spend a link and return its account; of several at once, one wins.

    Raises:
        LinkUnusableError: it was used, is too old, is unknown, or the account is closed.
    """
    now = now or timezone.now()
    links = LoginLink.objects.filter(
        token_hash=token_hash(token),
        used_at=None,
        expires_at__gt=now,
        account__is_active=True,
    )
    link = links.select_related("account").select_for_update(of=("self",)).first()
    if link is None:
        raise LinkUnusableError
    link.used_at = now
    link.save(update_fields=["used_at"])
    return link.account


@transaction.atomic
def set_language(*, account: Account, language: str) -> None:
    """Keep the language in which this account reads."""
    account.language = language
    account.save(update_fields=["language"])
