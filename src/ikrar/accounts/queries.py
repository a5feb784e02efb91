"""What is asked about accounts."""

from allauth.mfa.models import Authenticator
from django.utils import timezone

from ikrar.accounts.actions import token_hash
from ikrar.accounts.models import Account, LoginLink


def has_second_factor(account: Account) -> bool:
    """Return whether an authenticator app guards this account."""
    factors = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP)
    return bool(factors.exists())


def is_usable(*, token: str) -> bool:
    """Return whether this login link would still log somebody in."""
    return LoginLink.objects.filter(
        token_hash=token_hash(token),
        used_at=None,
        expires_at__gt=timezone.now(),
        account__is_active=True,
    ).exists()
