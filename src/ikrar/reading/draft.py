"""Drafts: the statements of one document while it is being read, in text order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ikrar.kernel.evidence import EvidenceGrade
from ikrar.kernel.move import When
from ikrar.reading.act import SpeechAct
from ikrar.reading.actors import Cast
from ikrar.reading.clause import Clause
from ikrar.reading.coreference import Memory, Voice
from ikrar.reading.direction import addressed
from ikrar.reading.reply import answered, is_mere_refusal
from ikrar.reading.rules import BINDING, RulePack
from ikrar.reading.scan import Scan
from ikrar.reading.span import Span
from ikrar.reading.statement import NamedBy, Speaker
from ikrar.reading.text import Document, Label
from ikrar.reading.theme import theme_of
from ikrar.reading.time import TimeMention

_DUE_KINDS: Final = frozenset({*BINDING, "counter", "announce"})


@dataclass(slots=True, eq=False)
class Draft:
    """A statement before it has its id."""

    kind: str
    speaker: Speaker
    from_: tuple[str, ...]
    to: tuple[str, ...]
    theme: str
    hedged: bool
    joint: bool
    condition: Span | None
    due: When | None
    grade: EvidenceGrade
    passage: Span
    cue: Span
    rule: str
    why: list[str]
    content: Span
    clause: Clause
    reply_to: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every sentence is read with."""

    document: Document
    scan: Scan
    pack: RulePack
    cast: Cast
    dates: Sequence[TimeMention]
    official: str | None
    is_joint_text: bool
    not_before: str | None


def draft_of(
    desk: Desk,
    memory: Memory,
    clause: Clause,
    act: SpeechAct,
    voice: Voice,
    teller: Voice | None,
    *,
    is_alone: bool = True,
) -> Draft:
    """The draft of one act on `voice`'s account, told by `teller` (None: by the text itself)."""
    direction = addressed(clause, desk.pack, act, memory, voice.parties)
    speaker = _speaker(voice, teller)
    return Draft(
        kind=act.rule.kind,
        speaker=speaker,
        from_=voice.parties,
        to=direction.to,
        theme=_theme(desk, clause, act, is_alone=is_alone),
        hedged=act.hedged,
        joint=len(voice.parties) > 1,
        condition=act.condition,
        due=_due(desk, act) if act.rule.kind in _DUE_KINDS else None,
        grade=_grade(desk, memory, clause, voice, teller),
        passage=_passage(clause, act),
        cue=act.cue,
        rule=act.rule.id,
        why=[*voice.why, f"to: {direction.why}"],
        content=act.content,
        clause=clause,
    )


def link_reply(draft: Draft, before: Sequence[Draft], pack: RulePack, words: str) -> None:
    """Note what `draft` answers among the drafts `before` it; it is answered to who asked."""
    draft.reply_to = list(answered(draft, before, pack, words))
    if is_mere_refusal(draft, pack, words):
        draft.kind = "position"
        draft.why.append("it declines nothing that was asked here")
    if draft.theme == "other" and len(draft.reply_to) == 1:
        draft.theme = draft.reply_to[0].theme
    movers = {party for other in draft.reply_to for party in other.from_} - set(draft.from_)
    if draft.reply_to and not draft.to and len(movers) == 1:
        draft.to = (movers.pop(),)
        draft.why[-1] = "to: who is answered"


def _speaker(voice: Voice, teller: Voice | None) -> Speaker:
    if voice.speaker.name or voice.speaker.office or teller is None:
        return voice.speaker
    if len(voice.parties) == 1 and teller.parties == voice.parties:
        return teller.speaker
    return voice.speaker


def _grade(
    desk: Desk, memory: Memory, clause: Clause, voice: Voice, teller: Voice | None
) -> EvidenceGrade:
    if clause.label == Label.TITLE:
        return EvidenceGrade.HEADLINE
    if desk.is_joint_text:
        return EvidenceGrade.JOINT
    if teller is not None and not set(teller.parties) & set(voice.parties):
        return EvidenceGrade.OTHER_SIDE
    if memory.quoted is not None and memory.quoted.parties == voice.parties:
        return EvidenceGrade.OWN
    if desk.official is not None and desk.official in voice.parties:
        return EvidenceGrade.OWN
    return EvidenceGrade.OTHER_SIDE if desk.official is not None else EvidenceGrade.PRESS


def _theme(desk: Desk, clause: Clause, act: SpeechAct, *, is_alone: bool) -> str:
    places = [(act.content.start, act.content.end), (act.cue.start, act.cue.end)]
    if is_alone:
        places += [(clause.start, clause.end), (clause.paragraph, clause.start)]
    return theme_of(desk.scan, *places)


def _due(desk: Desk, act: SpeechAct) -> When | None:
    """The first date inside the content that lies after the meeting."""
    inside = [
        mention.until or mention.when
        for mention in desk.dates
        if act.content.start <= mention.start < act.content.end
    ]
    possible = [
        when
        for when in inside
        if when and (desk.not_before is None or when.last.isoformat() > desk.not_before)
    ]
    return possible[0] if possible else None


def _passage(clause: Clause, act: SpeechAct) -> Span:
    """From the act's own beginning to the end of its content, its condition with it."""
    start, end = act.begins, max(act.cue.end, act.content.end)
    if act.condition:
        start, end = min(start, act.condition.start), max(end, act.condition.end)
    return Span(start, end)


def headline_speaker(voice: Voice) -> Voice:
    """The same voice as a headline names it."""
    speaker = voice.speaker
    return Voice(
        voice.parties,
        Speaker(speaker.name, speaker.office, speaker.party, NamedBy.HEADLINE),
        voice.why,
    )
