"""Whatever an address, a question, a form or a cookie holds: an answer in words, never a 500."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from tests.pages.addresses import addresses

from ikrar.config.demo.load import Loaded
from ikrar.kernel.move import Kind
from ikrar.register.queries.filters import Filters
from ikrar.register.queries.passages import sources_of
from ikrar.register.queries.undertakings import all_rows

FORM = "application/x-www-form-urlencoded"
NUL, BROKEN, HALF = "%00", "%FF%FE", "%ED%A0%80"
ODD = [
    NUL,
    BROKEN,
    HALF,
    "-1",
    "0",
    "9" * 40,
    "９",
    "..",
    quote("'\"><script>alert(1)</script>", safe=""),
    quote("{{ 7*7 }} %s %(x)s {0}"),
    quote("កម្ពុជា\u202e\u0301"),
    "a" * 3000,
]
QUESTIONS = {
    "true_on": [
        "yesterday", "31/02/2025", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01",
        "2025-13-01", "24 Brumaire 2025", "٢٤/١١/٢٠٢٥", "2025-W48-1", "20251124",
    ],
    "known_on": [
        "0001-01-01", "9999-12-31", "0001-01-01T00:00:00%2B12:00", "9999-12-31T23:59:59-12:00",
        "2025-11-24T25:00:00", "2025-11-24T13:05:00 99:99", "now", "2025-11-24T13:05:00.123456789Z",
    ],
    "words": ["/", "IDN/", "%25_", quote(":*&|!()<->\\'"), "%5C", "%20", "_" * 200, "a" * 201],
    "performer": ["Atlantis", "*", "IDN.nowhere"],
    "requester": ["Atlantis", "*"],
    "theme": ["x"],
    "standing": ["x", "open&standing=x"],
    "due": ["x", "overdue&true_on=0001-01-01", "soon&true_on=9999-12-31"],
    "attestation": ["x", "signed&true_on=2025-11-24"],
    "hedged": ["maybe"],
    "after": ["IDN/2025/XXXX", "x&before=y"],
    "before": ["x"],
    "page": ["last", "1.5", "2"],
    "by": ["Atlantis", "*"],
    "next": ["//elsewhere.example/", "javascript:alert(1)"],
}  # fmt: skip
"""What the pages understand, with what nobody should write there."""

BODIES = {
    FORM: [
        b"language=\xff&next=\x00&made_on=%00&by=%00&note=%00&reason=%00&login=%00&password=%00",
        b"made_on=2025-02-31&by=Atlantis&answers=x&due=9999999&what=x&note=n&hedged=maybe",
        b"made_on=9999-12-31&by=*&note=" + b"n" * 9000 + b"&reason=" + b"r" * 9000,
        b"&".join([b"a=1"] * 1500),
        b"code=%ED%A0%80&login=" + b"a" * 5000 + b"@ministry.example&password=x",
    ],
    "multipart/form-data; boundary=x": [b"--x\r\nContent-Disp", b"--x--\r\n", b"\x00" * 100],
    "multipart/form-data": [b"no boundary"],
    "application/json": [b"{", b"[" * 20_000],
    "text/plain; charset=utf-7": [b"+AAA-"],
    "": [b"\x00"],
}


PART = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Visitor:
    """Somebody's browser, and one of everything that has an address."""

    client: Client
    parts: dict[str, str]

    def ask(self, path: str, method: str = "GET", body: bytes = b"", media: str = "") -> int:
        """Ask, read the whole answer, undo what it changed, and return its status."""
        return self.told(path, method, body, media)[0]

    def told(
        self, path: str, method: str = "GET", body: bytes = b"", media: str = FORM
    ) -> tuple[int, str]:
        """The same, with the words of the answer."""
        cookies = self.client.cookies.output(header="", sep=";")
        with transaction.atomic():
            answer = self.client.generic(method, path, body, content_type=media)
            page = b"".join(answer).decode()
            transaction.set_rollback(True)
        self.client.cookies.load(cookies)
        return answer.status_code, page

    def paths(self) -> Iterator[tuple[str, str]]:
        """Every address of the table: its name, and where it leads."""
        for address in addresses():
            yield address.name, filled(address.route, self.parts)

    def odd_paths(self) -> Iterator[str]:
        """Every address that has parts, with each part in turn gone odd."""
        for address in addresses():
            for part in PART.findall(address.route):
                for odd in ODD:
                    yield filled(address.route, self.parts | {part: odd})


def filled(route: str, parts: dict[str, str]) -> str:
    return "/" + PART.sub(lambda part: parts[part[1]], route)


@pytest.fixture(scope="module")
def parts(demo: Loaded) -> dict[str, str]:
    row = next(iter(all_rows(demo.account, Filters())))
    party, year, code = row.symbol.split("/")
    return {
        "party": party,
        "year": year,
        "code": code,
        "kind": "report",
        "act": "0" * 64,
        "token": "spent-long-ago",
        "symbol": sources_of(demo.account)[0].symbol,
    }


@pytest.fixture(scope="module", params=["demo account", "stranger"])
def visitor(request: pytest.FixtureRequest, demo: Loaded, parts: dict[str, str]) -> Visitor:
    client = Client(raise_request_exception=False)
    if request.param == "demo account":
        client.force_login(demo.account)
    return Visitor(client, parts)


@pytest.fixture(scope="module")
def reviewer(demo: Loaded, parts: dict[str, str]) -> Visitor:
    client = Client(raise_request_exception=False)
    client.force_login(demo.account)
    return Visitor(client, parts)


def queries(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for value in [*QUESTIONS[name], *ODD]:
            yield f"{name}={value}"
    yield from ("&&&=&;", "=", "%", "true_on[]=x", "&".join(["words=a"] * 900), "?" * 50)


@pytest.mark.parametrize(
    ("view", "names"),
    [
        ("register", QUESTIONS),
        ("register_csv", QUESTIONS),
        ("undertaking", ["true_on", "known_on"]),
        ("sources", ["page"]),
        ("meetings", ["page"]),
    ],
)
def test_odd_question_is_answered(reviewer: Visitor, view: str, names: Iterable[str]) -> None:
    path = next(path for name, path in reviewer.paths() if name == view)
    answers = {query: reviewer.ask(f"{path}?{query}") for query in queries(names)}

    assert not {query: status for query, status in answers.items() if status not in (200, 400, 404)}


def test_odd_question_of_any_address_is_answered(visitor: Visitor) -> None:
    odd = [f"true_on={NUL}", f"{BROKEN}={HALF}", "known_on=0001-01-01&true_on=9999-12-31"]
    answers = {
        f"{path}?{query}": visitor.ask(f"{path}?{query}")
        for _, path in visitor.paths()
        for query in odd
    }

    assert not {path: status for path, status in answers.items() if status >= 500}


def test_odd_address_is_answered(reviewer: Visitor) -> None:
    answers = {path: reviewer.ask(path) for path in reviewer.odd_paths()}

    assert set(answers.values()) <= {200, 302, 400, 404, 410}, answers


def test_odd_form_is_answered(visitor: Visitor) -> None:
    answers = {
        (path, media, body[:60]): visitor.ask(path, "POST", body, media)
        for _, path in visitor.paths()
        for media, bodies in BODIES.items()
        for body in bodies
    }

    assert not {sent: status for sent, status in answers.items() if status >= 500}


def test_odd_cookies_are_answered(parts: dict[str, str]) -> None:
    odd = ['"\\000\\000\\000\\000\\000\\000\\000\\000"', "x" * 4000, "é", "%00", "a=b=c"]
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME)
    for name in names:
        for value in odd:
            stranger = Client(raise_request_exception=False, headers={"cookie": f"{name}={value}"})
            assert stranger.get("/public/").status_code == 200, (name, value)


def test_unreadable_day_is_said_and_kept(reviewer: Visitor) -> None:
    status, page = reviewer.told("/register/?true_on=31/02/2025&words=forum")

    assert status == 200
    assert "“31/02/2025”" in page
    assert 'value="31/02/2025"' in page
    assert 'value="forum"' in page


def test_unreadable_question_gives_no_file(reviewer: Visitor) -> None:
    status, told = reviewer.told("/register/rows.json?performer=Atlantis")

    assert status == 400
    assert "“Atlantis”" in told


def test_unknown_symbol_is_no_page(reviewer: Visitor) -> None:
    status, page = reviewer.told("/register/IDN/2025/0000/")

    assert status == 404
    assert "<h1" in page


def test_empty_reason_strikes_nothing_through(reviewer: Visitor) -> None:
    status, page = reviewer.told(first_struck(reviewer), "POST", b"reason=%20")

    assert status == 200
    assert 'class="govuk-error-summary"' in page


def first_struck(reviewer: Visitor) -> str:
    """The first address at which a move of the first undertaking can be struck through."""
    _, page = reviewer.told("/register/{party}/{year}/{code}/".format(**reviewer.parts))
    return re.search(r'href="(/register/[^"]*/annul/\w+/)"', page)[1]


TEXTS = [
    "\x00", "\x01\x1f", "e\u0301", "\u202eabc", "\ufdd0", "\U0010ffff", "x" * 2000, "x" * 70_000,
    "=1+1", "<b>bold</b>", "  ",
]  # fmt: skip
DAYS = ["", "2025-02-31", "9999-12-31", "0001-01-01", "2025-13", "0000", "Smarch 2025", "\x00", "2"]


@pytest.mark.parametrize("kind", [Kind.OFFER, Kind.COUNTER, Kind.REPORT, Kind.WITHDRAW])
def test_odd_move_is_refused_or_recorded(reviewer: Visitor, kind: Kind) -> None:
    path = "/register/{party}/{year}/{code}/record/{kind}/".format(
        **{**reviewer.parts, "kind": kind}
    )
    _, page = reviewer.told(path)
    answers = re.findall(r'<option value="([0-9a-f]{64})"', page)
    good = {"by": "XTA", "made_on": "2026-10-01", "what": "A deed", "note": "Heard it.",
            "answers": next(iter(answers), ""), "due": "2027"}  # fmt: skip
    odd = [
        *({**good, name: text} for name in ("what", "note", "by", "answers") for text in TEXTS),
        *({**good, name: day} for name in ("made_on", "due") for day in DAYS),
        *({**good, "by": party} for party in ("*", "Atlantis", "un", "XSA", "IDN.kemenham", "KHM")),
    ]
    for form in odd:
        status, page = reviewer.told(path, "POST", urlencode(form).encode())
        assert status in (200, 302), form
        if status == 200:
            assert "govuk-error-summary" in page, form
