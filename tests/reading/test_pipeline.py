"""Whole reports, in the project's own words: each kind, and the traps of real reports."""

import json
from datetime import date

import pytest
from tests.factories.reports import EN_LEAD, ID_LEAD, read_text, told

from ikrar.reading.pipeline import read
from ikrar.reading.rules import BINDING
from ikrar.reading.statement import NamedBy
from ikrar.reading.text import Meta

A, B = ("XZA",), ("XVE",)


@pytest.mark.parametrize(
    ("text", "kind", "from_", "to", "hedged"),
    [
        ("Tolan meminta Veldora mengirim lima pengajar.", "request", A, B, False),
        ("Tolan berharap Veldora mengirim lima pengajar.", "request", A, B, True),
        ("Tolan mengundang Veldora ke forum itu.", "request", A, B, False),
        ("Dask menawarkan beasiswa kepada Zarania.", "offer", B, A, False),
        ("Dask menyatakan siap membantu Zarania melatih petugas.", "offer", B, A, False),
        ("Dask berjanji melindungi pekerja Zarania.", "promise", B, A, False),
        ("Dask menyatakan negaranya siap menjaga perbatasan.", "promise", B, A, True),
        ("Dask menegaskan komitmennya untuk melindungi pekerja.", "promise", B, A, False),
        ("Dask menyambut baik permintaan Zarania.", "acknowledge", B, A, False),
        ("Dask akan mempertimbangkan permintaan Zarania.", "acknowledge", B, A, True),
        ("Dask menerima permintaan Zarania.", "accept", B, A, False),
        ("Dask menolak permintaan Zarania.", "decline", B, A, False),
        ("Dask mengusulkan perubahan tenggat itu.", "counter", B, A, False),
        ("Dask menarik kembali tawarannya.", "withdraw", B, A, False),
        ("Veldora telah melaksanakan pelatihan bagi Zarania.", "report", B, A, False),
        ("Veldora telah melatih sebagian petugas Zarania.", "report", B, A, True),
        ("Tolan mengonfirmasi bahwa pelatihan itu telah selesai.", "confirm", A, B, False),
        ("Tolan membantah bahwa pelatihan itu telah selesai.", "dispute", A, B, False),
        ("Tolan mengumumkan forum regional pada 2027.", "announce", A, B, False),
        ("Tolan menekankan pentingnya pelindungan pekerja.", "position", A, B, False),
        ("Dask memaparkan perkembangan situasi di Port Veld.", "inform", B, A, False),
        ("Tolan asked Veldora to send five trainers.", "request", A, B, False),
        ("Tolan hoped that Veldora would send five trainers.", "request", A, B, True),
        ("Tolan expressed the hope that Veldora would attend the forum.", "request", A, B, True),
        ("Dask offered scholarships to Zarania.", "offer", B, A, False),
        ("Dask said that Veldora stood ready to help Zarania.", "offer", B, A, False),
        ("Dask promised to protect the workers of Zarania.", "promise", B, A, False),
        ("Dask said that Veldora would support the candidature.", "promise", B, A, False),
        ("Dask said that Veldora was ready to guard the border.", "promise", B, A, True),
        ("Dask reaffirmed the commitment of Veldora to peace.", "promise", B, A, False),
        ("Dask welcomed the request of Zarania.", "acknowledge", B, A, False),
        ("Dask said that Veldora would study the request.", "acknowledge", B, A, True),
        ("Dask accepted the request of Zarania.", "accept", B, A, False),
        ("Dask declined the request of Zarania.", "decline", B, A, False),
        ("Dask proposed instead to train ten officers.", "counter", B, A, False),
        ("Dask withdrew the offer.", "withdraw", B, A, False),
        ("Veldora has completed the training of the officers.", "report", B, A, False),
        ("Veldora has trained eight of the twenty officers.", "report", B, A, True),
        ("Tolan confirmed that the training had been completed.", "confirm", A, B, False),
        ("Tolan denied that the training had been completed.", "dispute", A, B, False),
        ("Tolan announced a regional forum for 2027.", "announce", A, B, False),
        ("Tolan stressed the need for better protection.", "position", A, B, False),
        ("Dask presented the human-rights situation in Port Veld.", "inform", B, A, False),
    ],
)
def test_pipeline_reads_each_kind_with_its_sides(
    text: str, kind: str, from_: tuple[str, ...], to: tuple[str, ...], hedged: bool
) -> None:
    lead = ID_LEAD if _is_indonesian(text) else EN_LEAD
    statements = told(text, lead=lead)
    assert [(s.kind, s.from_, s.to, s.hedged) for s in statements] == [(kind, from_, to, hedged)]


def _is_indonesian(text: str) -> bool:
    return any(word.startswith(("me", "ber", "telah", "siap")) for word in text.split()) and (
        " the " not in f" {text} "
    )


@pytest.mark.parametrize(
    "text",
    [
        "Veldora belum berjanji mendukung pencalonan Zarania.",
        "Tolan tidak meminta apa pun dari Veldora.",
        "Langkah itu dipandang sebagai janji untuk mendukung Zarania.",
        "Veldora diharapkan mendukung pencalonan Zarania.",
        "Tolan menghargai komitmen Veldora untuk melindungi pekerja.",
        "Veldora tidak menutup kemungkinan mendukung pencalonan Zarania.",
        "Masyarakat sipil di Zaranda meminta pemerintah bertindak.",
    ],
)
def test_pipeline_binds_nobody_by_negation_passive_or_praise(text: str) -> None:
    assert told(text, *BINDING, lead=ID_LEAD) == []


@pytest.mark.parametrize(
    "text",
    [
        "Veldora has not promised to support the candidature of Zarania.",
        "Tolan did not ask Veldora for funds.",
        "Veldora was expected to support the candidature of Zarania.",
        "Tolan welcomed Veldora's commitment to the protection of workers.",
        "Dask did not rule out support for the candidature of Zarania.",
        "Civil society in Zaranda asked the government to act.",
        "The forum will support the two countries.",
    ],
)
def test_pipeline_binds_nobody_in_english_either(text: str) -> None:
    assert told(text, *BINDING, lead=EN_LEAD) == []


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "Dask berjanji mengirim pengajar asal Zarania membuka kantor bersama.",
            "asal Zarania membuka kantor bersama",
        ),
        (
            "Dask promised to send trainers, provided that Zarania opens a joint office.",
            "provided that Zarania opens a joint office",
        ),
    ],
)
def test_pipeline_keeps_a_condition_with_its_place(text: str, condition: str) -> None:
    lead = ID_LEAD if "berjanji" in text else EN_LEAD
    (promise,) = told(text, "promise", lead=lead)
    assert promise.condition is not None
    assert promise.condition.quote == condition
    assert promise.from_ == B


@pytest.mark.parametrize(
    "text",
    [
        "Zarania dan Veldora sepakat saling mendukung pencalonan masing-masing.",
        "Zarania and Veldora agreed to support each other in the elections.",
    ],
)
def test_pipeline_reads_a_vote_swap_as_two_conditional_promises(text: str) -> None:
    swaps = told(text, "promise", lead=ID_LEAD if "sepakat" in text else EN_LEAD)
    assert {(s.from_, s.to) for s in swaps} == {(A, B), (B, A)}
    assert all(s.condition is not None and not s.joint for s in swaps)


def test_pipeline_reads_joint_promises_with_a_direction_for_each() -> None:
    (joint,) = told("Kedua negara sepakat memperluas pelatihan.", "promise", lead=ID_LEAD)
    assert joint.joint
    assert joint.speaker.by is NamedBy.BOTH
    assert joint.directions == (("XZA", ("XVE",)), ("XVE", ("XZA",)))


def test_pipeline_grades_a_yes_told_only_by_who_asked() -> None:
    (promise,) = told("Tolan mengatakan Veldora akan mendukung pencalonan Zarania.", "promise")
    assert (promise.from_, promise.to) == (B, A)
    assert promise.evidence_grade == "other_side"
    assert promise.speaker.name is None


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ('"Kami akan mendukung pencalonan Zarania," kata Dask.', "promise", "Oren Dask"),
        ('"Bantuan Veldora kami harapkan," ujar Tolan.', "request", "Mira Tolan"),
        ('"We will support the candidature of Zarania," said Dask.', "promise", "Oren Dask"),
        ('Tolan said: "We ask Veldora to send trainers."', "request", "Mira Tolan"),
    ],
)
def test_pipeline_reads_first_persons_of_a_quote_as_its_speaker(
    text: str, kind: str, name: str
) -> None:
    lead = EN_LEAD if "We" in text else ID_LEAD
    (statement,) = told(text, lead=lead)
    assert (statement.kind, statement.speaker.name) == (kind, name)
    assert statement.evidence_grade == "own"


def test_pipeline_keeps_direct_and_indirect_quotations_apart() -> None:
    reading = read_text(
        f"{ID_LEAD}“Pelatihan ini penting bagi kita semua,” kata Tolan. Dask menegaskan bahwa"
        " dialog itu berguna."
    )
    quoted = [(q.mode, q.speaker.name, q.passage.quote) for q in reading.quotations]
    assert quoted == [
        ("direct", "Mira Tolan", "“Pelatihan ini penting bagi kita semua,”"),
        ("indirect", "Oren Dask", "dialog itu berguna"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tolan menyampaikan salam kepada Dask. Ia meminta Veldora mengirim pengajar.",
        "Tolan menerima Dask di kantornya. Ia meminta Veldora mengirim pengajar.",
    ],
)
def test_pipeline_takes_ia_for_the_last_speaker_not_the_last_name(text: str) -> None:
    (request,) = told(text, "request", lead=ID_LEAD)
    assert (request.from_, request.speaker.name) == (A, "Mira Tolan")
    assert request.speaker.by is NamedBy.PRONOUN
    assert "last speaker" in request.why[0]


def test_pipeline_takes_a_title_alone_for_who_holds_it() -> None:
    (promise,) = told("Menteri Hukum Veldora berjanji melindungi pekerja.", "promise", lead=ID_LEAD)
    assert (promise.speaker.name, promise.speaker.by) == ("Oren Dask", NamedBy.TITLE)


def test_pipeline_takes_negaranya_for_the_speakers_own_state() -> None:
    (promise,) = told("Dask menegaskan komitmen negaranya untuk melindungi pekerja.", "promise")
    assert promise.from_ == B


def test_pipeline_links_replies_to_what_they_answer() -> None:
    text = (
        "Tolan meminta Veldora mendukung pencalonan Zarania. Tolan mengajak Veldora hadir dalam"
        " forum itu. Dask menerima undangan ke forum itu. Dask menyambut baik semua permintaan."
    )
    statements = told(text, lead=ID_LEAD)
    by_kind = {s.kind: s for s in statements}
    asked = [s.id for s in statements if s.kind == "request"]
    assert by_kind["accept"].reply_to == (asked[1],)
    assert by_kind["acknowledge"].reply_to == tuple(asked)


def test_pipeline_reads_every_addressee_of_a_list() -> None:
    (request,) = told(
        "Tolan mengajak Thailand, Vietnam, Laos, Filipina, dan Veldora hadir dalam forum itu.",
        "request",
        lead=ID_LEAD,
    )
    assert set(request.to) == {"THA", "VNM", "LAO", "PHL", "XVE"}


def test_pipeline_never_reads_related_lines() -> None:
    reading = read_text(
        f"{ID_LEAD}Dask menyambut baik permintaan itu.\n\n"
        "Baca juga: Veldora Berjanji Mendukung Zarania\n\n"
        "Tolan menyampaikan terima kasih kepada Veldora.\n"
    )
    assert not [s for s in reading.statements if s.kind in BINDING]


def test_pipeline_gives_nobody_else_the_words_of_a_stranger() -> None:
    text = (
        "Tolan asked Veldora to release twelve fishermen. In the evening Sarvin said his country"
        " would support the request."
    )
    assert [s.kind for s in told(text, lead=EN_LEAD)] == ["request"]


def test_pipeline_knows_a_counterpart_by_the_state_beside_the_name() -> None:
    text = (
        "Tolan later met her Veldoran counterpart, Sela Marn. Tolan asked Veldora to release the"
        " fishermen. Marn said her government would consider the request. She thanked Zarania."
    )
    statements = told(text, lead=EN_LEAD)
    assert [(s.kind, s.from_, s.speaker.name) for s in statements] == [
        ("request", A, "Mira Tolan"),
        ("acknowledge", B, "Sela Marn"),
        ("acknowledge", B, "Sela Marn"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It was not clear whether Veldora would support the candidature of Zarania.",
        "Belum jelas apakah Veldora akan mendukung pencalonan Zarania.",
        "Dask mengaku belum bisa memberikan jawaban atas permintaan itu.",
    ],
)
def test_pipeline_takes_no_open_question_for_an_answer(text: str) -> None:
    lead = EN_LEAD if "clear" in text else ID_LEAD
    assert told(text, *BINDING, lead=lead) == []


def test_pipeline_leaves_the_content_of_a_request_to_who_is_asked() -> None:
    statements = told("Tolan meminta Veldora hadir dan mendukung pencalonan Zarania.", lead=ID_LEAD)
    assert [(s.kind, s.from_) for s in statements] == [("request", A)]


def test_pipeline_reads_two_ministers_as_both_sides() -> None:
    (joint,) = told("Kedua menteri sepakat membentuk kelompok kerja.", "promise", lead=ID_LEAD)
    assert joint.joint
    assert set(joint.from_) == {"XZA", "XVE"}


def test_pipeline_joins_a_short_office_in_brackets_and_later_part_of_the_name() -> None:
    lead = ID_LEAD.replace("Menteri Luar Negeri Zarania", "Menteri Luar Negeri (Menlu) Zarania")
    (request,) = told("Menlu Mira mendorong Veldora meratifikasi konvensi.", "request", lead=lead)
    assert (request.speaker.name, request.speaker.office) == ("Mira Tolan", "Menteri Luar Negeri")


def test_pipeline_takes_that_proposal_for_the_one_of_the_paragraph() -> None:
    text = (
        "Tolan mengusulkan pembentukan pasar di perbatasan. Usulan itu disambut baik oleh Veldora."
    )
    request, answer = told(text, lead=ID_LEAD)
    assert (answer.kind, answer.from_, answer.to) == ("acknowledge", B, A)
    assert answer.reply_to == (request.id,)


@pytest.mark.parametrize(
    "text",
    [
        "Dask, kata Tolan, berjanji melindungi pekerja Zarania.",
        "Dask berjanji melindungi pekerja Zarania, ungkap Tolan.",
        "Dask promised to protect the workers, Tolan said.",
    ],
)
def test_pipeline_knows_who_tells_by_an_aside(text: str) -> None:
    lead = EN_LEAD if "promised" in text else ID_LEAD
    (promise,) = told(text, "promise", lead=lead)
    assert (promise.from_, promise.evidence_grade) == (B, "other_side")


def test_pipeline_takes_a_person_s_party_where_the_office_names_none() -> None:
    lead = EN_LEAD.replace("Foreign Minister of Zarania", "Foreign Minister")
    reading = read_text(lead)
    assert reading.meeting is not None
    people = {p.name: (p.party, p.office) for p in reading.meeting.participants}
    assert people["Mira Tolan"] == ("XZA", "Foreign Minister")


def test_pipeline_links_no_refusal_to_what_it_does_not_name() -> None:
    text = "Tolan meminta Veldora hadir.\n\nDask menyatakan Veldora tidak akan mengirim tentara."
    assert told(text, "decline", lead=ID_LEAD) == []
    (position,) = told(text, "position", lead=ID_LEAD)
    assert (position.from_, position.reply_to) == (B, ())


def test_pipeline_takes_no_capitals_of_a_headline_for_a_name() -> None:
    lead = ID_LEAD.replace("Dua menteri bertemu", "Menlu Zarania, Bahas Perbatasan, Temui Veldora")
    reading = read_text(lead)
    assert reading.meeting is not None
    assert {p.name for p in reading.meeting.participants} == {"Mira Tolan", "Oren Dask"}


def test_pipeline_reads_a_body_as_a_side() -> None:
    text = (
        "HUMAN RIGHTS DIALOGUE\n\nBRUSSELS, 5 May 2026 - The European Union and Zarania held a"
        " dialogue in Brussels on 5 May 2026.\n\nThe EU encouraged Zarania to ratify the protocol."
        " Both sides agreed to hold the next dialogue in Zaranda in 2027.\n"
    )
    request, joint = told(text, "request", "promise", lead="")
    assert (request.from_, request.to) == (("eu",), A)
    assert set(joint.from_) == {"eu", "XZA"}


def test_pipeline_answers_only_what_the_noun_names() -> None:
    text = (
        "Tolan meminta Veldora mengirim pengajar. Tolan menawarkan beasiswa kepada Veldora."
        " Dask menolak permintaan itu. Dask menerima tawaran itu."
    )
    statements = told(text, lead=ID_LEAD)
    answered = {s.kind: s.reply_to for s in statements}
    asked = {s.kind: s.id for s in statements}
    assert answered["decline"] == (asked["request"],)
    assert answered["accept"] == (asked["offer"],)


def test_pipeline_marks_a_headline_that_says_more_than_its_report() -> None:
    reading = read_text(
        "Zarania Kantongi Dukungan Veldora\n\n" + ID_LEAD.split("\n\n", 1)[1] + "Tolan meminta"
        " Veldora mendukung pencalonan Zarania. Dask menyambut baik permintaan itu.\n"
    )
    (promise,) = [s for s in reading.statements if s.kind == "promise"]
    assert (promise.from_, promise.to) == (B, A)
    assert (promise.evidence_grade, promise.speaker.by) == ("headline", NamedBy.HEADLINE)


def test_pipeline_grades_by_who_publishes() -> None:
    text = f"{EN_LEAD}Tolan asked Veldora to send trainers. Dask welcomed the request.\n"
    url = "https://www.mfa.example/press"
    press = read_text(text, publisher="The Daily Sample", url=url)
    assert {s.evidence_grade for s in press.statements} == {"press"}


def test_pipeline_reads_a_report_without_a_meeting() -> None:
    reading = read_text(
        "Veldora dan pelatihan\n\nVeldora menawarkan beasiswa kepada Zarania pada tahun 2027.\n"
    )
    assert reading.meeting is not None
    assert "no_meeting" in reading.meeting.flags
    (offer,) = reading.statements
    assert (offer.kind, offer.from_, offer.to) == ("offer", B, A)
    assert offer.due is not None
    assert offer.due.value == "2027"


def test_pipeline_leaves_khmer_unread_and_says_so() -> None:
    reading = read_text("រដ្ឋមន្ត្រី បានជួបប្រជុំគ្នា នៅភ្នំពេញ ថ្ងៃចន្ទ។ " * 5)
    assert reading.error is None
    assert reading.source.language == "km"
    assert reading.statements == ()
    assert reading.meeting is not None
    assert reading.meeting.flags == ("language_not_read",)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 50])
def test_pipeline_says_why_bytes_cannot_be_read(content: bytes) -> None:
    printed = read(content, Meta(filename="x.txt")).to_json()
    assert set(printed) == {"source", "error"}
    assert printed["error"]["code"]
    assert printed["error"]["sentence"].endswith(".")


def test_pipeline_leaves_a_bare_weekday_open_without_a_trusted_day() -> None:
    text = ID_LEAD.replace("Rabu (4/3/2026)", "Rabu") + "Tolan meminta Veldora hadir.\n"
    reading = read_text(text, published_on=None)
    assert reading.meeting is not None
    assert reading.meeting.date is None
    assert "weekday_only" in reading.meeting.flags


def test_pipeline_flags_a_weekday_that_disagrees_with_its_date() -> None:
    reading = read_text(ID_LEAD.replace("Rabu", "Senin") + "Tolan meminta Veldora hadir.\n")
    assert reading.meeting is not None
    assert reading.meeting.date is not None
    assert reading.meeting.date.value == "2026-03-04"
    assert "weekday_disagrees" in reading.meeting.flags


def test_pipeline_reads_the_same_bytes_to_the_same_bytes() -> None:
    text = ID_LEAD + "Tolan meminta Veldora hadir. Dask menyambut baik permintaan itu.\n"
    first, second = (json.dumps(read_text(text).to_json(), sort_keys=True) for _ in range(2))
    assert first == second


def test_pipeline_takes_the_directory_of_the_day() -> None:
    reading = read_text(ID_LEAD, published_on=date(2026, 3, 5))
    assert reading.meeting is not None
    people = {p.name: (p.party, p.office) for p in reading.meeting.participants}
    assert people == {
        "Mira Tolan": ("XZA", "Menteri Luar Negeri"),
        "Oren Dask": ("XVE", "Menteri Hukum"),
    }
