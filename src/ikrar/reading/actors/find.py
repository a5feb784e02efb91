"""Joins names, offices, pronouns and pairs of parties to the actors of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from ikrar.reading.actors.cast import Cast, Figure
from ikrar.reading.clause import Actor, ActorKind
from ikrar.reading.gazetteer import EntryKind, Gazetteer, Mention, OfficePhrase
from ikrar.reading.rules import RulePack
from ikrar.reading.scan import Scan
from ikrar.reading.span import Span
from ikrar.reading.text import normalise

_OFFICE_TO_OFFICE: Final = re.compile(
    r"\s*,?\s*(?:sekaligus|merangkap|yang juga|dan juga|serta|dan|and also|and|also|who is also|/)"
    r"\s*(?:the\s+)?"
)
_OFFICE_TO_NAME: Final = re.compile(
    r"\s*(?:\([^()]{1,80}\))?\s*,?\s*(?:Dr\.?|H\.|H\.E\.|Mr\.?|Ms\.?)?\s*"
)
_NAME_TO_OFFICE: Final = re.compile(
    r",?\s*\(?(?:who is |who also |selaku |yang juga |yang menjabat |yang merupakan )?"
    r"(?:the |her |his )?"
)
_OFFICE_GOES_ON: Final = re.compile(
    r",?\s*(?:(?:Urusan|Bidang|untuk|in charge of|responsible for|for)\s+[^.;:()\n]{2,60}?"
    r"|(?:[A-Z][\w-]*(?:\s+dan)?\s+){0,6}),?\s*"
)
_CAPITALS: Final = re.compile(r"(?:[A-Z][\w-]*(?: dan)? ){1,5}")
_NAME: Final = r"[A-Z][\w'’]*(?:-[A-Z][\w'’]*)?(?:\s+(?:bin|binti|al|de|van|von|da|dos)\s+)?"
_FULL_NAME: Final = re.compile(rf"{_NAME}(?:\s+(?:[A-Z]\.\s*)?{_NAME}){{0,3}}")
_NAME_BEFORE: Final = re.compile(rf"(?:^|(?<=[\s(\"“]))({_NAME}(?:\s+{_NAME}){{1,3}})$")
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

    def __init__(
        self, text: str, scan: Scan, gazetteer: Gazetteer, pack: RulePack, cast: Cast
    ) -> None:
        self._text = text
        self._plain = normalise(text)
        self._scan = scan
        self._gazetteer = gazetteer
        self._pack = pack
        self._cast = cast
        self._stop = frozenset(pack.words["not_names"])

    def find(self) -> tuple[Actor, ...]:
        offices = self._offices()
        people = [self._person(mention) for mention in self._of_kind(EntryKind.PERSON)]
        persons = [*self._joined(offices, [person for person in people if person])]
        persons += self._aliases(persons)
        taken = [actor.span for actor in persons]
        parties = [actor for actor in self._parties() if not _any_overlaps(taken, actor.span)]
        words = [actor for actor in self._words() if not _any_overlaps(taken, actor.span)]
        everybody = sorted([*persons, *parties, *words], key=lambda actor: actor.start)
        return tuple(self._paired(list(self._with_origin(_apart(everybody)))))

    def _of_kind(self, *kinds: EntryKind) -> Iterator[Mention]:
        for mention in self._scan.mentions:
            if any(entry.kind in kinds for entry in mention.entries):
                yield mention

    def _person(self, mention: Mention) -> Actor | None:
        written = self._text[mention.start : mention.end]
        named = self._gazetteer.persons_named(written, self._cast.on)
        entry = next(entry for entry in mention.entries if entry.kind is EntryKind.PERSON)
        if not named or (entry.partial and not self._is_introduced(named[0].name, mention)):
            return None
        figure = self._cast.from_directory(named[0])
        return Actor(mention.start, mention.end, ActorKind.PERSON, _one(figure.party), figure.name)

    def _is_introduced(self, full_name: str, mention: Mention) -> bool:
        """A part of a name counts once the text gave the whole name or an office beside it."""
        return full_name in self._text or self._has_office_beside(mention)

    def _has_office_beside(self, mention: Mention) -> bool:
        return any(0 <= mention.start - phrase.end <= 3 for phrase in self._phrases)

    def _offices(self) -> list[Actor]:
        """Every office (or chain of offices of one holder) as an actor by title."""
        self._phrases = self._gazetteer.find_offices(self._text)
        chains: list[list[OfficePhrase]] = []
        for phrase in self._phrases:
            if phrase.is_former or phrase.organ == "delegation":
                continue
            if chains and _OFFICE_TO_OFFICE.fullmatch(self._text, chains[-1][-1].end, phrase.start):
                chains[-1].append(phrase)
            else:
                chains.append([phrase])
        return [self._title(chain) for chain in chains]

    def _title(self, chain: list[OfficePhrase]) -> Actor:
        start, end = chain[0].start, chain[-1].end
        with_party = next((phrase for phrase in chain if phrase.party), chain[0])
        party, assumed = self._cast.party_of_office(with_party)
        return Actor(
            start,
            end,
            ActorKind.PERSON,
            _one(party),
            office=self._office_words(start, end),
            by_title=True,
            certain=not assumed,
            office_key=(chain[0].office, chain[0].portfolio),
        )

    def _office_words(self, start: int, end: int) -> str:
        """The office in the text's words, without the State it is held for."""
        for mention in self._of_kind(EntryKind.STATE, EntryKind.DEMONYM):
            if mention.end == end and mention.start > start:
                end = mention.start
            elif mention.start == start and mention.end < end:
                start = mention.end
        words = self._without_states(start, end)
        return re.sub(
            r"(?:\s+(?:of|for|dari|the|Republik|Kerajaan))*\s*$|^['’]s?\s+", "", words.strip()
        ).strip(" ,")

    def _without_states(self, start: int, end: int) -> str:
        """The words at `start:end`; a State between an office and its charge is left out."""
        text = self._text
        for mention in self._of_kind(EntryKind.STATE):
            if start < mention.start and mention.end < end:
                after = text[mention.end : end]
                if _OFFICE_GOES_ON.match(after):
                    return f"{text[start : mention.start].rstrip()}{after}"
        return text[start:end]

    def _joined(self, offices: list[Actor], people: list[Actor]) -> Iterator[Actor]:
        """Persons with the offices written beside them; offices alone stay actors by title."""
        used: set[int] = set()
        for place, office in enumerate(offices):
            person = self._name_at(office.end, people) or self._name_ending(office.start, people)
            if person is None:
                yield self._alone(office)
                continue
            used.add(person.start)
            del place
            yield self._held(office, person)
        for person in people:
            if person.start not in used:
                self._cast.enter(_figure(self._known(person)))
                yield self._known(person)

    def _known(self, person: Actor) -> Actor:
        figure = self._cast.named(person.name or "")
        if figure is None and person.name:
            named = self._gazetteer.persons_named(person.name, self._cast.on)
            figure = self._cast.from_directory(named[0]) if named else None
        if figure is None:
            return person
        return replace(
            person,
            parties=_one(figure.party),
            office=figure.office,
            office_key=figure.office_key,
        )

    def _held(self, office: Actor, person: Actor) -> Actor:
        parties = office.parties if office.certain else person.parties or office.parties
        if person.start > office.end and self._goes_on(office.end, person):
            office = self._with_charge(office, person.start)
            parties = office.parties if office.certain else parties
        joined = replace(
            office,
            start=min(office.start, person.start),
            end=max(office.end, person.end),
            name=person.name,
            parties=parties,
            by_title=False,
        )
        figure = self._cast.enter(_figure(joined))
        return replace(joined, parties=_one(figure.party))

    def _with_charge(self, office: Actor, end: int) -> Actor:
        """An office with the charge (and perhaps the State) that stands between it and the name."""
        words = self._office_words(office.start, len(self._text[:end].rstrip(" ,")))
        states = [
            entry.code
            for mention in self._of_kind(EntryKind.STATE)
            if office.end <= mention.start < end
            for entry in mention.entries[:1]
        ]
        if not states:
            return replace(office, office=words)
        return replace(office, office=words, parties=(states[0],), certain=True)

    def _alone(self, office: Actor) -> Actor:
        if office.office_key is None:
            return office
        party = office.parties[0] if office.parties and office.certain else None
        figure = self._cast.in_office(office.office_key, party)
        if figure is None:
            return office
        return replace(
            office, name=figure.name, office=figure.office, parties=_one(figure.party), certain=True
        )

    def _name_at(self, end: int, people: list[Actor]) -> Actor | None:
        gap = _OFFICE_TO_NAME.match(self._text, end)
        start = gap.end() if gap else end
        for person in people:
            if person.start == start or self._goes_on(end, person):
                return person
        return self._unknown_name(start)

    def _goes_on(self, end: int, person: Actor) -> bool:
        """ "Menteri Senior Kamboja Urusan … X": the charge stands after the State."""
        if not end < person.start <= end + 70:
            return False
        return bool(_OFFICE_GOES_ON.fullmatch(self._text, end, person.start))

    def _unknown_name(self, start: int) -> Actor | None:
        start = self._after_state(start)
        match = _FULL_NAME.match(self._text, start)
        if match is None or self._begins_something_else(start):
            return None
        words = [word for word in match.group().split() if word]
        kept = self._until_stop(words)
        if not kept or (len(kept) == 1 and (kept[0].isupper() or self._is_ordinary(kept[0]))):
            return None
        name = " ".join(kept)
        end = (
            start + len(match.group())
            if kept == words
            else start + match.group().find(kept[-1]) + len(kept[-1])
        )
        return Actor(start, end, ActorKind.PERSON, name=name)

    def _after_state(self, start: int) -> int:
        """Where a name begins after an unknown charge and a State ("Kehakiman Zarania X")."""
        for mention in self._of_kind(EntryKind.STATE):
            if start < mention.start <= start + 50 and _CAPITALS.fullmatch(
                self._text, start, mention.start
            ):
                return (
                    mention.end
                    + len(self._text[mention.end :])
                    - len(self._text[mention.end :].lstrip(" "))
                )
        return start

    def _until_stop(self, words: list[str]) -> list[str]:
        kept: list[str] = []
        for word in words:
            if word.casefold() in self._stop:
                break
            kept.append(word)
        return kept

    def _is_ordinary(self, word: str) -> bool:
        """A word that the text also writes small is no name."""
        return re.search(rf"\b{re.escape(word.lower())}\b", self._text) is not None

    def _begins_something_else(self, start: int) -> bool:
        return any(mention.start <= start < mention.end for mention in self._scan.mentions) or any(
            phrase.start <= start < phrase.end for phrase in self._phrases
        )

    def _name_ending(self, start: int, people: list[Actor]) -> Actor | None:
        for person in people:
            if _NAME_TO_OFFICE.fullmatch(self._text, person.end, start) and start > person.end:
                return person
        comma = self._text[:start].rstrip()
        lead = re.search(
            r",\s*(?:the |her |his |selaku )?$", self._text[max(0, start - 12) : start]
        )
        if lead is None:
            return None
        del comma
        end = max(0, start - 12) + lead.start()
        match = _NAME_BEFORE.search(self._text[max(0, end - 60) : end])
        if match is None:
            return None
        begin = max(0, end - 60) + match.start(1)
        if self._begins_something_else(begin) or match.group(1).split()[0].casefold() in self._stop:
            return None
        return Actor(begin, end, ActorKind.PERSON, name=match.group(1))

    def _aliases(self, persons: list[Actor]) -> list[Actor]:
        """Later mentions of a person by one part of the name or the whole of it."""
        taken = [actor.span for actor in persons]
        parts: dict[str, Figure] = {}
        for figure in self._cast:
            for part in {figure.name or "", *(figure.name or "").split()}:
                if len(part) > 2 and self._cast.named(part) is figure:
                    parts[part] = figure
        if not parts:
            return []
        pattern = "|".join(map(re.escape, sorted(parts, key=lambda part: (-len(part), part))))
        found: list[Actor] = []
        for match in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", self._text):
            span = Span(match.start(), match.end())
            if _any_overlaps(taken, span):
                continue
            figure = parts[match.group()]
            found.append(
                Actor(
                    span.start,
                    span.end,
                    ActorKind.PERSON,
                    _one(figure.party),
                    figure.name,
                    figure.office,
                    office_key=figure.office_key,
                )
            )
        return found

    def _parties(self) -> Iterator[Actor]:
        sure = {
            entry.code
            for mention in self._scan.mentions
            for entry in mention.entries
            if not entry.ambiguous and entry.kind in {EntryKind.STATE, EntryKind.DEMONYM}
        }
        kinds = (EntryKind.STATE, EntryKind.INSTITUTION, EntryKind.BODY, EntryKind.DEMONYM)
        for mention in self._of_kind(*kinds):
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
            self._cast.enter(replace(_figure(actor), party=following.parties[0]))
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
    return _Finder(text, scan, gazetteer, pack, cast).find()


def state_of(code: str) -> str:
    """The State that an institution acts for; bodies and their organs stay themselves."""
    return code.partition(".")[0] if code[:3].isupper() else code


def _sides_differ(first: Actor, second: Actor) -> bool:
    return bool(first.parties and second.parties) and first.parties != second.parties


def _one(party: str | None) -> tuple[str, ...]:
    return (party,) if party else ()


def _figure(actor: Actor) -> Figure:
    return Figure(
        name=actor.name,
        office=actor.office,
        party=actor.parties[0] if actor.parties else None,
        place=actor.span if actor.office else None,
        office_key=actor.office_key,
        assumed=not actor.certain,
    )


def _any_overlaps(taken: list[Span], span: Span) -> bool:
    return any(span.overlaps(other) for other in taken)


def _apart(actors: list[Actor]) -> list[Actor]:
    kept: list[Actor] = []
    for actor in actors:
        if not kept or actor.start >= kept[-1].end:
            kept.append(actor)
    return kept
