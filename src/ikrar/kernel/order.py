"""The order of the fold, and what the author of an act knew.

Causality comes first (an answer is after what it answers, a signed move after what its author had
received); then, where either of two acts is unsigned, the strictly earlier day; then the kind;
then the id. Days never order two signed acts, and so never tell what a signer knew of another.
"""

import heapq
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from ikrar.kernel.evidence import Attestation
from ikrar.kernel.move import Kind
from ikrar.kernel.telling import Told

RANK = {kind: rank for rank, kind in enumerate(Kind)}


class Arrangement:
    """Acts in the order of the fold; sets of acts are bit masks over `acts`.

    `known[i]`: the acts that the author of `acts[i]` knew.
    """

    def __init__(self, acts: Sequence[Told], act_of: Mapping[str, str]) -> None:
        self.acts = sorted(acts, key=_rank_and_id)
        self.index = {act.act_id: i for i, act in enumerate(self.acts)}
        self.signed = [act.first.attestation is Attestation.SIGNED for act in self.acts]
        self._causes, self._lasts = _causality(self.acts, self.index, act_of)
        self.known: list[int] = [0] * len(self.acts)
        self.order: list[int] = []
        self._arrange()

    def knows(self, earlier: str, later: str) -> bool:
        """Return whether the author of the act `later` knew of the act `earlier`."""
        return bool(self.known[self.index[later]] >> self.index[earlier] & 1)

    def _arrange(self) -> None:
        """Topological order; among acts that are free, the least kind and id goes first."""
        gates = self._gates()
        blockers, freed_by = self._blockers(gates)
        past, causal = [0] * len(self.acts), [0] * len(self.acts)
        free = [i for i, count in enumerate(blockers) if not count]
        unsigned = sum(1 << i for i, signed in enumerate(self.signed) if not signed)
        while free:
            i = heapq.heappop(free)
            self.order.append(i)
            past[i] = gates[self.signed[i]].known_to(i)
            for cause in self._causes[i]:
                past[i] |= past[cause] | 1 << cause
                causal[i] |= causal[cause] | 1 << cause
            self.known[i] = causal[i] | past[i] & unsigned if self.signed[i] else past[i]
            freed = [j for gate in gates for j in gate.pass_on(i, past)]
            for j in freed_by[i] + freed:
                blockers[j] -= 1
                if not blockers[j]:
                    heapq.heappush(free, j)

    def _gates(self) -> tuple["_Gate", "_Gate"]:
        """An unsigned act waits for everybody's earlier days, a signed one for the unsigned."""
        firsts = [act.first.move.made_on.first.toordinal() for act in self.acts]
        by_last = sorted(range(len(self.acts)), key=self._lasts.__getitem__)
        unsigned = [i for i in by_last if not self.signed[i]]
        signed = [i for i in range(len(self.acts)) if self.signed[i]]
        return (
            _Gate(by_last if unsigned else [], unsigned, firsts, self._lasts),
            _Gate(unsigned, signed, firsts, self._lasts),
        )

    def _blockers(self, gates: tuple["_Gate", "_Gate"]) -> tuple[list[int], list[list[int]]]:
        blockers = [len(causes) for causes in self._causes]
        freed_by: list[list[int]] = [[] for _ in self.acts]
        for i, causes in enumerate(self._causes):
            for cause in causes:
                freed_by[cause].append(i)
        for gate in gates:
            for i in gate.waiting():
                blockers[i] += 1
        return blockers, freed_by


class _Gate:
    """Lets an act pass when all acts of `line` whose last day is before its first are done."""

    def __init__(
        self, line: list[int], guests: list[int], firsts: list[int], lasts: list[int]
    ) -> None:
        self._line = line
        days = [lasts[i] for i in line]
        self._needs = {i: bisect_left(days, firsts[i]) for i in guests}
        self._waiting: dict[int, list[int]] = {}
        for i, need in self._needs.items():
            if need:
                self._waiting.setdefault(need, []).append(i)
        self._done: set[int] = set()
        self._known = [0]

    def waiting(self) -> list[int]:
        return [i for guests in self._waiting.values() for i in guests]

    def known_to(self, guest: int) -> int:
        """The acts of earlier days, and all that was past for them."""
        return self._known[self._needs[guest]]

    def pass_on(self, act: int, past: list[int]) -> list[int]:
        """Note that `act` is done; return the guests that may now pass."""
        freed: list[int] = []
        self._done.add(act)
        while len(self._known) <= len(self._line):
            nearest = self._line[len(self._known) - 1]
            if nearest not in self._done:
                break
            self._known.append(self._known[-1] | past[nearest] | 1 << nearest)
            freed += self._waiting.get(len(self._known) - 1, [])
        return freed


def _causality(
    acts: Sequence[Told], index: Mapping[str, int], act_of: Mapping[str, str]
) -> tuple[list[list[int]], list[int]]:
    """Return each act's causes, and the last day it can have been made on, as an ordinal.

    An act is not before its causes: their last day is its last day where that is later. Merged
    tellings can answer one another in a circle; then the least kind and id comes first.
    """
    causes = [_causes(act, index, act_of) for act in acts]
    lasts = [act.first.move.made_on.last.toordinal() for act in acts]
    if not any(causes):
        return causes, lasts
    effects: list[list[int]] = [[] for _ in acts]
    for i, each in enumerate(causes):
        for cause in each:
            effects[cause].append(i)
    missing = [len(each) for each in causes]
    ready = [i for i, count in enumerate(missing) if not count]
    settled: set[int] = set()
    while len(settled) < len(acts):
        if not ready:
            first = next(i for i in range(len(acts)) if i not in settled)
            causes[first] = [cause for cause in causes[first] if cause in settled]
            ready.append(first)
        i = ready.pop()
        settled.add(i)
        lasts[i] = max([lasts[i], *(lasts[cause] for cause in causes[i])])
        for j in effects[i]:
            missing[j] -= 1
            if not missing[j] and j not in settled:
                ready.append(j)
    return causes, lasts


def _causes(act: Told, index: Mapping[str, int], act_of: Mapping[str, str]) -> list[int]:
    named = {act_of.get(each) for each in act.first.received}
    named.add(act_of.get(act.move.answers or ""))
    named -= {None, act.act_id}
    return [index[each] for each in named if each is not None]


def _rank_and_id(act: Told) -> tuple[int, str]:
    return RANK[act.move.kind], act.act_id
