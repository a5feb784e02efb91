"""One word, one thing: the glossary names every public class of kernel and reading."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"


def public_classes(room: str) -> set[str]:
    package = importlib.import_module(room)
    names = [room, *(found.name for found in pkgutil.walk_packages(package.__path__, f"{room}."))]
    return {
        name
        for module in map(importlib.import_module, names)
        for name, member in inspect.getmembers(module, inspect.isclass)
        if member.__module__ == module.__name__ and not name.startswith("_")
    }


def glossary_words(heading: str) -> set[str]:
    text = GLOSSARY.read_text("utf-8")
    section = re.split(r"^## ", text, flags=re.MULTILINE)
    (found,) = [each for each in section if each.startswith(heading)]
    return set(re.findall(r"^\| `(\w+)` \|", found, flags=re.MULTILINE))


ROOMS = [("ikrar.kernel", "Kernel"), ("ikrar.reading", "Reading")]


@pytest.mark.parametrize(("room", "heading"), ROOMS)
def test_glossary_names_every_public_class(room: str, heading: str) -> None:
    missing = public_classes(room) - glossary_words(heading)
    assert not missing, f"docs/glossary.md, {heading}: add {', '.join(sorted(missing))}"


def test_glossary_names_no_class_of_the_kernel_that_is_gone() -> None:
    assert glossary_words("Kernel") <= public_classes("ikrar.kernel")
