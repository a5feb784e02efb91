"""Grades compare in their own order, never by spelling, never with another scale."""

from itertools import pairwise

import pytest

from ikrar.kernel.evidence import Attestation, Classification, EvidenceGrade


@pytest.mark.parametrize("scale", [Attestation, Classification, EvidenceGrade])
def test_grades_rise_as_written(scale) -> None:
    assert sorted(scale, reverse=True) == list(scale)[::-1]
    for lesser, greater in pairwise(scale):
        assert lesser < greater
        assert lesser <= greater
        assert greater > lesser
        assert greater >= lesser
        assert not lesser >= greater
        assert lesser <= lesser.value
        assert lesser >= lesser.value


def test_scales_are_those_of_the_glossary() -> None:
    assert [*Attestation] == ["reported", "recorded", "signed"]
    assert [*Classification] == ["public", "internal", "restricted", "secret"]
    assert [*EvidenceGrade] == ["headline", "press", "other_side", "joint", "own"]


def test_grade_refuses_another_scale() -> None:
    with pytest.raises(ValueError, match="signed"):
        assert Classification.PUBLIC < Attestation.SIGNED
