"""Sources with their passages, and whether these are really what was written."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from ikrar.register.actions.sources import sha256_hex
from ikrar.register.models import Evidence, MeetingReport, Passage, Source
from ikrar.register.rules import Reader, visible, visible_to


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found when passages were held against the stored bytes just now."""

    are_bytes_true: bool
    is_text_true: bool
    wrong: Sequence[Passage]
    count: int

    @property
    def is_true(self) -> bool:
        """Whether everything matches."""
        return self.are_bytes_true and self.is_text_true and not self.wrong


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A source, its passages in order with the moves that rest on them, and its verification."""

    source: Source
    passages: Sequence[Passage]
    verified: Verified
    meetings: Sequence[MeetingReport]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of text; `passages` are those that cover it, `begins` those that begin here."""

    text: str
    passages: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the canonical text, in one zone."""

    label: str
    stretches: Sequence[Stretch]


def sources_of(reader: Reader) -> QuerySet[Source]:
    """Return the sources that the reader may see, the latest first.

    Counted are the passages on which something rests that the reader may see.
    """
    copies = MeetingReport.objects.filter(source=OuterRef("pk"), copy_of__isnull=False)
    cited = Q(visible(reader, "passages__evidence__move__undertaking__"))
    rows = visible_to(Source.objects.defer("content", "text", "zones"), reader)
    count = Count("passages", filter=cited, distinct=True)
    return rows.annotate(count=count, is_copy=Exists(copies)).order_by("-received_at", "-pk")


def source_page(reader: Reader, symbol: str) -> SourcePage | None:
    """Load a source with its passages and verify them; None if there is none to be seen."""
    source = visible_to(Source.objects.filter(symbol=symbol), reader).first()
    if source is None:
        return None
    seen = visible(reader, "move__undertaking__")
    evidence = Evidence.objects.filter(seen).select_related("move__undertaking", "move__entry")
    told = Prefetch("evidence", evidence.order_by("move__entry"), to_attr="told")
    rows = Passage.objects.filter(source=source).prefetch_related(told)
    passages = [*rows.order_by("start", "end")]
    meetings = MeetingReport.objects.filter(
        visible(reader, "meeting__"), source=source
    ).select_related("meeting", "copy_of")
    shown = [passage for passage in passages if moves_on(passage)]
    return SourcePage(source, shown, verify(source, shown), [*meetings])


def moves_on(passage: Passage) -> list[Evidence]:
    """Return the evidence that `source_page` found to rest on a passage."""
    told: list[Evidence] = passage.told  # type: ignore[attr-defined]
    return told


def verify(source: Source, passages: Sequence[Passage]) -> Verified:
    """Hash the stored bytes and text anew and hold every passage against the text."""
    wrong = [
        passage
        for passage in passages
        if source.text[passage.start : passage.end] != passage.quote
        or sha256_hex(passage.quote.encode("utf-8", "surrogatepass")) != passage.sha256
    ]
    content = bytes(source.content)
    return Verified(
        are_bytes_true=not content or sha256_hex(content) == source.sha256,
        is_text_true=sha256_hex(source.text.encode("utf-8", "surrogatepass")) == source.text_sha256,
        wrong=wrong,
        count=len(passages),
    )


def paragraphs(source: Source, passages: Sequence[Passage]) -> list[Paragraph]:
    """Cut the text into lines by zone, and these where passages begin and end.

    The stretches of all paragraphs, with the line breaks between them, are the whole text.
    """
    zones = [(start, end, label) for start, end, label in source.zones]
    found, start = [], 0
    for line in source.text.split("\n"):
        end = start + len(line)
        if line.strip():
            label = next((z[2] for z in zones if z[0] <= start < z[1]), "body")
            found.append(Paragraph(label, [*_stretches(source.text, start, end, passages)]))
        start = end + 1
    return found


def _stretches(text: str, start: int, end: int, passages: Sequence[Passage]) -> Sequence[Stretch]:
    here = [(n, p) for n, p in enumerate(passages, 1) if p.start < end and p.end > start]
    begins = {max(passage.start, start) for _, passage in here}
    ends = {min(passage.end, end) for _, passage in here}
    points = sorted({start, end} | begins | ends)
    return [
        Stretch(
            text[a:b],
            tuple(n for n, p in here if p.start <= a and p.end >= b),
            tuple(n for n, p in here if a == p.start),
        )
        for a, b in pairwise(points)
    ]
