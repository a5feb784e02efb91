"""Tellings: an act may be told twice (press, then signed) and still folds once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ikrar.kernel.evidence import Attestation
from ikrar.kernel.move import Move
from ikrar.kernel.party import Seat, speaker_of


@dataclass(frozen=True)
class Telling:
    """A move as this instance knows it.

    `received`: for a signed move, the ids of all moves its author held when signing, its own
    earlier ones included (the lanes' acknowledgements).
    """

    move: Move
    attestation: Attestation
    received: frozenset[str] = frozenset()


class Told(NamedTuple):
    """An act, told once: the place of its first telling, the content of the best attested."""

    act_id: str
    first: Telling
    move: Move
    speaker: Seat


class TellingConflict(NamedTuple):
    """A telling that differs from the one that counts (`best`) in `fields`."""

    act_id: str
    telling: str
    best: str
    fields: tuple[str, ...]


class Merged(NamedTuple):
    """The acts, the act behind each telling's id, and where tellings of one act differ."""

    acts: tuple[Told, ...]
    act_of: dict[str, str]
    conflicts: tuple[TellingConflict, ...]


def merged(tellings: Iterable[Telling]) -> Merged:
    """Return the acts behind `tellings`; who restates somebody else's act adds an act instead."""
    told = {move_id: _told(each) for move_id, each in _held(tellings).items()}
    if not any(each.move.restates for each in told.values()):
        return Merged(tuple(told.values()), {move_id: move_id for move_id in told}, ())
    acts: list[Told] = []
    act_of: dict[str, str] = {}
    conflicts: list[TellingConflict] = []
    for first, members in _grouped(told):
        act = _one_act(members)
        acts.append(act)
        act_of.setdefault(first, act.act_id)
        act_of.update((each.act_id, act.act_id) for each in members)
        conflicts += _conflicts(act, members)
    return Merged(tuple(acts), act_of, tuple(sorted(conflicts)))


def _held(tellings: Iterable[Telling]) -> dict[str, Telling]:
    """One telling per move id: the better attested, with everything known to be received."""
    held: dict[str, Telling] = {}
    for each in tellings:
        move_id = each.move.move_id
        known = held.setdefault(move_id, each)
        if known is not each:
            attestation = max(known.attestation, each.attestation)
            held[move_id] = Telling(each.move, attestation, known.received | each.received)
    return held


def _told(telling: Telling) -> Told:
    move = telling.move
    return Told(move.move_id, telling, move, speaker_of(move.by, move.performer, move.to))


def _grouped(told: dict[str, Told]) -> list[tuple[str, list[Told]]]:
    """Tellings of one act by one speaker, the first one first; with the id of the very first."""
    groups: dict[tuple[str, Seat], list[tuple[int, date, str]]] = {}
    for move_id, each in told.items():
        first, distance = _first_told(each, told)
        place = (distance, each.move.made_on.first, move_id)
        groups.setdefault((first, each.speaker), []).append(place)
    in_order = sorted((sorted(places), first) for (first, _), places in groups.items())
    return [(first, [told[place[-1]] for place in places]) for places, first in in_order]


def _first_told(act: Told, told: dict[str, Told]) -> tuple[str, int]:
    """Follow `restates` to the first telling's id, held or not, and count the steps."""
    distance = 0
    while act.move.restates:
        earlier = told.get(act.move.restates)
        if earlier is None:
            return act.move.restates, distance + 1
        if earlier.speaker != act.speaker:
            break
        act, distance = earlier, distance + 1
    return act.act_id, distance


def _one_act(members: list[Told]) -> Told:
    """The place of the first telling, the content of the best attested (then of the last id)."""
    best = max(members, key=lambda each: (each.first.attestation.rank, each.act_id))
    return members[0]._replace(move=best.move)


def _conflicts(act: Told, members: list[Told]) -> list[TellingConflict]:
    compared = [(each.act_id, _differences(each.move, act.move)) for each in members]
    return [
        TellingConflict(act.act_id, telling, act.move.move_id, fields)
        for telling, fields in compared
        if fields
    ]


def _differences(move: Move, best: Move) -> tuple[str, ...]:
    """Who says nothing about the terms contradicts nobody."""
    fields = [
        name for name in ("kind", "hedged", "full") if getattr(move, name) != getattr(best, name)
    ]
    if move.terms and best.terms and move.terms != best.terms:
        fields.append("terms")
    return tuple(fields)
