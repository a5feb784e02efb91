"""The room's closed lists of words, with their names for pages."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ikrar.kernel.evidence import Attestation, EvidenceGrade
from ikrar.kernel.move import Kind
from ikrar.kernel.strand import Mark, Standing

LAPSED = "lapsed"

STANDING_WORDS: Mapping[str, Any] = {
    Standing.REQUESTED.value: _("Requested"),
    Standing.OFFERED.value: _("Offered"),
    Standing.COUNTERED.value: _("Countered"),
    Standing.PROMISED.value: _("Promised"),
    Standing.REPORTED.value: _("Reported done"),
    Standing.DISPUTED.value: _("Disputed"),
    Standing.CONFIRMED.value: _("Confirmed"),
    Standing.DECLINED.value: _("Declined"),
    Standing.WITHDRAWN_BY_REQUESTER.value: _("Request withdrawn"),
    Standing.WITHDRAWN_BY_PERFORMER.value: _("Offer withdrawn"),
    Standing.PROMISE_WITHDRAWN.value: _("Promise withdrawn"),
    Standing.RELEASED.value: _("Released"),
    Standing.NONE.value: _("Nothing stands"),
    LAPSED: _("Lapsed"),
}


class Group(TextChoices):
    """Standings that belong together for who asks what is open and what is done."""

    OPEN = "open", _("Open")
    PROMISED = "promised", pgettext_lazy("group of standings", "Promised")
    DONE = "done", _("Done or said to be")
    DISPUTED = "disputed", pgettext_lazy("group of standings", "Disputed")
    CLOSED = "closed", _("Closed")
    STRUCK = "struck", _("Struck through")


GROUPS: Mapping[Group, tuple[Standing, ...]] = {
    Group.OPEN: (Standing.REQUESTED, Standing.OFFERED, Standing.COUNTERED),
    Group.PROMISED: (Standing.PROMISED,),
    Group.DONE: (Standing.REPORTED, Standing.CONFIRMED),
    Group.DISPUTED: (Standing.DISPUTED,),
    Group.CLOSED: (
        Standing.DECLINED,
        Standing.WITHDRAWN_BY_REQUESTER,
        Standing.WITHDRAWN_BY_PERFORMER,
        Standing.PROMISE_WITHDRAWN,
        Standing.RELEASED,
    ),
    Group.STRUCK: (Standing.NONE,),
}

TONES: Mapping[Group, str] = {
    Group.OPEN: "open",
    Group.PROMISED: "promised",
    Group.DONE: "done",
    Group.DISPUTED: "broken",
    Group.CLOSED: "closed",
    Group.STRUCK: "closed",
}


def group_of(standing: str) -> Group:
    """Return the group of a standing; what lapsed is closed."""
    if standing == LAPSED:
        return Group.CLOSED
    return next(group for group, members in GROUPS.items() if standing in members)


MARK_WORDS: Mapping[str, Any] = {
    Mark.CHANGE_PROPOSED.value: _("Change proposed"),
    Mark.CROSSED.value: _("Proposals crossed"),
    Mark.NEVER_PROMISED.value: _("Never promised"),
    Mark.OVERDUE.value: _("Overdue"),
    Mark.DORMANT.value: _("Waits for its condition"),
}
MARK_GLYPHS: Mapping[str, str] = {
    Mark.CHANGE_PROPOSED.value: "countered",
    Mark.CROSSED.value: "countered",
    Mark.NEVER_PROMISED.value: "none",
    Mark.DORMANT.value: "lapsed",
}

ATTESTATION_WORDS: Mapping[str, Any] = {
    Attestation.REPORTED.value: pgettext_lazy("attestation", "Reported by others"),
    Attestation.RECORDED.value: pgettext_lazy("attestation", "In our own record"),
    Attestation.SIGNED.value: pgettext_lazy("attestation", "Signed by the mover"),
}
ATTESTATION_GLYPHS: Mapping[str, str] = {
    Attestation.REPORTED.value: "press",
    Attestation.RECORDED.value: "recorded",
    Attestation.SIGNED.value: "signed",
}

GRADE_WORDS: Mapping[str, Any] = {
    EvidenceGrade.OWN.value: _("own words"),
    EvidenceGrade.JOINT.value: _("joint text"),
    EvidenceGrade.OTHER_SIDE.value: _("told by the other side"),
    EvidenceGrade.PRESS.value: _("press"),
    EvidenceGrade.HEADLINE.value: _("headline"),
}

KIND_WORDS: Mapping[str, Any] = {
    Kind.REQUEST.value: pgettext_lazy("move", "request"),
    Kind.OFFER.value: pgettext_lazy("move", "offer"),
    Kind.ACKNOWLEDGE.value: pgettext_lazy("move", "acknowledge"),
    Kind.PROMISE.value: pgettext_lazy("move", "promise"),
    Kind.ACCEPT.value: pgettext_lazy("move", "accept"),
    Kind.COUNTER.value: pgettext_lazy("move", "counter"),
    Kind.DECLINE.value: pgettext_lazy("move", "decline"),
    Kind.WITHDRAW.value: pgettext_lazy("move", "withdraw"),
    Kind.REPORT.value: pgettext_lazy("move", "report"),
    Kind.CONFIRM.value: pgettext_lazy("move", "confirm"),
    Kind.DISPUTE.value: pgettext_lazy("move", "dispute"),
}
ACT_WORDS: Mapping[str, Any] = {
    Kind.REQUEST.value: pgettext_lazy("act", "request"),
    Kind.OFFER.value: pgettext_lazy("act", "offer"),
    Kind.ACKNOWLEDGE.value: pgettext_lazy("act", "acknowledgement"),
    Kind.PROMISE.value: pgettext_lazy("act", "promise"),
    Kind.ACCEPT.value: pgettext_lazy("act", "acceptance"),
    Kind.COUNTER.value: pgettext_lazy("act", "proposal"),
    Kind.DECLINE.value: pgettext_lazy("act", "refusal"),
    Kind.WITHDRAW.value: pgettext_lazy("act", "withdrawal"),
    Kind.REPORT.value: pgettext_lazy("act", "report"),
    Kind.CONFIRM.value: pgettext_lazy("act", "confirmation"),
    Kind.DISPUTE.value: pgettext_lazy("act", "dispute"),
}
"""A move as a thing, where `KIND_WORDS` names what is done."""

KIND_GLYPHS: Mapping[str, str] = {
    Kind.REQUEST.value: "requested",
    Kind.OFFER.value: "offered",
    Kind.ACKNOWLEDGE.value: "acknowledge",
    Kind.PROMISE.value: "promised",
    Kind.ACCEPT.value: "promised",
    Kind.COUNTER.value: "countered",
    Kind.DECLINE.value: "declined",
    Kind.WITHDRAW.value: "withdrawn",
    Kind.REPORT.value: "reported",
    Kind.CONFIRM.value: "confirmed",
    Kind.DISPUTE.value: "disputed",
}

THEME_WORDS: Mapping[str, Any] = {
    "candidature": _("Candidature"),
    "forum": _("Forum"),
    "protection": _("Protection of workers"),
    "capacity": _("Capacity building"),
    "situation": _("Human rights situation"),
    "peace": _("Peace and security"),
    "economy": _("Economy"),
    "other": _("Other"),
}

ZONE_WORDS: Mapping[str, Any] = {
    "title": pgettext_lazy("part of a text", "Headline"),
    "byline": pgettext_lazy("part of a text", "Author"),
    "dateline": pgettext_lazy("part of a text", "Place and day"),
    "related": pgettext_lazy("part of a text", "Links to other texts, not read"),
    "caption": pgettext_lazy("part of a text", "Caption"),
    "summary": pgettext_lazy("part of a text", "Summary"),
    "comment": pgettext_lazy("part of a text", "Comments of readers, not read"),
    "boilerplate": pgettext_lazy("part of a text", "Not part of the report, not read"),
}

UNREADABLE: Mapping[str, Any] = {
    "empty": _("The file is empty."),
    "binary": _("The file holds no text: it is a program, a picture or another binary file."),
    "too_large": _("The file is larger than can be read here."),
    "encrypted": _("The file is protected by a password. Remove the password and add it again."),
    "no_text": _("No text was found: the pages may be pictures. Run text recognition first."),
    "damaged": _("The file is damaged or incomplete and cannot be opened."),
    "unsafe": _("The file is built to harm whoever opens it, and was not opened."),
    "unsupported": _("This kind of file is not read here. Save it as text, HTML, PDF or DOCX."),
    "timeout": _("Reading the file took too long and was stopped."),
    "memory": _("Reading the file took too much memory and was stopped."),
}
"""The sentences of `reading.formats.errors`, for translation."""
