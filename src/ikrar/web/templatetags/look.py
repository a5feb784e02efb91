"""Tags that every template has without loading: glyphs, chips, dates, numbers, addresses."""

from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ikrar.kernel.move import When
from ikrar.web import dates, navigation, panels

register = template.Library()

GLYPH = (
    '<svg class="ik-glyph" viewBox="0 0 16 16" aria-hidden="true"><use href="#g-{}"></use></svg>'
)


@register.simple_tag
def glyph(name: str) -> SafeString:
    """Draw a glyph of the sprite: `{% glyph "hedged" %}`."""
    return format_html(GLYPH, name)


@register.simple_tag
def chip(standing: str, word: str) -> SafeString:
    """Draw a standing: its shape and colour by `standing`, with its translated word."""
    shape = standing.partition("_by_")[0]
    return format_html('<span class="ik-chip ik-chip--{}">{}{}</span>', shape, glyph(shape), word)


@register.simple_tag
def mark(name: str, text: str) -> SafeString:
    """Draw a glyph with a word beside it: `{% mark "hedged" _("Hedged") %}`."""
    return format_html('<span class="ik-mark">{}{}</span>', glyph(name), text)


@register.simple_tag
def when(value: When | date | str) -> SafeString:
    """Write a date as precisely as it is known: 24 Nov 2025, Nov 2025 or 2025."""
    if not value:
        return mark_safe("")
    known = dates.as_when(value)
    return format_html('<time datetime="{}">{}</time>', known.value, dates.written(known))


@register.simple_tag
def instant(value: datetime) -> SafeString:
    """Write an instant: 24 Nov 2025, 06:00 UTC."""
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(), dates.written_instant(value)
    )


@register.filter
def number(value: int) -> str:
    """Write a number with the separators of the page's language."""
    return number_format(value, force_grouping=True)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """Return this page's query string with some parameters changed (None removes one)."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.simple_tag(takes_context=True)
def query_fields(context: Context, *left_out: str) -> SafeString:
    """Keep this page's other parameters in a GET form, as hidden fields."""
    kept = [
        (name, value)
        for name, values in context["request"].GET.lists()
        if name not in left_out
        for value in values
    ]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)


@register.simple_tag(takes_context=True, name="navigation")
def menu(context: Context) -> list[navigation.Entry]:
    """Return the entries of the menu."""
    return list(navigation.entries(context["request"]))


@register.simple_tag(takes_context=True, name="panels")
def draw_panels(context: Context, place: str) -> SafeString:
    """Draw what upper rooms registered for this place."""
    return panels.draw(place, context["request"])


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Return code and name of each language of the interface, the name in that language."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


@register.simple_tag
def owner() -> list[str]:
    """Return the lines that name whose instance this is."""
    return [str(line) for line in settings.OWNER]
