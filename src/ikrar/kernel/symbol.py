"""Symbols: local nicknames of undertakings in the manner of UN documents, such as IDN/2025/7K4Q.

They are random, not counting: a symbol tells nobody how many undertakings there are.
"""

import re
import secrets

from ikrar.kernel.party import is_party

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread
SHORTEST, LONGEST = 4, 8

_TAIL = re.compile(rf"[0-9]{{4}}/[{ALPHABET}]{{{SHORTEST},{LONGEST}}}", re.ASCII)


def new_symbol(party: str, year: int, length: int = SHORTEST) -> str:
    """Return a random symbol for an undertaking of `party` opened in `year`.

    Four characters name a million undertakings; who has many asks for more when one is taken.
    """
    ending = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return f"{party}/{year:04d}/{ending}"


def is_symbol(text: str) -> bool:
    """Return whether `text` has the form of a symbol."""
    party, _, tail = text.partition("/")
    return is_party(party) and _TAIL.fullmatch(tail) is not None
