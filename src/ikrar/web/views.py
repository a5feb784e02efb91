"""Pages that belong to no room: about, health, and what is shown when something went wrong."""

import sys
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Tell what Ikrar is."""
    return render(request, "web/about.html")


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the application answers, and nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _problem(request: HttpRequest, status: int, title: str, *says: str) -> HttpResponse:
    context = {"title": title, "says": says}
    return render(request, "web/problem.html", context, status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _problem(
        request,
        400,
        _("This request cannot be read"),
        _("Part of the address or of what was sent is not as Ikrar expects it."),
        _("Nothing was changed. Go back, check what you entered and send it again."),
    )


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _problem(
        request,
        403,
        _("Your account may not do this"),
        _("Your role or your clearance does not cover this page. Nothing was changed."),
        _("If you need it for your work, ask an administrator of your instance."),
    )


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; also for what this reader may not know to exist."""
    return _problem(
        request,
        404,
        _("There is no such page"),
        _("The address may be mistyped, or the page may not be open to you."),
        _("Check the address, or start again from the menu."),
    )


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our own page, or from one too old."""
    return _problem(
        request,
        403,
        _("The form could not be accepted"),
        _("It was open too long, or cookies are switched off, so we cannot tell that you sent it."),
        _("Nothing was changed. Go back, reload the page and send the form again."),
    )


def _away() -> HttpResponse:
    context: dict[str, Any] = {
        "title": _("The register is away for a moment"),
        "says": [
            _("The database does not answer. What was saved before is safe; this step was not."),
            _("Try again in a few minutes."),
        ],
    }
    page = loader.render_to_string("web/failure.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": "60"})


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away: a page that needs neither it nor the session."""
    if isinstance(sys.exc_info()[1], OperationalError):
        return _away()
    context: dict[str, Any] = {
        "title": _("Something went wrong on our side"),
        "says": [
            _("The error has been noted. What was saved before is safe; this last step was not."),
            _("Try again in a few minutes. If it happens again, tell an administrator when."),
        ],
    }
    return HttpResponse(loader.render_to_string("web/failure.html", context), status=500)
