"""Persons and the offices they hold, as the words beside their names tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ikrar.reading.actors.cast import Cast, Figure
from ikrar.reading.clause import Actor, ActorKind
from ikrar.reading.gazetteer import EntryKind, Gazetteer, Mention, OfficePhrase
from ikrar.reading.rules import RulePack
from ikrar.reading.scan import Scan
from ikrar.reading.span import Span

_OFFICE_TO_OFFICE: Final = re.compile(
    r"\s*\(|\s*,?\s*"
    r"(?:sekaligus|merangkap|yang juga|dan juga|serta|dan|and also|and|also|who is also|/)"
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
    r"\)?,?\s*(?:(?:Urusan|Bidang|untuk|in charge of|responsible for|for)\s+[^.;:()\n]{2,60}?"
    r"|(?:[A-Z][\w-]*(?:\s+dan)?\s+){0,6}),?\s*"
)
_SEVERAL: Final = re.compile(r"\b(?:[Kk]edua|[Pp]ara|[Aa]ntar|[Tt]wo|[Bb]oth) $")
_COUNTERPART: Final = re.compile(r"(?:['’]s?)? counterpart,? ")
_CAPITALS: Final = re.compile(r"(?:[A-Z][\w-]*(?: dan)? ){1,5}")
_NAME: Final = r"[A-Z][\w'’]*(?:-[A-Z][\w'’]*)?(?:\s+(?:bin|binti|al|de|van|von|da|dos)\s+)?"
_FULL_NAME: Final = re.compile(rf"{_NAME}(?:\s+(?:[A-Z]\.\s*)?{_NAME}){{0,3}}")
_NAME_BEFORE: Final = re.compile(rf"(?:^|(?<=[\s(\"“]))({_NAME}(?:\s+{_NAME}){{1,3}})$")


class People:
    """Joins offices, known and unknown names of one text, and enters them into its cast."""

    def __init__(
        self, text: str, scan: Scan, gazetteer: Gazetteer, pack: RulePack, cast: Cast
    ) -> None:
        """Read `text` (unwrapped) with what `scan` found in it."""
        self._text = text
        self._scan = scan
        self._gazetteer = gazetteer
        self._cast = cast
        self._phrases = gazetteer.find_offices(text)
        self._stop = frozenset(pack.words["not_names"])
        self._saying = pack.phrases["saying"]
        self._first_line = max(text.find("\n"), 0)

    def find(self) -> list[Actor]:
        """Every mention of a person, by name or by office, not in order."""
        offices = [*self._offices(), *self._counterparts()]
        people = [self._person(mention) for mention in of_kind(self._scan, EntryKind.PERSON)]
        persons = [*self._joined(offices, [person for person in people if person])]
        return persons + self._aliases(persons)

    def _person(self, mention: Mention) -> Actor | None:
        written = self._text[mention.start : mention.end]
        named = self._gazetteer.persons_named(written, self._cast.on)
        entry = next(entry for entry in mention.entries if entry.kind is EntryKind.PERSON)
        if not named or (entry.partial and not self._is_introduced(named[0].name, mention)):
            return None
        figure = self._cast.from_directory(named[0])
        return Actor(mention.start, mention.end, ActorKind.PERSON, one(figure.party), figure.name)

    def _is_introduced(self, full_name: str, mention: Mention) -> bool:
        """A part of a name counts once the text gave the whole name or an office beside it."""
        return full_name in self._text or self._has_office_beside(mention)

    def _has_office_beside(self, mention: Mention) -> bool:
        return any(0 <= mention.start - phrase.end <= 3 for phrase in self._phrases)

    def _offices(self) -> list[Actor]:
        """Every office (or chain of offices of one holder) as an actor by title."""
        chains: list[list[OfficePhrase]] = []
        for phrase in self._phrases:
            if phrase.is_former or phrase.organ == "delegation" or self._is_plural(phrase):
                continue
            if chains and _OFFICE_TO_OFFICE.fullmatch(self._text, chains[-1][-1].end, phrase.start):
                chains[-1].append(phrase)
            else:
                chains.append([phrase])
        return [self._title(chain) for chain in chains]

    def _counterparts(self) -> Iterator[Actor]:
        """ "her Veldoran counterpart, X": an office that is not named again, and its State."""
        for mention in of_kind(self._scan, EntryKind.DEMONYM, EntryKind.STATE):
            match = _COUNTERPART.match(self._text, mention.end)
            if match:
                code = mention.entries[0].code
                end = match.end()
                yield Actor(mention.start, end, ActorKind.PERSON, one(code), by_title=True)

    def _is_plural(self, phrase: OfficePhrase) -> bool:
        """ "kedua menteri", "two ministers": nobody's own office."""
        return bool(_SEVERAL.search(self._text[max(0, phrase.start - 12) : phrase.start]))

    def _title(self, chain: list[OfficePhrase]) -> Actor:
        start, end = chain[0].start, chain[-1].end
        with_party = next((phrase for phrase in chain if phrase.party), chain[0])
        party, assumed = self._cast.party_of_office(with_party)
        return Actor(
            start,
            end,
            ActorKind.PERSON,
            one(party),
            office=self._text[start:end] if with_party.abroad else self._office_words(start, end),
            by_title=True,
            certain=not assumed,
            office_key=(chain[0].office, chain[0].portfolio),
        )

    def _office_words(self, start: int, end: int) -> str:
        """The office in the text's words, without the State it is held for."""
        for mention in of_kind(self._scan, EntryKind.STATE, EntryKind.DEMONYM):
            if mention.end == end and mention.start > start:
                end = mention.start
            elif mention.start == start and mention.end < end:
                start = mention.end
        words = self._without_states(start, end).partition(" (")[0]
        return re.sub(
            r"(?:\s+(?:of|for|dari|the|Republik|Kerajaan))*\s*$|^['’]s?\s+", "", words.strip()
        ).strip(" ,")

    def _without_states(self, start: int, end: int) -> str:
        """The words at `start:end`; a State between an office and its charge is left out."""
        text = self._text
        for mention in of_kind(self._scan, EntryKind.STATE):
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
                self._cast.enter(figure_of(self._known(person)))
                yield self._known(person)

    def strangers(self, taken: list[Span]) -> Iterator[Actor]:
        """Names before a verb of saying that nobody has introduced: who says it is unknown."""
        for match in self._saying.finditer(self._text):
            span = Span(match.start("name"), match.end("name"))
            words = match.group("name").split()
            if overlaps_any(taken, span) or words[0].casefold() in self._stop:
                continue
            if len(words) == 1 and not self._stands_inside(words[0]):
                continue
            if not self._begins_something_else(span.start) and not self._is_ordinary(words[0]):
                yield Actor(span.start, span.end, ActorKind.PERSON, name=match.group("name"))

    def _known(self, person: Actor) -> Actor:
        figure = self._cast.named(person.name or "")
        if figure is None and person.name:
            named = self._gazetteer.persons_named(person.name, self._cast.on)
            figure = self._cast.from_directory(named[0]) if named else None
        if figure is None:
            return person
        return replace(
            person,
            parties=one(figure.party),
            office=figure.office,
            office_key=figure.office_key,
        )

    def _held(self, office: Actor, person: Actor) -> Actor:
        is_sure = office.certain and office.parties
        parties = office.parties if is_sure else person.parties or office.parties
        if person.start > office.end and self._goes_on(office.end, person):
            office = self._with_charge(office, person.start)
            parties = office.parties if office.certain and office.parties else parties
        joined = replace(
            office,
            start=min(office.start, person.start),
            end=max(office.end, person.end),
            name=person.name,
            parties=parties,
            by_title=False,
        )
        figure = self._cast.enter(figure_of(joined))
        return replace(joined, parties=one(figure.party), office=figure.office)

    def _with_charge(self, office: Actor, end: int) -> Actor:
        """An office with the charge (and perhaps the State) that stands between it and the name."""
        words = self._office_words(office.start, len(self._text[:end].rstrip(" ,")))
        states = [
            entry.code
            for mention in of_kind(self._scan, EntryKind.STATE)
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
            office, name=figure.name, office=figure.office, parties=one(figure.party), certain=True
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
        if start < self._first_line and kept[-1] not in self._text[self._first_line :]:
            return None  # a headline writes every word with a capital
        name = self._whole_name(kept)
        end = (
            start + len(match.group())
            if kept == words
            else start + match.group().find(kept[-1]) + len(kept[-1])
        )
        return Actor(start, end, ActorKind.PERSON, name=name)

    def _whole_name(self, words: list[str]) -> str:
        """A single word may be part of a name that the text gives elsewhere."""
        name = " ".join(words)
        if len(words) > 1:
            return name
        figure = self._cast.named(name)
        if figure and figure.name:
            return figure.name
        known = {
            entry.code
            for mention in of_kind(self._scan, EntryKind.PERSON)
            for entry in mention.entries
            if entry.kind is EntryKind.PERSON and not entry.partial and name in entry.code.split()
        }
        return known.pop() if len(known) == 1 else name

    def _after_state(self, start: int) -> int:
        """Where a name begins after an unknown charge and a State ("Kehakiman Zarania X")."""
        for mention in of_kind(self._scan, EntryKind.STATE):
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

    def _stands_inside(self, word: str) -> bool:
        """Whether a word has its capital also where no sentence begins."""
        return re.search(rf"[a-z,] {re.escape(word)}\b", self._text) is not None

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
            if overlaps_any(taken, span):
                continue
            figure = parts[match.group()]
            found.append(
                Actor(
                    span.start,
                    span.end,
                    ActorKind.PERSON,
                    one(figure.party),
                    figure.name,
                    figure.office,
                    office_key=figure.office_key,
                )
            )
        return found


def of_kind(scan: Scan, *kinds: EntryKind) -> Iterator[Mention]:
    """The mentions of a scan that can stand for one of these kinds."""
    for mention in scan.mentions:
        if any(entry.kind in kinds for entry in mention.entries):
            yield mention


def one(party: str | None) -> tuple[str, ...]:
    """A party as the parties of an actor."""
    return (party,) if party else ()


def figure_of(actor: Actor) -> Figure:
    """The person that a mention shows."""
    return Figure(
        name=actor.name,
        office=actor.office,
        party=actor.parties[0] if actor.parties else None,
        place=actor.span if actor.office else None,
        office_key=actor.office_key,
        assumed=not actor.certain,
    )


def overlaps_any(taken: list[Span], span: Span) -> bool:
    """Whether `span` shares a character with any of `taken`."""
    return any(span.overlaps(other) for other in taken)
