"""Replies: which earlier statements of the other side a statement answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ikrar.reading.rules import RulePack

if TYPE_CHECKING:
    from ikrar.reading.draft import Draft

_ANSWERS: Final = {
    "acknowledge": {"request", "offer", "counter", "announce"},
    "accept": {"request", "offer", "counter"},
    "decline": {"request", "offer", "counter"},
    "counter": {"request", "offer", "counter"},
    "withdraw": {"request", "offer", "promise", "accept", "counter"},
    "report": {"promise", "accept", "request"},
    "confirm": {"report", "promise"},
    "dispute": {"report", "promise"},
}
_YES_OR_NO: Final = frozenset({"accept", "decline"})
_OWN: Final = frozenset({"withdraw"})


def answered(
    draft: Draft, before: Sequence[Draft], pack: RulePack, words: str
) -> tuple[Draft, ...]:
    """What `draft` answers: all of it where the words say "all", else the nearest that fits.

    `words` are the sentence's masked words. Theme decides before distance; what stands in the
    same sentence ("welcomed the offer") decides before both.
    """
    kinds = _ANSWERS.get(draft.kind)
    if not kinds:
        return ()
    fitting = [other for other in before if other.kind in kinds and _is_from_other(draft, other)]
    named = _named_kinds(pack, words)
    if named:
        fitting = [other for other in fitting if other.kind in named]
    if not fitting:
        return ()
    same_sentence = [other for other in fitting if other.clause is draft.clause]
    if same_sentence:
        return tuple(same_sentence[-1:])
    if pack.phrases["all_of"].search(words):
        return tuple(fitting)
    same_theme = [other for other in fitting if other.theme == draft.theme != "other"]
    here = [other for other in fitting if named and _is_same_paragraph(draft, other)]
    vague = [other for other in fitting if _may_answer(draft, other, is_named=bool(named))]
    return tuple((same_theme or here or vague)[-1:])


def _may_answer(draft: Draft, other: Draft, *, is_named: bool) -> bool:
    """Whether the themes leave it open; a yes or no has to name it or stand in its paragraph."""
    if "other" not in (other.theme, draft.theme):
        return False
    return is_named or draft.kind not in _YES_OR_NO or _is_same_paragraph(draft, other)


def _is_same_paragraph(draft: Draft, other: Draft) -> bool:
    return draft.clause.paragraph == other.clause.paragraph


def is_mere_refusal(draft: Draft, pack: RulePack, words: str) -> bool:
    """Whether "will not" answers nothing that was asked: then it only states a position."""
    return draft.kind == "decline" and not draft.reply_to and not _named_kinds(pack, words)


def _named_kinds(pack: RulePack, words: str) -> set[str]:
    """The kinds that the sentence names by their noun ("the offer", "permintaan itu")."""
    named: set[str] = set()
    for kinds, nouns in pack.words["answered_by_noun"].items():
        if any(noun in words for noun in nouns):
            named.update(kinds.split())
    return named


def _is_from_other(draft: Draft, other: Draft) -> bool:
    if draft.kind in _OWN:
        return bool(set(draft.from_) & set(other.from_))
    return not other.joint and not set(draft.from_) & set(other.from_)
