"""Every address of the URL table, with an example of each that has parts to fill in.

A room that adds a view with parts in its address adds what fills them to `EXAMPLES`; a view that
is open to readers who are not logged in is named in `OPEN`. Tests fail on what is missing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.factories.accounts import add_second_factor, make_account
from tests.register.world import SmallRegister, make_small_register

from ikrar.accounts import actions
from ikrar.accounts.models import Account
from ikrar.accounts.vocabulary import Role
from ikrar.kernel.evidence import Classification


@dataclass
class World:
    """What there is in the database while the pages are visited."""

    readers: dict[str, Account | None] = field(default_factory=dict)
    register: SmallRegister | None = None


def make_world() -> World:
    """Fill the database with one of everything that has a page."""
    world = World()
    world.readers = {"anonymous": None}
    for role in Role:
        world.readers[role.value] = make_account(role, Classification.SECRET)
    guarded = make_account(Role.REVIEWER, password="a long sentence of words", is_demo=True)
    add_second_factor(guarded)
    world.readers["guarded"] = guarded
    world.register = make_small_register(guarded)
    return world


READERS = ["anonymous", *Role.values, "guarded"]

EXAMPLES: dict[str, Callable[[World], dict[str, object]]] = {
    "login_link": lambda world: {"token": _login_token(world)},
    "undertaking": lambda world: _register(world).symbol,
    "public:undertaking": lambda world: _register(world).symbol,
    "record": lambda world: {**_register(world).symbol, "kind": "counter"},
    "annul": lambda world: {**_register(world).symbol, "act": _register(world).acknowledged},
    "source": lambda world: {"symbol": _register(world).source.symbol},
    "meeting": lambda world: {"symbol": _register(world).meeting.symbol},
}
"""View name to the parts of its address."""

OPEN = {
    "home",
    "about",
    "healthz",
    "login_link",
    "set_language",
    "account_login",
    "account_logout",
    "account_inactive",
}
"""Views that answer whoever asks. Everything else sends strangers to the login page."""

OPEN_ROOMS = ("public:",)
"""Rooms whose every view is open."""


def _register(world: World) -> SmallRegister:
    assert world.register is not None
    return world.register


def _login_token(world: World) -> str:
    account = world.readers["reader"]
    assert account is not None
    return actions.create_login_link(account=account).split("/")[-2]


@dataclass(frozen=True)
class Address:
    """A row of the URL table."""

    name: str
    route: str
    has_parts: bool

    def path(self, world: World) -> str:
        parts = EXAMPLES[self.name](world) if self.has_parts else {}
        return reverse(self.name, kwargs=parts)

    @property
    def is_open(self) -> bool:
        return self.name in OPEN or self.name.startswith(OPEN_ROOMS)


def addresses() -> list[Address]:
    """Return the whole table."""
    return sorted(_walk(get_resolver().url_patterns, "", ""), key=lambda each: each.route)


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, namespace: str
) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            assert pattern.name, f"The view at {route} has no name."
            has_parts = bool(pattern.pattern.converters) or "(?P" in route
            yield Address(namespace + pattern.name, route, has_parts)
