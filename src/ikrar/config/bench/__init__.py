"""`ikrar bench`: measure this machine, with a database server of its own.

The register of this instance is never touched: the measuring is another process whose home is a
folder that is removed afterwards.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ikrar.config import database
from ikrar.config.database import Home, server
from ikrar.config.database.lifecycle import say

SIZES = (1_000, 100_000)


def run(*, sizes: Sequence[int] = SIZES) -> None:
    """Measure pages at these numbers of undertakings, appends, the fold and reading."""
    home = _home_of_its_own()
    try:
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "ikrar.config.bench", *map(str, sizes)],
            env=_environment(home),
            check=True,
        )
    finally:
        server.stop(home, tell=say)
        shutil.rmtree(home.folder, ignore_errors=True)


def _home_of_its_own() -> Home:
    """Make a folder beside this instance's data: on the same disk, reachable for the server."""
    beside = database.current_home()
    beside.prepare()
    return Home(Path(tempfile.mkdtemp(prefix="bench-", dir=beside.folder)))


def _environment(home: Home) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DATABASE_OWNER_URL"}
    }
    return {
        **kept,
        "IKRAR_HOME": str(home.folder),
        "DJANGO_SETTINGS_MODULE": "ikrar.config.settings",
    }
