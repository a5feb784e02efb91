"""The menu: its entries come from `settings.NAVIGATION`."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu; `is_current` also on pages below it, `is_page` on it alone."""

    label: str
    url: str
    is_current: bool
    is_page: bool


def entries(request: HttpRequest) -> Iterator[Entry]:
    """Return the menu of this reader: anonymous ones see only what is open to all."""
    is_known = getattr(request, "user", None) is not None and request.user.is_authenticated
    for label, view, is_open in settings.NAVIGATION:
        if is_open or is_known:
            url = reverse(view)
            yield Entry(str(label), url, request.path.startswith(url), request.path == url)
