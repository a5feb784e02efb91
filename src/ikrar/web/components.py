"""What the components of a page are given: plain values, already in the page's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from ikrar.kernel.move import When


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above this one."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several pages about the same thing."""

    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a list of facts: a term and what is true of it."""

    term: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A glyph with a word beside it."""

    glyph: str
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words as they were written, in their own language, with what they mean in the page's."""

    text: str
    language: str = ""
    gloss: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a timeline; `meta` may be safe HTML with links."""

    act: str
    glyph: str
    made_on: When | str = ""
    place: str = ""
    marks: Sequence[Mark] = ()
    quotes: Sequence[Quote] = ()
    meta: str = ""
    anchor: str = ""
    is_annulled: bool = False
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """Where reports differ: rows of (what was told, who told it), and what was kept."""

    title: str
    rows: Sequence[tuple[str, str]]
    kept: str = ""
