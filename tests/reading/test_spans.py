"""Whatever the text, every passage is its exact place, and reading never breaks."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.reports import EN_LEAD, ID_LEAD

from ikrar.reading.gazetteer import Gazetteer
from ikrar.reading.merge import merge
from ikrar.reading.outcome import Reading
from ikrar.reading.pipeline import read
from ikrar.reading.rules import EXAMPLE_NAMES
from ikrar.reading.span import Passage
from ikrar.reading.text import Meta

GAZETTEER = Gazetteer.load(EXAMPLE_NAMES)
PIECES = (
    ID_LEAD, EN_LEAD, "Tolan", "Dask", "Mira Tolan", "Menteri Hukum Veldora", "Zarania", "Veldora",
    "Zaranian", "ia", "Ia", "kedua negara", "both sides", "it", "kami", "We", "negaranya", "its",
    "meminta", "berharap", "menyambut baik", "tawaran", "komitmen", "siap membantu", "sepakat",
    "saling mendukung", "menolak", "telah melaksanakan", "asked", "welcomed", "offer of",
    "would support",
    "agreed to", "has trained", "provided that", "asal", "bahwa", "that", "dan", "and", "untuk",
    "to",
    "pada 2027", "by 30 June 2026", "Senin", "“", "”", '"', "'s", "’", "kata", "said", "menurut",
    ",", ".",
    ". ", ";", ":", " - ", "\n", "\n\n", " ", "  ", "(", ")", "\u200b", "\u00a0", "İ", "ß",
    "\ue000",
    "\ue004", "𝒳", "រដ្ឋ", "1.", "Baca juga:", "\t", "-", "se-Asia", "Menteri", "Minister of",
)  # fmt: skip
RANDOM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=120)


def passages(reading: Reading) -> list[Passage]:
    found = [part for s in reading.statements for part in (s.passage, s.cue, s.condition) if part]
    found += [part for q in reading.quotations for part in (q.passage, q.cue) if part]
    return [*found, *(p.passage for p in (reading.meeting.participants if reading.meeting else ()))]


def check(text: str) -> None:
    meta = Meta(filename="x.txt", media_type="text/plain", published_on=date(2026, 3, 5))
    content = text.encode("utf-8", "surrogatepass")
    reading = read(content, meta, GAZETTEER)
    if reading.error is not None:
        assert reading.error.sentence
        return
    assert reading.document is not None
    for passage in passages(reading):
        assert passage.holds_in(reading.document.text)
    for statement in reading.statements:
        assert statement.cue.quote
        assert statement.content is not None
        assert statement.content.end <= len(reading.document.text)
        assert set(statement.reply_to) <= {other.id for other in reading.statements}
    assert reading.to_json() == read(content, meta, GAZETTEER).to_json()
    merge([reading])


@RANDOM
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_spans_are_true_in_any_order_of_telling_words(text: str) -> None:
    check(text)


@RANDOM
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_spans_are_true_where_words_run_together(text: str) -> None:
    check(ID_LEAD + text)


@RANDOM
@given(st.text(max_size=400))
def test_spans_are_true_in_any_text(text: str) -> None:
    check(text)


@RANDOM
@given(st.binary(max_size=400))
def test_spans_are_true_in_any_bytes(content: bytes) -> None:
    reading = read(content, Meta(filename="x.txt"), GAZETTEER)
    assert (reading.error is None) == (reading.document is not None)
