"""Static files are collected when they changed, and only then."""

from pathlib import Path

import pytest

from ikrar.config import static_files


def test_static_files_are_collected_when_they_changed(
    tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    assert static_files.collect_when_changed()
    assert (tmp_path / "static" / "staticfiles.json").exists()
    assert not static_files.collect_when_changed()
    monkeypatch.setattr(static_files, "_fingerprint", lambda: "another")
    assert static_files.collect_when_changed()
