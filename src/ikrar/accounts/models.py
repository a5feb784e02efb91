"""Accounts and the links that log one in once."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ikrar.accounts.vocabulary import CLASSIFICATION_WORDS, Role
from ikrar.kernel.evidence import Classification


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by e-mail, whatever the case of its letters."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account with this e-mail address."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A person who logs in. Offices are held by persons of the directory, not by accounts."""

    email = models.EmailField(_("E-mail address"), unique=True)
    name = models.CharField(_("Name"), max_length=200)
    role = models.CharField(_("Role"), max_length=16, choices=Role.choices, default=Role.READER)
    clearance = models.CharField(
        _("Clearance"),
        max_length=16,
        choices=[(level.value, word) for level, word in CLASSIFICATION_WORDS.items()],
        default=Classification.INTERNAL.value,
    )
    compartments = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    language = models.CharField(_("Language"), max_length=8, default="id")
    office = models.CharField(_("Office"), max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        """One account per address; roles and clearances are the known ones, in the database too."""

        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(Lower("email"), name="account_email_unique_in_any_case"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="account_role_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(clearance__in=[level.value for level in CLASSIFICATION_WORDS]),
                name="account_clearance_is_known",
            ),
        ]

    def __str__(self) -> str:
        """Return the name that pages show."""
        return self.name


class LoginLink(models.Model):
    """A link that logs its account in once, for a while. Only the token's hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="login_links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Return whose link it is, never the token."""
        return f"{self.account} until {self.expires_at:%Y-%m-%d %H:%M}"
