"""Gathering: what an open meeting shows comes of open reports alone."""

import pytest

from ikrar.desk.gathering import gather
from ikrar.desk.intake import receive
from ikrar.kernel.evidence import Classification
from ikrar.reading.text import Meta
from ikrar.register.actions.sources import Custody
from ikrar.register.models import Meeting, MeetingReport, Source

pytestmark = pytest.mark.django_db

LEAD = (
    "Menteri Indonesia bertemu wakil Kamboja\n\nJAKARTA - Menteri Hak Asasi Manusia Indonesia"
    " bertemu wakil Kamboja di Jakarta, Senin (3/2/2025).{}\n\n"
)
WORDS = (
    "Indonesia berharap Kamboja mengirim dua pengamat ke Jakarta untuk melihat pemilihan kepala"
    " daerah yang berlangsung serentak di semua provinsi pada bulan itu.\n"
)
OPEN = LEAD.format("") + WORDS
GUARDED = LEAD.format(" Hadir pula Menteri Luar Negeri Kamboja Sarun Tep.") + WORDS
CUSTODY = {
    OPEN: Custody(classification=Classification.PUBLIC),
    GUARDED: Custody(classification=Classification.RESTRICTED),
}


def shown() -> tuple[object, ...]:
    """The meeting and its open report as whoever may see no more finds them."""
    meeting = Meeting.objects.get()
    report = MeetingReport.objects.get(source__classification=Classification.PUBLIC.rank)
    people = meeting.participants.order_by("name").values_list("name", "office", "party", "role")
    return (
        meeting.held_on, meeting.place, meeting.venue, meeting.parties, meeting.classification,
        [*people], report.copy_of_id,
    )  # fmt: skip


def bring(*texts: str) -> None:
    for number, text in enumerate(texts):
        receive(text.encode(), Meta(filename=f"{number}.txt"), custody=CUSTODY[text])
        gather()


@pytest.mark.parametrize("order", [(OPEN, GUARDED), (GUARDED, OPEN)])
def test_guarded_report_tells_nothing_of_an_open_meeting(order: tuple[str, str]) -> None:
    bring(*order)
    among = shown()
    MeetingReport.objects.all().delete()
    Meeting.objects.all().delete()
    gather_alone()

    assert shown() == among


def gather_alone() -> None:
    """Gather as if the guarded report had never come: it lies in another compartment."""
    Source.objects.filter(classification=Classification.RESTRICTED.rank).update(compartment="away")
    gather()


def test_guarded_copy_names_the_open_report_it_repeats() -> None:
    bring(GUARDED, OPEN)

    copies = dict(MeetingReport.objects.values_list("source__classification", "copy_of__sha256"))
    sources = dict(MeetingReport.objects.values_list("source__classification", "source__sha256"))

    assert copies[Classification.PUBLIC.rank] is None
    assert copies[Classification.RESTRICTED.rank] == sources[Classification.PUBLIC.rank]
