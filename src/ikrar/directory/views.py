"""Pages of the directory."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ikrar.directory import queries


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Which parties can ask or promise?"""
    sections = queries.sections(get_language() or "en")
    count = sum(len(section.rows) for section in sections)
    return render(request, "directory/directory.html", {"sections": sections, "count": count})
