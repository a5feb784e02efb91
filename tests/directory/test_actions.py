from datetime import date
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.factories.swap import DEMO, swapped_demo

from ikrar.directory.actions import (
    Summary,
    UnknownPartyError,
    edit_party,
    is_invented,
    load_directory,
)
from ikrar.directory.models import Edition, Occasion, Office, Party, Person
from ikrar.directory.occasions import OccasionError
from ikrar.kernel.party import is_party

pytestmark = pytest.mark.django_db

DEMO_FOLDERS = (DEMO / "gazetteer",)
ZERO_WIDTH_SPACE = "\u200b"


def load_demo() -> Summary:
    return load_directory(folders=DEMO_FOLDERS, occasions=DEMO / "occasions.yaml")


def test_load_brings_the_member_states_by_group() -> None:
    load_directory()
    members = Party.objects.filter(standing="member")
    groups = {
        group: members.filter(group=group).count()
        for group in set(members.values_list("group", flat=True))
    }
    assert members.count() == 193
    assert groups == {"AFR": 54, "APG": 54, "EEG": 23, "GRULAC": 33, "WEOG": 29}
    assert set(Party.objects.filter(standing="observer").values_list("code", flat=True)) == {
        "PSE",
        "VAT",
    }


def test_load_names_every_member_in_three_languages() -> None:
    load_directory()
    names = list(Party.objects.filter(standing="member").values_list("names", flat=True))
    assert all(set(named) == {"id", "en", "km"} for named in names)
    assert all(named.values() for named in names)


def test_load_leaves_no_zero_width_space() -> None:
    load_demo()
    names = [
        *Party.objects.values_list("names", flat=True),
        *Person.objects.values_list("names", flat=True),
    ]
    assert [named for named in names if ZERO_WIDTH_SPACE in "".join(named.values())] == []


def test_load_strips_a_zero_width_space(tmp_path: Path) -> None:
    header = "code,iso2,m49,group,standing,name_en,name_id,name_km,formal_en\n"
    row = f"XZA,XZ,,,invented,Zana,Zana,ហ្សា{ZERO_WIDTH_SPACE}ណា,Zana\n"
    (tmp_path / "parties.csv").write_text(header + row, "utf-8")
    load_directory(folders=[tmp_path])
    assert Party.objects.get(code="XZA").names["km"] == "ហ្សាណា"


def test_load_ties_institutions_to_their_states() -> None:
    load_demo()
    ministry = Party.objects.get(code="IDN.kemenham")
    assert (ministry.kind, ministry.parent.code, ministry.portfolio) == (
        "institution",
        "IDN",
        "human_rights",
    )
    assert Party.objects.filter(kind="body", code__in=["asean", "un", "hrc"]).count() == 3


def test_load_gives_every_party_a_code_that_the_kernel_knows() -> None:
    load_demo()
    codes = list(Party.objects.values_list("code", flat=True))
    assert [code for code in codes if not is_party(code)] == []


def test_load_marks_what_is_invented_and_only_that() -> None:
    load_demo()
    invented = set(Party.objects.filter(invented=True).values_list("code", flat=True))
    assert {code[:3] for code in invented} == {"XSA", "XTA"}
    assert set(Person.objects.filter(invented=True).values_list("slug", flat=True)) == {
        "damar-rukmanta",
        "joran-velm",
        "lestari-wanandra",
        "mirel-adanov",
    }


@pytest.mark.parametrize(
    ("code", "invented"),
    [
        ("XAA", True),
        ("XZZ.moj", True),
        ("AAM", True),
        ("QMA", True),
        ("ZZZ", True),
        ("IDN", False),
        ("QAT", False),
        ("ZWE", False),
        ("AGO", False),
        ("un", False),
    ],
)
def test_is_invented_knows_the_user_assigned_codes(code: str, invented: bool) -> None:
    assert is_invented(code) is invented


def test_load_again_changes_nothing() -> None:
    first = load_demo()
    stamp = Edition.objects.get().stamp
    again = load_demo()
    assert first.added > 250
    assert (first.changed, first.unchanged, first.kept) == (0, 0, 0)
    assert again == Summary(unchanged=first.added)
    assert Edition.objects.get().stamp == stamp


@pytest.mark.parametrize("folders", [(), DEMO_FOLDERS])
def test_load_again_asks_as_often_for_more_rows(
    folders: tuple[Path, ...], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    load_directory(folders=folders)
    with django_assert_num_queries(11):
        load_directory(folders=folders)


def test_load_changes_what_the_files_changed(tmp_path: Path) -> None:
    load_demo()
    header = "code,iso2,m49,group,standing,name_en,name_id,name_km,formal_en\n"
    (tmp_path / "parties.csv").write_text(header + "XSA,XS,,,invented,Serunia,Serunia Raya,,\n")
    summary = load_directory(folders=[*DEMO_FOLDERS, tmp_path])
    assert (summary.added, summary.changed) == (0, 1)
    assert Party.objects.get(code="XSA").names == {"id": "Serunia Raya", "en": "Serunia"}


def test_load_keeps_what_a_person_edited() -> None:
    load_demo()
    edit_party(code="MMR", names={"en": "Myanmar"})
    summary = load_demo()
    assert (summary.changed, summary.kept) == (0, 1)
    assert Party.objects.get(code="MMR").names["en"] == "Myanmar"


def test_load_deletes_nothing() -> None:
    load_demo()
    load_directory()
    assert Party.objects.filter(code="XSA.kemenham").exists()
    assert Person.objects.filter(slug="joran-velm").exists()


def test_load_dates_the_offices() -> None:
    load_demo()
    office = Office.objects.get(person__slug="natalius-pigai")
    assert office.party.code == "IDN"
    assert office.institution is not None
    assert office.institution.code == "IDN.kemenham"
    assert (office.from_on, office.to_on) == (date(2024, 10, 21), None)
    assert office.source


@pytest.mark.parametrize(
    ("slug", "titles"),
    [
        ("natalius-pigai", [("Menteri Hak Asasi Manusia", "Minister of Human Rights")]),
        (
            "keo-remy",
            [
                (
                    "Ketua Komite Hak Asasi Manusia Kamboja",
                    "Chair of the Cambodian Human Rights Committee",
                ),
                ("Menteri Senior Hak Asasi Manusia", "Senior Minister for Human Rights"),
            ],
        ),
        ("sugiono", [("Menteri Luar Negeri", "Minister of Foreign Affairs")]),
        ("hun-manet", [("Perdana Menteri", "Prime Minister")]),
    ],
)
def test_load_builds_titles_in_both_languages(slug: str, titles: list[tuple[str, str]]) -> None:
    load_directory()
    offices = Office.objects.filter(person__slug=slug).order_by("office")
    said = [
        (office.title["id"], office.title["en"].replace("Chairperson", "Chair"))
        for office in offices
    ]
    assert said == titles


def test_load_knows_the_occasion_of_the_demo() -> None:
    load_demo()
    occasion = Occasion.objects.get(slug="hrc-president-2026")
    assert occasion.ends_on == date(2026, 1, 8)
    assert occasion.secret
    assert occasion.requester is not None
    assert occasion.requester.code == "IDN"
    assert occasion.stages[0]["votes"] == {"IDN": 34, "THA": 7}


def test_load_refuses_an_occasion_of_an_unknown_party_and_writes_nothing(tmp_path: Path) -> None:
    told = (DEMO / "occasions.yaml").read_text("utf-8").replace("requester: IDN", "requester: XQQ")
    (tmp_path / "occasions.yaml").write_text(told, "utf-8")
    with pytest.raises(UnknownPartyError, match="XQQ"):
        load_directory(occasions=tmp_path / "occasions.yaml")
    assert not Party.objects.exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("institutions.yaml", "XQQ.mfa: {en: {names: [Ministry]}, id: {names: [Kementerian]}}"),
        ("persons.yaml", "[{name: A, offices: [{office: king, party: XQQ, source: x}]}]"),
        (
            "persons.yaml",
            "[{name: A, offices: [{office: king, party: IDN, institution: XQQ.a, source: x}]}]",
        ),
    ],
)
def test_load_refuses_a_part_of_an_unknown_party(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / name).write_text(told, "utf-8")
    with pytest.raises(UnknownPartyError, match="XQQ"):
        load_directory(folders=[tmp_path])
    assert not Party.objects.exists()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("occasions: [{slug: a}]", "missing"),
        ("nothing: here", "occasions"),
        (
            "occasions: [{slug: a, names: {}, ends_on: soon, secret: true, "
            "known_from: 2026-01-01, source: x}]",
            "soon",
        ),
        ("]", "expected"),
        ("occasions: [a]", "a"),
        ("- a", "indices"),
    ],
)
def test_load_names_what_it_cannot_understand(tmp_path: Path, told: str, sentence: str) -> None:
    (tmp_path / "occasions.yaml").write_text(told, "utf-8")
    with pytest.raises(OccasionError, match=sentence):
        load_directory(occasions=tmp_path / "occasions.yaml")


def test_edit_party_names_one_language_and_leaves_the_others() -> None:
    load_directory()
    party = edit_party(code="KHM", names={"en": "Kingdom of Cambodia"})
    assert party.names["en"] == "Kingdom of Cambodia"
    assert party.names["id"] == "Kamboja"
    assert party.edited_at is not None


def test_edit_party_refuses_an_unknown_code() -> None:
    with pytest.raises(UnknownPartyError, match="XQQ"):
        edit_party(code="XQQ", names={"en": "Nowhere"})


def test_load_takes_the_swapped_demo(tmp_path: Path) -> None:
    demo = swapped_demo(tmp_path / "demo")
    load_directory(folders=[demo / "gazetteer"], occasions=demo / "occasions.yaml")
    occasion = Occasion.objects.get()
    assert occasion.requester is not None
    assert (occasion.requester.code, occasion.ends_on) == ("XIV", date(2029, 1, 16))
    office = Office.objects.get(person__slug="bramasta-lohri")
    assert office.title == {"id": "Menteri Kesehatan", "en": "Minister of Health"}
