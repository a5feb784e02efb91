"""What a reader may not know leaves no trace: the same register, alone and among what is hidden.

Everything visible is appended twice, the second time with hidden things before, between and after.
Every page and export is asked for both times; the answers are the same bytes but for tokens and
instants.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.factories.accounts import make_account
from tests.pages.addresses import addresses
from tests.register.moves import answer, opening
from tests.register.world import ASKED, WELCOMED, keep_report, witness

from ikrar.accounts.models import Account
from ikrar.accounts.vocabulary import Role
from ikrar.desk.models import Statement
from ikrar.kernel.evidence import Classification
from ikrar.kernel.move import Condition, Terms, When
from ikrar.register.actions import sources
from ikrar.register.actions.sources import MeetingFacts, keep_meeting
from ikrar.register.log.annul import AnnulOrder, annul
from ikrar.register.log.moves import NewMove, append_moves
from ikrar.register.log.record import Opening, Witness
from ikrar.register.models import Meeting, RecordedMove, Source

pytestmark = pytest.mark.django_db

NEUTRAL = [
    (re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"'), b"TOKEN"),
    (re.compile(rb'name="once" value="[^"]+"'), b"ONCE"),
    (re.compile(rb"\d{2}:\d{2}(:\d{2})? UTC"), b"INSTANT"),
]
BRIDGE = "Borealia also spoke of a bridge"
TEXT = f"Borealia asked for a border post\n{ASKED}. {WELCOMED}. {BRIDGE}.\nRead also: other news"
WHERE = [
    (Classification.RESTRICTED, "general"),
    (Classification.SECRET, "general"),
    (Classification.PUBLIC, "visit"),
]
RANDOM = {"mfa_activate_totp"}
"""Pages that show another secret each time."""
READERS = {
    "the public": None,
    "a reader": Role.READER,
    "a recorder": Role.RECORDER,
    "a reviewer": Role.REVIEWER,
}


@dataclass
class Register:
    """One way of building the same visible register; hidden things lie in between, or not."""

    is_guarded: bool
    patch: pytest.MonkeyPatch
    paths: list[str] = field(default_factory=list)
    secrets: Iterator[int] = field(default_factory=lambda: count(1))

    def build(self) -> None:
        self._name("V")
        self._hide(None)
        source, copy = keep_report(TEXT), keep_report(f"{TEXT} today")
        meeting = meet((source, None), (copy, source))
        self._hide(source, meeting)
        asked = self._open("request", "11", meeting, (witness(source, ASKED, "request"),))
        self._hide(source, meeting)
        warm_words = witness(source, WELCOMED, "acknowledge")
        warm = self._answer(asked, "acknowledge", "12", witnesses=(warm_words,))
        wrong = self._answer(asked, "decline", "13", answers=asked.move.move_id)
        self._strike(wrong)
        self._hide(source, meeting)
        other = self._open("request", "21", meeting)
        hoped = opened_bridge("31", Classification.RESTRICTED).move.move_id
        terms = Terms("open the bridge", When.parse("2026-01-15"), Condition(hoped))
        self._answer(other, "promise", "22", answers=other.move.move_id, terms=terms)
        self._hide_what_is_waited_for(other)
        self._hide(source, meeting)
        self.paths = [*self._paths(asked, warm, source, copy, meeting)]

    def _paths(
        self, asked: NewMove, warm: NewMove, source: Source, copy: Source, meeting: Meeting
    ) -> Iterator[str]:
        for symbol in ("XBB/2025/V11", "XBB/2025/V21"):
            parts = dict(zip(("party", "year", "code"), symbol.split("/"), strict=True))
            for name in ("undertaking", "public:undertaking"):
                yield reverse(name, kwargs=parts)
                yield reverse(name, kwargs=parts) + "?true_on=2025-05-05&known_on=2040-01-01"
            yield reverse("record", kwargs={**parts, "kind": "report"})
        for kept in (source, copy):
            yield reverse("source", args=[kept.symbol])
        yield reverse("meeting", args=[meeting.symbol])
        for room in ("/register/", "/public/"):
            yield from (f"{room}{more}" for more in QUESTIONS)
        yield from (
            reverse(each.name)
            for each in addresses()
            if not each.has_parts and each.name not in RANDOM
        )

    def _name(self, prefix: str) -> None:
        """Let names that are drawn at random tell who drew them, and the rest be the same."""
        numbers = count(1)
        self.patch.setattr(sources, "new_code", lambda _=8: f"{prefix}{next(numbers)}")

    def _open(
        self, kind: str, salt: str, meeting: Meeting, witnesses: tuple[Witness, ...] = ()
    ) -> NewMove:
        opened = Opening(
            f"XBB/2025/V{salt}",
            Classification.PUBLIC,
            titles={"en": f"Open post {salt}"},
            meeting=meeting.symbol,
        )
        told = opening(kind, by="XAA", performer="XBB", day="2025-05-04", salt=salt * 16,
                       record={"opening": opened, "witnesses": witnesses})  # fmt: skip
        append_moves([told])
        return told

    def _answer(
        self,
        asked: NewMove,
        kind: str,
        salt: str,
        *,
        witnesses: tuple[Witness, ...] = (),
        **fields: object,
    ) -> NewMove:
        told = answer(asked, kind, by="XBB", day="2025-05-04", salt=salt * 16,
                      record={"witnesses": witnesses}, **fields)  # fmt: skip
        append_moves([told])
        return told

    def _strike(self, told: NewMove) -> None:
        row = RecordedMove.objects.get(move_id=told.move.move_id)
        annul(AnnulOrder(row.pk, None, "It speaks of another post."))

    def _hide(self, source: Source | None, meeting: Meeting | None = None) -> None:
        """Add hidden things of every sort, under names of their own."""
        if not self.is_guarded:
            return
        kept = sources.new_code
        self.patch.setattr(sources, "new_code", lambda _=8: f"H{next(self.secrets)}")
        for level, compartment in WHERE:
            hide(next(self.secrets), level, compartment, source, meeting)
        self.patch.setattr(sources, "new_code", kept)

    def _hide_what_is_waited_for(self, other: NewMove) -> None:
        """Promise the hidden bridge that an open promise waits for; it waits for that in turn."""
        if not self.is_guarded:
            return
        told = opened_bridge("31", Classification.RESTRICTED)
        terms = Terms("the bridge", None, Condition(other.move.move_id))
        promised = answer(told, "promise", by="XBB", salt="32" * 16, terms=terms,
                          answers=told.move.move_id)  # fmt: skip
        append_moves([told, promised])


def opened_bridge(salt: str, level: Classification) -> NewMove:
    opened = Opening(f"XBB/2025/HB{salt}", level, titles={"en": "A bridge nobody knows of"})
    return opening("request", by="XAA", performer="XBB", salt=salt * 16, day="2025-05-04",
                   record={"opening": opened})  # fmt: skip


def meet(*reports: tuple[Source, Source | None], meeting: Meeting | None = None) -> Meeting:
    facts = MeetingFacts(
        held_on=When.parse("2025-05-04").first,
        precision="day",
        place="Tinport",
        venue="",
        kind="bilateral",
        parties=("XAA", "XBB"),
        participants=(("Ada Tarn", "Minister of Borders", "XAA", "principal"),),
    )
    told = [(report.pk, copied.pk if copied else None) for report, copied in reports]
    return Meeting.objects.get(pk=keep_meeting(facts, told, meeting=meeting and meeting.pk))


def hide(
    number: int,
    level: Classification,
    compartment: str,
    source: Source | None,
    meeting: Meeting | None,
) -> None:
    """Add a hidden source, meeting, statement and undertaking, tied to what is open if they can."""
    report = keep_report(f"{TEXT} {number}", level=level, compartment=compartment)
    room = meet((report, None))
    is_beside = compartment == "general" and source is not None
    proof = [witness(report, ASKED, "request")]
    if is_beside and source and meeting:
        proof.append(witness(source, BRIDGE, "request"))
        room = meeting
        first = source if number % 2 else report
        meet((source, None if first is source else report), (report, first if number % 2 else None),
             meeting=meeting)  # fmt: skip
    state(report, room)
    opened = Opening(
        f"XBB/2025/H{number}",
        level,
        titles={"en": "A bridge nobody knows of"},
        meeting=room.symbol,
    )
    told = opening("request", by="XAA", performer="XBB", record={"opening": opened,
                   "witnesses": tuple(proof)})  # fmt: skip
    promised = answer(told, "promise", by="XBB", answers=told.move.move_id)
    append_moves([told, promised], compartment=compartment)
    row = RecordedMove.objects.get(move_id=promised.move.move_id)
    annul(AnnulOrder(row.pk, None, "It speaks of another bridge."))


def state(source: Source, meeting: Meeting) -> None:
    """Leave a statement waiting at the desk."""
    Statement.objects.create(
        source=source, meeting=meeting, key="s1", group=f"{source.pk}:s1", kind="inform",
        origin="rule", theme="", hedged=False, joint=False, grade="press", start=0, end=20,
        cue_start=0, cue_end=5, rule="a rule", from_parties=["XAA"],
    )  # fmt: skip


QUESTIONS = [
    "?standing=promised",
    "?due=overdue",
    "?true_on=2025-05-05&known_on=2040-01-01",
    "?true_on=2030-01-01",
    "?words=bridge",
    "?words=XBB/",
    "?performer=XBB",
    "?after=XBB/2025/V21",
    "?before=XBB/2025/V11",
    "?after=XBB/2025/HB31",
    "rows.csv?true_on=2030-01-01",
    "rows.json?standing=closed&standing=struck",
]


def answers(register: Register, account: Account | None) -> dict[str, bytes]:
    client = Client(raise_request_exception=False)
    if account:
        client.force_login(account)
    found = {}
    for path in register.paths:
        told = client.get(path)
        body = told.getvalue()
        for pattern, neutral in NEUTRAL:
            body = pattern.sub(neutral, body)
        found[path] = b"%d %s\n%s" % (
            told.status_code, told.get("Location", "").encode(), body)  # fmt: skip
    return found


def asked_twice(
    readers: dict[str, Account | None], patch: pytest.MonkeyPatch
) -> list[dict[str, dict[str, bytes]]]:
    found = []
    for is_guarded in (False, True):
        with transaction.atomic():
            register = Register(is_guarded, patch)
            register.build()
            found.append({who: answers(register, each) for who, each in readers.items()})
            transaction.set_rollback(True)
    return found


def test_hidden_leaves_no_trace_on_any_page_or_export(monkeypatch: pytest.MonkeyPatch) -> None:
    readers = {
        who: make_account(role, Classification.INTERNAL, language="en") if role else None
        for who, role in READERS.items()
    }

    alone, among = asked_twice(readers, monkeypatch)

    different = [
        (who, path)
        for who in readers
        for path in alone[who].keys() | among[who].keys()
        if alone[who].get(path) != among[who].get(path)
    ]
    assert not different
