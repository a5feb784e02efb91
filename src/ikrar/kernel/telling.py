"""Tellings: an act may be told twice (press, then signed) and still folds once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ikrar.kernel.evidence import Attestation
from ikrar.kernel.move import Move
from ikrar.kernel.party import Speaker, speaker_of


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
    speaker: Speaker


class Conflict(NamedTuple):
    """A telling that differs from the one that counts (`best`) in `fields`."""

    act_id: str
    telling: str
    best: str
    fields: tuple[str, ...]


class Merged(NamedTuple):
    """The acts, the act behind each telling's id, and where tellings of one act differ."""

    acts: tuple[Told, ...]
    act_of: dict[str, str]
    conflicts: tuple[Conflict, ...]


def merged(tellings: Iterable[Telling]) -> Merged:
    """Return the acts behind `tellings`; who restates somebody else's act adds an act instead."""
    held = _held(tellings)
    speakers = {
        move_id: speaker_of(each.move.by, each.move.performer, each.move.to)
        for move_id, each in held.items()
    }
    if not any(each.move.restates for each in held.values()):
        acts = [Told(move_id, each, each.move, speakers[move_id]) for move_id, each in held.items()]
        return Merged(tuple(acts), {move_id: move_id for move_id in held}, ())
    return _merged_groups(held, speakers)


def _held(tellings: Iterable[Telling]) -> dict[str, Telling]:
    """One telling per move id: the better attested, with everything known to be received."""
    held: dict[str, Telling] = {}
    for each in tellings:
        known = held.get(each.move.move_id)
        if known is None:
            held[each.move.move_id] = each
        else:
            attestation = max(known.attestation, each.attestation, key=lambda grade: grade.rank)
            received = known.received | each.received
            held[each.move.move_id] = Telling(each.move, attestation, received)
    return held


def _merged_groups(held: dict[str, Telling], speakers: dict[str, Speaker]) -> Merged:
    groups: dict[tuple[str, Speaker], list[tuple[int, str]]] = {}
    for move_id in held:
        first, distance = _first_told(move_id, held, speakers)
        groups.setdefault((first, speakers[move_id]), []).append((distance, move_id))
    acts: list[Told] = []
    act_of: dict[str, str] = {}
    conflicts: list[Conflict] = []
    for (first, speaker), members in sorted(groups.items(), key=lambda group: min(group[1])):
        act_id = min(members, key=lambda one: (one[0], _day(held[one[1]]), one[1]))[1]
        best = max((held[one] for _, one in members), key=_worth)
        acts.append(Told(act_id, held[act_id], best.move, speaker))
        conflicts += _conflicts(act_id, best.move, [held[one].move for _, one in members])
        act_of.setdefault(first, act_id)
        act_of.update((one, act_id) for _, one in members)
    return Merged(tuple(acts), act_of, tuple(sorted(conflicts)))


def _first_told(
    move_id: str, held: dict[str, Telling], speakers: dict[str, Speaker]
) -> tuple[str, int]:
    """Follow `restates` to the first telling's id, held or not, and count the steps."""
    distance = 0
    while move_id in held:
        earlier = held[move_id].move.restates
        if earlier is None or (earlier in held and speakers[earlier] != speakers[move_id]):
            break
        move_id, distance = earlier, distance + 1
    return move_id, distance


def _conflicts(act_id: str, best: Move, members: list[Move]) -> list[Conflict]:
    found = []
    for move in members:
        fields = tuple(
            field
            for field in ("kind", "hedged", "full", "terms")
            if getattr(move, field) != getattr(best, field)
        )
        if fields:
            found.append(Conflict(act_id, move.move_id, best.move_id, fields))
    return found


def _worth(telling: Telling) -> tuple[int, str]:
    return telling.attestation.rank, telling.move.move_id


def _day(telling: Telling) -> str:
    return telling.move.made_on.first.isoformat()
