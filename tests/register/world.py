"""A small register between two invented States, with everything that a page can show."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from tests.register.moves import answer, opening

from ikrar.accounts.models import Account
from ikrar.kernel.evidence import Attestation, Classification, EvidenceGrade
from ikrar.kernel.move import Terms, When
from ikrar.reading.span import Span
from ikrar.reading.text import Document, Label, Zone
from ikrar.register.actions.sources import (
    Custody,
    MeetingFacts,
    keep_meeting,
    keep_passages,
    keep_source,
)
from ikrar.register.log.annul import AnnulOrder, annul
from ikrar.register.log.moves import NewMove, append_moves
from ikrar.register.log.record import Opening, Witness
from ikrar.register.models import Meeting, RecordedMove, Source, Undertaking

TEXT = (
    "Borealia asked for a border post\n"
    "Aurelia asked Borealia to open the border post by 2031. Borealia welcomed it.\n"
    "Read also: other news"
)
ASKED = "Aurelia asked Borealia to open the border post by 2031"
WELCOMED = "Borealia welcomed it"


@dataclass
class SmallRegister:
    """What was made: a meeting, its report and a copy, an undertaking with an annulled move."""

    source: Source
    copy: Source
    meeting: Meeting
    undertaking: Undertaking
    request: NewMove
    annulled_seq: int
    acknowledged_seq: int

    @property
    def acknowledged(self) -> str:
        """The acknowledgement as addresses name it."""
        return RecordedMove.objects.get(entry__seq=self.acknowledged_seq).move_id[:8]

    @property
    def symbol(self) -> dict[str, str]:
        """The undertaking's symbol as parts of an address."""
        return dict(zip(("party", "year", "code"), self.undertaking.symbol.split("/"), strict=True))


def keep_report(
    text: str = TEXT, *, level: Classification = Classification.PUBLIC, compartment: str = "general"
) -> Source:
    content = text.encode()
    ends = text.index("\n") if "\n" in text else len(text)
    last = text.rindex("\n") + 1 if "\n" in text else len(text)
    document = Document(
        sha256=sha256(content).hexdigest(),
        media_type="text/plain",
        text=text,
        zones=(Zone(0, ends, Label.TITLE), Zone(last, len(text), Label.RELATED)),
        language="en",
        title=text[:ends],
        published_on=date(2025, 5, 5),
        publisher="The Invented Gazette",
    )
    custody = Custody(classification=level, compartment=compartment, invented=True)
    return keep_source(content, document, filename="report.txt", custody=custody)[0]


def witness(
    source: Source, words: str, kind: str, *, hedged: bool = False, counted: bool = True
) -> Witness:
    start = source.text.index(words)
    keep_passages(source, [Span(start, start + len(words))])
    return Witness(
        source.sha256, start, start + len(words), EvidenceGrade.PRESS, kind, hedged, counted
    )


def meet(*sources: Source, copy: Source | None = None) -> Meeting:
    facts = MeetingFacts(
        held_on=date(2025, 5, 4),
        precision="day",
        place="Tinport",
        venue="",
        kind="bilateral",
        parties=("XAA", "XBB"),
        participants=(("Ada Tarn", "Minister of Borders", "XAA", "principal"),),
    )
    reports: list[tuple[int, int | None]] = [(source.pk, None) for source in sources]
    if copy:
        reports.append((copy.pk, sources[0].pk))
    return Meeting.objects.get(pk=keep_meeting(facts, reports))


def ask(
    *,
    level: Classification = Classification.PUBLIC,
    meeting: Meeting | None = None,
    day: str = "2025-05-04",
    titles: dict[str, str] | None = None,
    witnesses: tuple[Witness, ...] = (),
    **fields: object,
) -> NewMove:
    asked = opening("request", by="XAA", performer="XBB", day=day, level=level.value)
    told = asked.record.opening
    assert told is not None
    opened = Opening(
        told.symbol,
        level,
        titles={"en": "Open the border post"} if titles is None else titles,
        meeting=meeting.symbol if meeting else "",
        invented=True,
    )
    return opening(
        "request",
        by="XAA",
        performer="XBB",
        day=day,
        record={"opening": opened, "witnesses": witnesses},
        **{"terms": Terms("open the border post", When.parse("2031")), **fields},
    )


def make_small_register(account: Account | None = None) -> SmallRegister:
    """Fill the register."""
    source, copy = keep_report(), keep_report(f"{TEXT} today")
    meeting = meet(source, copy=copy)
    witnesses = (
        witness(source, ASKED, "request"),
        witness(copy, ASKED, "request", counted=False),
    )
    by = account.pk if account else None
    request = ask(meeting=meeting, witnesses=witnesses)
    speaker = {"name": "Bo Lind", "office": "Minister"}
    warm = answer(
        request,
        "acknowledge",
        by="XBB",
        day="2025-05-04",
        record={"witnesses": (witness(source, WELCOMED, "acknowledge"),), "speaker": speaker},
    )
    wrong = answer(request, "promise", by="XBB", day="2025-05-04", record={"account": by})
    append_moves([request])
    append_moves([warm, wrong])
    rows = {r.move_id: r for r in RecordedMove.objects.select_related("entry")}
    struck = rows[wrong.move.move_id]
    annul(AnnulOrder(struck.pk, by, "The report speaks of another post."))
    return SmallRegister(
        source=source,
        copy=copy,
        meeting=meeting,
        undertaking=Undertaking.objects.get(opened_by=request.move.move_id),
        request=request,
        annulled_seq=struck.entry.seq,
        acknowledged_seq=rows[warm.move.move_id].entry.seq,
    )


__all__ = ["Attestation", "SmallRegister", "ask", "keep_report", "make_small_register", "witness"]
