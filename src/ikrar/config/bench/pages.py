"""Pages: CPU per request, queries and waiting time, through WSGI, logged in.

The trivial page of the same run is the measure: what a page costs beyond it is its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ikrar.accounts.models import Account
from ikrar.config.bench.clock import Backend, cpu, median, now, percentile
from ikrar.config.bench.tables import Figures
from ikrar.config.wsgi import application

ROUNDS = 15
PER_ROUND = 10
GOAL = 4.0
TRIVIAL = "/about/"


class PageFailedError(Exception):
    """A page that was to be measured did not answer with 200."""


@dataclass(frozen=True)
class Cost:
    """What requests of one address cost: CPU seconds (ours, the database's), queries, seconds."""

    address: str
    cpu: float
    database: float
    queries: int
    waits: tuple[float, ...]

    @property
    def all_cpu(self) -> float:
        """CPU seconds of both processes."""
        return self.cpu + self.database


def measure_pages(size: int) -> Figures:
    """Measure the trivial page, the Register and an Undertaking with `size` undertakings."""
    visitor = Visitor()
    addresses = [TRIVIAL, "/register/", f"/register/{_some_symbol()}/"]
    return _table(size, [visitor.cost(address) for address in addresses])


def _some_symbol() -> str:
    """Name an undertaking from the middle of the register."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT symbol FROM register_undertaking ORDER BY opened_on DESC, id DESC LIMIT 1"
            " OFFSET (SELECT count(*) / 2 FROM register_undertaking)"
        )
        return str(cursor.fetchone()[0])


class Visitor:
    """A logged-in reader that asks the WSGI application itself."""

    def __init__(self) -> None:
        account, _ = Account.objects.get_or_create(email="bench@example.org", name="Bench")
        client = Client()
        client.force_login(account)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self._cookie = f"{settings.SESSION_COOKIE_NAME}={session}"

    def get(self, address: str) -> bytes:
        """Ask once; anything but 200 is an error."""
        environ: dict[str, Any] = {}
        setup_testing_defaults(environ)
        environ |= {
            "PATH_INFO": address,
            "HTTP_HOST": "127.0.0.1",
            "HTTP_COOKIE": self._cookie,
            "wsgi.input": BytesIO(),
        }
        answers: list[str] = []

        def start_response(status: str, *_: object) -> Callable[[bytes], object]:
            answers.append(status)
            return lambda _: None

        response = application(environ, start_response)
        body = b"".join(response)
        response.close()
        if not answers[0].startswith("200"):
            raise PageFailedError(address, answers[0])
        return body

    def cost(self, address: str) -> Cost:
        """Ask many times and take the middle of the rounds."""
        with CaptureQueriesContext(connection) as captured:
            self.get(address)
        queries = len(captured)
        for _ in range(PER_ROUND):
            self.get(address)
        backend = Backend.of_this_connection()
        waits: list[float] = []
        own: list[float] = []
        before = backend.cpu()
        for _ in range(ROUNDS):
            begun = cpu()
            waits += [self._wait(address) for _ in range(PER_ROUND)]
            own.append((cpu() - begun) / PER_ROUND)
        database = (backend.cpu() - before) / (ROUNDS * PER_ROUND)
        return Cost(address, median(own), database, queries, tuple(waits))

    def _wait(self, address: str) -> float:
        begun = now()
        self.get(address)
        return now() - begun


def _table(size: int, costs: list[Cost]) -> Figures:
    trivial = costs[0]
    figures = Figures(
        f"Pages with {size:,} undertakings (goal: at most {GOAL:.0f} × the trivial page)",
        ["Page", "CPU ms", "of it database", "queries", "p50 ms", "p95 ms", "CPU ×", "p95 ×"],
    )
    for name, cost in zip(("Trivial (About)", "Register", "Undertaking"), costs, strict=True):
        p95 = percentile(cost.waits, 0.95)
        figures.add(
            name,
            f"{cost.all_cpu * 1000:.1f}",
            f"{cost.database * 1000:.1f}",
            str(cost.queries),
            f"{median(cost.waits) * 1000:.1f}",
            f"{p95 * 1000:.1f}",
            f"{cost.all_cpu / trivial.all_cpu:.1f}",
            f"{p95 / percentile(trivial.waits, 0.95):.1f}",
        )
    return figures
