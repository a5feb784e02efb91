"""The pipeline: bytes in, a Reading out; pure, so that anyone can read again and compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from ikrar.reading import formats
from ikrar.reading.act import SpeechAct, acts_in, party_before
from ikrar.reading.actors import Cast, actors_in
from ikrar.reading.clause import Actor, ActorKind, Clause
from ikrar.reading.coreference import Memory, Voice
from ikrar.reading.draft import (
    Desk,
    Draft,
    draft_of,
    headline_speaker,
    link_reply,
)
from ikrar.reading.gazetteer import EntryKind, Gazetteer
from ikrar.reading.layout import clause_at, clauses_of, unwrapped
from ikrar.reading.meeting import Meeting, meeting_in
from ikrar.reading.outcome import Reading, Source, Unreadable
from ikrar.reading.rules import LANGUAGES, MOVES, load_pack
from ikrar.reading.scan import scanner
from ikrar.reading.span import Span
from ikrar.reading.speech import Attribution, attributions
from ikrar.reading.statement import NamedBy, Quotation, Speaker, Statement
from ikrar.reading.text import (
    Document,
    Label,
    Meta,
    ReadingError,
    lowered,
    normalise,
    sentences,
)
from ikrar.reading.time import find_times
from ikrar.reading.version import rules_version


def read(content: bytes, meta: Meta, gazetteer: Gazetteer | None = None) -> Reading:
    """Read a document. Same bytes, meta and rule packs: the same Reading, byte for byte.

    A document that cannot be read gives a Reading with `error`; nothing is raised.
    """
    gazetteer = gazetteer or Gazetteer.load()
    try:
        document = formats.parse(content, meta)
    except ReadingError as error:
        return _refused(content, meta, error, gazetteer)
    return read_document(document, gazetteer)


def _refused(content: bytes, meta: Meta, error: ReadingError, gazetteer: Gazetteer) -> Reading:
    day = meta.published_on.isoformat() if meta.published_on else None
    source = Source(sha256(content).hexdigest(), meta.media_type, None, meta.url, day)
    refusal = Unreadable(error.code, error.sentence)
    return Reading(None, None, (), (), rules_version(gazetteer), source, refusal)


def read_document(document: Document, gazetteer: Gazetteer | None = None) -> Reading:
    """Read a document whose text is already known."""
    gazetteer = gazetteer or Gazetteer.load()
    published = document.published_on.isoformat() if document.published_on else None
    source = Source(
        document.sha256, document.media_type, document.language, document.url, published
    )
    version = rules_version(gazetteer)
    if document.language not in LANGUAGES:
        meeting = Meeting(None, None, None, None, (), (), ("language_not_read",))
        return Reading(document, meeting, (), (), version, source)
    meeting, statements, quoted = Reader(document, gazetteer).read()
    return Reading(document, meeting, statements, quoted, version, source)


class Reader:
    """Reads one document, sentence by sentence."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self._document = document
        self._gazetteer = gazetteer
        self._pack = load_pack(document.language)
        self._flat = unwrapped(document.text)
        self._small = lowered(normalise(self._flat))
        self._scan = scanner(gazetteer, self._pack).scan(self._flat, self._small)
        home = gazetteer.home_of(document.publisher, document.url)
        self._cast = Cast(gazetteer, document.published_on, home)
        self._memory = Memory(self._pack)
        self._drafts: list[Draft] = []
        self._quotations: list[Quotation] = []
        self.fired: list[tuple[str, Span]] = []

    def read(self) -> tuple[Meeting, tuple[Statement, ...], tuple[Quotation, ...]]:
        """The meeting, the statements and the quotations of the document."""
        document, pack = self._document, self._pack
        actors = actors_in(self._flat, self._scan, self._gazetteer, pack, self._cast)
        self._all_actors = actors
        self._dates = find_times(
            document.text, document.published_on, is_trusted=document.published_is_trusted
        )
        clauses = clauses_of(document, self._small, actors)
        meeting = meeting_in(
            document, self._scan, clauses, self._cast, self._dates, self._gazetteer, pack
        )
        self._memory.sides = meeting.parties if len(meeting.parties) == 2 else ()
        self._desk = self._set_desk(meeting)
        bodies = [clause for clause in clauses if clause.label == Label.BODY]
        for clause in bodies:
            self._read_clause(clause)
        for clause in (clause for clause in clauses if clause.label == Label.TITLE):
            self._read_headline(clause)
        return meeting, _finished(document, self._drafts), tuple(self._quotations)

    def _set_desk(self, meeting: Meeting) -> Desk:
        document = self._document
        head = self._small[:400]
        known = meeting.date.first if meeting.date else document.published_on
        return Desk(
            document=document,
            scan=self._scan,
            pack=self._pack,
            cast=self._cast,
            dates=self._dates,
            official=_official_party(document, self._gazetteer),
            is_joint_text=any(
                head.lstrip().startswith(word) or f"\n{word}" in head
                for word in self._pack.words["joint_texts"]
            ),
            not_before=known.isoformat() if known else None,
        )

    def _read_clause(self, clause: Clause) -> None:
        memory = self._memory
        memory.enter_paragraph(clause.paragraph)
        told = attributions(clause, self._pack, self._flat)
        before = len(self._drafts)
        self._read_acts(clause, None)
        for attribution in told:
            self._read_quote(clause, attribution)
        self._note_subject(clause, len(self._drafts) > before or bool(told))
        memory.hear(party for actor in clause.actors for party in actor.parties)

    def _note_subject(self, clause: Clause, has_spoken: bool) -> None:
        """A person at the head of a sentence without a cue is who the next "ia" takes up."""
        if has_spoken or not clause.actors:
            return
        first = clause.actors[0]
        if first.kind is ActorKind.PERSON and first.name and first.start - clause.start < 40:
            voice = self._memory.resolve(first)
            if voice:
                self._memory.spoke(voice)

    def _read_acts(self, clause: Clause, quoted: Voice | None) -> None:
        scan, pack, memory = self._scan, self._pack, self._memory
        forms = scan.cues_in(clause.start, clause.end)
        if not forms:
            return
        acts = acts_in(clause, pack, forms)
        teller: Voice | None = quoted or self._aside(clause)
        last: Voice | None = quoted
        fresh: list[Draft] = []
        for place, act in enumerate(acts):
            voice = self._voice(clause, act)
            if voice is None:
                continue
            self.fired.append((act.rule.id, act.cue))
            if not act.rule.told:
                memory.spoke(voice)
            if act.rule.fallback:
                teller = voice
                if act.rule.silent or _leads_to_more(act, acts[place + 1 :]):
                    continue
                self._retell(act, voice, clause)
            by = last if act.rule.told else teller
            alone = sum(not other.rule.fallback for other in acts) < 2
            draft = draft_of(self._desk, memory, clause, act, voice, by, is_alone=alone)
            last = voice if not act.rule.told else last
            if fresh and draft.theme == "other" and _goes_on(fresh[-1], draft):
                draft.theme = fresh[-1].theme
            fresh.extend(_both_ways(draft) if act.rule.reciprocal else [draft])
        self._keep(fresh, clause)

    def _aside(self, clause: Clause) -> Voice | None:
        """Who tells the whole sentence, where that stands in its middle or at its end."""
        match = self._pack.phrases["aside"].search(clause.masked)
        teller = clause.at(clause.start + match.start("who")) if match else None
        return self._memory.resolve(teller) if teller else None

    def _voice(self, clause: Clause, act: SpeechAct) -> Voice | None:
        if act.agent is None:
            return None
        if act.agent.kind is ActorKind.PERSON and not act.agent.parties:
            self._memory.last_speaker = None  # somebody spoke for whom nobody is known
            return None
        voice = self._memory.resolve(act.agent, party_before(clause, self._pack, act))
        if act.own_side and voice and len(voice.parties) == 1:
            return Voice(voice.parties, voice.speaker, (*voice.why, "his or her own State"))
        return voice

    def _keep(self, fresh: list[Draft], clause: Clause) -> None:
        for draft in fresh:
            told = [other for other in fresh if other is not draft]
            link_reply(draft, [*self._drafts, *told], self._pack, clause.masked)
        self._drafts.extend(fresh)

    def _retell(self, act: SpeechAct, voice: Voice, clause: Clause) -> None:
        place = self._document.passage(act.content.start, act.content.end)
        if place.quote and not clause.quotes:
            cue = self._document.passage(act.cue.start, act.cue.end)
            self._quotations.append(Quotation(place, "indirect", voice.speaker, cue))

    def _read_quote(self, clause: Clause, told: Attribution) -> None:
        voice = self._quoted_voice(told)
        if voice is None:
            return
        cue = self._document.passage(told.cue.start, told.cue.end) if told.cue else None
        place = self._document.passage(told.quote.start, told.quote.end)
        self._quotations.append(Quotation(place, "direct", voice.speaker, cue))
        if not voice.parties:
            return
        self._memory.spoke(voice)
        self._memory.quoted = voice
        for inner in self._inside(clause, told.quote):
            self._read_acts(inner, voice)
        self._memory.quoted = None

    def _quoted_voice(self, told: Attribution) -> Voice | None:
        memory = self._memory
        if told.speaker is None:
            last = memory.last_speaker
            if last is None or not told.continues:
                return Voice((), Speaker(None, None, None, NamedBy.NAME)) if told.cue else None
            speaker = Speaker(
                last.speaker.name, last.speaker.office, last.speaker.party, NamedBy.PRONOUN
            )
            return Voice(last.parties, speaker, ("the quote goes on with the last speaker",))
        voice = memory.resolve(told.speaker)
        if voice is None and told.speaker.name:
            return Voice((), Speaker(told.speaker.name, None, None, NamedBy.NAME))
        return voice

    def _inside(self, clause: Clause, quote: Span) -> Iterator[Clause]:
        """The sentences inside a quote."""
        inner = self._document.text[quote.start + 1 : quote.end - 1]
        for place in sentences(inner):
            start, end = quote.start + 1 + place.start, quote.start + 1 + place.end
            yield clause_at(
                self._small, Span(start, end), self._actors_between(start, end), [], clause
            )

    def _actors_between(self, start: int, end: int) -> tuple[Actor, ...]:
        return tuple(a for a in self._all_actors if start <= a.start and a.end <= end)

    def _says_it(self, told: Draft, headline: Draft) -> bool:
        """Whether the body itself says what the headline says; a pledge of peace is no support."""
        if told.kind != headline.kind or not set(headline.from_) <= set(told.from_):
            return False
        return self._pack.rule(told.rule).answers or not self._pack.rule(headline.rule).answers

    def _read_headline(self, clause: Clause) -> None:
        """A headline counts only where the report below does not say the same itself."""
        body = list(self._drafts)
        self._memory.enter_paragraph(clause.start)
        kept, self._drafts = self._drafts, []
        self._read_acts(clause, None)
        fresh, self._drafts = self._drafts, kept
        for draft in fresh:
            is_said = any(self._says_it(other, draft) for other in body)
            if draft.kind in MOVES and not is_said:
                speaker = headline_speaker(Voice(draft.from_, draft.speaker)).speaker
                draft.speaker = speaker
                self._drafts.append(draft)


def _goes_on(before: Draft, draft: Draft) -> bool:
    """Whether a request in the same sentence goes on about what was named just before."""
    before_it = before.kind in {"request", "announce", "offer"}
    return before_it and draft.kind == "request" and before.from_ == draft.from_


def _leads_to_more(act: SpeechAct, later: Sequence[SpeechAct]) -> bool:
    """Whether a verb of saying only introduces another act of the same sentence."""
    return bool(later) and not later[0].rule.fallback


def _both_ways(draft: Draft) -> list[Draft]:
    """A vote swap: two promises, each on the condition of the other."""
    first, second = draft.from_[:2]
    return [_one_way(draft, mover, other) for mover, other in ((first, second), (second, first))]


def _one_way(draft: Draft, mover: str, other: str) -> Draft:
    return Draft(
        kind=draft.kind,
        speaker=draft.speaker,
        from_=(mover,),
        to=(other,),
        theme=draft.theme,
        hedged=draft.hedged,
        joint=False,
        condition=draft.condition or draft.cue,
        due=draft.due,
        grade=draft.grade,
        passage=draft.passage,
        cue=draft.cue,
        rule=draft.rule,
        why=[*draft.why, "each on the condition of the other"],
        content=draft.content,
        clause=draft.clause,
    )


def _official_party(document: Document, gazetteer: Gazetteer) -> str | None:
    """The State whose own organ publishes the document, or None for the press."""
    if not document.publisher:
        return None
    for mention in gazetteer.find(document.publisher):
        for entry in mention.entries:
            if entry.kind is EntryKind.INSTITUTION:
                return entry.code.partition(".")[0]
    return None


def _finished(document: Document, drafts: list[Draft]) -> tuple[Statement, ...]:
    ordered = sorted(drafts, key=lambda draft: (draft.cue.start, draft.from_, draft.rule))
    ids = {id(draft): f"s{number}" for number, draft in enumerate(ordered, 1)}
    return tuple(_statement(document, draft, ids) for draft in ordered)


def _statement(document: Document, draft: Draft, ids: dict[int, str]) -> Statement:
    condition = draft.condition
    return Statement(
        id=ids[id(draft)],
        kind=draft.kind,
        speaker=draft.speaker,
        from_=draft.from_,
        to=draft.to,
        theme=draft.theme,
        hedged=draft.hedged,
        joint=draft.joint,
        condition=document.passage(condition.start, condition.end) if condition else None,
        due=draft.due,
        reply_to=tuple(ids[id(other)] for other in draft.reply_to if id(other) in ids),
        evidence_grade=draft.grade,
        passage=document.passage(draft.passage.start, draft.passage.end),
        cue=document.passage(draft.cue.start, draft.cue.end),
        rule=draft.rule,
        why=tuple(draft.why),
        content=draft.content,
    )
