"""Reports of invented States, as text, and what reading makes of them."""

from datetime import date

from ikrar.reading.gazetteer import Gazetteer
from ikrar.reading.outcome import Reading
from ikrar.reading.pipeline import read
from ikrar.reading.rules import EXAMPLE_NAMES
from ikrar.reading.statement import Statement
from ikrar.reading.text import Meta

ID_LEAD = (
    "Dua menteri bertemu\n\n"
    "ZARANDA - Menteri Luar Negeri Zarania Mira Tolan bertemu Menteri Hukum Veldora Oren Dask"
    " di Zaranda, Rabu (4/3/2026). Pertemuan itu berlangsung pada pagi hari dan tidak lama, karena"
    " hujan turun dengan deras di kota itu.\n\n"
)
EN_LEAD = (
    "Two ministers meet\n\n"
    "ZARANDA - Mira Tolan, Foreign Minister of Zarania, met Oren Dask, Minister of Law of"
    " Veldora, in Zaranda on 4 March 2026. The meeting began in the morning and was a short one,"
    " for there was heavy rain in the city.\n\n"
)


def read_text(
    text: str,
    *,
    published_on: date | None = date(2026, 3, 5),
    publisher: str | None = None,
    url: str | None = None,
) -> Reading:
    """Read a text with the invented States of the rules' examples."""
    meta = Meta(
        filename="report.txt",
        media_type="text/plain",
        url=url,
        published_on=published_on,
        publisher=publisher,
    )
    return read(text.encode(), meta, Gazetteer.load(EXAMPLE_NAMES))


def told(text: str, *kinds: str, lead: str | None = None, **known: object) -> list[Statement]:
    """The statements of a report with a usual first paragraph; of these kinds where given."""
    if lead is None:
        lead = ID_LEAD if _is_indonesian(text) else EN_LEAD
    reading = read_text(lead + text, **known)  # type: ignore[arg-type]
    return [one for one in reading.statements if not kinds or one.kind in kinds]


def _is_indonesian(text: str) -> bool:
    words = set(text.lower().replace(",", " ").replace(".", " ").split())
    return bool(words & {"yang", "dan", "dari", "untuk", "itu", "akan", "tidak", "ia", "kami"}) or (
        not words & {"the", "to", "of", "that", "and", "a"}
    )
