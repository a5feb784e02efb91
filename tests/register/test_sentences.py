"""Every standing as a sentence, in both languages, from moves alone."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from ikrar.kernel.conversation import Reason
from ikrar.kernel.evidence import Attestation
from ikrar.kernel.marks import Occasion
from ikrar.kernel.move import Kind, Move, Terms, When
from ikrar.kernel.standing import Telling, fold, refusal
from ikrar.register.sentences import Case, Voice, act_title, refusal_sentence, standing_sentence
from ikrar.register.sentences.moves import reason_sentence
from ikrar.register.sentences.wording import wording_of

NAMES = {
    "en": {"XAA": "Aurelia", "XBB": "Borealia", "XCC": "Corvia"},
    "id": {"XAA": "Aurelia", "XBB": "Borealia", "XCC": "Corvia"},
}
TITLES = {"en": "Open the border post", "id": "Membuka pos perbatasan"}
DAY = date(2031, 6, 1)


class Talk:
    """A conversation in which XAA asks and XBB is to act."""

    def __init__(self) -> None:
        self.moves: list[Move] = []

    def say(self, kind: str, by: str, day: str, **fields: Any) -> str:
        move = Move(
            kind=Kind(kind),
            by=by,
            performer="XBB",
            made_on=When.parse(day),
            undertaking=self.moves[0].move_id if self.moves else None,
            **fields,
        )
        self.moves.append(move)
        return move.move_id

    def case(self, day: date = DAY, **fields: Any) -> Case:
        tellings = [Telling(move, Attestation.REPORTED) for move in self.moves]
        return Case(fold(tellings), day, **fields)


def told(case: Case, language: str) -> str:
    with translation.override(language):
        wording = wording_of(TITLES[language], "Borealia", language)
        sentence = standing_sentence(case, Voice(NAMES[language], wording))
    return f"{sentence.lead} {sentence.story}"


def asked(talk: Talk, **fields: Any) -> str:
    return talk.say("request", "XAA", "2031-05-04", **fields)


def terms(due: str) -> Terms:
    return Terms("open the border post", When.parse(due))


def requested(talk: Talk) -> None:
    asked(talk, terms=terms("2031"))


def acknowledged(talk: Talk) -> None:
    requested(talk)
    talk.say("acknowledge", "XBB", "2031-05-04")


def hedged_promise(talk: Talk) -> None:
    asked(talk)
    talk.say("promise", "XBB", "2031-05-05", hedged=True)


def offered_to_everybody(talk: Talk) -> None:
    talk.say("offer", "XBB", "2031-05")


def welcomed_offer(talk: Talk) -> None:
    offer = talk.say("offer", "XBB", "2031-05-04", to=("XAA",))
    talk.say("acknowledge", "XAA", "2031-05-05", answers=offer)


def leaned_towards_no(talk: Talk) -> None:
    request = asked(talk)
    talk.say("decline", "XBB", "2031-05-06", answers=request, hedged=True)


def countered(talk: Talk) -> None:
    asked(talk)
    talk.say("counter", "XBB", "2031-05-05", terms=Terms("open it in winter", When.parse("2031")))


def promised(talk: Talk) -> None:
    asked(talk, terms=terms("2031-07"))
    talk.say("promise", "XBB", "2031-05-05")


def accepted(talk: Talk) -> None:
    asked(talk)
    counter = talk.say("counter", "XBB", "2031-05-05", terms=terms("2031-08-31"))
    talk.say("accept", "XAA", "2031-05-06", answers=counter)


def overdue(talk: Talk) -> None:
    asked(talk, terms=terms("2031-05-20"))
    talk.say("promise", "XBB", "2031-05-05", terms=terms("2031-05-20"))


def change_proposed(talk: Talk) -> None:
    promised(talk)
    talk.say("counter", "XAA", "2031-05-09", terms=Terms("open two posts"))


def progress(talk: Talk) -> None:
    promised(talk)
    talk.say("report", "XBB", "2031-05-20", full=False)


def reported(talk: Talk) -> None:
    promised(talk)
    talk.say("report", "XBB", "2031-05-20")


def never_promised(talk: Talk) -> None:
    asked(talk)
    talk.say("report", "XBB", "2031-05-20")


def disputed(talk: Talk) -> None:
    reported(talk)
    talk.say("dispute", "XAA", "2031-05-21")


def confirmed(talk: Talk) -> None:
    reported(talk)
    talk.say("confirm", "XAA", "2031-05-22")


def declined(talk: Talk) -> None:
    request = asked(talk)
    talk.say("decline", "XBB", "2031-05-05", answers=request)


def request_withdrawn(talk: Talk) -> None:
    request = asked(talk)
    talk.say("withdraw", "XAA", "2031-05-05", answers=request)


def offer_withdrawn(talk: Talk) -> None:
    offer = talk.say("offer", "XBB", "2031-05-04", to=("XAA",))
    talk.say("withdraw", "XBB", "2031-05-05", answers=offer)


def promise_withdrawn(talk: Talk) -> None:
    asked(talk)
    promise = talk.say("promise", "XBB", "2031-05-05")
    talk.say("withdraw", "XBB", "2031-05-06", answers=promise)


def released(talk: Talk) -> None:
    request = asked(talk)
    talk.say("promise", "XBB", "2031-05-05")
    talk.say("withdraw", "XAA", "2031-05-06", answers=request)


def two_requesters(talk: Talk) -> None:
    asked(talk)
    talk.say("request", "XCC", "2031-05-04")
    talk.say("promise", "XBB", "2031-05-05", to=("XAA",))


Told = tuple[Callable[[Talk], None], str, str]
SENTENCES: list[Told] = [
    (
        requested,
        "Not promised. Aurelia asked Borealia on 4 May 2031 to open the border post."
        " No answer is known. Due 2031.",
        "Belum dijanjikan. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka pos perbatasan."
        " Belum diketahui ada jawaban. Tenggat 2031.",
    ),
    (
        acknowledged,
        "Not promised. Aurelia asked Borealia on 4 May 2031 to open the border post."
        " Borealia answered warmly the same day; that is not a yes. Due 2031.",
        "Belum dijanjikan. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka pos perbatasan."
        " Borealia menjawab dengan hangat pada hari yang sama; itu bukan ya. Tenggat 2031.",
    ),
    (
        hedged_promise,
        "Not promised. Aurelia asked Borealia on 4 May 2031 to open the border post."
        " Borealia said on 5 May 2031, in softened words, that it is ready;"
        " that counts as an offer, not as a promise.",
        "Belum dijanjikan. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka pos perbatasan."
        " Borealia menyatakan pada 5 Mei 2031, dengan kata-kata lunak, bahwa pihaknya siap;"
        " itu terhitung tawaran, bukan janji.",
    ),
    (
        offered_to_everybody,
        "Offered, not accepted. Borealia offered all who ask in May 2031 to open the border post."
        " No answer is known.",
        "Ditawarkan, belum diterima. Borealia menawarkan kepada semua yang meminta pada Mei 2031"
        " untuk membuka pos perbatasan. Belum diketahui ada jawaban.",
    ),
    (
        welcomed_offer,
        "Offered, not accepted. Borealia offered Aurelia on 4 May 2031 to open the border post."
        " Aurelia welcomed the offer on 5 May 2031; that is not an acceptance.",
        "Ditawarkan, belum diterima. Borealia menawarkan kepada Aurelia pada 4 Mei 2031 untuk"
        " membuka pos perbatasan. Aurelia menyambut baik tawaran itu pada 5 Mei 2031;"
        " itu bukan penerimaan.",
    ),
    (
        leaned_towards_no,
        "Not promised. Aurelia asked Borealia on 4 May 2031 to open the border post."
        " Borealia leaned towards declining on 6 May 2031; that is not a no.",
        "Belum dijanjikan. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka pos perbatasan."
        " Borealia condong menolak pada 6 Mei 2031; itu bukan tidak.",
    ),
    (
        countered,
        "Not agreed. Aurelia asked Borealia on 4 May 2031 to open the border post."
        " Borealia proposed on 5 May 2031 instead: “open it in winter”, due 2031. Due 2031.",
        "Belum disepakati. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka pos perbatasan."
        " Borealia mengusulkan hal lain pada 5 Mei 2031: “open it in winter”, tenggat 2031."
        " Tenggat 2031.",
    ),
    (
        accepted,
        "Promised. Aurelia asked Borealia on 4 May 2031 to open the border post."
        " Borealia proposed on 5 May 2031 instead: “open the border post”, due 31 Aug 2031."
        " Aurelia accepted the proposal on 6 May 2031. Due 31 Aug 2031.",
        "Dijanjikan. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka pos perbatasan."
        " Borealia mengusulkan hal lain pada 5 Mei 2031: “open the border post”,"
        " tenggat 31 Agu 2031. Aurelia menerima usul itu pada 6 Mei 2031. Tenggat 31 Agu 2031.",
    ),
    (
        overdue,
        "Promised and overdue. Aurelia asked Borealia on 4 May 2031 to open the border post."
        " Borealia promised it on 5 May 2031."
        " It was due 20 May 2031, and nobody has reported it done.",
        "Dijanjikan dan lewat tenggat. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka"
        " pos perbatasan. Borealia menjanjikannya pada 5 Mei 2031."
        " Tenggatnya 20 Mei 2031, dan belum ada yang melaporkan pelaksanaannya.",
    ),
    (
        change_proposed,
        "Promised; a change is proposed. Aurelia asked Borealia on 4 May 2031 to open the border"
        " post. Borealia promised it on 5 May 2031. Aurelia proposed on 9 May 2031 instead:"
        " “open two posts”. Until it is agreed, the promise stays as it was.",
        "Dijanjikan; ada usul perubahan. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka"
        " pos perbatasan. Borealia menjanjikannya pada 5 Mei 2031. Aurelia mengusulkan hal lain"
        " pada 9 Mei 2031: “open two posts”. Sampai disepakati, janjinya tetap seperti semula.",
    ),
    (
        progress,
        "Promised. Aurelia asked Borealia on 4 May 2031 to open the border post."
        " Borealia promised it on 5 May 2031. Borealia reported progress on 20 May 2031.",
        "Dijanjikan. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka pos perbatasan."
        " Borealia menjanjikannya pada 5 Mei 2031. Borealia melaporkan kemajuan pada 20 Mei 2031.",
    ),
    (
        reported,
        "Said to be done, not confirmed. Aurelia asked Borealia on 4 May 2031 to open the border"
        " post. Borealia promised it on 5 May 2031. Borealia reported on 20 May 2031 that it is"
        " done. Aurelia has not said whether it agrees.",
        "Dikatakan sudah dilaksanakan, belum dikonfirmasi. Aurelia meminta Borealia pada 4 Mei"
        " 2031 untuk membuka pos perbatasan. Borealia menjanjikannya pada 5 Mei 2031. Borealia"
        " melaporkan pada 20 Mei 2031 bahwa ini sudah dilaksanakan."
        " Aurelia belum menyatakan setuju atau tidak.",
    ),
    (
        disputed,
        "Disputed. Aurelia asked Borealia on 4 May 2031 to open the border post. Borealia promised"
        " it on 5 May 2031. Borealia reported on 20 May 2031 that it is done. Aurelia said on"
        " 21 May 2031 that it has not been done as promised.",
        "Disangkal. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka pos perbatasan."
        " Borealia menjanjikannya pada 5 Mei 2031. Borealia melaporkan pada 20 Mei 2031 bahwa ini"
        " sudah dilaksanakan. Aurelia menyatakan pada 21 Mei 2031 bahwa ini tidak dilaksanakan"
        " seperti yang dijanjikan.",
    ),
    (
        confirmed,
        "Done and confirmed. Aurelia asked Borealia on 4 May 2031 to open the border post."
        " Borealia promised it on 5 May 2031. Borealia reported on 20 May 2031 that it is done."
        " Aurelia confirmed on 22 May 2031 that it is done.",
        "Sudah dilaksanakan dan dikonfirmasi. Aurelia meminta Borealia pada 4 Mei 2031 untuk"
        " membuka pos perbatasan. Borealia menjanjikannya pada 5 Mei 2031. Borealia melaporkan"
        " pada 20 Mei 2031 bahwa ini sudah dilaksanakan. Aurelia mengonfirmasi pada 22 Mei 2031"
        " bahwa ini sudah dilaksanakan.",
    ),
    (
        declined,
        "Declined. Aurelia asked Borealia on 4 May 2031 to open the border post."
        " Borealia declined the request on 5 May 2031.",
        "Ditolak. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka pos perbatasan."
        " Borealia menolak permintaan itu pada 5 Mei 2031.",
    ),
    (
        request_withdrawn,
        "The request was withdrawn. Aurelia asked Borealia on 4 May 2031 to open the border post."
        " Aurelia withdrew its request on 5 May 2031.",
        "Permintaannya ditarik. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka pos"
        " perbatasan. Aurelia menarik permintaannya pada 5 Mei 2031.",
    ),
    (
        offer_withdrawn,
        "The offer was withdrawn. Borealia offered Aurelia on 4 May 2031 to open the border post."
        " Borealia withdrew its offer on 5 May 2031.",
        "Tawarannya ditarik. Borealia menawarkan kepada Aurelia pada 4 Mei 2031 untuk membuka pos"
        " perbatasan. Borealia menarik tawarannya pada 5 Mei 2031.",
    ),
    (
        promise_withdrawn,
        "The promise was withdrawn. Aurelia asked Borealia on 4 May 2031 to open the border post."
        " Borealia promised it on 5 May 2031. Borealia withdrew its promise on 6 May 2031.",
        "Janjinya ditarik. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka pos perbatasan."
        " Borealia menjanjikannya pada 5 Mei 2031. Borealia menarik janjinya pada 6 Mei 2031.",
    ),
    (
        released,
        "Released from the promise. Aurelia asked Borealia on 4 May 2031 to open the border post."
        " Borealia promised it on 5 May 2031. Aurelia withdrew its request on 6 May 2031.",
        "Dibebaskan dari janji. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka pos"
        " perbatasan. Borealia menjanjikannya pada 5 Mei 2031."
        " Aurelia menarik permintaannya pada 6 Mei 2031.",
    ),
    (
        two_requesters,
        "Promised. Aurelia asked Borealia on 4 May 2031 to open the border post. Borealia promised"
        " it on 5 May 2031. It stands differently towards each:"
        " towards Aurelia: promised; towards Corvia: requested.",
        "Dijanjikan. Aurelia meminta Borealia pada 4 Mei 2031 untuk membuka pos perbatasan."
        " Borealia menjanjikannya pada 5 Mei 2031. Kedudukannya berbeda terhadap masing-masing:"
        " terhadap Aurelia: dijanjikan; terhadap Corvia: diminta.",
    ),
]


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize(
    ("tell", "en", "indonesian"), SENTENCES, ids=lambda e: getattr(e, "__name__", "")
)
def test_standing_is_told(
    tell: Callable[[Talk], None], en: str, indonesian: str, language: str
) -> None:
    talk = Talk()
    tell(talk)

    assert told(talk.case(), language) == {"en": en, "id": indonesian}[language]


def test_promise_with_due_day_says_it() -> None:
    talk = Talk()
    talk.say("promise", "XBB", "2031-05-05", to=("XAA",), terms=terms("2031-07"))

    assert told(talk.case(), "en") == (
        "Promised. Borealia promised Aurelia on 5 May 2031 to open the border post. Due Jul 2031."
    )


def test_secret_ballot_says_that_nobody_can_tell() -> None:
    talk = Talk()
    acknowledged(talk)
    ballot = Occasion("Election of the Tin Council", date(2031, 5, 30), is_secret=True)

    lapsed = told(talk.case(occasion=ballot), "en")

    assert lapsed.startswith("Not promised, and lapsed. Aurelia asked Borealia")
    assert "nobody can tell what Borealia did" in lapsed
    assert "kept nor as broken" in lapsed
    assert "tidak ada yang dapat mengatakan apa yang dilakukan Borealia" in told(
        talk.case(occasion=ballot), "id"
    )
    assert told(talk.case(date(2031, 5, 30), occasion=ballot), "en").startswith("Not promised.")


def test_sleeping_promise_is_neither_plain_nor_overdue() -> None:
    talk = Talk()
    overdue(talk)

    sleeping = told(talk.case(sleeping=frozenset({"XAA"})), "en")

    assert sleeping.startswith("Promised on a condition that is not met.")
    assert "overdue" not in sleeping


def test_report_without_promise_says_so() -> None:
    talk = Talk()
    never_promised(talk)

    assert "It had never been promised." in told(talk.case(), "en")


def test_repeated_request_is_told_as_asked_again() -> None:
    talk = Talk()
    acknowledged(talk)
    talk.say("request", "XAA", "2031-05-09")

    sentence = told(talk.case(), "en")

    assert "Aurelia asked again on 9 May 2031." in sentence
    assert "warmly" not in sentence


def test_nothing_stands_without_moves() -> None:
    assert told(Talk().case(), "en") == "Nothing stands. No move about it counts on this day."


def test_joint_promise_is_told_as_agreed() -> None:
    talk = Talk()
    talk.say("promise", "XBB", "2031-05-04", to=("XAA",), joint="0" * 32)

    assert "Borealia agreed with Aurelia on 4 May 2031 to open" in told(talk.case(), "en")


@pytest.mark.parametrize(
    ("title", "language", "text", "is_deed"),
    [
        ("Support the bid.", "en", "support the bid", True),
        ("Borealia to support the bid", "en", "support the bid", True),
        ("Borealia open a post", "en", "open a post", True),
        ("Support for the bid", "en", "Support for the bid", False),
        ("Peace in the region", "en", "Peace in the region", False),
        ("Borealian workers", "en", "Borealian workers", False),
        ("Mendukung pencalonan", "id", "mendukung pencalonan", True),
        ("Borealia mendukung pencalonan", "id", "mendukung pencalonan", True),
        ("Kerja sama Borealia", "id", "Kerja sama Borealia", False),
    ],
)
def test_title_is_set_into_a_sentence(title: str, language: str, text: str, is_deed: bool) -> None:
    wording = wording_of(title, "Borealia", language)

    assert (wording.text, wording.is_deed) == (text, is_deed)


def test_title_that_is_no_deed_is_quoted() -> None:
    talk = Talk()
    asked(talk)
    voice = Voice(NAMES["en"], wording_of("Peace in the region", "Borealia", "en"))

    with translation.override("en"):
        sentence = standing_sentence(talk.case(), voice)

    assert sentence.story.startswith("Aurelia asked Borealia on 4 May 2031: “Peace in the region”.")


@pytest.mark.parametrize("reason", list(Reason))
def test_reason_has_a_sentence(reason: Reason) -> None:
    with translation.override("id"):
        assert reason_sentence(reason.value).endswith(".")


def test_refusal_names_move_standing_and_what_is_possible() -> None:
    talk = Talk()
    asked(talk)
    tellings = [Telling(move, Attestation.REPORTED) for move in talk.moves]
    talk.say("dispute", "XAA", "2031-05-05")

    refused = refusal(tellings, Telling(talk.moves[-1], Attestation.RECORDED))

    assert refused is not None
    with translation.override("en"):
        sentence = refusal_sentence(refused)
    assert sentence.startswith("This move (dispute) would change nothing")
    assert "where it stands now: requested." in sentence
    assert "Possible for this side now: request" in sentence


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("by", ["XAA", "XBB"])
def test_every_move_has_a_title(kind: Kind, by: str) -> None:
    move = Move(kind=kind, by=by, performer="XBB", made_on=When.parse("2031"), to=("XAA",))

    with translation.override("en"):
        title = act_title(move, None, Voice(NAMES["en"]))

    assert title.startswith(NAMES["en"][by])
    assert "%" not in title
