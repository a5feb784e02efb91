"""Places in a page of a lower room where an upper room shows its facts without being imported.

An upper room registers a function in its `AppConfig.ready`; the page draws what they return.
"""

from collections import defaultdict
from collections.abc import Callable

from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

Panel = Callable[[HttpRequest], str]

_panels: dict[str, list[Panel]] = defaultdict(list)


def register(place: str, panel: Panel) -> None:
    """Show what `panel` returns (text, or safe HTML) at `place`, after those already there."""
    if panel not in _panels[place]:
        _panels[place].append(panel)


def draw(place: str, request: HttpRequest) -> SafeString:
    """Return the panels of a place, those that say nothing left out."""
    texts = [conditional_escape(panel(request)) for panel in _panels.get(place, ())]
    return format_html_join(" ", "{}", ((text,) for text in texts if text))
