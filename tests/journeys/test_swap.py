"""Other documents, another register: nothing that the pages and exports say is known by heart.

The clock runs ahead by as many days as the documents' days were moved.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoDbBlocker
from tests.desk.demo import PlainUndertaking, standings
from tests.factories.swap import read_table, swap, swapped_demo

from ikrar.accounts.models import Account
from ikrar.config.database import Target
from ikrar.config.demo.load import FOLDER, Loaded, load_demo
from ikrar.kernel.move import Kind
from ikrar.register.queries.asof import present
from ikrar.register.queries.exports import as_csv, as_json, exported
from ikrar.register.queries.filters import Filters
from ikrar.register.queries.meetings import meetings_of
from ikrar.register.queries.passages import sources_of
from ikrar.register.queries.undertakings import ended_on, known_occasions
from ikrar.web.dates import written

LANGUAGES = ("id", "en")
LISTS = ("register", "sources", "meetings", "public:register")
FILES = ("register_csv", "register_json", "public:register_csv", "public:register_json")
WORDS = {word for word in read_table().forms if ":" not in word}
KNOWN = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, WORDS))})(?!\w)")
DAY = re.compile(r"\b\d{1,2} [A-Z][a-z]{2,8} 20\d\d\b|\b20\d\d-\d\d-\d\d")
DIRECTORY = re.compile(r"<datalist.*?</datalist>", re.DOTALL)
"""The names a field suggests are the directory's: it knows every State, whatever was read."""
TONGUE = re.compile(r"[Bb]ahasa Indonesia")
"""The name of a language."""
HINT = re.compile(r'<(\w+)[^>]*class="govuk-hint".*?</\1>', re.DOTALL)
"""How a day may be written, by an example."""


@dataclass
class House:
    """A loaded demo as it looks from outside: pages by language and path, files, plain rows."""

    loaded: Loaded
    undertakings: list[PlainUndertaking]
    pages: dict[tuple[str, str], str] = field(default_factory=dict)
    files: dict[tuple[str, str], str] = field(default_factory=dict)
    rows: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)


def look(folder: Path) -> House:
    """Load a demo and look at everything that it shows."""
    loaded = load_demo(folder)
    house = House(loaded, standings())
    client = Client()
    client.force_login(loaded.account)
    for language in LANGUAGES:
        Account.objects.filter(pk=loaded.account.pk).update(language=language)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        for path in paths(loaded.account, house.undertakings):
            house.pages[language, path] = text_of(client, path)
        for name in FILES:
            house.files[language, name] = text_of(client, reverse(name))
        asked = Filters(ended=ended_on(present().true_on, known_occasions(present())))
        rows = [*exported(loaded.account, asked, language)]
        house.rows[language] = rows
        house.files[language, "csv"] = "".join(as_csv(iter(rows)))
        house.files[language, "json"] = "".join(as_json(iter(rows)))
    return house


def paths(account: Account, undertakings: list[PlainUndertaking]) -> Iterator[str]:
    """The lists, and the page of every row in them."""
    yield from map(reverse, LISTS)
    for name in ("undertaking", "public:undertaking"):
        for undertaking in undertakings:
            yield reverse(name, args=undertaking.symbol.split("/"))
    for undertaking in undertakings:
        yield reverse("record", args=[*undertaking.symbol.split("/"), Kind.ACKNOWLEDGE])
    for source in sources_of(account):
        yield reverse("source", args=[source.symbol])
    for meeting in meetings_of(account):
        yield reverse("meeting", args=[meeting.symbol])


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return b"".join(answer).decode()


@pytest.fixture(scope="module")
def real(django_db_setup: Target, django_db_blocker: DjangoDbBlocker) -> House:
    with django_db_blocker.unblock(), transaction.atomic():
        house = look(FOLDER)
        transaction.set_rollback(True)
    return house


@pytest.fixture(scope="module")
def swapped(
    real: House, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The swapped demo in the house of the swapped State."""
    folder = swapped_demo(tmp_path_factory.mktemp("swapped") / "demo")
    ahead, now = timedelta(days=read_table().days), timezone.now
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(settings, "IKRAR_PARTY", swap(settings.IKRAR_PARTY))
        patch.setattr(settings, "OWNER", [swap(str(line)) for line in settings.OWNER])
        patch.setattr("django.utils.timezone.now", lambda: now() + ahead)
        with transaction.atomic():
            yield look(folder)
            transaction.set_rollback(True)


def read_by_people(page: str) -> str:
    for aside in (DIRECTORY, HINT, TONGUE):
        page = aside.sub("", page)
    return page


def test_no_page_says_what_the_real_documents_say(swapped: House) -> None:
    found = {
        place: sorted(set(KNOWN.findall(read_by_people(page))))
        for place, page in swapped.pages.items()
    }

    assert len(found) > 100
    assert not {place: words for place, words in found.items() if words}


def test_no_file_says_what_the_real_documents_say(swapped: House) -> None:
    assert not {place: words for place, t in swapped.files.items() if (words := KNOWN.findall(t))}


def test_no_page_or_file_tells_a_day_of_the_real_documents(real: House, swapped: House) -> None:
    before, after = days_of(real), days_of(swapped)

    assert len(before) > 40
    assert before & after <= this_day_and_its_neighbours()


def days_of(house: House) -> set[str]:
    texts = [*map(read_by_people, house.pages.values()), *house.files.values()]
    return {day for text in texts for day in DAY.findall(text)}


def this_day_and_its_neighbours() -> set[str]:
    """When the demo was loaded, as pages write it."""
    loaded = timezone.now() - timedelta(days=read_table().days)
    days = [(loaded + timedelta(days=n)).date() for n in (-1, 0, 1)]
    with_names = set()
    for language in LANGUAGES:
        with translation.override(language):
            with_names |= {written(day) for day in days}
    return with_names | {day.isoformat() for day in days}


def test_pages_say_what_the_swapped_documents_say(real: House, swapped: House) -> None:
    forms = read_table().forms
    before = {word for page in real.pages.values() for word in KNOWN.findall(read_by_people(page))}
    everything = "\n".join(map(read_by_people, swapped.pages.values()))

    assert len(before) > 40
    assert not {word: forms[word] for word in before if forms[word] not in everything}


def test_loading_finds_as_much(real: House, swapped: House) -> None:
    def counts(loaded: Loaded) -> tuple[int, ...]:
        return loaded.documents, loaded.new, loaded.meetings, loaded.moves, loaded.waiting

    assert counts(swapped.loaded) == counts(real.loaded)


def test_register_has_the_same_shape(real: House, swapped: House) -> None:
    for one, other in zip(real.undertakings, swapped.undertakings, strict=True):
        assert shape(other) == shape(one)


def shape(undertaking: PlainUndertaking) -> Any:
    """What depends on no name, day or lot: moves of one day are ordered by lot."""
    told = undertaking
    moves = sorted((m.kind, m.hedged, m.effect, len(m.evidence)) for m in told.moves)
    return told.standing, told.theme, bool(told.due), bool(told.joint), told.evidence_count, moves


@pytest.mark.parametrize("language", LANGUAGES)
def test_exported_rows_are_the_swap_of_the_real_ones(
    real: House, swapped: House, language: str
) -> None:
    for one, other in zip(real.rows[language], swapped.rows[language], strict=True):
        wanted = json.loads(swap(json.dumps(told_without(one), ensure_ascii=False), language))
        assert told_without(other) == wanted | {"invented": one["invented"]}


def told_without(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without its symbol, which is drawn by lot."""
    return {name: value for name, value in row.items() if name != "symbol"}


def test_symbols_are_of_the_swapped_house(swapped: House) -> None:
    house = settings.IKRAR_PARTY

    assert {u.symbol.split("/")[0] for u in swapped.undertakings} == {house}
