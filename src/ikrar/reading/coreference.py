"""Who is meant by "ia", "he", "kedua negara", "pihaknya": a small state machine over sentences.

"Ia" is the last *speaker*, never merely the last name. Each answer keeps its reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ikrar.reading.clause import Actor, ActorKind
from ikrar.reading.rules import RulePack
from ikrar.reading.statement import NamedBy, Speaker


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody on whose account something is said: one party, or both; and how we know."""

    parties: tuple[str, ...]
    speaker: Speaker
    why: tuple[str, ...] = ()


@dataclass(slots=True)
class Memory:
    """What the text so far leaves in a reader's mind. `sides` are the meeting's parties."""

    pack: RulePack
    sides: tuple[str, ...] = ()
    last_speaker: Voice | None = None
    last_by_party: dict[str, Speaker] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    paragraph: int = -1
    quoted: Voice | None = None

    def enter_paragraph(self, paragraph: int) -> None:
        """Forget the paragraph's counterpart when a new paragraph begins."""
        if paragraph != self.paragraph:
            self.paragraph = paragraph
            self.heard = []

    def hear(self, parties: Iterable[str]) -> None:
        """Note the parties that the paragraph names, the latest last."""
        for party in parties:
            if party in self.heard:
                self.heard.remove(party)
            self.heard.append(party)

    def spoke(self, voice: Voice) -> None:
        """Note who spoke last."""
        if len(voice.parties) != 1:
            return
        if voice.speaker.name or voice.speaker.office:
            self.last_speaker = voice
            self.last_by_party[voice.parties[0]] = voice.speaker
        elif self.last_speaker is None or self.last_speaker.parties != voice.parties:
            self.last_speaker = voice

    def resolve(self, actor: Actor, subject: Actor | None = None) -> Voice | None:
        """On whose account an actor's act is; None where the text does not tell.

        `subject` is the party named before in the same sentence, which "it" takes up.
        """
        if actor.kind is ActorKind.BOTH:
            return self._both(actor)
        if actor.kind is ActorKind.PRONOUN:
            return self._pronoun(actor, subject)
        if not actor.parties:
            return None
        if actor.kind is ActorKind.PERSON:
            return _person(actor)
        return self._party(actor)

    def _party(self, actor: Actor) -> Voice:
        return Voice(actor.parties, Speaker(None, None, actor.parties[0], NamedBy.NAME))

    def _both(self, actor: Actor) -> Voice | None:
        speaker = Speaker(None, None, None, NamedBy.BOTH)
        if len(actor.parties) > 1:
            return Voice(actor.parties, speaker)
        for known, why in (
            (self.sides, "the two sides of the meeting"),
            (tuple(self.heard[-2:]), "the two parties named last"),
        ):
            if len(known) == 2:
                return Voice(known, speaker, (f"“{actor.word}” means {why}",))
        return None

    def _pronoun(self, actor: Actor, subject: Actor | None) -> Voice | None:
        words = self.pack.words
        if actor.word in words["first_person"]:
            return self._first_person(actor)
        if actor.word in words.get("other_pronouns", ()):
            return self._other(actor, subject)
        voice = self.last_speaker
        if voice is None:
            return None
        speaker = Speaker(
            voice.speaker.name, voice.speaker.office, voice.speaker.party, NamedBy.PRONOUN
        )
        return Voice(voice.parties, speaker, (f"“{actor.word}” is the last speaker",))

    def _first_person(self, actor: Actor) -> Voice | None:
        if self.quoted is None or actor.word in self.pack.words.get("inclusive", ()):
            return None
        return Voice(
            self.quoted.parties, self.quoted.speaker, (f"“{actor.word}” is who is quoted",)
        )

    def _other(self, actor: Actor, subject: Actor | None) -> Voice | None:
        """ "It" and "they" take up the sentence's own party, else the last speaker's."""
        if subject is not None and len(subject.parties) == 1:
            party = subject.parties[0]
        elif self.last_speaker is not None:
            party = self.last_speaker.parties[0]
        else:
            return None
        speaker = Speaker(None, None, party, NamedBy.PRONOUN)
        return Voice((party,), speaker, (f"“{actor.word}” is {party}",))


def _person(actor: Actor) -> Voice:
    by = NamedBy.TITLE if actor.by_title else NamedBy.NAME
    why = () if actor.certain else ("the office names no State: taken as the outlet's own",)
    return Voice(actor.parties, Speaker(actor.name, actor.office, actor.parties[0], by), why)
