"""The catalogue of the interface: English is the msgid, Indonesian the translation.

`python -m ikrar.config.translations update` reads every string out of the code and the templates,
keeps what is translated, and compiles. The compiled file is committed beside the catalogue, so
that running needs no step and no tool of the system.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import templatize

SOURCES = Path(__file__).resolve().parent.parent
FOLDER = SOURCES / "config" / "locale" / "id" / "LC_MESSAGES"
CATALOGUE = FOLDER / "django.po"
COMPILED = FOLDER / "django.mo"
KEYWORDS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADERS = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Plural-Forms", "nplurals=1; plural=0;"),
]
"""Of the catalogue; no dates, so that the same strings give the same file."""
NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)
Extracted = tuple[str | None, str | tuple[str, str]]


def extract() -> Catalog:
    """Return every string of the interface, untranslated."""
    found = _empty()
    for path in sorted([*SOURCES.rglob("*.py"), *SOURCES.rglob("templates/**/*.*")]):
        for context, message in _strings(path):
            found.add(message, context=context, flags=_flags(message))
    return found


def _empty() -> Catalog:
    catalogue = Catalog(
        locale="id", charset="utf-8", fuzzy=False, creation_date=NO_DAY, revision_date=NO_DAY
    )
    catalogue.mime_headers = HEADERS
    return catalogue


def _strings(path: Path) -> Iterator[Extracted]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":  # what is left of a template is no layout that Python knows
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    calls = extract_python(io.BytesIO(text.encode()), KEYWORDS, (), {})
    for _line, function, arguments, _comments in calls:
        positions = KEYWORDS.get(str(function))
        found = _arguments(positions, arguments)
        if found is not None:
            yield found


def _arguments(positions: object, arguments: object) -> Extracted | None:
    """Pick context and message out of a call's arguments (None for what is no literal)."""
    given = arguments if isinstance(arguments, tuple | list) else (arguments,)
    context, wanted = None, []
    for position in positions if isinstance(positions, tuple) else (1,):
        is_context = isinstance(position, tuple)
        index = (position[0] if is_context else position) - 1
        value = given[index] if index < len(given) else None
        if not isinstance(value, str) or not value:
            return None
        if is_context:
            context = value
        else:
            wanted.append(value)
    return context, (wanted[0] if len(wanted) == 1 else (wanted[0], wanted[1]))


def _flags(message: str | tuple[str, str]) -> tuple[str, ...]:
    text = message if isinstance(message, str) else message[1]
    return ("python-format",) if "%(" in text else ()


def load() -> Catalog:
    """Return the catalogue as it lies in the repository."""
    if not CATALOGUE.exists():
        return _empty()
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="id")


def update() -> None:
    """Bring the catalogue up to date with code and templates; translations are kept."""
    found, kept = extract(), load()
    for message in found:
        if message.id and (old := kept.get(message.id, message.context)):
            message.string = old.string
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in HEADERS)
    with CATALOGUE.open("wb") as file:
        file.write(f'msgid ""\nmsgstr ""\n{lines}\n'.encode())
        write_po(file, found, width=100, no_location=True, omit_header=True, sort_output=True)
    COMPILED.write_bytes(compiled(found))


def compiled(catalogue: Catalog) -> bytes:
    """Return the catalogue as gettext reads it; the same catalogue gives the same bytes."""
    plain = _empty()
    for message in catalogue:
        if message.id and _is_complete(message):
            plain.add(message.id, message.string, context=message.context)
    file = io.BytesIO()
    write_mo(file, plain)
    return file.getvalue()


def _name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def faults() -> list[str]:
    """Return what is wrong with the catalogue, a sentence each; nothing when all is well."""
    kept, found = load(), extract()
    known = {(_name(each), each.context) for each in found if each.id}
    said = [
        f"No longer used: {_name(message)}"
        for message in kept
        if message.id and (_name(message), message.context) not in known
    ]
    for message in found:
        old = kept.get(message.id, message.context) if message.id else None
        if message.id and (old is None or not _is_complete(old)):
            said.append(f"Not translated: {_name(message)}")
        elif old is not None and old.fuzzy:
            said.append(f"Fuzzy: {_name(message)}")
    if not COMPILED.exists() or COMPILED.read_bytes() != compiled(kept):
        said.append("The compiled catalogue is out of date.")
    return said


def _is_complete(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(strings) and all(strings)


def main(arguments: list[str]) -> int:
    """Run `update` or `check`; return the exit code."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    if arguments == ["update"]:
        update()
    elif arguments != ["check"]:
        sys.stderr.write("Usage: python -m ikrar.config.translations update|check\n")
        return 2
    found = faults()
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
