"""allauth's forms with our words."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as BaseChangePasswordForm
from allauth.account.forms import LoginForm as BaseLoginForm
from allauth.account.forms import ReauthenticateForm as BaseReauthenticateForm
from allauth.account.forms import SetPasswordForm as BaseSetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm as BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as BaseReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateTOTPForm
from django.utils.translation import gettext_lazy as _

PASSWORD_HINT = _("At least 12 characters; not a common password, and not like your name.")
CODE_HINT = _("Six digits from your authenticator app, or a recovery code.")


class LoginForm(BaseLoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the fields."""
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].label = _("Password")


class ChangePasswordForm(BaseChangePasswordForm):  # type: ignore[misc]
    """The old password and the new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the fields."""
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Current password")
        _name_new_passwords(self)


class SetPasswordForm(BaseSetPasswordForm):  # type: ignore[misc]
    """A first password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the fields."""
        super().__init__(*args, **kwargs)
        _name_new_passwords(self)


def _name_new_passwords(form: Any) -> None:
    form.fields["password1"].label = _("New password")
    form.fields["password1"].help_text = PASSWORD_HINT
    form.fields["password2"].label = _("New password, again")
    form.fields["password2"].help_text = ""


class ReauthenticateForm(BaseReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the field."""
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")


class AuthenticateForm(BaseAuthenticateForm):  # type: ignore[misc]
    """The second factor at login."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the field."""
        super().__init__(*args, **kwargs)
        _name_code(self)


class ReauthenticateByCodeForm(BaseReauthenticateByCodeForm):  # type: ignore[misc]
    """The second factor once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the field."""
        super().__init__(*args, **kwargs)
        _name_code(self)


class ActivateTOTPForm(BaseActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the field."""
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].help_text = _("Six digits that the app shows now.")
        self.fields["code"].widget.attrs["class"] = "govuk-input--width-10"


def _name_code(form: Any) -> None:
    form.fields["code"].label = _("Code")
    form.fields["code"].help_text = CODE_HINT
    form.fields["code"].widget.attrs["class"] = "govuk-input--width-10"
