"""Facts of an upper room on a lower room's page."""

import pytest
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from ikrar.web import panels


def say_nothing(_: HttpRequest) -> str:
    return ""


def say_plain(_: HttpRequest) -> str:
    return "a < b"


def say_safe(_: HttpRequest) -> str:
    return mark_safe("<b>c</b>")


def test_panels_are_drawn_in_order_and_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_panels", {"here": []})
    for panel in (say_plain, say_nothing, say_safe, say_plain):
        panels.register("here", panel)
    assert panels.draw("here", HttpRequest()) == "a &lt; b <b>c</b>"
    assert panels.draw("elsewhere", HttpRequest()) == ""
