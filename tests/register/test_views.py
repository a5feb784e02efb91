"""The register's pages, as readers get them."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.accounts import make_account
from tests.register.moves import answer
from tests.register.world import ASKED, SmallRegister, ask, keep_report, make_small_register

from ikrar.accounts.models import Account
from ikrar.accounts.vocabulary import Role
from ikrar.kernel.evidence import Classification
from ikrar.kernel.move import Terms
from ikrar.reading.formats.errors import SENTENCES
from ikrar.register.log.erase import EraseOrder, erase
from ikrar.register.log.moves import append_moves
from ikrar.register.models import RecordedMove, Source, Undertaking
from ikrar.register.vocabulary import UNREADABLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Account:
    return make_account(Role.READER, Classification.SECRET, language="en")


@pytest.fixture
def small(reader: Account) -> SmallRegister:
    return make_small_register(make_account(Role.REVIEWER, is_demo=True))


@pytest.fixture
def page(client: Client, reader: Account):
    client.force_login(reader)

    def get(path: str, **asked: str) -> str:
        answer = client.get(path, asked)
        assert answer.status_code == 200, path
        return text(answer.content.decode())

    return get


def text(html: str) -> str:
    """What a page says, without tags."""
    body = html.partition("<main")[2].partition("</main>")[0]
    plain = re.sub(r"<[^>]+>", " ", body.partition(">")[2])
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(plain.split()))


def undertaking(small: SmallRegister, name: str = "undertaking") -> str:
    return reverse(name, kwargs=small.symbol)


def test_home_leads_by_who_asks(client: Client, reader: Account) -> None:
    assert client.get("/").headers["location"] == "/public/"
    client.force_login(reader)
    assert client.get("/").headers["location"] == "/register/"


def test_register_answers_in_its_first_line(page, small: SmallRegister) -> None:
    shown = page("/register/")

    assert shown.startswith("What stands between whom? 1 undertaking. 1 is open.")
    assert "Open the border post" in shown
    assert small.undertaking.symbol in shown
    assert "Requested" in shown
    assert "Acknowledged" in shown


def test_register_without_rows_says_what_to_do(page) -> None:
    assert "The register is empty. Bring in a report" in page("/register/")
    assert "Nothing fits this question." in page("/register/", words="nowhere")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"true_on": "yesterday"}, "“yesterday” is not a day."),
        ({"true_on": "2025-02-30"}, "“2025-02-30” is not a day."),
        ({"true_on": "31 Foo 2025"}, "is not a day."),
        ({"known_on": "24:00"}, "is neither a day nor an instant."),
        ({"known_on": "9999999-01-01"}, "is neither a day nor an instant."),
        ({"performer": "Atlantis"}, "knows no party “Atlantis”"),
        ({"requester": "<b>"}, "knows no party"),
        ({"theme": "x"}, "x is not one of the available choices"),
        ({"standing": "x"}, "x is not one of the available choices"),
        ({"due": "soonish"}, "is not one of the available choices"),
        ({"words": "w" * 201}, "at most 200 characters"),
    ],
)
def test_register_answers_bad_questions_in_words(page, small, asked, sentence) -> None:
    shown = page("/register/", **asked)

    assert "This question cannot be read yet" in shown
    assert sentence in shown.replace("&lt;", "<")
    assert small.undertaking.symbol not in shown


@pytest.mark.parametrize(
    "asked",
    [
        {"words": "\x00"},
        {"words": "' & !:* <->"},
        {"after": "x' OR 1=1", "before": "/"},
        {"true_on": "0001-01-01"},
        {"true_on": "9999-12-31", "known_on": "9999-12-31"},
        {"known_on": "0001-01-01T00:00:00+14:00"},
        {"known_on": "9999-12-31T23:59:59-14:00"},
        {"performer": "\x00"},
        {"after": "\x00"},
    ],
)
@pytest.mark.parametrize("path", ["/register/", "/public/", "/register/rows.csv"])
def test_odd_questions_never_fail(client: Client, reader, small, path, asked) -> None:
    client.force_login(reader)

    assert client.get(path, asked).status_code in {200, 400}


def test_register_keeps_filters_in_its_links(client: Client, reader: Account) -> None:
    append_moves([ask(day=f"2025-05-{day:02d}") for day in range(1, 32)])
    client.force_login(reader)

    html = client.get("/register/", {"words": "border", "standing": "open"}).content.decode()

    (older,) = re.findall(r'href="(\?[^"]+)" rel="next"', html)
    assert "words=border" in older
    assert "standing=open" in older
    assert "after=IDN" in older
    assert "rows.csv?words=border&amp;standing=open" in html
    last = client.get("/register/" + older.replace("&amp;", "&"))
    assert len(last.context["lines"]) == 1


def test_register_queries_are_few(client: Client, reader: Account, small) -> None:
    client.force_login(reader)
    client.get("/register/")

    with CaptureQueriesContext(connection) as seen:
        client.get("/register/")

    assert len(seen) <= 9


def test_undertaking_queries_do_not_grow_with_moves(client, reader, small) -> None:
    client.force_login(reader)
    path = undertaking(small)

    def queries() -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        return len(seen)

    few = queries()
    append_moves(
        [answer(small.request, "acknowledge", by="XBB", day="2025-05-06") for _ in range(20)]
    )

    assert queries() == few <= 12


def test_undertaking_is_told_in_both_languages(client: Client, reader, small) -> None:
    client.force_login(reader)

    html = client.get(undertaking(small)).content.decode()

    assert "Not promised." in html
    assert "XAA asked XBB on 4 May 2025 to open the border post." in html
    assert "XBB answered warmly the same day; that is not a yes." in html
    assert 'lang="id"' in html
    assert "Belum dijanjikan." in html


def test_undertaking_shows_how_it_came_to_this(page, small: SmallRegister) -> None:
    shown = page(undertaking(small))

    assert "3 moves, 1 annulled" in shown
    assert f"“{ASKED}”" in shown
    assert "Bo Lind, Minister." in shown
    assert "Recorded by Reviewer of Aurelia." in shown
    assert "Accepted by the demo account" in shown
    assert "“The report speaks of another post.” It stays visible and counts for nothing." in shown
    assert "Report B (The Invented Gazette) repeats another report" in shown
    assert "1 report tells of it. 1 copy is not counted." in shown
    assert "Invented for demonstration" in shown


def test_annulled_move_is_struck_through(client: Client, reader, small) -> None:
    client.force_login(reader)

    html = client.get(undertaking(small)).content.decode()

    assert re.search(r"ik-move--annulled.*?<del>XBB promised it to", html, re.DOTALL)
    assert html.count("<del>") == 1


def test_move_without_effect_says_why(page, small: SmallRegister) -> None:
    append_moves([answer(small.request, "dispute", by="XAA", day="2025-05-09")])

    shown = page(undertaking(small))

    assert "Without effect: Nothing was promised or reported" in shown


def test_erased_move_says_on_which_basis(page, small: SmallRegister) -> None:
    entry = RecordedMove.objects.get(entry__seq=small.acknowledged_seq).pk
    one, two = make_account(), make_account()
    erase(EraseOrder([entry], "Law 27 of 2022, article 8.", one.pk, two.pk))

    shown = page(undertaking(small))

    assert "erased on" in shown
    assert "Legal basis: Law 27 of 2022, article 8. That it was made" in shown
    assert "Bo Lind" not in shown
    assert "XBB answered warmly the same day" in shown


def test_undertaking_as_of_another_day_and_instant(page, small: SmallRegister) -> None:
    told = RecordedMove.objects.get(move_id=small.request.move.move_id)
    before = (told.recorded_at - timedelta(seconds=1)).isoformat()
    after = (told.recorded_at + timedelta(seconds=1)).isoformat()
    path = undertaking(small)

    assert "Nothing yet." in page(path, true_on="3 May 2025")
    assert "Not promised. XAA asked XBB" in page(path, true_on="2025-05-04")
    assert "Nothing yet." in page(path, known_on=before)
    assert "XAA asked XBB on 4 May 2025" in page(path, known_on=after)
    assert "Nothing fits" in page("/register/", true_on="3 May 2025")
    assert "Nothing fits" in page("/register/", known_on=before)
    assert small.undertaking.symbol in page("/register/", known_on=after)


def test_undertaking_answers_bad_instants_in_words(page, small: SmallRegister) -> None:
    shown = page(undertaking(small), true_on="soon", known_on="later")

    assert "“soon” is not a day." in shown
    assert "“later” is neither a day nor an instant." in shown


def test_possible_moves_are_listed_and_linked_for_recorders(client: Client, small) -> None:
    client.force_login(make_account(Role.READER, language="en"))
    read = client.get(undertaking(small)).content.decode()
    client.force_login(make_account(Role.RECORDER, language="en"))
    recorded = client.get(undertaking(small)).content.decode()

    assert "When XBB moves" in text(read)
    assert "Promise : promised" in text(read) or "Promise: promised" in text(read)
    assert "/record/" not in read
    assert "/record/promise/?by=XBB" in recorded
    assert "/annul/" not in recorded


def test_source_shows_passages_in_place(client: Client, reader, small: SmallRegister) -> None:
    client.force_login(reader)

    html = client.get(reverse("source", args=[small.source.symbol])).content.decode()
    shown = text(html)

    start = small.source.text.index(ASKED)
    assert f'id="p{start}"' in html
    assert "Verified: all 2 passages match the stored bytes." in shown
    assert small.source.sha256 in shown
    assert "Links to other texts, not read" in shown
    assert f"{undertaking(small)}#move-{small.request.move.move_id[:8]}" in html


def test_changed_source_is_not_verified(page, small: SmallRegister) -> None:
    Source.objects.filter(pk=small.source.pk).update(text=small.source.text.upper())

    shown = page(reverse("source", args=[small.source.symbol]))

    assert "Not verified. The stored text is not the one" in shown
    assert "2 passages are not what stands in the text." in shown


def test_unreadable_source_says_why_and_what_was_kept(page) -> None:
    source = keep_report("nothing")
    Source.objects.filter(pk=source.pk).update(text="", error="encrypted", zones=[])

    shown = page(reverse("source", args=[source.symbol]))

    assert "protected by a password" in shown
    assert "Its bytes are kept." in shown
    assert "1 of them could not be read." in page("/sources/")


def test_reasons_not_to_read_are_those_of_reading() -> None:
    assert {code: UNREADABLE[code]._args[0] for code in UNREADABLE} == SENTENCES


def test_meeting_tells_who_met_and_what_came_of_it(page, small: SmallRegister) -> None:
    shown = page(reverse("meeting", args=[small.meeting.symbol]))

    assert "Tinport, 4 May 2025. 1 undertaking was opened there." in shown
    assert "Ada Tarn Minister of Borders" in shown
    assert "Repeats The Invented Gazette; not counted" in shown
    assert small.undertaking.symbol in shown
    assert "1 report, 1 copy · 1 undertaking opened" in page("/meetings/")


def test_public_pages_name_no_account_and_no_note(client: Client, small) -> None:
    noted = answer(small.request, "acknowledge", by="XBB", record={"note": "heard by phone"})
    append_moves([noted])

    client.cookies["ikrar_language"] = "en"
    html = client.get(undertaking(small, "public:undertaking")).content.decode()

    assert "Not promised." in html
    assert "Annulled on" in html
    for hidden in ("of Aurelia", "another post", "heard by phone", "/sources/", "Classification"):
        assert hidden not in html
    assert small.undertaking.symbol in client.get("/public/").content.decode()


@pytest.mark.parametrize("level", [Classification.INTERNAL, Classification.SECRET])
def test_public_pages_hide_what_is_not_public(client: Client, reader, level) -> None:
    append_moves([ask(level=level)])
    client.force_login(reader)
    symbol = Undertaking.objects.get().symbol

    assert client.get(f"/public/{symbol}/").status_code == 404
    assert symbol not in client.get("/public/").content.decode()
    assert symbol not in client.get("/public/rows.csv").getvalue().decode()
    assert client.get(f"/register/{symbol}/").status_code == 200


def test_exports_carry_the_rows_of_the_question(client: Client, reader, small) -> None:
    append_moves([ask(titles={"en": "Other", "id": "Lain"}, terms=Terms("x"))])
    client.force_login(reader)

    as_csv = client.get("/register/rows.csv", {"words": "border"})
    as_json = client.get("/register/rows.json", {"words": "border"})

    (row,) = csv.DictReader(io.StringIO(as_csv.getvalue().decode()))
    assert row["symbol"] == small.undertaking.symbol
    assert [each["symbol"] for each in json.loads(as_json.getvalue())] == [row["symbol"]]
    assert as_csv["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in as_csv["Content-Disposition"]


def test_export_of_a_bad_question_is_refused_in_words(client: Client, reader) -> None:
    client.force_login(reader)

    answer_ = client.get("/register/rows.json", {"true_on": "x"})

    assert answer_.status_code == 400
    assert "is not a day" in answer_.content.decode()
