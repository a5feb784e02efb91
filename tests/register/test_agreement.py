"""Every place that tells a standing tells the same: rows, periods, and an undertaking's page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from tests.factories.accounts import make_account
from tests.register import chance
from tests.register.chance import Chance
from tests.register.moves import answer
from tests.register.world import ask

from ikrar.accounts.models import Account
from ikrar.directory.models import Occasion
from ikrar.kernel.evidence import Classification
from ikrar.kernel.strand import Mark
from ikrar.register.log.annul import AnnulOrder, annul
from ikrar.register.log.erase import EraseOrder, erase
from ikrar.register.log.moves import append_moves
from ikrar.register.models import Entry, RecordedMove, Strand, Undertaking
from ikrar.register.queries.asof import AsOf, present
from ikrar.register.queries.filters import Filters
from ikrar.register.queries.stories import story_of
from ikrar.register.queries.undertakings import Row, ended_on, known_occasions, page_of
from ikrar.register.views.undertaking import case_of
from ikrar.register.vocabulary import Group

pytestmark = pytest.mark.django_db
EVERY = frozenset(Group)


@pytest.fixture
def reader() -> Account:
    return make_account(clearance=Classification.SECRET)


def fill(rng: Random) -> None:
    """Moves by chance, some struck through, some restored, one erased now and then."""
    drawn = Chance(rng, undertakings=2)
    for _ in range(rng.randint(3, 12)):
        append_moves([drawn.draw()])
    moves = [*RecordedMove.objects.order_by("pk")]
    for row in rng.sample(moves, len(moves) // 3):
        if row.attestation == "reported":
            struck = annul(AnnulOrder(row.pk, None, "a mistake"))
            if rng.random() < 0.5:
                annul(AnnulOrder(struck.id, None, "no mistake"))
    if rng.random() < 0.3:
        people = make_account().pk, make_account().pk
        erase(EraseOrder([rng.choice(moves).pk], "a law", *people))


def questions(rng: Random) -> Iterator[AsOf]:
    yield present()
    instants = [*Entry.objects.values_list("recorded_at", flat=True)]
    for _ in range(4):
        day = date(2025, 11, 1) + timedelta(days=rng.randint(0, 500))
        yield AsOf(day, rng.choice([*instants, datetime(2100, 1, 1, tzinfo=UTC)]))


def rows(reader: Account, asked: AsOf) -> dict[str, Row]:
    ended = ended_on(asked.true_on, known_occasions(asked))
    filters = Filters(groups=EVERY, as_of=asked, ended=ended)
    return {row.symbol: row for row in page_of(reader, filters).rows}


def told_by_page(reader: Account, symbol: str, asked: AsOf) -> tuple[object, ...] | None:
    """What the undertaking's own page folds; None where nothing stands."""
    story = story_of(reader, symbol, asked)
    assert story is not None
    case = case_of(story)
    if not case.folded.strands:
        return None
    shown = [r for r, s in case.folded.strands.items() if s.standing is case.folded.standing]
    return (
        case.standing_of(case.foremost),
        sorted(case.folded.strands),
        any(case.is_overdue(requester) for requester in shown),
        all(requester in case.sleeping for requester in shown),
    )


def told_by_row(row: Row | None) -> tuple[object, ...] | None:
    if row is None or row.standing == "none":
        return None
    marks = {*row.marks}
    return (
        row.standing,
        sorted(row.requesters),
        Mark.OVERDUE.value in marks,
        Mark.DORMANT.value in marks,
    )


@pytest.mark.parametrize("seed", range(20))
def test_list_and_page_tell_the_same(
    seed: int, reader: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = Random(seed)
    if rng.random() < 0.5:
        monkeypatch.setattr(chance, "PARTIES", ("XAA", "XAB", "XAB.office", "XAC"))
    Occasion.objects.create(
        slug="a-ballot",
        names={"en": "A ballot", "id": "Sebuah pemungutan suara"},
        ends_on=date(2026, 1, 10),
        secret=True,
        source="invented",
        known_from=date(2020, 1, 1),
    )
    fill(rng)

    for asked in questions(rng):
        found = rows(reader, asked)
        for symbol in Undertaking.objects.values_list("symbol", flat=True):
            assert told_by_row(found.get(symbol)) == told_by_page(reader, symbol, asked), (
                symbol, asked,
            )  # fmt: skip


@pytest.mark.parametrize("day", ["2031-01-01", "2099", "2026"])
def test_move_dated_to_come_stands_alike_everywhere(day: str, reader: Account) -> None:
    asked = ask(day=day)
    append_moves([asked, answer(asked, "promise", by="XBB", day=day)])
    symbol = asked.record.opening.symbol

    now = present()

    assert told_by_row(rows(reader, now)[symbol]) == told_by_page(reader, symbol, now)
    assert rows(reader, now)[symbol].standing == "promised"


@pytest.mark.parametrize("seed", range(5))
def test_strands_now_are_those_of_the_page(seed: int, reader: Account) -> None:
    fill(Random(seed))

    for undertaking in Undertaking.objects.all():
        story = story_of(reader, undertaking.symbol, present())
        assert story is not None
        kept = Strand.objects.filter(undertaking=undertaking)
        assert dict(kept.values_list("requester", "standing")) == {
            requester: strand.standing.value for requester, strand in story.folded.strands.items()
        }
