"""The database: the embedded PostgreSQL and its supervisor, servers elsewhere, the two roles.

``settings`` is for Django, ``ready`` makes sure that there is a server that accepts this
instance's roles, ``migrate_all`` brings the tables up to date as their owner.
"""

from ikrar.config.database import server
from ikrar.config.database.errors import DatabaseSetupError
from ikrar.config.database.home import Home, current_home
from ikrar.config.database.lifecycle import migrate_all, ready, say
from ikrar.config.database.server import Status
from ikrar.config.database.target import Target, current_target, settings

__all__ = [
    "DatabaseSetupError",
    "Home",
    "Status",
    "Target",
    "current_home",
    "current_target",
    "migrate_all",
    "ready",
    "settings",
    "status",
    "stop",
]


def status() -> Status:
    """Whether the embedded server of this home runs, and as which process."""
    return server.status(current_home())


def stop() -> bool:
    """Stop the embedded server of this home; False when none ran."""
    return server.stop(current_home(), tell=say)
