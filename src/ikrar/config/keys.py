"""The secret key of an instance, kept in its home folder."""

import os
import secrets
import stat
from pathlib import Path

NAME = "secret_key"


class KeyExposedError(Exception):
    """The secret key's file may be read by others; give it the mode 0600 or remove it."""


def secret_key(home: Path) -> str:
    """Return the key kept in the home folder; make it on first need.

    Raises:
        KeyExposedError: others may read the file.
    """
    path = home / NAME
    if not path.exists():
        _make(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyExposedError(f"{KeyExposedError.__doc__} ({path})")
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    """Write a key; of several processes at once, the first wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{NAME}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(50) + "\n")
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
