"""What the desk shows on the register's pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ikrar.desk.queries import told_at
from ikrar.desk.vocabulary import statement_sentence
from ikrar.directory.queries import party_names
from ikrar.register.views.titles import here


def meeting_panel(request: HttpRequest) -> SafeString | str:
    """Show what was said at a meeting that binds nobody, and what still waits at the desk."""
    meeting = request.meeting  # type: ignore[attr-defined]
    names = party_names(here())
    said, waiting = told_at(meeting.pk, request.user)
    if not said and not waiting:
        return ""
    told = {
        "said": [(statement_sentence(s.kind, s.by, names), s) for s in said],
        "waiting": [(statement_sentence(s.kind, s.by, names), s) for s in waiting],
    }
    return render_to_string("desk/meeting_panel.html", told, request)
