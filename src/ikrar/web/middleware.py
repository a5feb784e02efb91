"""What every answer carries: the security policy and the reader's language; what none can hold."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

Respond = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
"""No inline style or script, nothing from elsewhere; `connect-src` is for HTMX."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""Django's SecurityMiddleware adds nosniff, Referrer-Policy, COOP and, behind https, HSTS."""


class HeadersMiddleware:
    """Adds the security headers that Django does not know."""

    def __init__(self, get_response: Respond) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers where the view set none of its own."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # On a shared machine the back button must not show what was read before logging out.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class NulMiddleware:
    """Keeps NUL away from the database, whose texts can hold none."""

    def __init__(self, get_response: Respond) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Drop cookies with a NUL: they are none of ours."""
        request.COOKIES = {name: v for name, v in request.COOKIES.items() if "\0" not in v}
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Refuse an address with a NUL, once it is known in which language."""
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest


class LanguageMiddleware:
    """Chooses the language: the account's, else the cookie's, else the default."""

    def __init__(self, get_response: Respond) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's language."""
        language = chosen_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response


def chosen_language(request: HttpRequest) -> str:
    """Return the code of one of `settings.LANGUAGES`."""
    of_account = getattr(request.user, "language", "")
    of_cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    known = dict(settings.LANGUAGES)
    return next((code for code in (of_account, of_cookie) if code in known), settings.LANGUAGE_CODE)
