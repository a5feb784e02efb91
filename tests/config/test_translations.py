"""The catalogue: nothing missing, nothing left over, compiled as it lies."""

from pathlib import Path

import pytest

from ikrar.config import translations

IT_IS = [(None, "It’s %(a)s")]


def test_catalogue_has_no_faults() -> None:
    assert not translations.faults()


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.py", 'x = _("Ask")', [(None, "Ask")]),
        ("a.py", 'x = pgettext("move", "report")', [("move", "report")]),
        ("a.py", 'x = ngettext("one", "many", n)', [(None, ("one", "many"))]),
        ("a.py", "x = _(variable)", []),
        ("a.html", "<p>{% translate 'Ask' %}\n  it’s", [(None, "Ask")]),
        (
            "a.html",
            "{% blocktranslate %}It’s {{ a }}{% endblocktranslate %}",
            [(None, "It’s %(a)s")],
        ),
        (
            "a.html",
            "{% blocktranslate count n=n %}one{% plural %}{{ n }} of us{% endblocktranslate %}",
            [(None, ("one", "%(n)s of us"))],
        ),
    ],
)
def test_strings_are_found(tmp_path: Path, name: str, text: str, found: list[object]) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert list(translations._strings(path)) == found


def test_fault_is_told_of_each_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.py").write_text('_("New")\n_("Old")', encoding="utf-8")
    monkeypatch.setattr(translations, "SOURCES", tmp_path)
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    monkeypatch.setattr(translations, "CATALOGUE", tmp_path / "django.po")
    monkeypatch.setattr(translations, "COMPILED", tmp_path / "django.mo")
    translations.CATALOGUE.write_text(
        '#, fuzzy\nmsgid "Old"\nmsgstr "Lama"\n\nmsgid "Gone"\nmsgstr "Hilang"\n', encoding="utf-8"
    )
    assert translations.faults() == [
        "No longer used: Gone",
        "Not translated: New",
        "Fuzzy: Old",
        "The compiled catalogue is out of date.",
    ]
    translations.update()
    assert translations.faults() == ["Not translated: New"]
    assert '"Lama"' in translations.CATALOGUE.read_text(encoding="utf-8")


def test_compiled_catalogue_does_not_change_with_the_clock() -> None:
    assert b"POT-Creation-Date: 1970-01-01" in translations.compiled(translations.load())
