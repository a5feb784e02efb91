"""Acts: which rules fire in a clause, on whose account, and about what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ikrar.reading.clause import Actor, ActorKind, Clause
from ikrar.reading.rules import Rule, RulePack
from ikrar.reading.span import Span

_ONE_SIDED: Final = frozenset({"accept", "decline", "offer", "counter", "withdraw", "report"})


@dataclass(frozen=True, slots=True)
class SpeechAct:
    """A rule that fired: its cue, the mention on whose account, what about.

    `agent` is the mention on whose account it is done. `own_side`
    is True where the text says "his country".
    `begins` is where the act's own words begin: at its agent, unless another act stands between.
    """

    rule: Rule
    cue: Span
    agent: Actor | None
    content: Span
    hedged: bool
    condition: Span | None = None
    own_side: bool = False
    begins: int = 0


def acts_in(clause: Clause, pack: RulePack, forms_present: frozenset[str]) -> tuple[SpeechAct, ...]:
    """The acts of a clause in text order. `forms_present` are the family forms found in it."""
    found = [
        act
        for rule in pack.rules
        if not rule.heads.isdisjoint(forms_present)
        for match in rule.pattern.finditer(clause.masked)
        if (act := _act(clause, pack, rule, match))
    ]
    kept = _without_swallowed(clause, pack, _without_overlaps(found, pack))
    return tuple(_with_content(clause, pack, act, kept) for act in kept)


def _act(clause: Clause, pack: RulePack, rule: Rule, match: re.Match[str]) -> SpeechAct | None:
    end = len(clause.masked[: match.end()].rstrip())
    cue = Span(clause.start + match.start(), clause.start + end)
    left = clause.masked[: match.start()]
    if _is_blocked(pack, rule, left, clause.masked[match.end() :]):
        return None
    agent, own_side = _agent(clause, pack, rule, match)
    if agent is None:
        return None
    if not _suits(rule, agent) or _is_unreal(clause, pack, agent):
        return None
    return SpeechAct(rule, cue, agent, cue, _is_hedged(pack, rule, clause, cue), own_side=own_side)


def _is_unreal(clause: Clause, pack: RulePack, agent: Actor) -> bool:
    """Whether the subject stands after "whether", "if", "apakah": nobody says that it is so."""
    return bool(pack.phrases["unreal"].search(clause.left_of(agent.start)))


def _suits(rule: Rule, agent: Actor | None) -> bool:
    """Two sides at once may promise, ask or tell; only one can offer, accept or decline."""
    is_both = agent is not None and agent.kind is ActorKind.BOTH
    if rule.joint or rule.reciprocal:
        return is_both
    return not is_both or rule.kind not in _ONE_SIDED


def _is_blocked(pack: RulePack, rule: Rule, left: str, right: str) -> bool:
    if pack.phrases["negation"].search(left):
        return True
    if "auxiliary" in pack.phrases and pack.phrases["auxiliary"].search(left):
        return True
    if rule.kind in {"request", "report"} and pack.phrases["planned"].search(left):
        return True
    if rule.unless_after and rule.unless_after.search(left):
        return True
    return bool(rule.unless_before and rule.unless_before.search(right))


def _agent(
    clause: Clause, pack: RulePack, rule: Rule, match: re.Match[str]
) -> tuple[Actor | None, bool]:
    groups = match.groupdict()
    for name in ("agent", "owner", "owner2"):
        if groups.get(name):
            return clause.at(clause.start + match.start(name)), False
    own_side = bool(groups.get("nya") or groups.get("nya2") or groups.get("suffix"))
    if rule.agent == "by":
        return None, False
    place = clause.start + match.start()
    return subject_of(clause, pack, place, only_adjacent=rule.adjacent), own_side


def subject_of(
    clause: Clause, pack: RulePack, cue_start: int, *, only_adjacent: bool = False
) -> Actor | None:
    """The mention that is the subject of the verb at `cue_start`, if it can be told.

    Nearest first: the mention right before the verb (adverbs aside) unless a preposition governs
    it; else the nearest mention at the head of a clause whose verb is joined to this one.
    """
    left = [actor for actor in clause.actors if actor.end <= cue_start and _may_act(actor)]
    for actor in reversed(left):
        between = clause.between(actor.end, cue_start)
        if _is_adjacent(pack, between) and not _is_governed(clause, pack, actor):
            return actor
        if not only_adjacent and _is_joined(pack, between) and _heads_a_clause(clause, pack, actor):
            return actor
    return None


def party_before(clause: Clause, pack: RulePack, act: SpeechAct) -> Actor | None:
    """The party that is a subject before the act's pronoun: what "it" takes up."""
    limit = act.agent.start if act.agent else act.cue.start
    subjects = [
        actor
        for actor in clause.actors
        if actor.end <= limit
        and actor.kind is ActorKind.PARTY
        and _heads_a_clause(clause, pack, actor)
    ]
    return subjects[-1] if subjects else None


def _may_act(actor: Actor) -> bool:
    return actor.kind is not ActorKind.ADJECTIVE


def _is_adjacent(pack: RulePack, between: str) -> bool:
    return bool(pack.phrases["beside"].fullmatch(between))


def _is_joined(pack: RulePack, between: str) -> bool:
    if re.search(r"[;:]", between):
        return False
    return bool(pack.phrases["joined"].search(between))


def _is_governed(clause: Clause, pack: RulePack, actor: Actor) -> bool:
    return bool(pack.phrases["preposition"].search(clause.left_of(actor.start)))


def _heads_a_clause(clause: Clause, pack: RulePack, actor: Actor) -> bool:
    return bool(pack.phrases["boundary"].search(clause.left_of(actor.start)[-40:]))


def _is_hedged(pack: RulePack, rule: Rule, clause: Clause, cue: Span) -> bool:
    if rule.hedged:
        return True
    if rule.kind in {"acknowledge", "inform", "position", "announce"}:
        return False
    parts = pack.phrases["part"]
    before = parts.split(clause.left_of(cue.start))[-1][-40:]
    after = parts.split(clause.between(cue.end, clause.end), maxsplit=1)[0][:32]
    return bool(pack.phrases["hedge"].search(f"{before}|{after}"))


def _without_overlaps(found: list[SpeechAct], pack: RulePack) -> list[SpeechAct]:
    """One act per place: moves before tellings, then the earlier rule."""
    ranked = sorted(found, key=lambda act: (act.rule.fallback, pack.order[act.rule.id], act.cue))
    kept: list[SpeechAct] = []
    for act in ranked:
        if not any(act.cue.overlaps(other.cue) for other in kept):
            kept.append(act)
    return sorted(kept, key=lambda act: act.cue)


def _without_swallowed(clause: Clause, pack: RulePack, acts: list[SpeechAct]) -> list[SpeechAct]:
    """Leave out acts inside another's content: in "hoped that X would …" X promises nothing."""
    kept: list[SpeechAct] = []
    for act in acts:
        told = max((o.cue.end for o in kept if o.rule.fallback), default=0)
        holders = [
            other
            for other in kept
            if not (other.rule.fallback or other.rule.told) and other.cue.start >= told
        ]
        if act.rule.told or not any(_holds(clause, pack, other, act) for other in holders):
            kept.append(act)
    return kept


def _holds(clause: Clause, pack: RulePack, outer: SpeechAct, inner: SpeechAct) -> bool:
    if inner.agent is None or not outer.cue.end <= inner.agent.start < inner.cue.start:
        return False
    between = clause.between(outer.cue.end, inner.agent.start)
    return not pack.phrases["new_clause"].search(between)


def _with_content(
    clause: Clause, pack: RulePack, act: SpeechAct, kept: list[SpeechAct]
) -> SpeechAct:
    following = [
        _earliest(other, act)
        for other in kept
        if other.cue.start >= act.cue.end and not other.rule.told
    ]
    limit = min([*following, clause.end])
    start, end = _content(clause, pack, act.cue.end, limit)
    if act.rule.object_first or clause.left_of(act.cue.start).rstrip().endswith(","):
        start = clause.start if act.rule.agent == "by" else start
    condition = _condition(clause, pack, act)
    partial = bool(pack.phrases["partial"].search(clause.masked))
    return SpeechAct(
        rule=act.rule,
        cue=act.cue,
        agent=act.agent,
        content=Span(start, end),
        hedged=act.hedged or (act.rule.kind == "report" and partial),
        condition=condition,
        own_side=act.own_side,
        begins=_beginning(clause, act, kept, Span(start, end)),
    )


def _earliest(other: SpeechAct, act: SpeechAct) -> int:
    """Where a later act begins: at its own agent, if that stands after this act's cue."""
    if other.agent and act.cue.end <= other.agent.start < other.cue.start:
        return other.agent.start
    return other.cue.start


def _beginning(clause: Clause, act: SpeechAct, kept: list[SpeechAct], content: Span) -> int:
    starts = [act.cue.start]
    if content and content.start < act.cue.start:
        starts.append(content.start)
    agent = act.agent
    if agent and clause.start <= agent.start < act.cue.start:
        between = Span(agent.end, act.cue.start)
        if not any(other.cue.overlaps(between) for other in kept if other is not act):
            starts.append(agent.start)
    return min(starts)


def _content(clause: Clause, pack: RulePack, begin: int, limit: int) -> tuple[int, int]:
    words = clause.between(begin, limit)
    lead = pack.phrases["subordinator"].match(words)
    skipped = lead.end() if lead else 0
    stop = pack.phrases["content_stop"].search(words, skipped)
    body = words[skipped : stop.start() if stop else len(words)]
    body = pack.phrases["dangling"].sub("", body)
    start = begin + skipped + len(body) - len(body.lstrip(' ,"'))
    return start, max(start, begin + skipped + len(body.rstrip(' ,."')))


def _condition(clause: Clause, pack: RulePack, act: SpeechAct) -> Span | None:
    match = pack.phrases["condition"].search(clause.masked)
    if match is None or act.rule.kind in {"position", "inform", "announce", "acknowledge"}:
        return None
    end = clause.start + match.start() + len(match.group().rstrip(' ,"'))
    return Span(clause.start + match.start(), end)
