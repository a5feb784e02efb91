"""What stood on a day, as known at an instant: the timeline against the fold asked directly."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.register.chance import Chance
from tests.register.moves import answer, opening

from ikrar.kernel.evidence import Attestation
from ikrar.kernel.move import Condition, Terms, When
from ikrar.kernel.standing import Telling
from ikrar.register.timeline import (
    WHOLE,
    Heard,
    Stand,
    certain_on,
    fold_heard,
    histories,
    known_at,
    sleeping,
    stands_of,
    timelines,
    true_on,
)

NIGHT = datetime(2025, 12, 1, tzinfo=UTC)


def heard(new, *, hour=0, annulled=()):
    at = NIGHT + timedelta(hours=hour)
    telling = Telling(new.move, Attestation.REPORTED)
    spans = tuple(
        (NIGHT + timedelta(hours=a), b and NIGHT + timedelta(hours=b)) for a, b in annulled
    )
    return Heard(telling, certain_on(new.move.made_on, at), at, spans)


def by_chance(rng: Random) -> dict[int, list[Heard]]:
    """Up to three undertakings, heard in any order; some moves struck through, some restored."""
    chance = Chance(rng, undertakings=rng.randint(1, 3))
    group: dict[int, list[Heard]] = {}
    for hour in range(rng.randint(1, 9)):
        new = chance.draw()
        struck = hour + rng.randint(1, 4)
        restored = rng.choice([None, struck + rng.randint(1, 3)])
        annulled = [(struck, restored)] if rng.random() < 0.2 else []
        place = next(i for i, told in enumerate(chance.told) if new.move in told)
        group.setdefault(place, []).append(heard(new, hour=hour, annulled=annulled))
    return group


def asked_directly(group, day: date, instant: datetime) -> dict[tuple[int, str], tuple]:
    """Fold what was known and true, and nothing else."""
    told = {pk: true_on(known_at(moves, instant), day) for pk, moves in group.items()}
    folds = {
        pk: fold_heard(moves) for pk, moves in told.items() if not all(h.is_annulled for h in moves)
    }
    asleep = sleeping(folds)
    return {
        (pk, s.requester): (s.standing, s.marks, s.due)
        for pk, folded in folds.items()
        for s in stands_of(folded, asleep.get(pk, set()), day)
    }


@given(st.integers(0, 2**32))
def test_history_tells_on_every_day_and_instant_what_the_fold_tells(seed):
    group = by_chance(Random(seed))
    spells = histories(group)

    days = {h.certain_on for moves in group.values() for h in moves}
    days |= {day - timedelta(days=1) for day in days}
    instants = [NIGHT + timedelta(minutes=minute) for minute in range(-30, 17 * 60, 30)]
    for instant in instants:
        for day in days:
            found = {
                (pk, s.stand.requester): (s.stand.standing, s.stand.marks, s.stand.due)
                for pk, told in spells.items()
                for s in told
                if s.known_from <= instant
                and (s.known_to is None or instant < s.known_to)
                and s.stand.true_from <= day
                and (s.stand.true_to is None or day < s.stand.true_to)
            }
            assert found == asked_directly(group, day, instant)


@given(st.integers(0, 2**32))
def test_history_never_tells_two_things_at_once(seed):
    for spells in histories(by_chance(Random(seed))).values():
        for one in spells:
            for other in spells:
                if one is other or one.stand.requester != other.stand.requester:
                    continue
                apart_known = _are_apart(
                    one.known_from, one.known_to, other.known_from, other.known_to
                )
                apart_true = _are_apart(
                    one.stand.true_from,
                    one.stand.true_to,
                    other.stand.true_from,
                    other.stand.true_to,
                )
                assert apart_known or apart_true


def _are_apart(begin, end, other_begin, other_end) -> bool:
    return (end is not None and end <= other_begin) or (
        other_end is not None and other_end <= begin
    )


@pytest.mark.parametrize(
    ("made_on", "recorded", "expected"),
    [
        ("2025-11-24", datetime(2026, 3, 1, tzinfo=UTC), date(2025, 11, 24)),
        ("2025-11-24", datetime(2025, 11, 1, tzinfo=UTC), date(2025, 11, 24)),
        ("2025-11", datetime(2026, 3, 1, tzinfo=UTC), date(2025, 11, 30)),
        ("2025-11", datetime(2025, 11, 12, 23, 59, tzinfo=UTC), date(2025, 11, 12)),
        ("2025-11", datetime(2025, 10, 1, tzinfo=UTC), date(2025, 11, 1)),
        ("2025", datetime(2026, 3, 1, tzinfo=UTC), date(2025, 12, 31)),
        ("2025", datetime(2025, 6, 1, tzinfo=UTC), date(2025, 6, 1)),
    ],
)
def test_move_counts_from_the_first_day_it_had_certainly_been_made(made_on, recorded, expected):
    assert certain_on(When.parse(made_on), recorded) == expected


def test_timeline_begins_with_the_first_move_and_changes_with_the_next():
    asked = opening("request", by="IDN", performer="KHM", day="2025-11-24", terms=None)
    promised = answer(asked, "promise", by="KHM", day="2025-11-30")

    lines = timelines({7: [heard(asked), heard(promised)]})

    change = date(2025, 11, 30)
    assert lines[7] == [
        Stand(WHOLE, "requested", (), None, date(2025, 11, 24), change),
        Stand(WHOLE, "promised", (), None, change),
        Stand("IDN", "requested", (), None, date(2025, 11, 24), change),
        Stand("IDN", "promised", (), None, change),
    ]


def test_timeline_leaves_out_a_move_without_effect():
    asked = opening("request", by="IDN", performer="KHM", terms=None)
    warm = answer(asked, "acknowledge", by="KHM", day="2025-11-26")

    assert [s.standing for s in timelines({7: [heard(asked), heard(warm)]})[7]] == ["requested"] * 2


def test_timeline_ends_a_strand_that_a_later_telling_shows_never_was():
    pledged = opening("promise", by="KHM", performer="KHM", day="2025-03-05", terms=None)
    asked = answer(pledged, "request", by="IDN", day="2025")

    stands = timelines({7: [heard(pledged), heard(asked)]})[7]

    to_all = [s for s in stands if s.requester == "*"]
    assert [(s.standing, s.true_to) for s in to_all] == [("promised", date(2025, 12, 1))]
    assert [s.standing for s in stands if s.requester == "IDN"] == ["promised"]


def test_due_is_that_of_the_binding_terms():
    asked = opening("request", by="IDN", performer="KHM", terms=Terms("x", When.parse("2026-03")))
    countered = answer(
        asked, "counter", by="KHM", day="2025-11-26", terms=Terms("x", When.parse("2027"))
    )
    accepted = answer(asked, "accept", by="IDN", day="2025-11-28", answers=countered.move.move_id)

    def due_of_whole(*moves):
        stands = timelines({7: [heard(m) for m in moves]})[7]
        return [s.due and s.due.value for s in stands if s.requester == WHOLE]

    assert due_of_whole(asked) == ["2026-03"]
    assert due_of_whole(asked, countered) == ["2026-03", "2027"]
    assert due_of_whole(asked, countered, accepted) == ["2026-03", "2027", "2027"]


def test_due_of_the_whole_is_the_earliest_of_the_strands_that_show_its_standing():
    first = opening("request", by="IDN", performer="KHM", terms=Terms("x", When.parse("2026")))
    second = answer(
        first, "request", by="MYS", day="2025-11-24", terms=Terms("x", When.parse("2026-02"))
    )
    (whole,) = [s for s in timelines({7: [heard(first), heard(second)]})[7] if s.requester == WHOLE]

    assert whole.due == When.parse("2026-02")


def reciprocal(trigger="promised"):
    """Each promises support if the other does."""
    ours = opening("request", by="KHM", performer="IDN", terms=None)
    theirs = opening("request", by="IDN", performer="KHM", terms=None)
    if_they = Terms("we support you", condition=Condition(theirs.move.move_id, trigger))
    if_we = Terms("we support you", condition=Condition(ours.move.move_id, trigger))
    return (
        [ours, answer(ours, "promise", by="IDN", day="2025-11-25", terms=if_they)],
        [theirs, answer(theirs, "promise", by="KHM", day="2025-11-27", terms=if_we)],
    )


def test_promise_sleeps_until_the_other_promises():
    ours, theirs = reciprocal()

    lines = timelines({1: [heard(m) for m in ours], 2: [heard(m) for m in theirs]})

    told = [(s.standing, s.marks, s.true_from.day) for s in lines[1] if s.requester == "KHM"]
    assert told == [("requested", (), 24), ("promised", ("dormant",), 25), ("promised", (), 27)]
    whole = [(s.standing, s.marks, s.true_from.day) for s in lines[1] if s.requester == WHOLE]
    assert whole == told


def test_promise_sleeps_for_ever_where_the_other_is_unknown():
    ours, _ = reciprocal()

    assert timelines({1: [heard(m) for m in ours]})[1][-1].marks == ("dormant",)


def test_promise_sleeps_again_when_the_other_withdraws():
    ours, theirs = reciprocal()
    withdrawn = answer(
        theirs[0], "withdraw", by="KHM", day="2025-11-29", answers=theirs[1].move.move_id
    )
    lines = timelines({1: [heard(m) for m in ours], 2: [heard(m) for m in (*theirs, withdrawn)]})

    assert [s.marks for s in lines[1] if s.requester == "KHM"] == [
        (),
        ("dormant",),
        (),
        ("dormant",),
    ]


def test_whole_is_awake_while_one_of_its_promises_is():
    asked = opening("request", by="IDN", performer="KHM", terms=None)
    also = answer(asked, "request", by="MYS", day="2025-11-24")
    sleepy = Terms("if", condition=Condition("ab" * 32))
    to_one = answer(asked, "promise", by="KHM", to=("IDN",), terms=sleepy)
    to_other = answer(asked, "promise", by="KHM", to=("MYS",), day="2025-11-26")

    stands = timelines({1: [heard(m) for m in (asked, also, to_one, to_other)]})[1]

    now = {s.requester: s.marks for s in stands if s.true_to is None}
    assert now == {WHOLE: (), "IDN": ("dormant",), "MYS": ()}
    then = {s.requester: s.marks for s in stands if s.true_from == date(2025, 11, 25)}
    assert then == {WHOLE: ("dormant",), "IDN": ("dormant",)}


def test_due_of_a_promise_that_sleeps_does_not_make_the_whole_late():
    asked = opening("request", by="IDN", performer="KHM", terms=None)
    also = answer(asked, "request", by="MYS", day="2025-11-24")
    sleepy = Terms("if", When.parse("2025-12-01"), Condition("ab" * 32))
    later = Terms("then", When.parse("2027"))
    to_one = answer(asked, "promise", by="KHM", to=("IDN",), terms=sleepy)
    to_other = answer(asked, "promise", by="KHM", to=("MYS",), day="2025-11-26", terms=later)

    stands = timelines({1: [heard(m) for m in (asked, also, to_one, to_other)]})[1]

    now = {s.requester: s.due for s in stands if s.true_to is None}
    assert now[WHOLE] == When.parse("2027")
    assert now["IDN"] == When.parse("2025-12-01")


def test_annulled_move_was_known_until_it_was_struck_and_again_once_restored():
    asked = opening("request", by="IDN", performer="KHM", terms=None)
    promised = answer(asked, "promise", by="KHM")
    spells = histories({1: [heard(asked), heard(promised, hour=2, annulled=[(4, 6)])]})[1]

    known = [
        (s.stand.standing, (s.known_from - NIGHT).seconds // 3600, s.known_to and s.known_to.hour)
        for s in spells
        if s.stand.requester == "IDN" and s.stand.true_to is None
    ]
    assert known == [
        ("requested", 0, 2),
        ("promised", 2, 4),
        ("requested", 4, 6),
        ("promised", 6, None),
    ]
