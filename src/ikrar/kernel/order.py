"""The order of the fold, and what the author of an act knew.

Causality comes first (an answer is after what it answers, a signed move after what its author had
received); then, where either of two acts is unsigned, the strictly earlier day; then the kind;
then the id. Days never order two signed acts, and so never tell what one signer knew of another.
"""

import heapq
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate

from ikrar.kernel.evidence import Attestation
from ikrar.kernel.move import Kind
from ikrar.kernel.telling import Told

RANK = {kind: rank for rank, kind in enumerate(Kind)}


class Arrangement:
    """Acts in the order of the fold. Sets of acts are bit masks over `acts`.

    `acts`: by kind and id. `order`: places in `acts`. `signed[i]`: whether `acts[i]` is signed.
    `known[i]`: what the author of `acts[i]` knew.
    """

    def __init__(self, acts: Sequence[Told], act_of: Mapping[str, str]) -> None:
        self.acts = sorted(acts, key=_rank_and_id)
        self._index = {act.act_id: i for i, act in enumerate(self.acts)}
        self.signed = [act.first.attestation is Attestation.SIGNED for act in self.acts]
        causes = [_causes(act, self._index, act_of) for act in self.acts]
        earlier = [0] * len(acts) if all(self.signed) else self._earlier(causes)
        self.order = _sorted(causes, earlier)
        self.known = earlier
        for i in self.order:
            for cause in causes[i]:
                self.known[i] |= self.known[cause] | 1 << cause

    def knows(self, earlier: str, later: str) -> bool:
        """Return whether the author of the act `later` knew of the act `earlier`."""
        return bool(self.known[self._index[later]] >> self._index[earlier] & 1)

    def _earlier(self, causes: list[list[int]]) -> list[int]:
        """For each act, those of a strictly earlier day; between signed acts days say nothing."""
        lasts = _last_days(self.acts, causes)
        line = sorted(range(len(lasts)), key=lasts.__getitem__)
        days = [lasts[i] for i in line]
        everybody = [*accumulate((1 << i for i in line), initial=0)]
        unsigned = [*accumulate((0 if self.signed[i] else 1 << i for i in line), initial=0)]
        earlier = []
        for i, act in enumerate(self.acts):
            before = bisect_left(days, act.first.move.made_on.first.toordinal())
            earlier.append((unsigned if self.signed[i] else everybody)[before])
        return earlier


def _last_days(acts: Sequence[Told], causes: list[list[int]]) -> list[int]:
    """The last day each act can have been made on: not before that of any of its causes."""
    lasts = [act.first.move.made_on.last.toordinal() for act in acts]
    is_settled = False
    while not is_settled:
        is_settled = True
        for i, each in enumerate(causes):
            for cause in each:
                if lasts[cause] > lasts[i]:
                    lasts[i] = lasts[cause]
                    is_settled = False
    return lasts


def _sorted(causes: list[list[int]], earlier: list[int]) -> list[int]:
    """Topological order; of the acts that wait for nothing, the least place goes first.

    Merged tellings can answer one another in a circle: then the least place goes first, too, and
    what it still waited for is dropped from `causes` and `earlier`.
    """
    waits_for = [sum(1 << j for j in each) | earlier[i] for i, each in enumerate(causes)]
    watchers: dict[int, list[int]] = {}
    waking = list(range(len(causes)))
    free: list[int] = []
    order: list[int] = []
    open_acts = (1 << len(causes)) - 1
    while open_acts:
        for i in (each for each in waking if open_acts >> each & 1):
            missing = waits_for[i] & open_acts
            if missing:
                watchers.setdefault(missing.bit_length() - 1, []).append(i)
            else:
                heapq.heappush(free, i)
        if free:
            first = heapq.heappop(free)
        else:
            first = (open_acts & -open_acts).bit_length() - 1
            causes[first] = [cause for cause in causes[first] if not open_acts >> cause & 1]
            earlier[first] &= ~open_acts
        order.append(first)
        open_acts &= ~(1 << first)
        waking = watchers.pop(first, [])
    return order


def _causes(act: Told, index: Mapping[str, int], act_of: Mapping[str, str]) -> list[int]:
    received = act.first.received
    named = {act_of[each] for each in received if each in act_of} if received else set()
    if act.move.answers and act.move.answers in act_of:
        named.add(act_of[act.move.answers])
    named.discard(act.act_id)
    return [index[each] for each in named]


def _rank_and_id(act: Told) -> tuple[int, str]:
    return RANK[act.move.kind], act.act_id
