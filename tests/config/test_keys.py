"""The secret key in the home folder."""

import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from ikrar.config import keys


def test_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    home = tmp_path / "home"
    key = keys.secret_key(home)
    assert len(key) >= 50
    assert keys.secret_key(home) == key
    assert stat.S_IMODE((home / keys.NAME).stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == [keys.NAME]


def test_key_made_by_several_at_once_is_one(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        made = set(pool.map(keys.secret_key, [tmp_path] * 8))
    assert len(made) == 1


def test_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    keys.secret_key(tmp_path)
    (tmp_path / keys.NAME).chmod(0o644)
    with pytest.raises(keys.KeyExposedError, match="0600"):
        keys.secret_key(tmp_path)
