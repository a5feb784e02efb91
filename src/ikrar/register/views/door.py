"""Through which pages a reader came: the public ones, or those behind the login."""

from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest
from django.urls import reverse

from ikrar.accounts.models import Account
from ikrar.register.rules import Reader


@dataclass(frozen=True, slots=True)
class Door:
    """Who reads, and where links lead; behind the public door everybody is the public."""

    reader: Reader

    @property
    def is_public(self) -> bool:
        """Whether only what is public is shown, without names of accounts and without notes."""
        return self.reader is None

    @property
    def register(self) -> str:
        """The address of the list."""
        return reverse("public:register" if self.is_public else "register")

    def undertaking(self, symbol: str) -> str:
        """The address of an undertaking."""
        name = "public:undertaking" if self.is_public else "undertaking"
        return reverse(name, kwargs=parts(symbol))

    def source(self, symbol: str, anchor: str = "") -> str:
        """The address of a source; empty for the public."""
        return "" if self.is_public else reverse("source", args=[symbol]) + anchor

    def meeting(self, symbol: str) -> str:
        """The address of a meeting; empty for the public."""
        return "" if self.is_public else reverse("meeting", args=[symbol])


PUBLIC = Door(None)


def door_of(request: HttpRequest) -> Door:
    """The door of somebody who is logged in: the middleware let nobody else through."""
    return Door(cast(Account, request.user))


def parts(symbol: str) -> dict[str, str]:
    """Part a symbol into what its address is made of."""
    party, year, code = symbol.split("/")
    return {"party": party, "year": year, "code": code}
