"""Load the demo: directory, documents, meetings, and what the demo account accepts of them.

Nothing here knows what the documents say: other documents give another register.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ikrar.accounts.actions import create_account
from ikrar.accounts.models import Account
from ikrar.accounts.vocabulary import Role
from ikrar.desk.acceptance import accept
from ikrar.desk.gathering import gather, waiting_units
from ikrar.desk.intake import receive
from ikrar.directory.actions import load_directory
from ikrar.kernel.evidence import Attestation, Classification
from ikrar.reading.gazetteer import Gazetteer
from ikrar.reading.text import Meta
from ikrar.register.actions.sources import Custody

FOLDER = Path(__file__).parent
DEMO_EMAIL = "demo@ikrar.example"
DEMO_NAME = "Demo"
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """A document of the demo: where it lies, what is known of it, under which terms it is kept."""

    path: Path
    meta: Meta
    custody: Custody


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did."""

    account: Account
    documents: int
    new: int
    meetings: int
    moves: int
    waiting: int


def load_demo(folder: Path = FOLDER, *, tell: Tell = lambda *_: None) -> Loaded:
    """Read a folder of demo documents into the register; a second time changes nothing."""
    gazetteer = Gazetteer.load(folder / "gazetteer")
    load_directory(folders=[folder / "gazetteer"], occasions=folder / "occasions.yaml")
    account = demo_account()
    documents = list(demo_documents(folder))
    new = 0
    for place, document in enumerate(documents, start=1):
        arrival = receive(
            document.path.read_bytes(),
            document.meta,
            custody=document.custody,
            gazetteer=gazetteer,
        )
        new += arrival.is_new
        tell(document.path.name, place, len(documents))
    meetings = gather() if new else 0
    accepted = [accept(unit, account) for unit in waiting_units()] if new else []
    return Loaded(
        account=account,
        documents=len(documents),
        new=new,
        meetings=meetings,
        moves=sum(len(a.moves) for a in accepted),
        waiting=sum(len(a.waiting) for a in accepted),
    )


def demo_account() -> Account:
    """Find or make the account that accepts in the demo; every move it accepted says so."""
    known = Account.objects.filter(email=DEMO_EMAIL).first()
    return known or create_account(
        email=DEMO_EMAIL,
        name=DEMO_NAME,
        role=Role.ADMINISTRATOR,
        clearance=Classification.SECRET,
        is_demo=True,
    )


def demo_documents(folder: Path = FOLDER) -> Iterable[DemoDocument]:
    """List the documents of a demo folder in their order of arrival."""
    listed: Any = yaml.safe_load((folder / "demo.yaml").read_text(encoding="utf-8"))
    for told in listed["documents"]:
        path = folder / "documents" / told["file"]
        published: date | None = told.get("published_on")
        yield DemoDocument(
            path=path,
            meta=Meta(
                filename=path.name,
                url=told.get("url"),
                published_on=published,
                publisher=told.get("publisher"),
            ),
            custody=Custody(
                attestation=Attestation(told["attestation"]),
                classification=Classification(told["classification"]),
                invented=bool(told["invented"]),
            ),
        )
