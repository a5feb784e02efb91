"""Conversations written as lines, so that a test reads like the story it tells.

`R request` · `P promise hedged` · `R accept 2` (answers the second line) · `P report partial` ·
`S request` (another requester) · `P offer to=R,S` · `R dispute on=2025-11` ·
`P withdraw 1 knows=1,2` (signed, its author held lines 1 and 2). Lines follow day by day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ikrar.kernel.conversation import Reason
from ikrar.kernel.evidence import Attestation
from ikrar.kernel.move import Kind, Move, Terms, When
from ikrar.kernel.standing import Fold, Telling, fold
from ikrar.kernel.strand import Standing, Strand

PARTIES = {"P": "XAA", "R": "XAB", "S": "XAC", "T": "XAD", "*": "*"}
FIRST_DAY = date(2025, 3, 1)


@dataclass(frozen=True)
class Scene:
    """A told story: `ids` of its lines in order, and the fold of them all."""

    ids: tuple[str, ...]
    tellings: tuple[Telling, ...]
    fold: Fold

    def strand(self, party: str = "R") -> Strand:
        return self.fold.strands[PARTIES[party]]

    def standing(self, party: str = "R") -> Standing:
        strands = self.fold.strands
        return strands[PARTIES[party]].standing if PARTIES[party] in strands else Standing.NONE

    def reason(self, line: int) -> Reason | None:
        """Why line number `line` (from 1; -1 is the last) had no effect."""
        move_id = self.ids[line - 1 if line > 0 else line]
        refusal = self.fold.without_effect.get(self.fold.act_of[move_id])
        return refusal.reason if refusal else None


def tell(*lines: str, annulled: tuple[int, ...] = ()) -> Scene:
    """Tell the story and fold it; `annulled` are line numbers."""
    tellings: list[Telling] = []
    for number, line in enumerate(lines):
        tellings.append(_telling(line, number, tellings))
    ids = tuple(each.move.move_id for each in tellings)
    folded = fold(tellings, frozenset(ids[number - 1] for number in annulled))
    return Scene(ids, tuple(tellings), folded)


def _telling(line: str, number: int, earlier: list[Telling]) -> Telling:
    by, kind, *words = line.split()
    options = dict(word.split("=", 1) for word in words if "=" in word)
    answers = next((int(word) for word in words if word.isdigit()), None)
    move = Move(
        kind=Kind(kind),
        by=PARTIES.get(by, by),
        performer=options.get("performer", PARTIES["P"]),
        to=tuple(PARTIES.get(each, each) for each in options.get("to", "").split(",") if each),
        undertaking=earlier[0].move.move_id if earlier else None,
        answers=earlier[answers - 1].move.move_id if answers else options.get("answers"),
        made_on=_when(options, number),
        hedged="hedged" in words,
        full="partial" not in words,
        terms=_terms(options),
        restates=earlier[int(options["restates"]) - 1].move.move_id
        if "restates" in options
        else None,
        salt=f"{number:032x}",
    )
    return _attested(move, options, words, earlier)


def _when(options: dict[str, str], number: int) -> When:
    if "on" in options:
        return When.parse(options["on"])
    return When.on(FIRST_DAY + timedelta(days=number))


def _terms(options: dict[str, str]) -> Terms | None:
    if "what" not in options and "due" not in options:
        return None
    due = When.parse(options["due"]) if "due" in options else None
    return Terms(options.get("what", "something"), due=due)


def _attested(
    move: Move, options: dict[str, str], words: list[str], earlier: list[Telling]
) -> Telling:
    if "knows" in options:
        numbers = [int(each) for each in options["knows"].split(",") if each]
        received = frozenset(earlier[number - 1].move.move_id for number in numbers)
        return Telling(move, Attestation.SIGNED, received)
    if "signed" in words:
        return Telling(move, Attestation.SIGNED)
    reported = "reported" in words
    return Telling(move, Attestation.REPORTED if reported else Attestation.RECORDED)
