"""Fill a register with invented undertakings: four to six moves, two or three strands each."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

from rich.progress import Progress

from ikrar.config.bench.conversations import FIRST_DAY
from ikrar.kernel.evidence import Attestation, Classification, EvidenceGrade
from ikrar.kernel.move import Kind, Move, Terms, When
from ikrar.kernel.symbol import ALPHABET
from ikrar.reading.span import Span
from ikrar.reading.text import Document
from ikrar.register.actions.sources import keep_passages, keep_source
from ikrar.register.log.moves import NewMove, append_moves
from ikrar.register.log.record import Opening, Record, Witness

AT_ONCE = 250  # undertakings in one append
PARTIES = tuple(f"X{a}{b}" for a in "ABCDEFGHJK" for b in "ABCD")
LINES = 40  # sentences of one source
LATER = (Kind.PROMISE, Kind.PROMISE, Kind.OFFER, Kind.ACKNOWLEDGE, Kind.COUNTER)
LAST = (Kind.REPORT, Kind.ACKNOWLEDGE, Kind.PROMISE)


def fill(size: int, *, already: int = 0, seed: int = 1) -> None:
    """Append undertakings until there are `size`; `already` are there."""
    rng = Random(f"{seed} {already}")  # noqa: S311 (made-up moves)
    with Progress(transient=True) as progress:
        task = progress.add_task(f"Filling {size:,} undertakings", total=size - already)
        for start in range(already, size, AT_ONCE):
            count = min(AT_ONCE, size - start)
            append_moves(list(batch(rng, start, count)))
            progress.advance(task, count)


def batch(rng: Random, start: int, count: int) -> Iterator[NewMove]:
    """Draw the moves of `count` undertakings, each with passages of a source of their own."""
    witnesses = _witnesses(start)
    for number in range(start, start + count):
        yield from conversation(rng, number, witnesses[number % LINES])


def conversation(rng: Random, number: int, witness: Witness) -> Iterator[NewMove]:
    """Draw one undertaking: two or three ask, the performer answers, one of them goes on."""
    performer, *requesters = rng.sample(PARTIES, rng.choice((3, 3, 4)))
    day = FIRST_DAY + timedelta(days=number % 365)
    terms = Terms(f"support matter {number} of the invented agenda", When.parse("2026"))
    opening = _move(rng, Kind.REQUEST, requesters[0], performer, day, None, terms)
    titles = {"en": f"Matter {number}", "id": f"Perkara {number}"}
    level = Classification.PUBLIC if number % 2 else Classification.INTERNAL
    symbol = f"XAA/{2025 + number % 2}/{_code(number)}"
    opened = Opening(symbol, level, titles, invented=True)
    yield NewMove(opening, Record(Attestation.REPORTED, witnesses=(witness,), opening=opened))
    said = [(Kind.REQUEST, each) for each in requesters[1:]]
    said += [(rng.choice(LATER), performer), (rng.choice(LAST), performer)]
    for turn, (kind, by) in enumerate(said, start=1):
        later = day + timedelta(days=turn * 9)
        yield NewMove(
            _move(rng, kind, by, performer, later, opening.move_id), Record(Attestation.REPORTED)
        )


def _move(
    rng: Random,
    kind: Kind,
    by: str,
    performer: str,
    day: date,
    undertaking: str | None,
    terms: Terms | None = None,
) -> Move:
    return Move(
        kind=kind,
        by=by,
        performer=performer,
        made_on=When.on(day),
        undertaking=undertaking,
        terms=terms,
        hedged=rng.random() < 0.1,
        salt=f"{rng.getrandbits(128):032x}",
    )


def _code(number: int) -> str:
    """Write a number with the letters of symbols: unlike a drawn one it never comes twice."""
    code = ""
    for _ in range(6):
        number, place = divmod(number, len(ALPHABET))
        code = ALPHABET[place] + code
    return code


def _witnesses(number: int) -> list[Witness]:
    """Keep an invented report with `LINES` sentences, and a witness for each."""
    sentence = f"In report {number} an invented State asked another for its support on a matter."
    text = "\n".join(f"{sentence} ({line})" for line in range(LINES))
    content = text.encode()
    document = Document(hashlib.sha256(content).hexdigest(), "text/plain", text, (), "en")
    source, _ = keep_source(content, document, filename=f"report-{number}.txt")
    spans = _spans(text)
    keep_passages(source, spans)
    return [
        Witness(document.sha256, s.start, s.end, EvidenceGrade.PRESS, "request", hedged=False)
        for s in spans
    ]


def _spans(text: str) -> list[Span]:
    """Give the place of every line."""
    starts = [0, *(place + 1 for place, letter in enumerate(text) if letter == "\n")]
    ends = [*(start - 1 for start in islice(starts, 1, None)), len(text)]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]
