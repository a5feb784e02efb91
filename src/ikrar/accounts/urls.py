"""Addresses of the reader's own account; of allauth's only those that are needed."""

from allauth.account import views as allauth_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from django.urls import path

from ikrar.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("language/", views.set_language, name="set_language"),
    path("link/<token>/", views.login_link, name="login_link"),
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("password/set/", allauth_views.password_set, name="account_set_password"),
    path("2fa/", factor_views.index, name="mfa_index"),
    path("2fa/authenticate/", factor_views.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp_views.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/codes/", code_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/codes/new/", code_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "2fa/codes/download/",
        code_views.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
