"""Rows, counts and pages of the register, now and as of another day and instant."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import make_account
from tests.register.moves import answer
from tests.register.world import ASKED, ask, keep_report, make_small_register, witness

from ikrar.accounts.models import Account
from ikrar.directory.models import Occasion
from ikrar.kernel.evidence import Attestation, Classification
from ikrar.kernel.move import Terms, When
from ikrar.register.log.annul import AnnulOrder, annul
from ikrar.register.log.moves import NewMove, append_moves
from ikrar.register.models import Passage, RecordedMove, Source, Undertaking
from ikrar.register.queries.asof import AsOf, as_of, end_of, present
from ikrar.register.queries.exports import COLUMNS, as_csv, as_json, exported, harmless
from ikrar.register.queries.filters import WORDS, Due, Filters, look_up
from ikrar.register.queries.passages import paragraphs, source_page, verify
from ikrar.register.queries.reports import reports_of
from ikrar.register.queries.stories import story_of
from ikrar.register.queries.undertakings import (
    Place,
    PlaceGoneError,
    Row,
    all_rows,
    counted,
    ended_on,
    known_occasions,
    page_of,
)
from ikrar.register.vocabulary import Group

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Account:
    return make_account(clearance=Classification.SECRET)


def rows(reader: Account, **asked: Any) -> list[Row]:
    return list(page_of(reader, Filters(**asked)).rows)


def names(reader: Account, **asked: Any) -> set[str]:
    return {row.titles["en"] for row in rows(reader, **asked)}


def titled(title: str, **fields: Any) -> NewMove:
    return ask(titles={"en": title}, **fields)


@pytest.fixture
def conversations() -> dict[str, NewMove]:
    """Undertakings that stand differently, by title."""
    made = {
        "asked": titled("asked"),
        "promised": titled("promised", terms=Terms("x", When.parse("2025-06-01"))),
        "declined": titled("declined", terms=Terms("x")),
        "hedged": titled("hedged", hedged=True),
        "struck": titled("struck"),
    }
    append_moves(list(made.values()))
    for title, kind in (("promised", "promise"), ("declined", "decline")):
        asked = made[title]
        told = answer(asked, kind, by="XBB", day="2025-05-05", answers=asked.move.move_id)
        append_moves([told])
    struck = RecordedMove.objects.get(move_id=made["struck"].move.move_id)
    annul(AnnulOrder(struck.pk, None, "by mistake"))
    return made


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"asked", "promised", "declined", "hedged"}),
        ({"groups": frozenset({Group.OPEN})}, {"asked", "hedged"}),
        ({"groups": frozenset({Group.PROMISED, Group.CLOSED})}, {"promised", "declined"}),
        ({"groups": frozenset({Group.STRUCK})}, {"struck"}),
        ({"groups": frozenset({Group.DONE})}, set()),
        ({"hedged": True}, {"hedged"}),
        ({"hedged": False}, {"asked", "promised", "declined"}),
        ({"due": Due.NONE}, {"declined"}),
        ({"words": "PROM"}, {"promised"}),
        ({"words": "open post"}, {"asked", "hedged"}),
        ({"words": "no such"}, set()),
        ({"words": "!!"}, set()),
        ({"performers": ("XBB",)}, {"asked", "promised", "declined", "hedged"}),
        ({"performers": ("XAA",)}, set()),
        ({"requesters": ("XAA", "XCC")}, {"asked", "promised", "declined", "hedged"}),
        ({"requesters": ("XCC",)}, set()),
        ({"theme": "forum"}, set()),
        ({"attestation": Attestation.RECORDED}, set()),
    ],
)
@pytest.mark.parametrize("is_now", [True, False])
def test_filters_find_rows(
    reader: Account, conversations: Any, asked: dict[str, Any], found: set[str], is_now: bool
) -> None:
    if not is_now:
        now = present()
        asked = {**asked, "as_of": AsOf(now.true_on, now.known_at)}
        found = found - {"struck"}

    assert names(reader, **asked) == found
    assert counted(reader, Filters(**asked)).total == len(found)


@pytest.mark.parametrize(
    ("day", "due", "found"),
    [
        (date(2025, 6, 1), Due.OVERDUE, set()),
        (date(2025, 6, 2), Due.OVERDUE, {"promised"}),
        (date(2025, 5, 6), Due.SOON, {"promised"}),
        (date(2025, 6, 2), Due.SOON, set()),
    ],
)
def test_due_is_seen_from_the_day_asked_for(
    reader: Account, conversations: Any, day: date, due: Due, found: set[str]
) -> None:
    asked = as_of(day, None)

    assert names(reader, due=due, as_of=asked) == found
    (promised,) = [row for row in rows(reader, as_of=asked) if row.titles["en"] == "promised"]
    assert promised.is_overdue is (day > date(2025, 6, 1))


def test_counts_are_told_by_group(reader: Account, conversations: Any) -> None:
    found = counted(reader, Filters(as_of=as_of(date(2025, 6, 2), None)))

    assert (found.total, found.overdue) == (4, 1)
    assert found.groups[Group.OPEN] == 2
    assert found.groups[Group.CLOSED] == 1


def test_counting_stops_at_its_bound(
    reader: Account, conversations: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ikrar.register.queries.undertakings.MOST_COUNTED", 2)

    found = counted(reader, Filters())

    assert found.is_more
    assert (found.total, found.groups) == (3, {})


def test_days_and_instants_are_both_asked_for(reader: Account) -> None:
    asked = ask()
    (told,) = append_moves([asked])
    day = date(2025, 5, 4)
    second = timedelta(seconds=1)

    def standing(true_on: date | None, known_at: Any) -> list[str]:
        return [row.standing for row in rows(reader, as_of=as_of(true_on, known_at))]

    # recorded before the day on which it was made: what was told counts when it was heard
    certain = min(day, told.recorded_at.date()) if told.recorded_at.date() > day else day
    assert standing(certain - timedelta(days=1), None) == []
    assert standing(certain, None) == ["requested"]
    assert standing(certain, told.recorded_at - second) == []
    assert standing(certain, told.recorded_at) == ["requested"]
    assert standing(certain, told.recorded_at + second) == ["requested"]


def test_annulled_move_was_known_before_it_was_struck(reader: Account) -> None:
    small = make_small_register()
    struck = RecordedMove.objects.get(entry__seq=small.annulled_seq)
    assert struck.annulled_at is not None

    def standing(known_at: Any) -> str:
        (row,) = rows(reader, as_of=as_of(date(2025, 6, 1), known_at))
        return row.standing

    assert standing(struck.annulled_at - timedelta(microseconds=1)) == "promised"
    assert standing(struck.annulled_at) == "requested"


def test_requesters_and_attestation_are_those_known_then(reader: Account) -> None:
    asked = ask()
    (first,) = append_moves([asked])
    append_moves([answer(asked, "request", by="XCC", record={"attestation": Attestation.RECORDED})])
    then = as_of(date(2026, 1, 1), first.recorded_at)
    now = as_of(date(2026, 1, 1), None)

    assert [row.requesters for row in rows(reader, as_of=then)] == [("XAA",)]
    assert [row.requesters for row in rows(reader, as_of=now)] == [("XAA", "XCC")]
    assert rows(reader, requesters=("XCC",), as_of=then) == []
    assert len(rows(reader, requesters=("XCC",), as_of=now)) == 1
    assert rows(reader, attestation=Attestation.RECORDED, as_of=then) == []
    assert len(rows(reader, attestation=Attestation.RECORDED, as_of=now)) == 1


def test_secret_occasion_lets_open_undertakings_lapse(reader: Account) -> None:
    Occasion.objects.create(
        slug="ballot",
        names={"en": "Ballot", "id": "Pemungutan suara"},
        ends_on=date(2025, 7, 1),
        secret=True,
        source="invented",
        known_from=date(2020, 1, 1),
    )
    asked = ask(titles={"en": "vote"})
    record = asked.record.__class__.from_bytes(asked.record.to_bytes())
    object.__setattr__(record, "occasion", "ballot")
    append_moves([NewMove(asked.move, record)])
    after = as_of(date(2025, 7, 2), None)
    ended = ended_on(after.true_on, known_occasions(after))

    (row,) = rows(reader, as_of=after, ended=ended)

    assert ended == ("ballot",)
    assert row.standing == "lapsed"
    assert names(reader, as_of=after, ended=ended, groups=frozenset({Group.CLOSED})) == {"vote"}
    assert names(reader, as_of=after, ended=ended, groups=frozenset({Group.OPEN})) == set()
    assert counted(reader, Filters(as_of=after, ended=ended)).groups[Group.CLOSED] == 1
    assert [row["standing"] for row in exported(reader, Filters(as_of=after), "en")] == ["lapsed"]
    assert ended_on(date(2025, 7, 1), known_occasions(after)) == ()


@pytest.mark.parametrize("is_now", [True, False])
def test_pages_go_on_from_a_symbol_without_gap(reader: Account, is_now: bool) -> None:
    days = ["2025-05-04"] * 3 + ["2025-05-05"] * 4
    append_moves([ask(day=day) for day in days])
    now = present()
    asked = Filters() if is_now else Filters(as_of=AsOf(date(2026, 1, 1), now.known_at))
    first = page_of(reader, asked, size=3)
    second = page_of(reader, asked, Place(after=first.older), size=3)
    third = page_of(reader, asked, Place(after=second.older), size=3)
    back = page_of(reader, asked, Place(before=third.newer), size=3)

    walked = [row.symbol for page in (first, second, third) for row in page.rows]
    newest_first = Undertaking.objects.order_by("-opened_on", "-pk")
    assert walked == [row.symbol for row in newest_first]
    assert (first.newer, third.older) == ("", "")
    assert [row.symbol for row in back.rows] == [row.symbol for row in second.rows]
    assert [row.symbol for row in all_rows(reader, asked, size=2)] == walked


def test_page_from_an_unknown_place_says_so(reader: Account) -> None:
    with pytest.raises(PlaceGoneError):
        page_of(reader, Filters(), Place(after="IDN/2025/NONE"))


@pytest.mark.parametrize("is_now", [True, False])
def test_query_count_is_the_same_at_one_and_a_thousand_rows(reader: Account, is_now: bool) -> None:
    now = present()
    asked = Filters() if is_now else Filters(as_of=AsOf(now.true_on, now.known_at + timedelta(1)))

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page_of(reader, asked)
            counted(reader, asked)
        return len(seen)

    append_moves([ask()])
    one = queries()
    append_moves([ask() for _ in range(999)])

    assert queries() == one


@pytest.mark.parametrize("words", ["border", "open pos", "no such", "!!", "IDN/"])
def test_words_looked_up_find_the_same_rows(reader: Account, words: str) -> None:
    append_moves([ask(), ask(titles={"en": "Other"}, terms=Terms("x"))])
    plain = Filters(words=words)

    assert page_of(reader, look_up(plain)).rows == page_of(reader, plain).rows
    assert counted(reader, look_up(plain)).total == counted(reader, plain).total


def test_words_use_their_index(reader: Account) -> None:
    append_moves([ask() for _ in range(200)])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            f"EXPLAIN SELECT 1 FROM register_undertaking WHERE {WORDS} @@ to_tsquery('simple', %s)",
            ["open:*"],
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "undertaking_words" in plan


def test_reports_agree_differ_and_are_copied(reader: Account) -> None:
    one, two = keep_report(), keep_report(f"News\n{ASKED}.\nend")
    copy = keep_report(f"Copied\n{ASKED}.\nend")
    witnesses = (
        witness(one, ASKED, "request"),
        witness(two, ASKED, "request", hedged=True),
        witness(copy, ASKED, "request", counted=False),
    )
    append_moves([ask(witnesses=witnesses)])
    (row,) = rows(reader)
    story = story_of(reader, row.symbol, present())
    assert story is not None
    reports = reports_of(story.moves)

    assert (row.evidence, reports.agreeing, reports.differing) == (2, 1, 1)
    assert [source.pk for source in reports.copies] == [copy.pk]
    (difference,) = reports.differences
    assert [(w.kind, w.hedged) for w in difference.wordings] == [
        ("request", False),
        ("request", True),
    ]
    assert [reports.letter(s) for s in (one, two, copy)] == ["A", "B", "C"]


def test_story_marks_what_is_struck_and_in_vain(reader: Account) -> None:
    small = make_small_register()
    append_moves([answer(small.request, "dispute", by="XAA", day="2025-05-09")])

    story = story_of(reader, small.undertaking.symbol, present())

    assert story is not None
    kinds = {told.row.kind: told for told in story.moves}
    assert kinds["promise"].annulment is not None
    assert kinds["acknowledge"].annulment is None
    assert list(story.folded.without_effect) == [kinds["dispute"].row.move_id]


def test_passages_are_verified_against_the_bytes(reader: Account) -> None:
    small = make_small_register()
    found = source_page(reader, small.source.symbol)

    assert found is not None
    assert found.verified.is_true
    assert found.verified.count == 2


def test_changed_text_and_bytes_are_found() -> None:
    small = make_small_register()
    passages = [*Passage.objects.filter(source=small.source)]
    Source.objects.filter(pk=small.source.pk).update(text="X" + small.source.text[1:])
    changed = Source.objects.get(pk=small.source.pk)
    small.source.content = b"other bytes"

    assert not verify(changed, passages).is_text_true
    assert not verify(Source.objects.get(pk=small.source.pk), passages).is_true
    assert not verify(small.source, passages).are_bytes_true
    passages[0].quote = "not there"
    assert verify(small.source, passages).wrong == [passages[0]]


def test_paragraphs_are_the_whole_text_with_passages_in_place() -> None:
    small = make_small_register()
    passages = [*Passage.objects.filter(source=small.source).order_by("start")]

    found = paragraphs(small.source, passages)

    assert "\n".join("".join(s.text for s in p.stretches) for p in found) == small.source.text
    assert [p.label for p in found] == ["title", "body", "related"]
    marked = [s.text for p in found for s in p.stretches if s.passages]
    assert marked == [passage.quote for passage in passages]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_export_disarms_formulas(start: str) -> None:
    assert harmless(f"{start}1") == f"'{start}1"
    assert harmless("plain = text") == "plain = text"


def test_exports_are_the_rows_shown(reader: Account) -> None:
    append_moves([titled("=HYPERLINK(1)"), titled("plain", hedged=True)])

    lines = "".join(as_csv(exported(reader, Filters(hedged=False), "en"))).splitlines()
    told = json.loads("".join(as_json(exported(reader, Filters(), "en"))))

    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) == 2
    assert "'=HYPERLINK(1)" in lines[1]
    assert {row["title"] for row in told} == {"=HYPERLINK(1)", "plain"}
    assert set(told[0]) == set(COLUMNS)


def test_empty_export_is_well_formed(reader: Account) -> None:
    assert json.loads("".join(as_json(exported(reader, Filters(), "en")))) == []


def test_question_of_today_is_of_the_present() -> None:
    today = present().true_on

    assert as_of(None, None).is_now
    assert as_of(today, end_of(today)).is_now
    assert not as_of(today - timedelta(days=1), None).is_now
    assert not as_of(None, present().known_at - timedelta(seconds=1)).is_now
