"""The JSON is the contract, key for key."""

from hashlib import sha256

from tests.factories.reports import ID_LEAD, read_text

from ikrar.reading.contract import canonical_bytes

TEXT = (
    ID_LEAD + "“Kami berharap Veldora mengirim pengajar pada 2027 jika dananya ada,” kata Tolan."
    " Dask menyambut baik permintaan itu."
)
SPEAKER = {"name", "office", "party", "by"}
PASSAGE = {"start", "end", "quote"}


def test_contract_has_these_keys_and_no_others() -> None:
    told = read_text(TEXT).to_json()
    assert set(told) == {
        "source",
        "meeting",
        "statements",
        "quotations",
        "rules_version",
        "reading_sha256",
    }
    assert set(told["source"]) == {"sha256", "media_type", "language", "url", "published_on"}
    assert list(told["meeting"]) == [
        "date",
        "date_precision",
        "place",
        "venue",
        "kind",
        "parties",
        "participants",
        "flags",
    ]
    assert set(told["meeting"]["participants"][0]) == {"name", "office", "party", "role", "passage"}
    request = told["statements"][0]
    assert set(request) == {
        "id", "kind", "origin", "speaker", "from", "to", "theme", "hedged", "joint", "condition",
        "due", "reply_to", "evidence_grade", "passage", "cue", "rule", "why",
    }  # fmt: skip
    assert set(request["speaker"]) == SPEAKER
    assert set(request["passage"]) == set(request["cue"]) == set(request["condition"]) == PASSAGE
    assert request["due"] == {"value": "2027", "precision": "year"}
    assert [one["id"] for one in told["statements"]] == ["s1", "s2"]
    assert told["statements"][1]["reply_to"] == ["s1"]
    quotation = told["quotations"][0]
    assert set(quotation) == {*PASSAGE, "mode", "speaker", "cue"}


def test_contract_hash_covers_everything_but_itself_and_the_text() -> None:
    told = read_text(TEXT).to_json(with_text=True)
    assert told.pop("text") == TEXT
    given = told.pop("reading_sha256")
    assert sha256(canonical_bytes(told)).hexdigest() == given
    told["statements"][0]["hedged"] = not told["statements"][0]["hedged"]
    assert sha256(canonical_bytes(told)).hexdigest() != given
