"""Joins names, offices, pronouns and pairs of parties to the actors of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from ikrar.reading.actors.cast import Cast
from ikrar.reading.actors.people import People, figure_of, of_kind, overlaps_any
from ikrar.reading.clause import Actor, ActorKind
from ikrar.reading.gazetteer import EntryKind, Gazetteer, Mention
from ikrar.reading.rules import RulePack
from ikrar.reading.scan import Scan
from ikrar.reading.text import normalise

_STATE_LEAD: Final = re.compile(
    r"(?:\b(?:[Pp]emerintah|[Pp]ihak|[Kk]erajaan|[Rr]epublik|[Nn]egara|[Dd]elegasi|the|The|"
    r"[Gg]overnment of(?: the)?|[Dd]elegation of(?: the)?) )+$"
)
_PAIR: Final = re.compile(r"\s*(?:,?\s*(?:dan|and|serta|maupun)\s+|\s*-\s*|\s*&\s*)(?:the\s+)?")
_ORIGIN: Final = re.compile(r"\s+(?:dari|asal|of|from)\s+(?:the\s+)?")
_PAIR_LEAD: Final = re.compile(r"(?:\b(?:[Bb]aik|[Bb]oth) )$")
_POSSESSIVE: Final = re.compile(r"['’]s?\b")


class _Finder:
    """Collects the actors of one text."""

    def __init__(self, text: str, scan: Scan, cast: Cast) -> None:
        self._text = text
        self._plain = normalise(text)
        self._scan = scan
        self._cast = cast

    def find(self, persons: list[Actor]) -> tuple[Actor, ...]:
        taken = [actor.span for actor in persons]
        parties = [actor for actor in self._parties() if not overlaps_any(taken, actor.span)]
        words = [actor for actor in self._words() if not overlaps_any(taken, actor.span)]
        everybody = sorted([*persons, *parties, *words], key=lambda actor: actor.start)
        return tuple(self._paired(list(self._with_origin(_apart(everybody)))))

    def _parties(self) -> Iterator[Actor]:
        sure = {
            entry.code
            for mention in self._scan.mentions
            for entry in mention.entries
            if not entry.ambiguous and entry.kind in {EntryKind.STATE, EntryKind.DEMONYM}
        }
        kinds = (EntryKind.STATE, EntryKind.INSTITUTION, EntryKind.BODY, EntryKind.DEMONYM)
        for mention in of_kind(self._scan, *kinds):
            entries = [entry for entry in mention.entries if entry.kind in kinds]
            codes = {entry.code for entry in entries}
            is_vague = all(entry.ambiguous and not entry.exact for entry in entries)
            if len(codes) != 1 or (is_vague and not codes <= sure):
                continue
            yield self._party(mention, codes.pop(), entries[0].kind)

    def _party(self, mention: Mention, code: str, kind: EntryKind) -> Actor:
        is_adjective = kind is EntryKind.DEMONYM
        lead = _STATE_LEAD.search(self._text[max(0, mention.start - 40) : mention.start])
        start = mention.start - len(lead.group()) if lead and not is_adjective else mention.start
        is_owner = bool(_POSSESSIVE.match(self._text, mention.end))
        return Actor(
            start,
            mention.end,
            ActorKind.ADJECTIVE if is_adjective or is_owner else ActorKind.PARTY,
            (state_of(code),),
        )

    def _words(self) -> Iterator[Actor]:
        for word in self._scan.words:
            if "both_words" in word.roles:
                yield Actor(word.start, word.end, ActorKind.BOTH, word=word.text)
            elif not word.roles.isdisjoint(
                {"pronouns", "side_words", "first_person", "other_pronouns"}
            ):
                yield Actor(word.start, word.end, ActorKind.PRONOUN, word=word.text)

    def _with_origin(self, actors: list[Actor]) -> Iterator[Actor]:
        """A person with the State written after the name: "X of Zarania"."""
        skip = -1
        for actor, following in zip_longest(actors, actors[1:]):
            if actor.start == skip:
                continue
            if following is None or not self._is_origin(actor, following):
                yield actor
                continue
            skip = following.start
            self._cast.enter(replace(figure_of(actor), party=following.parties[0]))
            yield replace(actor, end=following.end, parties=following.parties)

    def _is_origin(self, person: Actor, party: Actor) -> bool:
        if person.kind is not ActorKind.PERSON or party.kind is not ActorKind.PARTY:
            return False
        if person.parties and person.parties != party.parties:
            return False
        return bool(_ORIGIN.fullmatch(self._text, person.end, party.start))

    def _paired(self, actors: list[Actor]) -> Iterator[Actor]:
        """Two sides named together act as one: "Baik X maupun Y", "X and Y", "X-Y"."""
        place = 0
        while place < len(actors):
            pair = self._pair(actors[place], actors[place + 1 : place + 3])
            if pair:
                yield pair
                place += 2
            else:
                yield actors[place]
                place += 1

    def _pair(self, first: Actor, following: list[Actor]) -> Actor | None:
        if not following or first.kind is not following[0].kind:
            return None
        second = following[0]
        if first.kind not in {ActorKind.PARTY, ActorKind.PERSON} or not _sides_differ(
            first, second
        ):
            return None
        if not _PAIR.fullmatch(self._plain, first.end, second.start):
            return None
        is_list = (
            self._plain[: first.start].rstrip().endswith(",") and first.kind is ActorKind.PARTY
        )
        if is_list:
            return None
        lead = _PAIR_LEAD.search(self._text[max(0, first.start - 6) : first.start])
        start = first.start - (len(lead.group()) if lead else 0)
        return Actor(
            start, second.end, ActorKind.BOTH, (*first.parties, *second.parties), word="pair"
        )


def actors_in(
    text: str, scan: Scan, gazetteer: Gazetteer, pack: RulePack, cast: Cast
) -> tuple[Actor, ...]:
    """The actors of `text` in order and apart; persons are entered into `cast`."""
    people = People(text, scan, gazetteer, pack, cast)
    persons = people.find()
    persons += people.strangers([actor.span for actor in persons])
    return _Finder(text, scan, cast).find(persons)


def state_of(code: str) -> str:
    """The State that an institution acts for; bodies and their organs stay themselves."""
    return code.partition(".")[0] if code[:3].isupper() else code


def _sides_differ(first: Actor, second: Actor) -> bool:
    return bool(first.parties and second.parties) and first.parties != second.parties


def _apart(actors: list[Actor]) -> list[Actor]:
    kept: list[Actor] = []
    for actor in actors:
        if not kept or actor.start >= kept[-1].end:
            kept.append(actor)
    return kept
