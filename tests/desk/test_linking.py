"""Linking: words, theme, day and what is possible decide; a tie decides nothing."""

import pytest
from tests.desk.drafts import candidate, proposal

from ikrar.desk.linking import clear_link, likeness, rank_links
from ikrar.kernel.move import Kind, When

TRAINING = "Tamora to train thirty Serunian labour inspectors"
OFFICE = "Serunia to open a joint office for migrant workers"


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (TRAINING, TRAINING, 1.0),
        ("melatih pengawas", "pelatihan bagi pengawas ketenagakerjaan", 0.5),
        (TRAINING, OFFICE, 1 / 6),  # "Serunia" alone
        ("", TRAINING, 0.0),
        ("and to in", "and to in", 0.0),
    ],
)
def test_likeness_is_the_shared_part_of_the_shorter(one, other, shared):
    assert likeness(one, [other]) == pytest.approx(shared)


def test_same_words_and_theme_link():
    (link,) = rank_links(proposal(Kind.REQUEST, TRAINING), [candidate(TRAINING)])

    assert clear_link([link]) is link
    assert any(reason.startswith("words") for reason in link.reasons)


def test_other_words_open_an_undertaking_of_their_own():
    assert rank_links(proposal(Kind.REQUEST, OFFICE), [candidate(TRAINING)]) == []


def test_answer_that_is_not_possible_links_nowhere():
    told = proposal(Kind.CONFIRM, TRAINING, by="XTA", to=("XSA",))

    assert rank_links(told, [candidate(TRAINING)]) == []


def test_two_as_likely_are_left_to_a_person():
    links = rank_links(
        proposal(Kind.REQUEST, TRAINING), [candidate(TRAINING, pk=1), candidate(TRAINING, pk=2)]
    )

    assert len(links) == 2
    assert clear_link(links) is None


def test_pledge_for_another_day_is_a_new_pledge():
    bound = candidate(TRAINING, kinds=(Kind.REQUEST, Kind.PROMISE), due="2026")

    again = proposal(Kind.PROMISE, TRAINING, by="XTA", to=("XSA",), due=When.parse("2027"))
    same = proposal(Kind.PROMISE, TRAINING, by="XTA", to=("XSA",), due=When.parse("2026"))

    assert rank_links(again, [bound]) == []
    assert len(rank_links(same, [bound])) == 1


def test_what_is_over_takes_no_new_ask():
    done = candidate(TRAINING, kinds=(Kind.REQUEST, Kind.PROMISE, Kind.REPORT, Kind.CONFIRM))

    assert rank_links(proposal(Kind.REQUEST, TRAINING), [done]) == []
