"""How days are written, and moves recorded and struck through by hand."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.accounts import make_account
from tests.factories.swap import DEMO
from tests.register.world import SmallRegister, make_small_register

from ikrar.accounts.models import Account
from ikrar.accounts.vocabulary import Role
from ikrar.directory.actions import load_directory
from ikrar.directory.models import Edition, Party
from ikrar.directory.queries import designations
from ikrar.register.forms import FiltersForm
from ikrar.register.forms.fields import read_day, read_instant, read_when
from ikrar.register.models import RecordedMove, Undertaking


@pytest.mark.parametrize(
    "text", ["2025-11-24", "24 Nov 2025", "24 November 2025", " 24 nov. 2025 ", "24/11/2025"]
)
def test_day_is_read_as_people_write_it(text: str) -> None:
    assert read_day(text) == date(2025, 11, 24)


@pytest.mark.parametrize("text", ["24 Agu 2025", "24 Agustus 2025", "24 August 2025"])
def test_day_is_read_in_both_languages(text: str) -> None:
    assert read_day(text) == date(2025, 8, 24)


@pytest.mark.parametrize("text", ["", "24", "24 Nov", "30 Feb 2025", "2025-13-01", "99/99/2025"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "microsecond"),
    [
        ("2025-11-24T13:05:07Z", 0),
        ("2025-11-24T13:05:07.000001Z", 1),
        ("2025-11-24 13:05:07 UTC", 0),
        ("2025-11-24T20:05:07+07:00", 0),
        ("2025-11-24T20:05:07 07:00", 0),
        ("2025-11-24T13:05:07", 0),
    ],
)
def test_instant_is_read_to_the_microsecond(text: str, microsecond: int) -> None:
    assert read_instant(text) == datetime(2025, 11, 24, 13, 5, 7, microsecond, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("24 Nov 2025", "2025-11-24"),
        ("Nov 2025", "2025-11"),
        ("2025-11", "2025-11"),
        ("2025", "2025"),
    ],
)
def test_when_keeps_its_precision(text: str, value: str) -> None:
    assert read_when(text).value == value


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["KHM", "khm", "Cambodia", "kamboja", " Kamboja "])
def test_party_is_found_by_code_and_by_name_with_its_institutions(text: str) -> None:
    load_directory(folders=[DEMO / "gazetteer"])
    form = FiltersForm({"performer": text}, parties=designations(), language="en")

    assert form.is_valid(), form.errors
    first, *others = form.to_filters().performers
    assert first == "KHM"
    assert all(other.startswith("KHM.") for other in others)


@pytest.fixture
def small(db: None) -> SmallRegister:
    for code, name in (("XAA", "Aurelia"), ("XBB", "Borealia")):
        names = {"id": name, "en": name}
        Party.objects.create(code=code, kind="state", names=names, invented=True)
    Edition.objects.all().delete()  # what another test's directory left in memory is void
    return make_small_register()


@pytest.fixture
def recorder(client: Client) -> Account:
    account = make_account(Role.REVIEWER, language="en")
    client.force_login(account)
    return account


def address(small: SmallRegister, kind: str) -> str:
    return reverse("record", kwargs={**small.symbol, "kind": kind})


def fill(**told: str) -> dict[str, str]:
    return {"by": "XBB", "made_on": "9 May 2025", "note": "Note 7 of the embassy", **told}


def test_recorder_records_a_move(client: Client, small, recorder: Account) -> None:
    answer = client.post(address(small, "promise"), fill(), follow=True)

    assert answer.redirect_chain[0][0] == reverse("undertaking", kwargs=small.symbol)
    assert "The move is recorded." in answer.content.decode()
    move = RecordedMove.objects.get(kind="promise", annulled_at=None)
    assert (move.by, move.made_on, move.attestation) == ("XBB", "2025-05-09", "recorded")
    assert (move.note, move.recorded_by) == ("Note 7 of the embassy", recorder)
    assert move.answers == small.request.move.move_id
    undertaking = Undertaking.objects.get()
    assert (undertaking.standing, undertaking.due) == ("promised", "2031")


def test_promise_in_softened_words_is_an_offer(client: Client, small, recorder) -> None:
    client.post(address(small, "promise"), fill(hedged="on"))

    assert Undertaking.objects.get().standing == "offered"


def test_counter_needs_and_keeps_its_terms(client: Client, small, recorder) -> None:
    empty = client.post(address(small, "counter"), fill())
    client.post(address(small, "counter"), fill(what="open it at night", due="Mar 2027"))

    assert "This field is required" in empty.content.decode()
    move = RecordedMove.objects.get(kind="counter")
    assert (move.what, move.due) == ("open it at night", "2027-03")


def test_report_of_progress_is_not_full(client: Client, small, recorder) -> None:
    client.post(address(small, "promise"), fill())
    client.post(address(small, "report"), fill(is_progress="on", made_on="Jun 2025"))

    assert RecordedMove.objects.get(kind="report").full is False
    assert Undertaking.objects.get().standing == "promised"


def test_answer_is_chosen_among_what_is_open(client: Client, small, recorder) -> None:
    page = client.get(address(small, "decline"))
    (choice,) = page.context["form"].fields["answers"].choices
    client.post(address(small, "decline"), fill(answers=choice[0]))

    assert choice == (small.request.move.move_id, "Aurelia asked Borealia, 4 May 2025")
    assert Undertaking.objects.get().standing == "declined"


def test_move_without_effect_is_refused_in_words(client: Client, small, recorder) -> None:
    answer = client.post(address(small, "dispute"), fill(by="Aurelia"))
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "This move (dispute) would change nothing; where it stands now: requested." in page
    assert "Possible for this side now:" in page
    assert "Note 7 of the embassy" in page
    assert not RecordedMove.objects.filter(kind="dispute").exists()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"made_on": "soon"}, "is no day, month or year"),
        ({"made_on": "2199-01-01"}, "This day is still to come."),
        ({"by": "Atlantis"}, "The directory knows no party"),
        ({"by": "*"}, "The directory knows no party"),
        ({"note": ""}, "This field is required"),
    ],
)
def test_bad_moves_are_refused_in_words(client, small, recorder, told, sentence) -> None:
    page = client.post(address(small, "promise"), fill(**told)).content.decode()

    assert sentence in page
    assert RecordedMove.objects.count() == 3


def test_day_that_began_elsewhere_is_taken(client: Client, small, recorder) -> None:
    tomorrow = timezone.now().date() + timedelta(days=1)

    client.post(address(small, "promise"), fill(made_on=tomorrow.isoformat()))

    assert RecordedMove.objects.filter(made_on=tomorrow.isoformat()).exists()


def test_form_sent_twice_records_one_move(client: Client, small, recorder) -> None:
    path = address(small, "promise")
    page = client.get(path).content.decode()
    hidden = dict(re.findall(r'name="(once|asked)" value="(\w+)"', page))
    told = fill(**hidden)
    sent = [client.post(path, told).status_code for _ in range(2)]
    other = client.post(path, {**told, "note": "Another note", "once": ""})

    assert sent == [302, 302]
    assert set(hidden) == {"once", "asked"}
    assert other.status_code == 302
    rows = RecordedMove.objects.filter(kind="promise", attestation="recorded")
    assert rows.count() == 2
    assert rows.values("move_id").distinct().count() == 2


@pytest.mark.parametrize(
    "told",
    [
        {"what": "x" * 4000},
        {"what": "x" * 4001},
        {"what": "\u0065\u0301" * 2001},
        {"what": "\u0958" * 2000},
        {"what": "\u202e\u2066open\u0000"},
        {"note": "\U0001f600" * 1001},
        {"by": "\u0410urelia"},
        {"by": "Aurelia\u200b"},
        {"once": "z" * 33},
        {"made_on": "\u0662\u0660\u0662\u0665"},
        {"made_on": "9999"},
        {"made_on": "0000"},
        {"due": "99999-01-01"},
        {"answers": "ab" * 32},
    ],
)
def test_odd_texts_are_answered_in_words(client: Client, small, recorder, told) -> None:
    client.raise_request_exception = False

    answer = client.post(address(small, "counter"), fill(**{"what": "another post", **told}))

    assert answer.status_code in (200, 302)


def test_unknown_kind_is_no_page(client: Client, small, recorder) -> None:
    assert client.get(address(small, "agree")).status_code == 404


@pytest.mark.parametrize(("role", "status"), [(Role.READER, 403), (Role.RECORDER, 200)])
def test_readers_record_nothing(client: Client, small, role: Role, status: int) -> None:
    client.force_login(make_account(role))

    assert client.get(address(small, "promise")).status_code == status
    if status == 403:
        assert client.post(address(small, "promise"), fill()).status_code == 403


def test_reviewer_strikes_a_move_through(client: Client, small, recorder: Account) -> None:
    path = reverse("annul", kwargs={**small.symbol, "act": small.acknowledged})
    bare = client.post(path, {"reason": ""})
    done = client.post(path, {"reason": "Told of another meeting"}, follow=True)
    again = client.post(path, {"reason": "Told of another meeting"})

    assert "This field is required" in bare.content.decode()
    assert "The move is struck through." in done.content.decode()
    assert "Told of another meeting" in done.content.decode()
    assert "annulled already" in again.content.decode()
    assert RecordedMove.objects.exclude(annulled_at=None).count() == 2


def test_recorders_annul_nothing(client: Client, small) -> None:
    client.force_login(make_account(Role.RECORDER))
    path = reverse("annul", kwargs={**small.symbol, "act": small.acknowledged})

    assert client.post(path, {"reason": "x"}).status_code == 403
    assert RecordedMove.objects.exclude(annulled_at=None).count() == 1


def test_annul_of_an_absent_move_is_no_page(client: Client, small, recorder) -> None:
    path = reverse("annul", kwargs={**small.symbol, "act": "00000000"})

    assert client.get(path).status_code == 404
