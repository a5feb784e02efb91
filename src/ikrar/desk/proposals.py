"""Proposals: what a group of statements that tell one act would be as moves.

A group is worth what its softest telling is worth: a hope here and a demand there is a hope; a
warm word here and a promise there is a warm word. Nothing is rounded up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ikrar.desk.models import Statement
from ikrar.kernel.evidence import EvidenceGrade
from ikrar.kernel.move import Kind, Precision, When
from ikrar.reading.statement import directions_of

SOFTEST_FIRST = (
    Kind.ACKNOWLEDGE,
    Kind.REQUEST,
    Kind.OFFER,
    Kind.COUNTER,
    Kind.PROMISE,
    Kind.ACCEPT,
    Kind.DECLINE,
    Kind.WITHDRAW,
    Kind.REPORT,
    Kind.DISPUTE,
    Kind.CONFIRM,
)
MOVES = {kind.value for kind in Kind}
LONGEST_TITLE = 160
SHORTEST_CONTENT = 4  # fewer words need their verb, which the cue holds


@dataclass(frozen=True, slots=True)
class Proposal:
    """One act of one party towards others, told by the statements of a group."""

    kind: Kind
    by: str
    to: tuple[str, ...]
    hedged: bool
    theme: str
    due: When | None
    what: str
    titles: dict[str, str]
    condition: str
    joint: bool
    speaker: dict[str, str]
    statements: tuple[Statement, ...]

    def joined(self, other: "Proposal") -> "Proposal":
        """Take another telling of the same act in, with its proof; the fuller words stay."""
        fuller = max(self, other, key=lambda p: len(p.what))
        statements = {s.pk: s for s in (*self.statements, *other.statements)}
        return replace(
            self,
            what=fuller.what,
            due=self.due or other.due,
            statements=tuple(statements.values()),
        )

    def as_ask(self, partner: "Proposal | None") -> "Proposal":
        """Turn the condition of a promise into the request that it is, to the other side."""
        return replace(
            self,
            kind=Kind.REQUEST,
            hedged=False,
            what=partner.what if partner else self.condition,
            titles=partner.titles if partner else {},
            due=partner.due if partner else None,
            condition="",
            to=(partner.by,) if partner else self.to[:1],
        )


def softness(kind: Kind, hedged: bool) -> tuple[int, bool]:
    """Rank a telling: the lower, the less it says that anybody is bound."""
    return SOFTEST_FIRST.index(kind), not hedged


def proposals_of(statements: Sequence[Statement]) -> list[Proposal]:
    """Turn a group into proposals, one per party that acts; none if no telling is a move."""
    telling = [s for s in statements if s.kind in MOVES]
    if not telling or all(s.grade == EvidenceGrade.HEADLINE for s in telling):
        return []
    kind = min((Kind(s.kind) for s in telling), key=SOFTEST_FIRST.index)
    same_kind = [s for s in telling if s.kind == kind]
    first = max(same_kind, key=lambda s: EvidenceGrade(s.grade).rank)
    titles = titles_of(same_kind)
    return [
        Proposal(
            kind=kind,
            by=by,
            to=to,
            hedged=any(s.hedged for s in same_kind),
            theme=first.theme,
            due=_due(same_kind),
            what=titles.get(first.source.language) or words_of(first),
            titles=titles,
            condition=next((s.condition for s in same_kind if s.condition), ""),
            joint=first.joint,
            speaker={key: first.speaker[key] or "" for key in ("name", "office")},
            statements=tuple(statements),
        )
        for by, to in directions_of(first.from_parties, first.to_parties, joint=first.joint)
    ]


def words_of(statement: Statement) -> str:
    """Take what is asked, promised or told in the statement's own words, on one line."""
    start, end = statement.content_start, statement.content_end
    text = statement.source.text
    content = _on_one_line(text[start:end]) if start is not None else ""
    if statement.condition:
        content = _on_one_line(content.partition(_on_one_line(statement.condition))[0])
    if len(content.split()) >= SHORTEST_CONTENT:
        return content
    if start is not None and 0 <= start - statement.cue_end <= 1:
        return _on_one_line(text[statement.cue_start : end])
    return content or _on_one_line(text[statement.start : statement.end])


def titles_of(statements: Iterable[Statement]) -> dict[str, str]:
    """Choose a title per language: the fullest wording that is still short."""
    titles: dict[str, str] = {}
    for statement in statements:
        words = words_of(statement)[:LONGEST_TITLE]
        language = statement.source.language
        if len(words) > len(titles.get(language, "")):
            titles[language] = words[0].upper() + words[1:] if words else ""
    return {language: title for language, title in titles.items() if title}


def _on_one_line(words: str) -> str:
    return " ".join(words.split()).rstrip(" .,;:")


def _due(statements: Sequence[Statement]) -> When | None:
    """Take the due date that most reports tell; the less exact one where they are even."""
    told = [When(s.due, Precision(s.due_precision)) for s in statements if s.due]
    if not told:
        return None
    return max(told, key=lambda when: (told.count(when), -len(when.value)))
