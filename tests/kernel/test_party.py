"""Party codes and sides."""

import pytest

from ikrar.kernel.party import Seat, Side, is_party, requester_of, side_of, speaker_of, state_of


@pytest.mark.parametrize("code", ["XAA", "XAA.kemenham", "un", "x-y", "XAA.a-b2"])
def test_party_code_is_a_state_an_institution_or_a_body(code: str) -> None:
    assert is_party(code)


@pytest.mark.parametrize("code", ["", "Xaa", "XAAA", "XAA.", "un.x", "XAA.B", "*", "x" * 65])
def test_other_text_is_no_party_code(code: str) -> None:
    assert not is_party(code)


def test_state_of_an_institution() -> None:
    assert [state_of(code) for code in ("XAA.kemenham", "XAA", "un")] == ["XAA", "XAA", "un"]


@pytest.mark.parametrize(
    ("by", "performer", "to", "speaker"),
    [
        ("XAA", "XAA", (), (Side.PERFORMER, None)),
        ("XAA.m", "XAA", (), (Side.PERFORMER, None)),
        ("XAB", "XAA", (), (Side.REQUESTER, "XAB")),
        ("XAB.m", "XAA", (), (Side.REQUESTER, "XAB")),
        ("XAB.m", "XAA.n", ("XAA",), (Side.REQUESTER, "XAB")),
        ("un", "XAA", (), (Side.REQUESTER, "un")),
        # inside one State, ministries are sides of their own
        ("XAA.n", "XAA.m", (), (Side.REQUESTER, "XAA.n")),
        ("XAA", "XAA.m", (), (Side.REQUESTER, "XAA")),
        ("XAA.n", "XAA.m", ("XAA.m",), (Side.REQUESTER, "XAA.n")),
        # but abroad they speak for it together
        ("XAA.n", "XAA.m", ("XAB",), (Side.PERFORMER, None)),
        ("XAA", "XAA.m", ("XAA.n", "XAB"), (Side.PERFORMER, None)),
    ],
)
def test_speaker_takes_a_side(by: str, performer: str, to: tuple, speaker: tuple) -> None:
    assert speaker_of(by, performer, to) == Seat(*speaker)
    assert side_of(by, performer, to) is speaker[0]


def test_requester_is_the_state_abroad_and_the_institution_at_home() -> None:
    assert requester_of("XAB.m", "XAA.n") == "XAB"
    assert requester_of("XAA.m", "XAA.n") == "XAA.m"
    assert requester_of("*", "XAA") == "*"


def test_other_side_is_across_the_table() -> None:
    assert [side.other for side in Side] == [Side.PERFORMER, Side.REQUESTER]
