"""Linking: which undertaking is a proposal about? Ranked, each with its reasons.

An answer (accept, decline, report …) must be possible on the undertaking as it stood that day; a
new ask or promise joins an undertaking only if the words agree too.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ikrar.desk.proposals import Proposal
from ikrar.kernel.move import Kind
from ikrar.kernel.party import side_of
from ikrar.kernel.strand import Standing
from ikrar.register.queries.links import LinkCandidate

OPENING = frozenset({Kind.REQUEST, Kind.OFFER, Kind.PROMISE})
PLEDGES = frozenset({Kind.OFFER, Kind.PROMISE})
OVER = frozenset({Standing.CONFIRMED, Standing.DECLINED, Standing.RELEASED, Standing.NONE})
SAME_WORDS = 0.5
ENOUGH = 2.0
WORD = re.compile(r"[^\W\d_]{4,}|\d+")
STEM = 6
COMMON = frozenset(
    [
        "dalam",
        "untuk",
        "dengan",
        "yang",
        "pada",
        "atau",
        "serta",
        "bagi",
        "akan",
        "oleh",
        "para",
        "lambat",
        "paling",
        "tahun",
        "their",
        "with",
        "that",
        "from",
        "this",
        "into",
        "between",
        "would",
        "before",
        "after",
    ]
)


@dataclass(frozen=True, slots=True)
class Link:
    """A ranked proposal: this undertaking, so strongly, for these reasons."""

    candidate: LinkCandidate
    score: float
    reasons: tuple[str, ...]


def rank_links(proposal: Proposal, candidates: Iterable[LinkCandidate]) -> list[Link]:
    """Rank the undertakings that the proposal may be about, best first; unlikely ones left out."""
    links = [link for c in candidates if (link := _weigh(proposal, c)) is not None]
    return sorted(links, key=lambda link: (-link.score, -link.candidate.pk))


def clear_link(links: Sequence[Link]) -> Link | None:
    """Take the best link if it is strong and no other is as strong."""
    if not links or links[0].score < ENOUGH:
        return None
    if len(links) > 1 and links[1].score == links[0].score:
        return None
    return links[0]


def _weigh(proposal: Proposal, candidate: LinkCandidate) -> Link | None:
    side = side_of(proposal.by, candidate.performer, proposal.to)
    if not candidate.allows(proposal.kind, side):
        return None
    if proposal.kind in PLEDGES and _is_other_day(proposal, candidate):
        return None
    shared = likeness(proposal.what, candidate.words)
    if proposal.kind in OPENING and (candidate.standing in OVER or shared < SAME_WORDS):
        return None
    score, reasons = 2 * shared, [f"words: {shared:.2f}"]
    if proposal.theme == candidate.theme:
        score, reasons = score + 1.5, [*reasons, f"theme: {proposal.theme}"]
    if proposal.due and proposal.due == candidate.due:
        score, reasons = score + 1, [*reasons, f"due: {proposal.due.value}"]
    if proposal.kind not in OPENING:
        score, reasons = score + 0.5, [*reasons, f"possible: {proposal.kind.value}"]
    return Link(candidate, score, tuple(reasons))


def _is_other_day(proposal: Proposal, candidate: LinkCandidate) -> bool:
    """Whether a pledge names another day than the one already bound: then it is a new pledge."""
    is_bound = any(strand.bond for strand in candidate.folded.strands.values())
    return is_bound and proposal.due is not None and proposal.due != candidate.due


def likeness(words: str, others: Iterable[str]) -> float:
    """How much of the shorter text's vocabulary the other shares, 0 to 1, at best of `others`."""
    mine = stems(words)
    best = 0.0
    for other in map(stems, others):
        least = min(len(mine), len(other))
        if least:
            best = max(best, len(mine & other) / least)
    return best


def stems(text: str) -> frozenset[str]:
    """Cut words to their first letters: enough to see past most endings."""
    words = {word.lower() for word in WORD.findall(text)}
    return frozenset(word[:STEM] for word in words - COMMON)
