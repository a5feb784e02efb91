"""Pages about the reader's own account, and logging in by a link."""

from typing import cast

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ikrar.accounts import actions, queries
from ikrar.accounts.models import Account
from ikrar.web.components import Fact


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Show who is logged in, as what, and how well protected."""
    reader = cast(Account, request.user)
    has_second_factor = queries.has_second_factor(reader)
    facts = [
        Fact(_("Name"), reader.name),
        Fact(_("E-mail address"), reader.email),
        Fact(_("Role"), str(reader.get_role_display())),
        Fact(_("Clearance"), str(reader.get_clearance_display())),
        Fact(_("Compartments"), ", ".join(reader.compartments) or _("None")),
    ]
    context = {"facts": facts, "has_second_factor": has_second_factor}
    return render(request, "accounts/account.html", context)


@login_not_required
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def login_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before logging in: what looks at a link beforehand must not spend it."""
    if request.method != "POST":
        is_usable = queries.is_usable(token=token)
        status = 200 if is_usable else 410
        return render(request, "accounts/login_link.html", {"is_usable": is_usable}, status=status)
    try:
        owner = actions.use_login_link(token=token)
    except actions.LinkUnusableError:
        return render(request, "accounts/login_link.html", {"is_usable": False}, status=410)
    response: HttpResponse = perform_login(request, owner, email_verification="none")
    return response


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and in the account, and go back."""
    language = request.POST.get("language", "")
    response: HttpResponse = _back(request)
    if language not in dict(settings.LANGUAGES):
        return response
    if isinstance(request.user, Account):
        actions.set_language(account=request.user, language=language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _back(request: HttpRequest) -> HttpResponseRedirect:
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(target if is_ours and target.startswith("/") else "home")
