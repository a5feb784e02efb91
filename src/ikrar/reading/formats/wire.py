"""A Document as plain JSON and back, for the pipe between the sandbox and its caller."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from ikrar.reading.text import Document, Label, Meta, PublishedBy, Zone


def document_to_json(document: Document) -> dict[str, Any]:
    """The document as JSON values."""
    return {
        **asdict(document),
        "zones": [[zone.start, zone.end, zone.label.value] for zone in document.zones],
        "published_on": _written(document.published_on),
    }


def document_from_json(value: dict[str, Any]) -> Document:
    """The document that `document_to_json` wrote; KeyError or ValueError where it is none."""
    by = value["published_by"]
    return Document(
        **{
            **value,
            "zones": tuple(Zone(start, end, Label(label)) for start, end, label in value["zones"]),
            "published_on": _read(value["published_on"]),
            "page_starts": tuple(value["page_starts"]),
            "flags": tuple(value["flags"]),
            "published_by": PublishedBy(by) if by else None,
        }
    )


def meta_to_json(meta: Meta) -> dict[str, Any]:
    """What is known of a document, as JSON values."""
    return {**asdict(meta), "published_on": _written(meta.published_on)}


def meta_from_json(value: dict[str, Any]) -> Meta:
    """The meta that `meta_to_json` wrote."""
    return Meta(**{**value, "published_on": _read(value["published_on"])})


def dumps(value: dict[str, Any]) -> bytes:
    """JSON in ASCII, so that no encoding can come between the processes."""
    return json.dumps(value).encode("ascii")


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
