"""Reports of one meeting, side by side: clusters, alignment, copies, conflicts, the day."""

from datetime import date

from tests.factories.reports import EN_LEAD, ID_LEAD, read_text

from ikrar.reading.merge import ConflictType, MergedMeeting, merge
from ikrar.reading.outcome import Reading

ASKED = (
    "Tolan meminta Veldora mengirim lima pengajar pada 2027. Dask menyambut baik permintaan itu."
)
HOPED = "Tolan hoped that Veldora would send seven trainers in 2027. Dask welcomed the request."


def only(*readings: Reading) -> MergedMeeting:
    (meeting,) = merge(readings).meetings
    return meeting


def types(meeting: MergedMeeting) -> set[ConflictType]:
    return {conflict.type for conflict in meeting.conflicts}


def test_merge_puts_reports_of_one_meeting_together_and_others_apart() -> None:
    first = read_text(ID_LEAD + ASKED)
    second = read_text(EN_LEAD + HOPED)
    later = read_text(ID_LEAD.replace("Rabu (4/3/2026)", "Senin (13/4/2026)") + ASKED)
    elsewhere = read_text(EN_LEAD.replace("in Zaranda on", "in Port Veld on") + HOPED)
    meetings = merge([first, second, later, elsewhere]).meetings
    assert [meeting.readings for meeting in meetings] == [(first, second), (elsewhere,), (later,)]


def test_merge_aligns_the_same_act_across_languages() -> None:
    first, second = read_text(ID_LEAD + ASKED), read_text(EN_LEAD + HOPED)
    groups = only(first, second).statements
    kinds = [[told.statement.kind for told in group.told] for group in groups]
    assert kinds == [["request", "request"], ["acknowledge", "acknowledge"]]
    assert [group.sources for group in groups] == [2, 2]


def test_merge_shows_a_plain_ask_beside_a_hope_and_another_figure() -> None:
    meeting = only(read_text(ID_LEAD + ASKED), read_text(EN_LEAD + HOPED))
    assert types(meeting) == {ConflictType.STRENGTH, ConflictType.FIGURE}
    for conflict in meeting.conflicts:
        assert len(conflict.ids) == 2


def test_merge_shows_another_due_date_but_not_a_mere_precision() -> None:
    first = read_text(ID_LEAD + ASKED)
    later = read_text(ID_LEAD + ASKED.replace("2027", "2028"))
    exact = read_text(ID_LEAD + ASKED.replace("2027", "30 Juni 2027"))
    assert types(only(first, later)) == {ConflictType.DATE}
    assert types(only(first, exact)) == set()


def test_merge_shows_a_headline_yes_over_a_warm_word() -> None:
    body = ID_LEAD.split("\n\n", 1)[1] + (
        "Tolan meminta Veldora mendukung pencalonan Zarania. Dask menyambut baik permintaan itu."
    )
    loud = read_text(f"Zarania Kantongi Dukungan Veldora untuk Pencalonan\n\n{body}")
    plain = read_text(
        EN_LEAD
        + "Tolan asked Veldora to support the candidature of Zarania. Dask welcomed the request."
    )
    meeting = only(loud, plain)
    (headline,) = [s for s in loud.statements if s.evidence_grade == "headline"]
    (strength,) = [c for c in meeting.conflicts if c.type is ConflictType.STRENGTH]
    assert f"{loud.source.sha256[:12]}:{headline.id}" in strength.ids
    assert len(strength.ids) == 3


def test_merge_counts_copies_of_one_text_as_one_source() -> None:
    text = (
        ASKED + " Tolan menegaskan bahwa pelatihan itu penting bagi para petugas di kedua negara"
        " dan bahwa waktunya sudah dekat, sedangkan Dask memaparkan perkembangan situasi di Port"
        " Veld kepada para wartawan yang hadir pada siang hari itu di Zaranda."
    )
    wire = read_text(ID_LEAD + text, publisher="Kantor Berita")
    copy = read_text(ID_LEAD + text + "\n\nSumber: Kantor Berita", publisher="Koran")
    own = read_text(EN_LEAD + HOPED)
    meeting = only(wire, copy, own)
    assert meeting.copies == ((wire, copy),)
    assert [group.sources for group in meeting.statements][:2] == [2, 2]


def test_merge_gives_a_hijacked_copy_its_day() -> None:
    dated = read_text(ID_LEAD + ASKED, published_on=date(2026, 3, 5))
    stripped = read_text(ID_LEAD.replace("Rabu (4/3/2026)", "Rabu") + ASKED, published_on=None)
    assert stripped.meeting is not None
    assert stripped.meeting.date is None
    meeting = only(stripped, dated)
    assert meeting.meeting.date is not None
    assert meeting.meeting.date.value == "2026-03-04"
    assert "weekday_only" not in meeting.meeting.flags
    assert meeting.copies == ((stripped, dated),)


def test_merge_leaves_out_reports_without_a_meeting() -> None:
    note = read_text(
        "Veldora dan pelatihan\n\nVeldora menawarkan beasiswa kepada Zarania pada tahun 2027."
        " Tawaran itu berlaku untuk semua pelajar yang ada di kota itu.\n"
    )
    merged = merge([note])
    assert merged.meetings == ()
    assert merged.readings == (note,)


def test_merge_counts_the_same_bytes_once() -> None:
    reading = read_text(ID_LEAD + ASKED)
    meeting = only(reading, read_text(ID_LEAD + ASKED))
    assert len(meeting.readings) == 1
    assert meeting.copies == ()


def test_merge_prints_the_contract() -> None:
    first, second = read_text(ID_LEAD + ASKED), read_text(EN_LEAD + HOPED)
    printed = merge([first, second]).to_json()
    assert set(printed) == {"readings", "meetings"}
    (meeting,) = printed["meetings"]
    assert set(meeting) == {"meeting", "readings", "statements", "copies", "conflicts"}
    assert meeting["readings"] == [first.source.sha256, second.source.sha256]
    known = {
        f"{reading.source.sha256[:12]}:{statement.id}"
        for reading in (first, second)
        for statement in reading.statements
    }
    assert {told for group in meeting["statements"] for told in group} == known
