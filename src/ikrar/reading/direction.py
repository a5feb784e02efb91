"""Direction: to whom a statement is made.

A party that the words address, else the counterpart of the paragraph, else the other side of the
meeting, else nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from ikrar.reading.act import SpeechAct
from ikrar.reading.clause import Actor, ActorKind, Clause
from ikrar.reading.coreference import Memory
from ikrar.reading.rules import RulePack


@dataclass(frozen=True, slots=True)
class Direction:
    """The parties addressed, and why."""

    to: tuple[str, ...]
    why: str


def addressed(
    clause: Clause, pack: RulePack, act: SpeechAct, memory: Memory, movers: tuple[str, ...]
) -> Direction:
    """To whom `act` of `movers` in `clause` is made."""
    if len(movers) > 1:
        return Direction((), "both sides at once")
    named = _named(clause, pack, act, movers)
    if named:
        return Direction(named, "named")
    others = [party for party in memory.heard if party not in movers]
    sides = [party for party in memory.sides if party not in movers]
    meant = [party for party in others if party in sides] or others
    if meant and (not sides or meant[-1] in sides):
        return Direction((meant[-1],), "the counterpart of the paragraph")
    if len(sides) == 1:
        return Direction((sides[0],), "the other side of the meeting")
    return Direction((), "nobody is named")


def _named(
    clause: Clause, pack: RulePack, act: SpeechAct, movers: tuple[str, ...]
) -> tuple[str, ...]:
    """The parties in a place where a verb or preposition addresses them, with those listed on."""
    after = [actor for actor in clause.actors if actor.start >= act.cue.start and actor.parties]
    found: dict[str, None] = {}
    for place, actor in enumerate(after):
        if actor.start > act.content.end + 1 and actor.start > act.cue.end:
            break
        if not _is_addressed(clause, pack, act, actor):
            continue
        for listed in _listed(clause, after[place:]):
            found.update(dict.fromkeys(party for party in listed.parties if party not in movers))
        if found:
            break
    return tuple(found)


def _is_addressed(clause: Clause, pack: RulePack, act: SpeechAct, actor: Actor) -> bool:
    left = clause.left_of(actor.start)
    if actor.kind is ActorKind.PERSON and actor.start >= act.cue.end:
        return bool(pack.phrases["addressee"].search(left)) or actor.start <= act.cue.end + 1
    if actor.start <= act.cue.end + 1:
        return True
    return bool(pack.phrases["addressee"].search(left))


def _listed(clause: Clause, actors: list[Actor]) -> list[Actor]:
    """An actor and those that a list joins to it: "A, B, C, dan D"."""
    listed = actors[:1]
    for actor in actors[1:]:
        between = clause.between(listed[-1].end, actor.start).strip()
        if between not in {",", "dan", "and", ", dan", ", and", "serta", ", serta", "&"}:
            break
        listed.append(actor)
    return listed
