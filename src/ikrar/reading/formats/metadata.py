"""What a page's head declares: title, publisher, day of publication, canonical address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

from ikrar.reading.formats.extract import Extract
from ikrar.reading.text import canonical

_PUBLISHED: Final = (
    "article:published_time", "og:published_time", "datepublished", "publishdate", "pubdate",
    "publish-date", "published_time", "dc.date", "dc.date.issued", "dcterms.created", "date",
    "parsely-pub-date", "content_publishdate",
)  # fmt: skip
_DAY: Final = re.compile(r"\s*(\d{4})[-/](\d{2})[-/](\d{2})")
_LONGEST: Final = 500


def read_head(root: Any, extract: Extract) -> None:
    """Fill in what the head of the page says of it."""
    metas = dict(_metas(root))
    linked = list(_linked_data(root))
    extract.publisher = _first(metas.get("og:site_name"), *_publishers(linked))
    extract.title = _first(metas.get("og:title"), _words(root, "h1"), _words(root, "title"))
    extract.url = _address(_canonical_link(root) or metas.get("og:url"))
    days = [metas.get(name) for name in _PUBLISHED]
    days += [entry.get("datePublished") for entry in linked]
    days += [element.get("datetime") for element in root.iter("time") if element.get("datetime")][
        :1
    ]
    extract.declared_on = next((found for day in days if (found := _day(day))), None)


def _metas(root: Any) -> Iterator[tuple[str, str]]:
    """The metas from last to first, so that in a dict the first of a name stays."""
    for element in reversed(list(root.iter("meta"))):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content"):
            yield name.lower(), element.get("content")


def _linked_data(root: Any) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            loaded = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        pending = loaded if isinstance(loaded, list) else [loaded]
        for entry in pending[:50]:
            if isinstance(entry, dict):
                yield entry
                graph = entry.get("@graph")
                yield from (
                    (part for part in graph[:50] if isinstance(part, dict))
                    if isinstance(graph, list)
                    else ()
                )


def _publishers(linked: list[dict[str, Any]]) -> Iterator[str | None]:
    for entry in linked:
        publisher = entry.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            yield publisher["name"]


def _words(root: Any, tag: str) -> str | None:
    element = next(root.iter(tag), None)
    return "".join(element.itertext()) if element is not None else None


def _canonical_link(root: Any) -> str | None:
    for element in root.iter("link"):
        if (element.get("rel") or "").lower() == "canonical":
            return str(element.get("href") or "") or None
    return None


def _first(*candidates: str | None) -> str | None:
    for candidate in candidates:
        plain = " ".join(canonical(candidate or "").split())
        if plain:
            return plain[:_LONGEST]
    return None


def _address(written: str | None) -> str | None:
    if written is None:
        return None
    try:
        parts = urlsplit(written.strip())
    except ValueError:
        return None
    return written.strip()[:2000] if parts.scheme in {"http", "https"} and parts.hostname else None


def _day(written: Any) -> date | None:
    match = _DAY.match(written) if isinstance(written, str) else None
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
