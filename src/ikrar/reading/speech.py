"""Speech: whose words a direct quote is, and what is retold of whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ikrar.reading.act import subject_of
from ikrar.reading.clause import Actor, ActorKind, Clause
from ikrar.reading.rules import RulePack
from ikrar.reading.span import Span

_FEWEST_WORDS: Final = 4
_SLOT: Final = re.compile(
    r"\s*(?P<run>(?:[A-Z][\w.'’-]*|bin|binti|al|de|van|von|of|the|for|untuk|dan|and)"
    r"(?:\s+(?:[A-Z][\w.'’-]*|\([A-Z][^)]*\)|bin|binti|al|de|van|von|of|the|for|untuk|dan|and))*)"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A direct quote with who is given as its speaker (None: whoever spoke before) and by what."""

    quote: Span
    speaker: Actor | None
    cue: Span | None
    continues: bool = False


def attributions(clause: Clause, pack: RulePack, text: str) -> tuple[Attribution, ...]:
    """The direct quotes of a sentence that are somebody's words, in order."""
    found: list[Attribution] = []
    for quote in clause.quotes:
        told = (
            _after(clause, pack, quote, text)
            or _before(clause, pack, quote)
            or _alone(clause, quote, text, found)
        )
        if told:
            found.append(told)
    return tuple(found)


def _after(clause: Clause, pack: RulePack, quote: Span, text: str) -> Attribution | None:
    """“…,” kata X · “…,” X said · “…,” ujarnya."""
    right = clause.masked[quote.end - clause.start :]
    match = pack.phrases["quote_tail"].match(right)
    if match is None:
        return None
    cue = Span(quote.end + match.start("cue"), quote.end + match.end("cue"))
    groups = match.groupdict()
    if groups.get("nya"):
        return Attribution(quote, None, cue, continues=True)
    for name in ("who", "before"):
        if groups.get(name):
            return Attribution(quote, clause.at(quote.end + match.start(name)), cue)
    slot = _slot_name(text, quote.end + match.end(), clause, pack)
    return Attribution(quote, slot, cue)


def _slot_name(text: str, offset: int, clause: Clause, pack: RulePack) -> Actor | None:
    """A name in the place of the speaker that no directory knows; titles before it are left out."""
    later = next((a for a in clause.actors if offset <= a.start <= offset + 60), None)
    match = _SLOT.match(text, offset, clause.end)
    if match is None:
        return later if later and later.start <= offset + 2 else None
    titles = frozenset(pack.words["title_words"])
    words = list(re.finditer(r"\S+", match.group("run")))
    while words and words[0].group().casefold().strip(".") in titles:
        words.pop(0)
    if later and later.start < match.end("run"):
        return later
    if not words or not words[0].group()[0].isupper():
        return later
    start = match.start("run") + words[0].start()
    end = match.start("run") + words[-1].end()
    name = text[start:end].rstrip(".,")
    return Actor(start, start + len(name), ActorKind.PERSON, name=name)


def _before(clause: Clause, pack: RulePack, quote: Span) -> Attribution | None:
    """X mengatakan, “…” · X: “…” · Menurut X, “…”."""
    left = clause.left_of(quote.start)
    match = pack.phrases["quote_lead"].search(left)
    if match:
        cue = Span(clause.start + match.start("cue"), clause.start + match.end("cue"))
        return Attribution(quote, subject_of(clause, pack, cue.start), cue)
    colon = re.search(r"\s*:\s*$", left)
    if colon:
        named = [actor for actor in clause.actors if actor.end == clause.start + colon.start()]
        if named:
            return Attribution(quote, named[0], None)
    return None


def _alone(clause: Clause, quote: Span, text: str, before: list[Attribution]) -> Attribution | None:
    """A quote that is a sentence of its own goes on with the speaker before it."""
    if len(text[quote.start : quote.end].split()) < _FEWEST_WORDS:
        return None
    rest = clause.masked[: quote.start - clause.start] + clause.masked[quote.end - clause.start :]
    if before and before[-1].speaker:
        return Attribution(quote, before[-1].speaker, None)
    if rest.strip(" .,;"):
        return None
    return Attribution(quote, None, None, continues=True)
