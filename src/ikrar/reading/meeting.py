"""The meeting frame of a report: who met whom, when and where, over headline, lead and the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ikrar.kernel.move import Precision, When
from ikrar.reading.actors import Cast, Figure
from ikrar.reading.clause import ActorKind, Clause
from ikrar.reading.gazetteer import EntryKind, Gazetteer
from ikrar.reading.rules import RulePack
from ikrar.reading.scan import Scan
from ikrar.reading.span import Passage, Span
from ikrar.reading.text import Document, Label, paragraphs
from ikrar.reading.time import TimeFlag, TimeKind, TimeMention

_LEAD_SENTENCES: Final = 6
_LINE: Final = 60


@dataclass(frozen=True, slots=True)
class Participant:
    """A person at the meeting; `role` is principal or companion."""

    name: str | None
    office: str | None
    party: str | None
    role: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as one report tells it; `flags` say what the report leaves open."""

    date: When | None
    place: str | None
    venue: str | None
    kind: str | None
    parties: tuple[str, ...]
    participants: tuple[Participant, ...]
    flags: tuple[str, ...]

    @property
    def is_told(self) -> bool:
        """Whether the document tells of a meeting at all."""
        return "no_meeting" not in self.flags


@dataclass(frozen=True, slots=True)
class _View:
    """What the frame is read from."""

    document: Document
    scan: Scan
    clauses: Sequence[Clause]
    cast: Cast
    dates: Sequence[TimeMention]
    gazetteer: Gazetteer
    pack: RulePack


def meeting_in(
    document: Document,
    scan: Scan,
    clauses: Sequence[Clause],
    cast: Cast,
    dates: Sequence[TimeMention],
    gazetteer: Gazetteer,
    pack: RulePack,
) -> Meeting:
    """The meeting that the document tells of, as far as it does."""
    view = _View(document, scan, clauses, cast, dates, gazetteer, pack)
    lead = _meeting_clause(view)
    parties, participants = _parties(view, lead)
    day, flags = _date(view, lead)
    if lead is None:
        flags = ("no_meeting", *flags)
    if len(parties) < 2:
        flags = (*flags, "fewer_than_two_parties")
    return Meeting(
        date=day,
        place=_place(view, lead),
        venue=_venue(view),
        kind=_kind(view, lead, parties),
        parties=parties,
        participants=participants if lead is not None else (),
        flags=tuple(dict.fromkeys(flags)),
    )


def _meeting_clause(view: _View) -> Clause | None:
    """The first sentence that has a meeting cue and two sides, or a date or a place besides."""
    cued = [
        clause
        for clause in view.clauses
        if any("meeting" in word.roles for word in view.scan.words_in(clause.start, clause.end))
    ]
    for clause in cued[:_LEAD_SENTENCES]:
        if len(_sides(clause)) >= 2 and clause.label != Label.TITLE:
            return clause
    return next((clause for clause in cued if _sides(clause)), None)


def _sides(clause: Clause) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party for actor in clause.actors for party in actor.parties))


def _parties(view: _View, lead: Clause | None) -> tuple[tuple[str, ...], tuple[Participant, ...]]:
    people = [figure for figure in view.cast if figure.party]
    principals = _principals(view, lead, people)
    parties = dict.fromkeys(figure.party for figure in principals if figure.party)
    if len(parties) < 2:
        counted = Counter(
            party
            for clause in view.clauses
            for actor in clause.actors
            if actor.kind is not ActorKind.PRONOUN
            for party in actor.parties
        )
        head = [lead] if lead else []
        titled = [clause for clause in view.clauses if clause.label == Label.TITLE]
        near = dict.fromkeys(p for clause in [*head, *titled] for p in _sides(clause))
        ranked = sorted(near, key=lambda party: -counted[party]) or [
            party for party, count in counted.most_common(2) if count > 1
        ]
        for party in ranked:
            if len(parties) < 2:
                parties.setdefault(party)
    participants = tuple(
        _participant(view, figure, "principal" if figure in principals else "companion")
        for figure in people
        if figure.party in parties
    )
    return tuple(party for party in parties if party), participants


def _principals(view: _View, lead: Clause | None, people: list[Figure]) -> list[Figure]:
    """The first person of each side, in the sentence of the meeting where it names them."""
    present = _named_in(lead) if lead else []
    ranked = sorted(people, key=lambda figure: figure.name not in present)
    firsts: dict[str | None, Figure] = {}
    for figure in ranked:
        firsts.setdefault(figure.party, figure)
    chosen = set(list(firsts)[:2]) if len(firsts) > 2 else set(firsts)
    keep = {firsts[party].name for party in chosen}
    return [figure for figure in people if figure.name in keep]


def _named_in(clause: Clause) -> list[str]:
    return [actor.name for actor in clause.actors if actor.name]


def _participant(view: _View, figure: Figure, role: str) -> Participant:
    place = figure.place or _first_mention(view, figure)
    return Participant(
        figure.name,
        figure.office,
        figure.party,
        role,
        view.document.passage(place.start, place.end),
    )


def _first_mention(view: _View, figure: Figure) -> Span:
    for clause in view.clauses:
        for actor in clause.actors:
            if actor.name == figure.name:
                return actor.span
    found = view.document.text.find(figure.name or "")
    return Span(max(found, 0), max(found, 0) + len(figure.name or "") if found >= 0 else 0)


def _date(view: _View, lead: Clause | None) -> tuple[When | None, tuple[str, ...]]:
    near = [
        mention
        for mention in view.dates
        if lead is not None and lead.start <= mention.start < lead.end
    ]
    near += _around(view, lead)
    flags: list[str] = []
    for mention in near:
        if mention.when is None or TimeFlag.UNANCHORED in mention.flags:
            if mention.kind is TimeKind.WEEKDAY:
                flags.append("weekday_only")
            continue
        if mention.when.precision is Precision.DAY:
            told = [str(flag) for flag in sorted(mention.flags)]
            return mention.when, tuple(told)
    return None, (*flags, "no_date")


def _around(view: _View, lead: Clause | None) -> list[TimeMention]:
    """Dates elsewhere: the dateline's and those in other sentences of the meeting."""
    if lead is None:
        return []
    cued = [
        clause
        for clause in view.clauses
        if clause is not lead
        and clause.label == Label.BODY
        and any("meeting" in word.roles for word in view.scan.words_in(clause.start, clause.end))
    ]
    inside = [
        mention
        for clause in cued
        for mention in view.dates
        if clause.start <= mention.start < clause.end and mention.kind is not TimeKind.RELATIVE
    ]
    return [*inside, *(mention for _, mention in _dated_lines(view))]


def _dated_lines(view: _View) -> list[tuple[str, TimeMention]]:
    """Short lines that begin with a place and give a date: "Zaranda, 4 March 2026"."""
    found = []
    for line in paragraphs(view.document.text):
        label = view.document.label_at(line.start)
        if len(line) > _LINE or label in {Label.RELATED, Label.COMMENT, Label.BOILERPLATE}:
            continue
        places = _places(view, line.start, line.end)
        dated = [
            mention
            for mention in view.dates
            if line.start <= mention.start < line.end and mention.kind is TimeKind.ABSOLUTE
        ]
        if places and dated and places[0][0] == line.start:
            found.append((places[0][1], dated[0]))
    return found


def _place(view: _View, lead: Clause | None) -> str | None:
    if lead is None:
        return None
    cue = re.compile(view.pack.words["place_cue"])
    inside = _places(view, lead.start, lead.end)
    for start, name in inside:
        if cue.search(lead.left_of(start)):
            return name
    dated = [
        name
        for zone in view.document.zones_labelled(Label.DATELINE)
        for _, name in _places(view, zone.start, zone.end)
    ]
    heads = [
        name
        for clause in view.clauses[:8]
        for start, name in _places(view, clause.start, clause.end)
        if start == clause.start and clause.label != Label.TITLE
    ]
    lines = [name for name, _ in _dated_lines(view)]
    later = [
        name
        for clause in view.clauses
        for start, name in _places(view, clause.start, clause.end)
        if any("meeting" in word.roles for word in view.scan.words_in(clause.start, clause.end))
        and cue.search(clause.left_of(start))
    ]
    return next(iter([*dated, *lines, *heads, *later]), None)


def _places(view: _View, start: int, end: int) -> list[tuple[int, str]]:
    return [
        (mention.start, entry.code)
        for mention in view.scan.mentions
        if start <= mention.start < end
        for entry in mention.entries[:4]
        if entry.kind is EntryKind.PLACE
    ]


def _venue(view: _View) -> str | None:
    pattern = re.compile(view.pack.words["venue"], re.IGNORECASE)
    for clause in view.clauses[:_LEAD_SENTENCES]:
        match = pattern.search(view.document.text, clause.start, clause.end)
        if match and clause.label == Label.BODY:
            return match.group(1).strip()
    return None


def _kind(view: _View, lead: Clause | None, parties: tuple[str, ...]) -> str | None:
    if lead is None:
        return None
    for kind, words in view.pack.words["meeting_kinds"].items():
        if kind == "conference" and len(parties) == 2:
            continue
        if any(re.search(rf"\b{re.escape(word)}\b", lead.masked) for word in words):
            return str(kind)
    return "bilateral" if len(parties) == 2 else "multilateral" if len(parties) > 2 else None
