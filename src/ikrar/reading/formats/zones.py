"""Draw the zones: by the file's own structure, then by wording, then by place on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from ikrar.kernel.move import Precision
from ikrar.reading.formats.extract import Extract, Stretch
from ikrar.reading.gazetteer import EntryKind, Gazetteer
from ikrar.reading.text import Label, Zone, lowered, normalise
from ikrar.reading.time import TimeKind, find_times

_FILE: Final = Path(__file__).with_name("zones.yaml")
_LONG_WORDS: Final = 22
_LONGEST_RULE: Final = 700
_TITLE_LENGTH: Final = 220
_LOOK_FOR_DATELINE: Final = 4
_STOPPED: Final = re.compile(r"[.!?;:,][\"”’')]*$")
_ONLY_SIGNS: Final = re.compile(r"[\W_]+")
_NAME: Final = re.compile(r"(?:[A-Z][\w'’.-]+ ?){2,4}\.?")
_INITIALS: Final = re.compile(r"\((?:[\w*/ .-]{1,24})\)\.?")
_DATELINE: Final = re.compile(
    r"(?P<place>[A-Z][\w.'’]*(?:[ -][A-Z][\w.'’]*){0,3})"
    r"(?P<more>(?:, (?:[\w./ ]{2,40}|[A-Z][\w.]+ \d{1,2}(?:, \d{4})?))?(?: ?\([^()\n]{2,40}\))?"
    r"(?:, [\w./ ]{2,40})?)\s?(?:—|–|--|-(?=\s)|:(?=\s))\s*"
)


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """A wording that gives a paragraph its label, with sentences it must and must not take."""

    id: str
    label: Label
    pattern: re.Pattern[str]
    reach: str
    longest: int
    must: tuple[str, ...]
    must_not: tuple[str, ...]

    def takes(self, paragraph: str) -> bool:
        """Whether the wording of this paragraph is meant."""
        return self.takes_plain(_plain(paragraph))

    def takes_plain(self, plain: str) -> bool:
        """The same for a paragraph in small letters with plain marks and single spaces."""
        return len(plain) <= self.longest and self.pattern.match(plain) is not None


@lru_cache(maxsize=1)
def zone_rules() -> tuple[ZoneRule, ...]:
    """The rules of `zones.yaml` in order."""
    return tuple(_rule(entry) for entry in yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def _rule(entry: dict[str, Any]) -> ZoneRule:
    return ZoneRule(
        id=entry["id"],
        label=Label(entry["label"]),
        pattern=re.compile(entry["pattern"]),
        reach=entry.get("reach", "paragraph"),
        longest=entry.get("longest", 120),
        must=tuple(entry["must"]),
        must_not=tuple(entry["must_not"]),
    )


def draw_zones(extract: Extract) -> tuple[Zone, ...]:
    """The zones of an extract, in order; flags `after_rule` where a tail is left out."""
    labelled = _by_wording(extract)
    labelled = _by_rule(extract, labelled)
    labelled = _by_place(extract, labelled)
    whole = [
        Zone(stretch.start, stretch.end, stretch.label or Label.BODY)
        for stretch in labelled
        if stretch.start < stretch.end
    ]
    return tuple(_with_datelines(extract.text, whole))


def _by_wording(extract: Extract) -> list[Stretch]:
    rest: Label | None = None
    section: Label | None = None
    found: list[Stretch] = []
    for stretch in extract.stretches:
        paragraph = extract.text[stretch.start : stretch.end]
        if section and (_is_long(paragraph) or stretch.label):
            section = None
        label = stretch.label or rest
        if label is None and (rule := _rule_for(paragraph)):
            label = rule.label
            rest = rule.label if rule.reach == "rest" else rest
            section = rule.label if rule.reach == "section" else section
        found.append(replace(stretch, label=label or section))
    return found


def _rule_for(paragraph: str) -> ZoneRule | None:
    if len(paragraph) > _LONGEST_RULE:
        return None
    plain = _plain(paragraph)
    return next((rule for rule in zone_rules() if rule.takes_plain(plain)), None)


def _plain(paragraph: str) -> str:
    return " ".join(lowered(normalise(paragraph)).split())


def _is_long(paragraph: str) -> bool:
    return len(paragraph.split()) >= _LONG_WORDS


def _by_rule(extract: Extract, stretches: list[Stretch]) -> list[Stretch]:
    """Below a rule near the end stands what others added: it is kept, but not read."""
    first = next((place for place, one in enumerate(stretches) if one.is_after_rule), None)
    if first is None or stretches[first].start < len(extract.text) * 0.6:
        return stretches
    tail = [
        replace(one, label=one.label or _under_rule(extract.text[one.start : one.end]))
        for one in stretches[first:]
    ]
    if any(one.label is Label.SUMMARY for one in tail):
        extract.flags.append("after_rule")
    return [*stretches[:first], *tail]


def _under_rule(paragraph: str) -> Label:
    return Label.BOILERPLATE if _ONLY_SIGNS.fullmatch(paragraph) else Label.SUMMARY


def _by_place(extract: Extract, stretches: list[Stretch]) -> list[Stretch]:
    words = [extract.text[one.start : one.end] for one in stretches]
    longs = [
        place for place, one in enumerate(stretches) if not one.label and _is_long(words[place])
    ]
    head = longs[0] if longs else len(stretches)
    titles = _titles(extract, stretches, words, head)
    found = [
        replace(one, label=Label.TITLE) if place in titles else one
        for place, one in enumerate(stretches)
    ]
    for place, one in enumerate(found):
        if one.label is None and _ONLY_SIGNS.fullmatch(words[place]):
            found[place] = replace(one, label=Label.BOILERPLATE)
        elif one.label is None and longs and place < head:
            found[place] = replace(one, label=_head_label(words[place]))
    if longs:
        _label_tail(found, words, longs[-1])
    return found


def _titles(
    extract: Extract, stretches: list[Stretch], words: list[str], head: int
) -> frozenset[int]:
    """The places of the title and its repetitions at the top."""
    known = {_key(words[place]) for place, one in enumerate(stretches) if one.label is Label.TITLE}
    has_title = bool(known)
    if extract.title:
        known.add(_key(extract.title))
    top = [place for place in range(min(head, 6)) if stretches[place].label is None]
    if not has_title and not any(_key(words[place]) in known for place in top):
        known |= {_key(words[place]) for place in top[:1] if _reads_as_title(words[place])}
    return frozenset(place for place in top if _key(words[place]) in known)


def _reads_as_title(words: str) -> bool:
    return (
        len(words) <= _TITLE_LENGTH
        and len(words.split()) >= 3
        and not _STOPPED.search(words)
        and not _INITIALS.fullmatch(words)
    )


def _key(words: str) -> str:
    return "".join(letter for letter in words.lower() if letter.isalnum())


def _head_label(words: str) -> Label | None:
    """Above the report stand its day and hour, rubrics, and sometimes a sentence of its own."""
    if len(words) <= 120 and not _STOPPED.search(words) and _day_in(words):
        return Label.BYLINE
    if len(words.split()) <= 3 and not _STOPPED.search(words):
        return Label.BOILERPLATE
    return None


def _day_in(words: str) -> bool:
    return any(
        time.kind is TimeKind.ABSOLUTE and time.when and time.when.precision is Precision.DAY
        for time in find_times(words)
    )


def _label_tail(stretches: list[Stretch], words: list[str], last_long: int) -> None:
    """Below the report stand its author's name and rubrics, up to the last whole sentence."""
    for place in range(len(stretches) - 1, last_long, -1):
        if stretches[place].label is not None:
            continue
        label = _tail_label(words[place])
        if label is None:
            return
        stretches[place] = replace(stretches[place], label=label)


def _tail_label(words: str) -> Label | None:
    if _NAME.fullmatch(words) and len(words) <= 60:
        return Label.BYLINE
    if _INITIALS.fullmatch(words):
        return Label.BYLINE
    is_short = len(words.split()) <= 5 and not _STOPPED.search(words)
    return Label.BOILERPLATE if is_short else None


def _with_datelines(text: str, zones: list[Zone]) -> Iterator[Zone]:
    bodies = 0
    for zone in zones:
        end = None
        if zone.label is Label.BODY and bodies < _LOOK_FOR_DATELINE:
            bodies += 1
            end = _dateline_end(text, zone)
        if end is None:
            yield zone
        else:
            bodies = _LOOK_FOR_DATELINE
            yield Zone(zone.start, end, Label.DATELINE)
            yield Zone(end, zone.end, Label.BODY)


def _dateline_end(text: str, zone: Zone) -> int | None:
    match = _DATELINE.match(text, zone.start, min(zone.end, zone.start + 140))
    if match is None or match.end() >= zone.end:
        return None
    place = match["place"]
    is_dateline = place.isupper() or _is_place(place) or ("(" in match["more"] and len(place) < 30)
    return match.end() if is_dateline else None


def _is_place(words: str) -> bool:
    """Whether the gazetteer knows these words as a place."""
    key = lowered(normalise(words))
    entries = Gazetteer.load().surfaces.get(key, ())
    return any(entry.kind is EntryKind.PLACE for entry in entries)
