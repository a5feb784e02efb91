"""Our fold against the reference model, where that is found beside IKRAR_EVAL.

The page on the kernel is right where the model differs from it. Each such place is an amendment
below, named after its decision record, and a test shows that each is needed.
"""

import dataclasses
import importlib.util
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

from ikrar.config.bench.conversations import PERFORMER, Conversation, generate_conversation
from ikrar.kernel.conversation import HEDGED_AS
from ikrar.kernel.evidence import Attestation
from ikrar.kernel.move import Kind
from ikrar.kernel.party import requester_of, speaker_of
from ikrar.kernel.standing import Fold, Telling, fold
from ikrar.kernel.strand import Standing, Strand

SAMPLE = 3_000
LONG = 120_000
AMENDMENTS = frozenset(
    {
        "0010-own-act-standing",
        "0011-no-trace",
        "0012-signed-days",
        "0013-hedged-accept-opens-nothing",
        "0014-undone-alone",
        "0015-acknowledge-always",
        "0016-tellings",
    }
)
STANDINGS = {
    "–": Standing.NONE,
    "promise withdrawn": Standing.PROMISE_WITHDRAWN,
    "withdrawn by the performer": Standing.WITHDRAWN_BY_PERFORMER,
    "withdrawn by the asker": Standing.WITHDRAWN_BY_REQUESTER,
}


def model_path() -> Path | None:
    evaluation = os.environ.get("IKRAR_EVAL")
    path = Path(evaluation, "..", "design", "kernel_oracle.py") if evaluation else None
    return path if path and path.exists() else None


pytestmark = [
    pytest.mark.outside,
    pytest.mark.skipif(
        model_path() is None, reason="IKRAR_EVAL does not lead to the reference model."
    ),
]


class Reference:
    """The reference model with amendments put around its functions."""

    def __init__(self, amendments: frozenset[str] = AMENDMENTS) -> None:
        self.amendments = amendments
        self.model = _loaded_model()
        self._order, self._step = self.model.order, self.model.step
        self.circles = 0
        self.acts: dict[str, Any] = {}
        self.model.Strand = dataclasses.make_dataclass(
            "Kept",
            [("report", Any, None), ("verdict", Any, None)],
            bases=(self.model.Strand,),
            frozen=True,
        )
        self.model.order = self.order
        self.model.step = self.step

    def fold(self, moves: list[Any]) -> tuple[dict[str, Any], set[str]]:
        strands, idle = self.model.fold(moves)
        if self.has("0015"):
            idle = [each for each in idle if not self._is_courtesy(each, strands)]
        return strands, set(idle)

    def has(self, number: str) -> bool:
        return any(each.startswith(number) for each in self.amendments)

    def _is_courtesy(self, act_id: str, _strands: dict[str, Any]) -> bool:
        act = self.acts[act_id]
        return _folded(act) == "acknowledge" and act.by == "P"

    def order(self, moves: list[Any]) -> tuple[list[Any], Any]:
        sequence, past = self._order(moves)
        self.acts = {each.id: each for each in moves}
        knows = _knows(sequence)
        if self.has("0013"):
            sequence = [
                dataclasses.replace(each, kind="acknowledge")
                if each.hedged and each.kind == "accept"
                else each
                for each in sequence
            ]
        return sequence, knows if self.has("0012") else past

    def step(self, strand: Any, move: Any, side: str, past: Any) -> Any:
        named, knows = self._named(strand, move, side, past)
        after = named and self._step(strand, named, side, knows)
        if after is None:
            if self.has("0011") and side == "P" and not strand.touched:
                strands = sys._getframe(1).f_locals["strands"]
                for key in [key for key, each in strands.items() if each is strand]:
                    del strands[key]
            return None
        if self.has("0014"):
            after = _with_what_ended(strand, named, after)
        if self.has("0010"):
            after = _without_what_is_over(strand, named, after)
        return _remembering(strand, move, named, after)

    def _named(self, strand: Any, move: Any, side: str, past: Any) -> tuple[Any, Any]:
        """Turn the id that a withdrawal names into the word the model wants."""
        kind, x = _folded(move), move.answers
        author = self.acts[x].by if x in self.acts else None
        if self.has("0010"):
            if kind in ("accept", "decline") and author == move.by:
                return None, past
            if kind == "withdraw" and author not in (None, move.by):
                return None, past
            if kind == "withdraw" and side == "P" and x and x == strand.bound_by:
                return dataclasses.replace(move, answers=strand.terms), lambda *_: True
        if kind == "withdraw" and x:
            if side == "R" and x == strand.verdict:
                word = "dispute" if strand.bond == "disputed" else "confirm"
                return dataclasses.replace(move, answers=word), past
            if side == "P" and x == strand.report:
                return dataclasses.replace(move, answers="report"), past
        return move, past


def _knows(sequence: list[Any]) -> Any:
    """Knowledge flows through causes; days give it only directly, never between signed moves."""
    acts = {each.id: each for each in sequence}
    causes = {each.id: (each.ack | {each.answers}) & acts.keys() for each in sequence}
    lasts: dict[str, int] = {}
    known: dict[str, set[str]] = {}
    for act in sequence:
        lasts[act.id] = max([act.day[1], *(lasts[each] for each in causes[act.id])])
        known[act.id] = {
            each.id
            for each in sequence
            if each.id in lasts and lasts[each.id] < act.day[0] and not (each.signed and act.signed)
        }.union(causes[act.id], *(known[each] for each in causes[act.id]))
    return lambda a, b: a in known.get(b, ())


def _loaded_model() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_model", model_path() or "")
    assert spec
    assert spec.loader
    model = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = model
    spec.loader.exec_module(model)
    return model


def _folded(move: Any) -> str:
    kind = Kind(move.kind)
    return str(HEDGED_AS.get(kind, kind)) if move.hedged else move.kind


def _is_live(strand: Any) -> bool:
    return bool(strand.ask or strand.bid or strand.cp or strand.cr)


def _with_what_ended(before: Any, move: Any, after: Any) -> Any:
    """What had ended before a report, a verdict or a counter is not forgotten under it."""
    kind = _folded(move)
    verdicts = ("report", "confirm", "dispute")
    if kind in verdicts or (kind == "withdraw" and move.answers in verdicts):
        return dataclasses.replace(after, ended=before.ended)
    if kind in ("decline", "withdraw") and not (before.bond and not after.bond):
        why = "declined" if kind == "decline" else "withdrawn by the asker"
        if kind == "withdraw" and move.by == "P":
            why = "withdrawn by the performer"
        ended = before.ended or (None if _is_live(after) else why)
        return dataclasses.replace(after, ended=ended)
    return after


def _without_what_is_over(before: Any, move: Any, after: Any) -> Any:
    """A bond or a request that is gone takes what belonged to it along."""
    kind = _folded(move)
    named_by_word = move.answers in ("report", "confirm", "dispute")
    if kind == "withdraw" and before.bond and not after.bond and not named_by_word:
        return type(after)(ended=after.ended, dead=after.dead, touched=True)
    if kind in ("decline", "withdraw") and before.ask and not after.ask:
        after = dataclasses.replace(after, mine=())
    if kind == "accept" or (kind == "promise" and not before.bond):
        after = dataclasses.replace(after, said_done=False)
    return after


def _remembering(before: Any, move: Any, named: Any, after: Any) -> Any:
    """Keep the ids of the report and of the verdict that stand: the model keeps only words."""
    kind = _folded(move)
    report, verdict = after.report, after.verdict
    if kind == "report" and move.full and not move.hedged:
        report, verdict = move.id, verdict if before.bond == "confirmed" else None
    elif kind == "report" and before.bond in ("reported", "confirmed"):
        report = verdict = None
    elif kind == "withdraw" and named.answers == "report":
        report = None
    elif kind in ("confirm", "dispute"):
        verdict = move.id
    elif kind == "withdraw" and named.answers in ("confirm", "dispute"):
        verdict = None
    elif kind == "accept" or (kind == "promise" and not before.bond):
        report = verdict = None
    return dataclasses.replace(after, report=report, verdict=verdict)


def for_the_model(conversation: Conversation) -> list[Any]:
    """Write the tellings as the model's moves; P is the performer, the others their State."""
    told = {
        each.move.move_id: each
        for each in conversation.tellings
        if each.move.move_id not in conversation.annulled
    }
    return [_for_the_model(each, told) for each in told.values()]


def _for_the_model(telling: Telling, told: dict[str, Telling]) -> dict[str, Any]:
    move = telling.move
    restates = move.restates
    if restates in told and _speaker(told[restates]) != _speaker(telling):
        restates = None
    return {
        "id": move.move_id,
        "kind": str(move.kind),
        "by": _speaker(telling),
        "to": tuple(dict.fromkeys(requester_of(each, PERFORMER) for each in move.to)),
        "answers": move.answers,
        "full": move.full,
        "day": (move.made_on.first.toordinal(), move.made_on.last.toordinal()),
        "signed": telling.attestation is Attestation.SIGNED,
        "ack": telling.received,
        "restates": restates,
        "hedged": move.hedged,
    }


def _speaker(telling: Telling) -> str:
    return speaker_of(telling.move.by, PERFORMER, telling.move.to).requester or "P"


def _with_first_held(moves: list[dict[str, Any]], conversation: Conversation) -> None:
    """Where a first telling is not held, its earliest restatement takes its place (0016)."""
    held = {each["id"]: each for each in moves}
    days = {each.move.move_id: each.move.made_on for each in conversation.tellings}
    orphans: dict[tuple[str, str], list[str]] = {}
    for each in moves:
        if each["restates"] and each["restates"] not in held:
            orphans.setdefault((each["restates"], each["by"]), []).append(each["id"])
    for (missing, _), members in sorted(orphans.items()):
        first, *others = sorted(members, key=lambda one: (days[one].first, one))
        for each in moves:
            if each["id"] in others:
                each["restates"] = first
            if each["answers"] == missing:
                each["answers"] = first
            if missing in each["ack"]:
                each["ack"] = (each["ack"] | {first}) - {each["id"]}


def differences(conversation: Conversation, reference: Reference) -> list[str]:
    """Compare everything: strands, slots, marks and what was without effect."""
    moves = for_the_model(conversation)
    if reference.has("0016"):
        _with_first_held(moves, conversation)
    try:
        strands, idle = reference.fold([reference.model.Move(**each) for each in moves])
    except AssertionError:  # answers in a circle, which the model gives up on: see 0016
        reference.circles += 1
        return []
    ours = fold(conversation.tellings, conversation.annulled)
    found = []
    theirs = {key: _slots(each) for key, each in strands.items()}
    mine = {key: _our_slots(each) for key, each in ours.strands.items()}
    if theirs != mine:
        found.append(f"strands {theirs} != {mine}")
    if idle != set(ours.without_effect):
        found.append(f"without effect {idle ^ set(ours.without_effect)}")
    if STANDINGS.get(word := reference.model.undertaking(strands), word) != ours.standing:
        found.append(f"standing {word} != {ours.standing}")
    return found


def _slots(strand: Any) -> tuple[Any, ...]:
    return (
        STANDINGS.get(strand.standing, strand.standing),
        {each.replace(" ", "_") for each in strand.marks},
        (strand.ask, strand.bid, strand.cp, strand.cr, strand.bond, strand.terms),
        (strand.report, strand.verdict, set(strand.mine) if strand.bond or strand.ask else set()),
        strand.dead,
    )


def _our_slots(strand: Strand) -> tuple[Any, ...]:
    proposals = (
        strand.request,
        strand.offer,
        strand.performer_counter,
        strand.requester_counter,
        strand.bond,
        strand.terms,
    )
    kept = strand.bond or strand.request
    acts = (strand.report, strand.verdict, set(strand.asked) if kept else set())
    return strand.standing, set(strand.marks), proposals, acts, strand.withdrawn


def count_differences(seed: int, conversations: int, amendments: frozenset[str]) -> list[str]:
    reference, rng, found = Reference(amendments), Random(seed), []
    for number in range(conversations):
        conversation = generate_conversation(rng, rng.randint(2, 11))
        found += [f"{seed}/{number}: {each}" for each in differences(conversation, reference)[:1]]
    assert reference.circles < conversations / 50
    return found


def test_fold_agrees_with_the_reference_model() -> None:
    assert count_differences(2025, SAMPLE, AMENDMENTS) == []


@pytest.mark.parametrize("amendment", sorted(AMENDMENTS))
def test_amendment_is_needed(amendment: str) -> None:
    assert any(count_differences(seed, 1_500, AMENDMENTS - {amendment}) for seed in (7, 2))


@pytest.mark.long
def test_fold_agrees_with_the_reference_model_in_every_conversation() -> None:
    shares = [(seed, LONG // 24, AMENDMENTS) for seed in range(24)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = [each for part in pool.map(_count, shares) for each in part]
    assert found == []


def _count(share: tuple[int, int, frozenset[str]]) -> list[str]:
    return count_differences(*share)


def test_arrival_order_changes_nothing() -> None:
    rng = Random(11)
    for _ in range(400):
        conversation = generate_conversation(rng, rng.randint(2, 10))
        folds: list[Fold] = []
        for _ in range(4):
            tellings = rng.sample(conversation.tellings, len(conversation.tellings))
            folds.append(fold(tellings, conversation.annulled))
        assert all(each == folds[0] for each in folds)
