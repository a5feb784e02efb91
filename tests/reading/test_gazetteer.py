from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from ikrar.kernel import party as kernel_party
from ikrar.reading.gazetteer import EntryKind, Gazetteer, GazetteerError
from ikrar.reading.gazetteer.load import OWN_FOLDER

GAZETTEER = Gazetteer.load()
TALKS = date(2025, 11, 24)


def codes(text: str, *kinds: EntryKind) -> list[str]:
    return [
        "/".join(sorted({entry.code for entry in mention.entries if entry.kind in kinds}))
        for mention in GAZETTEER.find(text)
        if any(entry.kind in kinds for entry in mention.entries)
    ]


STATES = (EntryKind.STATE, EntryKind.DEMONYM)


def test_all_member_states_are_there() -> None:
    members = [party for party in GAZETTEER.parties.values() if party.standing == "member"]
    groups = [party.group for party in members]
    assert len(members) == 193
    assert {group: groups.count(group) for group in sorted(set(groups))} == {
        "AFR": 54,
        "APG": 54,
        "EEG": 23,
        "GRULAC": 33,
        "WEOG": 29,
    }


def test_every_code_is_a_party_of_the_kernel() -> None:
    for code in (*GAZETTEER.parties, *GAZETTEER.bodies, *GAZETTEER.institutions):
        assert kernel_party.is_party(code), code


def test_every_code_that_is_named_exists() -> None:
    known = {*GAZETTEER.parties, *GAZETTEER.bodies, *GAZETTEER.institutions}
    for person in GAZETTEER.persons.values():
        for holding in person.offices:
            assert holding.party in known
            assert holding.institution is None or holding.institution in known
            assert holding.source
    assert {place.state for place in GAZETTEER.places} <= set(GAZETTEER.parties)
    assert {code.partition(".")[0] for code in GAZETTEER.institutions} <= set(GAZETTEER.parties)


def test_names_hold_nothing_invisible() -> None:
    for path in OWN_FOLDER.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not set(text) & {"\u200b", "\ufeff", "\u00a0"}, path.name


def test_every_state_is_found_by_each_of_its_names() -> None:
    for code, party in GAZETTEER.parties.items():
        for language in ("en", "id", "km"):
            name = party.name(language)
            assert codes(f"di {name}, kata", *STATES) == [code], name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RI dan RRT", ["IDN", "CHN"]),
        ("Korsel dan Korut", ["KOR", "PRK"]),
        ("pemerintah AS menolak", ["USA"]),
        ("as soon as possible", []),
        ("us and them", []),
        ("ri dan as", []),
        ("the US and the U.S. Senate", ["USA", "USA"]),
        ("warga Kamboja di Indonesia", ["KHM", "IDN"]),
        ("two Cambodians and an Indonesian", ["KHM", "IDN"]),
        ("Filipina, Myanmar, Burma", ["PHL", "MMR", "MMR"]),
        ("Indonesia's offer", ["IDN"]),
        ("INDONESIA DAN KAMBOJA", ["IDN", "KHM"]),
        ("RI–Kamboja", ["IDN", "KHM"]),
        ("Nigerian officials, not Nigerien ones", ["NGA", "NER"]),
        ("Guinea-Bissau dan Guinea", ["GNB", "GIN"]),
        ("Papua New Guinea", ["PNG"]),
        ("Equatorial Guinea", ["GNQ"]),
        ("Republic of Korea", ["KOR"]),
        ("Sudan Selatan dan Sudan", ["SSD", "SDN"]),
        ("Laut China Selatan dan Latin America", []),
        ("polish the text", []),
        ("di Indonesiana", []),
        ("ប្រទេសកម្ពុជានិង", ["KHM"]),
        ("Côte d’Ivoire", ["CIV"]),
        ("Timor-Leste", ["TLS"]),
    ],
)
def test_states_are_found_as_they_are_written(text: str, expected: list[str]) -> None:
    assert codes(text, *STATES) == expected


@pytest.mark.parametrize("name", ["Georgia", "Chad", "Jordan", "Turkey", "AS", "US"])
def test_name_that_is_also_a_word_is_flagged(name: str) -> None:
    (mention,) = GAZETTEER.find(f"{name}")
    states = [entry for entry in mention.entries if entry.kind is EntryKind.STATE]
    assert states
    assert all(entry.ambiguous for entry in states)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dewan HAM PBB", "hrc"),
        ("the Human Rights Council", "hrc"),
        ("PBB", "un"),
        ("Uni Eropa", "eu"),
        ("ASEAN", "asean"),
        ("OHCHR", "ohchr"),
        ("Organisasi Perburuhan Internasional", "ilo"),
        ("UN Refugee Agency", "unhcr"),
    ],
)
def test_bodies_are_found(text: str, code: str) -> None:
    assert codes(text, EntryKind.BODY) == [code]


def test_institution_goes_before_the_state_in_its_name() -> None:
    (mention,) = GAZETTEER.find("Komite HAM Kamboja")
    assert mention.codes == {"KHM.chrc"}


def test_place_and_its_state() -> None:
    places = {place.name: place for place in GAZETTEER.places}
    assert places["Phnom Penh"].is_capital
    assert places["Geneva"].state == "CHE"
    assert codes("di Jenewa dan PHNOM PENH", EntryKind.PLACE) == ["Geneva", "Phnom Penh"]


def test_mention_is_always_true_to_its_place() -> None:
    text = "RI–Kamboja: “Menlu AS” di Phnom\u00a0Penh, Côte d’Ivoire"
    for mention in GAZETTEER.find(text):
        written = text[mention.start : mention.end]
        assert all(entry.fits(written) for entry in mention.entries)


@pytest.mark.parametrize(
    ("phrase", "office", "portfolio", "party"),
    [
        ("Menteri Luar Negeri RI", "minister", "foreign_affairs", "IDN"),
        ("Menlu Kamboja", "minister", "foreign_affairs", "KHM"),
        ("Cambodian Foreign Minister", "minister", "foreign_affairs", "KHM"),
        ("Indonesia's Minister of Human Rights", "minister", "human_rights", "IDN"),
        ("Menteri Hak Asasi Manusia", "minister", "human_rights", None),
        ("Menteri HAM RI", "minister", "human_rights", "IDN"),
        ("MenHAM", "minister", "human_rights", None),
        ("Mentan", "minister", "agriculture", None),
        ("Wakil Menteri HAM", "deputy_minister", "human_rights", None),
        ("Senior Minister in charge of human rights", "senior_minister", "human_rights", None),
        ("Ketua Komite HAM Kamboja", "chair", None, "KHM.chrc"),
        ("head of the Cambodian Human Rights Committee", "chair", None, "KHM.chrc"),
        ("Presiden Dewan HAM PBB", "president", None, "hrc"),
        ("President of the Human Rights Council", "president", None, "hrc"),
        ("Sekjen PBB", "secretary_general", None, "un"),
        ("Secretary-General of ASEAN", "secretary_general", None, "asean"),
        ("Perdana Menteri Kamboja", "prime_minister", None, "KHM"),
        ("Cambodian Prime Minister", "prime_minister", None, "KHM"),
        ("Wakil Presiden", "vice_president", None, None),
        ("Menteri Koordinator Bidang Perekonomian", "coordinating_minister", "economy", None),
        ("UN High Commissioner for Human Rights", "high_commissioner", "human_rights", None),
    ],
)
def test_office_is_read(phrase: str, office: str, portfolio: str | None, party: str | None) -> None:
    (found,) = GAZETTEER.find_offices(phrase)
    assert phrase[found.start : found.end] == phrase
    assert (found.office, found.portfolio, found.party) == (office, portfolio, party)


def test_offices_of_one_holder_share_their_state() -> None:
    text = "Menteri Senior Urusan HAM sekaligus Ketua Komite HAM Kamboja"
    senior, chair = GAZETTEER.find_offices(text)
    assert (senior.office, senior.party) == ("senior_minister", "KHM")
    assert (chair.office, chair.party) == ("chair", "KHM.chrc")


@pytest.mark.parametrize(
    "phrase", ["Duta Besar RI untuk Kamboja", "Indonesian Ambassador to Cambodia"]
)
def test_ambassador_is_of_one_state_and_to_another(phrase: str) -> None:
    (found,) = GAZETTEER.find_offices(phrase)
    assert (found.office, found.party, found.abroad) == ("ambassador", "IDN", "KHM")


def test_former_and_acting_offices_are_marked() -> None:
    former, acting = GAZETTEER.find_offices("mantan Menlu, Plt. Menteri HAM")
    assert (former.is_former, former.is_acting) == (True, False)
    assert (acting.is_former, acting.is_acting) == (False, True)


@pytest.mark.parametrize(
    "text",
    [
        "the head of state shook his head",
        "a chair in the room",
        "at 5 pm",
        "raja itu",
        "the director",
    ],
)
def test_word_that_is_also_an_office_is_none(text: str) -> None:
    assert GAZETTEER.find_offices(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sebagai as Presiden", "Presiden"),
        ("named as President", "President"),
        ("us Minister", "M"),
    ],
)
def test_office_takes_no_word_for_a_state(text: str, words: str) -> None:
    (found,) = GAZETTEER.find_offices(text)
    assert text[found.start : found.end].startswith(words)
    assert found.party is None


def test_office_takes_the_country_that_is_given() -> None:
    found = GAZETTEER.resolve_office("Menteri HAM", "IDN")
    assert found is not None
    assert found.party == "IDN"
    assert GAZETTEER.institution_of(found.party, found.portfolio) == "IDN.kemenham"
    assert GAZETTEER.resolve_office("seorang tamu") is None
    assert GAZETTEER.institution_of(None, "human_rights") is None
    assert GAZETTEER.institution_of("XAA", "human_rights") is None


@pytest.mark.parametrize("name", ["Natalius Pigai", "Pigai", "Natalius", "NATALIUS PIGAI"])
def test_person_is_found_by_name_or_part(name: str) -> None:
    assert [person.name for person in GAZETTEER.persons_named(name, TALKS)] == ["Natalius Pigai"]


@pytest.mark.parametrize(
    ("name", "day", "party"),
    [
        ("Prak Sokhonn", date(2024, 1, 1), None),
        ("Prak Sokhonn", TALKS, "KHM"),
        ("Prak Sokhonn", date(2020, 5, 1), "KHM"),
        ("Keo Remy", TALKS, "KHM"),
        ("Retno Marsudi", TALKS, None),
        ("Sugiono", TALKS, "IDN"),
    ],
)
def test_office_is_held_from_day_to_day(name: str, day: date, party: str | None) -> None:
    (person,) = GAZETTEER.persons_named(name)
    assert {holding.party for holding in person.offices_on(day)} == ({party} if party else set())


def test_holder_of_an_office_on_a_day() -> None:
    def holder(day: date) -> list[str]:
        found = GAZETTEER.holder_of("minister", "foreign_affairs", "IDN", day)
        return [person.name for person, _ in found]

    assert holder(date(2024, 10, 19)) == ["Retno Marsudi"]
    assert holder(TALKS) == ["Sugiono"]


@pytest.mark.parametrize(
    ("publisher", "url", "home"),
    [
        ("Kompas", None, "IDN"),
        (None, "https://www.antaranews.com/berita/1", "IDN"),
        (None, "https://warta.example.co.id/x", "IDN"),
        (None, "https://www.mfaic.gov.kh/x", "KHM"),
        (None, "https://gov.uk/x", "GBR"),
        (None, "https://example.org/x", None),
        (None, None, None),
        ("Unknown Paper", "not an address", None),
    ],
)
def test_home_of_an_outlet(publisher: str | None, url: str | None, home: str | None) -> None:
    assert GAZETTEER.home_of(publisher, url) == home


def write_invented(folder: Path) -> None:
    (folder / "parties.csv").write_text(
        "code,iso2,m49,group,standing,name_en,name_id,name_km,formal_en\n"
        "XAA,,,,invented,Serenia,Serenia,,Republic of Serenia\n",
        encoding="utf-8",
    )
    (folder / "aliases.yaml").write_text("XAA: {en: {demonyms: [Serenian]}}", encoding="utf-8")
    (folder / "persons.yaml").write_text(
        "- name: Ana Rekaan\n  also: [Ana]\n  offices:\n"
        "  - {office: minister, portfolio: labour, party: XAA, from: 2024, to: 2025-06,"
        " source: invented}\n",
        encoding="utf-8",
    )
    (folder / "offices.yaml").write_text(
        "short: {id: {Mencoba: [minister, labour]}}", encoding="utf-8"
    )


def test_extra_folder_lies_over_the_data(tmp_path: Path) -> None:
    write_invented(tmp_path)
    wider = Gazetteer.load(tmp_path)
    assert wider.name("XAA", "id") == "Serenia"
    assert wider.name("IDN", "km") == GAZETTEER.name("IDN", "km")
    found = [mention.codes for mention in wider.find("Serenian and Indonesian, Ana Rekaan")]
    assert found == [{"XAA"}, {"IDN"}, {"Ana Rekaan"}]
    (phrase,) = wider.find_offices("Serenian Labour Minister")
    assert (phrase.portfolio, phrase.party) == ("labour", "XAA")
    assert [one.office for one in wider.find_offices("Mencoba, Menlu")] == ["minister", "minister"]
    (person,) = wider.persons_named("Ana")
    assert person.offices_on(date(2025, 6, 30))
    assert not person.offices_on(date(2025, 7, 1))
    assert "XAA" not in GAZETTEER.parties


def test_file_that_cannot_be_understood_is_named(tmp_path: Path) -> None:
    (tmp_path / "persons.yaml").write_text("- nobody: here", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"persons\.yaml"):
        Gazetteer.load(tmp_path)


def test_same_data_is_read_once() -> None:
    assert Gazetteer.load() is Gazetteer.load()


def test_table_has_one_line_per_party() -> None:
    with (OWN_FOLDER / "parties.csv").open(encoding="utf-8", newline="") as stream:
        listed = [row["code"] for row in csv.DictReader(stream)]
    assert len(listed) == len(set(listed)) == 195
