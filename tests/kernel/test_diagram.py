"""The state diagram is found by walking."""

from ikrar.kernel.conversation import RULES
from ikrar.kernel.diagram import Arrow, arrows_from, diagram
from ikrar.kernel.move import Kind
from ikrar.kernel.party import Side
from ikrar.kernel.strand import Standing


def test_diagram_reaches_every_standing_by_every_rule() -> None:
    assert {each.end for each in diagram()} == set(Standing)
    assert {(each.kind, each.side) for each in diagram()} == set(RULES)


def test_acknowledge_leads_nowhere_in_the_whole_diagram() -> None:
    assert all(each.start is each.end for each in diagram() if each.kind is Kind.ACKNOWLEDGE)


def test_nothing_leads_to_nothing_but_nothing() -> None:
    assert {each.start for each in diagram() if each.end is Standing.NONE} == {Standing.NONE}


def test_arrows_from_a_standing() -> None:
    assert arrows_from(Standing.NONE) == (
        Arrow(Standing.NONE, Kind.REQUEST, Side.REQUESTER, Standing.REQUESTED),
        Arrow(Standing.NONE, Kind.OFFER, Side.PERFORMER, Standing.OFFERED),
        Arrow(Standing.NONE, Kind.ACKNOWLEDGE, Side.PERFORMER, Standing.NONE),
        Arrow(Standing.NONE, Kind.ACKNOWLEDGE, Side.REQUESTER, Standing.NONE),
        Arrow(Standing.NONE, Kind.PROMISE, Side.PERFORMER, Standing.PROMISED),
    )
    promised = {(each.kind, each.end) for each in arrows_from(Standing.PROMISED)}
    assert (Kind.REPORT, Standing.REPORTED) in promised
    assert (Kind.DECLINE, Standing.DECLINED) not in promised


def test_dispute_leads_only_to_disputed() -> None:
    assert {each.end for each in diagram() if each.kind is Kind.DISPUTE} == {Standing.DISPUTED}
