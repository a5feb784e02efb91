"""Who sees what: clearance and compartment, for every query and page alike."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.accounts import make_account
from tests.register.moves import answer
from tests.register.world import ASKED, ask, keep_report, make_small_register, meet, witness

from ikrar.accounts.models import Account
from ikrar.accounts.vocabulary import Role
from ikrar.kernel.evidence import Attestation, Classification
from ikrar.register.log.moves import append_moves
from ikrar.register.models import RecordedMove, Undertaking
from ikrar.register.queries.asof import present
from ikrar.register.queries.exports import exported
from ikrar.register.queries.filters import Filters
from ikrar.register.queries.meetings import meetings_of
from ikrar.register.queries.passages import source_page, sources_of
from ikrar.register.queries.stories import story_of
from ikrar.register.queries.undertakings import counted, page_of
from ikrar.register.rules import is_annullable, may_annul_moves, may_record_moves, visible_to

pytestmark = pytest.mark.django_db
LEVELS = list(Classification)
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def symbols(account: Account | None) -> set[str]:
    return {row.symbol for row in page_of(account, Filters()).rows}


@pytest.fixture
def undertakings() -> dict[Classification, str]:
    """One undertaking of each classification, by its symbol."""
    made = {}
    for level in LEVELS:
        asked = ask(level=level)
        append_moves([asked])
        made[level] = asked.record.opening.symbol
    return made


@pytest.mark.parametrize("clearance", LEVELS)
def test_clearance_bounds_what_is_listed(
    undertakings: dict[Classification, str], clearance: Classification
) -> None:
    account = make_account(clearance=clearance)

    seen = {undertakings[level] for level in LEVELS if level <= clearance}

    assert symbols(account) == seen
    assert counted(account, Filters()).total == len(seen)
    assert {row["symbol"] for row in exported(account, Filters(), "en")} == seen
    for level, symbol in undertakings.items():
        assert (story_of(account, symbol, present()) is not None) == (level <= clearance)


def test_public_sees_what_is_public_in_no_compartment(
    undertakings: dict[Classification, str],
) -> None:
    hidden = ask(level=Classification.PUBLIC)
    append_moves([hidden], compartment="visit")

    assert symbols(None) == {undertakings[Classification.PUBLIC]}


@pytest.mark.parametrize(("compartments", "is_seen"), [((), False), (("visit",), True)])
def test_compartment_is_for_its_members(compartments: tuple[str, ...], is_seen: bool) -> None:
    asked = ask(level=Classification.PUBLIC)
    append_moves([asked], compartment="visit")
    account = make_account(Role.ADMINISTRATOR, Classification.SECRET, compartments=compartments)

    assert (asked.record.opening.symbol in symbols(account)) is is_seen


def test_account_that_is_switched_off_sees_nothing(
    undertakings: dict[Classification, str],
) -> None:
    account = make_account(clearance=Classification.SECRET)
    account.is_active = False

    assert symbols(account) == set()


def test_sources_and_meetings_follow_their_own_classification() -> None:
    secret = keep_report(level=Classification.SECRET)
    meet(secret)
    reader = make_account(clearance=Classification.INTERNAL)
    cleared = make_account(clearance=Classification.SECRET)

    assert not sources_of(reader).exists()
    assert not meetings_of(reader).exists()
    assert source_page(reader, secret.symbol) is None
    assert source_page(cleared, secret.symbol) is not None
    assert meetings_of(cleared).count() == 1


def test_evidence_above_the_clearance_is_neither_shown_nor_counted() -> None:
    secret, public = keep_report(level=Classification.SECRET), keep_report("\n" + ASKED + ".\n")
    asked = ask(witnesses=(witness(secret, ASKED, "request"), witness(public, ASKED, "request")))
    append_moves([asked])
    reader = make_account(clearance=Classification.INTERNAL)
    cleared = make_account(clearance=Classification.SECRET)

    for account, reports in ((reader, 1), (cleared, 2)):
        (row,) = page_of(account, Filters()).rows
        story = story_of(account, row.symbol, present())
        assert row.evidence == reports
        assert story is not None
        assert [len(told.evidence) for told in story.moves] == [reports]


@pytest.mark.parametrize(
    "path", ["/register/{}/", "/register/{}/record/promise/", "/register/{}/annul/1/"]
)
def test_hidden_undertaking_answers_as_an_absent_one(client: Client, path: str) -> None:
    asked = ask(level=Classification.SECRET)
    append_moves([asked])
    account = make_account(Role.ADMINISTRATOR, Classification.INTERNAL)
    client.force_login(account)

    def body(symbol: str) -> tuple[int, bytes]:
        answer = client.get(path.format(symbol))
        neutral = answer.content.replace(symbol.encode(), b"")
        return answer.status_code, TOKEN.sub(b"", neutral)

    hidden = asked.record.opening.symbol
    assert body(hidden) == body("IDN/2025/NONE00") == (404, body("IDN/2025/NONE00")[1])


@pytest.mark.parametrize("room", ["sources", "meetings"])
def test_hidden_source_and_meeting_answer_as_absent_ones(client: Client, room: str) -> None:
    secret = keep_report(level=Classification.SECRET)
    hidden = {"sources": secret.symbol, "meetings": meet(secret).symbol}[room]
    client.force_login(make_account(clearance=Classification.INTERNAL))

    def body(symbol: str) -> tuple[int, bytes]:
        answer = client.get(f"/{room}/{symbol}/")
        return answer.status_code, TOKEN.sub(b"", answer.content.replace(symbol.encode(), b""))

    assert body(hidden) == body("NONE0000")
    assert body(hidden)[0] == 404


def test_place_of_a_hidden_undertaking_is_unknown(client: Client) -> None:
    hidden, seen = ask(level=Classification.SECRET), ask()
    append_moves([hidden, seen])
    client.force_login(make_account(clearance=Classification.INTERNAL, language="en"))

    pages = [
        client.get("/register/", {"after": symbol}).content.decode()
        for symbol in (hidden.record.opening.symbol, "IDN/2025/NONE00")
    ]

    assert all("is not here. The list starts from the newest" in page for page in pages)


@pytest.mark.parametrize(
    ("rule", "least"), [(may_record_moves, Role.RECORDER), (may_annul_moves, Role.REVIEWER)]
)
def test_roles_bound_what_may_be_written(
    rule: Callable[[Account | None], bool], least: Role
) -> None:
    roles = list(Role)

    may = [role for role in roles if rule(make_account(role))]

    assert may == roles[roles.index(least) :]
    assert not rule(None)


def test_annulled_and_signed_moves_are_not_annullable() -> None:
    small = make_small_register()
    signed = answer(small.request, "promise", by="XBB", record={"attestation": Attestation.SIGNED})
    append_moves([signed])
    rows = {(r.kind, bool(r.annulled_at)): r for r in RecordedMove.objects.all()}

    assert is_annullable(rows["acknowledge", False])
    assert not is_annullable(rows["promise", True])
    assert not is_annullable(rows["promise", False])


def test_visible_to_filters_in_the_database() -> None:
    append_moves([ask(level=Classification.SECRET)])
    query = visible_to(Undertaking.objects.all(), make_account()).query

    assert "classification" in str(query.where)
    assert not visible_to(Undertaking.objects.all(), make_account()).exists()
