"""Symbols that no undertaking bears yet."""

from ikrar.kernel.symbol import LONGEST, SHORTEST, new_symbol
from ikrar.register.models import Undertaking

TRIES = 4


def free_symbol(party: str, year: int) -> str:
    """Draw a symbol until one is free; where many are taken, draw longer ones.

    Among a thousand undertakings of a year two would have drawn the same in every second register.
    """
    for length in range(SHORTEST, LONGEST + 1):
        drawn = [new_symbol(party, year, length) for _ in range(TRIES)]
        taken = set(Undertaking.objects.filter(symbol__in=drawn).values_list("symbol", flat=True))
        free = next((symbol for symbol in drawn if symbol not in taken), None)
        if free:
            return free
    raise LookupError(f"No symbol of {party} in {year} is left.")
