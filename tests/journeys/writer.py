"""The application as the kill test runs it: a process that appends, says so, and then replies.

    python -m tests.journeys.writer SEED FIRST [rebuild]

It says `verified`, `rebuilt`, then for each job `committed N` as soon as its transaction is over
and, once a byte came in (the leave to reply), `acknowledged N`. What job N appends depends on SEED
and N alone, so that another process can send the same once more.
"""

import hashlib
import os
import sys
from itertools import count
from random import Random

import django

from ikrar.config import database
from ikrar.kernel.evidence import Attestation, Classification
from ikrar.kernel.move import Kind, Move, Terms, When

COMPARTMENTS = ("general", "kemlu")
ANSWERS = (Kind.ACKNOWLEDGE, Kind.PROMISE, Kind.REPORT, Kind.DECLINE)


def moves_of_job(seed: int, n: int) -> list[Move]:
    """An opening and up to three answers."""
    rng = Random(f"{seed} {n}")
    opening = Move(
        kind=Kind.REQUEST,
        by="XAA",
        performer="XAB",
        made_on=When.parse("2025-11-24"),
        terms=Terms(f"job {n}", When.parse("2026")),
        salt=_salt(seed, n, 0),
    )
    return [opening, *(_answer(opening, seed, n, place, rng) for place in range(rng.randrange(4)))]


def _answer(opening: Move, seed: int, n: int, place: int, rng: Random) -> Move:
    kind = rng.choice(ANSWERS)
    return Move(
        kind=kind,
        by="XAB",
        performer="XAB",
        undertaking=opening.move_id,
        answers=opening.move_id if kind is Kind.DECLINE else None,
        made_on=When.parse(f"2025-12-{place + 1:02d}"),
        salt=_salt(seed, n, place + 1),
    )


def _salt(*place: int) -> str:
    return hashlib.sha256(repr(place).encode()).hexdigest()[:32]


def say(words: str) -> None:
    """One line, at once."""
    os.write(1, f"{words}\n".encode())


def quiet(line: str) -> None:
    """Nobody reads how the server starts."""


def main(seed: int, first: int, *, is_to_rebuild: bool) -> None:
    """Start like the application does, check what is there, then append until killed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikrar.config.settings")
    django.setup()
    database.ready(tell=quiet)
    # The register can be imported only now that Django is set up.
    from ikrar.register.log.moves import NewMove, append_moves  # noqa: PLC0415
    from ikrar.register.log.record import Opening, Record  # noqa: PLC0415
    from ikrar.register.log.verify import verify  # noqa: PLC0415
    from ikrar.register.standing.rebuild import rebuild  # noqa: PLC0415

    say(f"verified {verify().holds}")
    if is_to_rebuild:
        say(f"rebuilt {rebuild().is_same}")
    for n in count(first):
        opened, *answers = moves_of_job(seed, n)
        symbol = Opening(f"XAA/2025/J{n}", Classification.INTERNAL)
        records = [Record(Attestation.REPORTED, opening=symbol)]
        records += [Record(Attestation.REPORTED) for _ in answers]
        batch = [NewMove(m, r) for m, r in zip([opened, *answers], records, strict=True)]
        append_moves(batch, compartment=COMPARTMENTS[n % 2])
        say(f"committed {n}")
        os.read(0, 1)
        say(f"acknowledged {n}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), is_to_rebuild="rebuild" in sys.argv[3:])
