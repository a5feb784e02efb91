"""The demo with other States, persons, offices, places and days, to see what follows and what not.

`swapped_demo(folder)` writes a demo folder like the project's own; `swap(text)` replaces in a text.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from tests.factories.paper import make_paper, papers

import ikrar
from ikrar.reading.gazetteer.load import OWN_FOLDER

DEMO = Path(ikrar.__file__).parent / "config" / "demo"
TABLE = Path(__file__).resolve().parent.parent / "fixtures" / "swap.yaml"
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
}
WEEKDAYS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "Senin Selasa Rabu Kamis Jumat Sabtu Minggu",
)
MONTH = "|".join(name for names in MONTHS.values() for name in names.split())
WEEKDAY = "|".join(name for names in WEEKDAYS for name in names.split())
TIMES = rf"""
    (?P<iso>\b\d{{4}}(?P<sign>[-/])\d{{2}}(?P=sign)\d{{2}})
  | (?P<slashed>\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b)
  | (?P<long>\b\d{{1,2}}\ (?:{MONTH})\ \d{{4}}\b)
  | (?P<month>\b(?:{MONTH})\ \d{{4}}\b)
  | (?P<year>(?<![\d,.])20[23]\d\b)
  | (?P<weekday>\b(?:{WEEKDAY})\b)
"""


@dataclass(frozen=True)
class Table:
    """What stands for what: whole words, and by how many days and years time moves."""

    days: int
    years: int
    words: Mapping[str, str]

    @cached_property
    def forms(self) -> dict[str, str]:
        """Each word also IN CAPITALS and as-in-an-address."""
        forms: dict[str, str] = {}
        for form in (_addressed, str.upper, str):
            forms |= {form(word): form(other) for word, other in self.words.items()}
        return forms

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Times before words, longer words before shorter ones."""
        words = "|".join(re.escape(word) for word in sorted(self.forms, key=len, reverse=True))
        return re.compile(rf"{TIMES} | (?<!\w)(?P<word>{words})(?!\w)", re.VERBOSE)


@cache
def read_table() -> Table:
    """The table of tests/fixtures/swap.yaml."""
    return Table(**yaml.safe_load(TABLE.read_text("utf-8")))


def swap(text: str, language: str = "en") -> str:
    """`text` with every word and time of the table replaced, in one pass.

    `language` (`id` or `en`) decides how a month is written whose name both languages share.
    """
    table = read_table()
    return table.pattern.sub(lambda match: _other(match, table, language), text)


def swap_file_name(name: str) -> tuple[str, str]:
    """The other name of a document, and its language: `….id.txt` is Indonesian."""
    return swap(name), name.split(".")[1]


def _addressed(word: str) -> str:
    return word.lower().replace(" ", "-")


def _other(match: re.Match[str], table: Table, language: str) -> str:
    written, kind = match.group(), match.lastgroup
    if kind == "word":
        return table.forms[written]
    if kind == "weekday":
        return _other_weekday(written, table.days)
    if kind == "year":
        return str(int(written) + table.years)
    if kind == "month":
        name, year = written.split()
        return f"{name} {int(year) + table.years}"
    if kind == "long":
        return _other_long(written, table, language)
    return _other_day(written, match["sign"], table)


def _other_weekday(written: str, days: int) -> str:
    names = next(names.split() for names in WEEKDAYS if written in names.split())
    return names[(names.index(written) + days) % 7]


def _other_long(written: str, table: Table, language: str) -> str:
    day, name, year = written.split()
    names = next(names.split() for names in MONTHS.values() if name in names.split())
    moved = _moved(int(year), names.index(name) + 1, int(day), table)
    return f"{moved.day} {MONTHS[language].split()[moved.month - 1]} {moved.year}"


def _other_day(written: str, sign: str | None, table: Table) -> str:
    if sign is None:
        day, month, year = (int(part) for part in written.split("/"))
        moved = _moved(year, month, day, table)
        return f"{moved.day}/{moved.month}/{moved.year}"
    moved = _moved(*(int(part) for part in written.split(sign)), table)
    return moved.isoformat().replace("-", sign)


def _moved(year: int, month: int, day: int, table: Table) -> date:
    return date(year, month, day) + timedelta(days=table.days)


def swapped_demo(into: Path) -> Path:
    """Write the whole swapped demo below `into`: documents, lists, gazetteer. Returns `into`."""
    for folder in ("documents", "gazetteer"):
        (into / folder).mkdir(parents=True)
    for name, content in _documents():
        (into / "documents" / name).write_bytes(content)
    for listing in ("demo.yaml", "occasions.yaml"):
        (into / listing).write_text(swap((DEMO / listing).read_text("utf-8")), "utf-8")
    for name, text in _gazetteer().items():
        (into / "gazetteer" / name).write_text(swap(text), "utf-8")
    return into


def _documents() -> Iterable[tuple[str, bytes]]:
    texts = papers()
    for path in sorted((DEMO / "documents").iterdir()):
        name, language = swap_file_name(path.name)
        if path.name in texts:
            yield name, make_paper(name, swap(texts[path.name], language))
        else:
            yield name, swap(path.read_text("utf-8"), language).encode()


def _gazetteer() -> dict[str, str]:
    """The demo's gazetteer with, of the project's own, what the table has a word for."""
    known = read_table().words
    named = {
        name: {code: entry for code, entry in _both(name, {}).items() if code[:3] in known}
        for name in ("aliases.yaml", "institutions.yaml")
    }
    told: dict[str, Any] = named | {
        "persons.yaml": [one for one in _both("persons.yaml", []) if one["name"] in known],
        "places.yaml": [one for one in _both("places.yaml", []) if one["en"][0] in known],
    }
    files = {name: _dumped(_changing(entries)) for name, entries in told.items()}
    files["outlets.yaml"] = _dumped(_yaml(DEMO / "gazetteer" / "outlets.yaml"))
    return files | {"parties.csv": _parties(known)}


def _both(name: str, nothing: Any) -> Any:
    """The project's own file and the demo's, one after the other."""
    own, demo = _yaml(OWN_FOLDER / name), _yaml(DEMO / "gazetteer" / name)
    return own | demo if isinstance(nothing, dict) else own + demo


def _parties(known: Mapping[str, str]) -> str:
    """Rows of the swapped States: user-assigned letters, no number, no Khmer name."""
    folders = (OWN_FOLDER, DEMO / "gazetteer")
    texts = [(folder / "parties.csv").read_text("utf-8") for folder in folders]
    rows = [row for text in texts for row in csv.DictReader(text.splitlines())]
    rows = [row for row in rows if row["code"] in known]
    written = io.StringIO()
    out = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
    out.writeheader()
    for row in rows:
        iso2 = "X" + known[row["code"]][1]
        out.writerow(row | {"iso2": iso2, "m49": "", "standing": "invented", "name_km": ""})
    return written.getvalue()


def _changing(entries: Any) -> Any:
    """Of the forms of a name, those that the table changes: the others stay with the real party."""
    if isinstance(entries, dict):
        return {key: _changing(told) for key, told in entries.items() if key != "exact"}
    if isinstance(entries, list):
        return [_changing(told) for told in entries if isinstance(told, dict) or swap(told) != told]
    return entries


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def _dumped(entries: Any) -> str:
    """YAML with each entry on one line, as the table's words about offices need it."""
    if isinstance(entries, list):
        return "".join(f"- {_line(entry)}\n" for entry in entries)
    return "".join(f"{code}: {_line(entry)}\n" for code, entry in entries.items())


def _line(entry: Any) -> str:
    flow = yaml.safe_dump(
        entry, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10_000
    )
    return flow.strip()
