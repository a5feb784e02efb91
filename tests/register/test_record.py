"""The local record: what this instance adds to an act, as bytes and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikrar.kernel import canonical
from ikrar.kernel.evidence import Attestation, Classification, EvidenceGrade
from ikrar.register.log.record import Opening, Record, Witness

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
WITNESSES = st.builds(
    Witness,
    source=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    start=st.integers(0, 10_000),
    end=st.integers(0, 10_000),
    grade=st.sampled_from(EvidenceGrade),
    kind=st.sampled_from(("request", "promise")),
    hedged=st.booleans(),
    counted=st.booleans(),
)
OPENINGS = st.builds(
    Opening,
    symbol=WORDS,
    classification=st.sampled_from(Classification),
    titles=st.dictionaries(st.sampled_from(("id", "en")), WORDS),
    meeting=WORDS,
    invented=st.booleans(),
)
RECORDS = st.builds(
    Record,
    attestation=st.sampled_from(Attestation),
    account=st.none() | st.integers(1, 2**40),
    witnesses=st.lists(WITNESSES, max_size=3).map(tuple),
    speaker=st.dictionaries(st.sampled_from(("name", "office", "party")), WORDS),
    note=WORDS,
    occasion=WORDS,
    received=st.frozensets(st.from_regex(r"[0-9a-f]{64}", fullmatch=True), max_size=3),
    opening=st.none() | OPENINGS,
)


@given(RECORDS)
def test_record_reads_back_as_it_was_written(record):
    assert Record.from_bytes(record.to_bytes()) == record


def test_record_has_a_salt_of_its_own_so_that_its_hash_cannot_be_guessed():
    one, other = (Record(Attestation.REPORTED) for _ in range(2))

    assert one.to_bytes() != other.to_bytes()
    assert len(canonical.loads(one.to_bytes())["salt"]) == 32


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"v":1}', b"[]", b'{"attestation":"heard"}'])
def test_damaged_record_is_refused(damage):
    with pytest.raises((canonical.CanonicalError, KeyError, ValueError, TypeError)):
        Record.from_bytes(damage)
