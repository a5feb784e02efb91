"""Pages of the register."""

from ikrar.register.views.meeting import meeting, meetings
from ikrar.register.views.record import record, strike
from ikrar.register.views.register import (
    home,
    public_csv,
    public_json,
    public_register,
    register,
    register_csv,
    register_json,
)
from ikrar.register.views.source import source, sources
from ikrar.register.views.undertaking import public_undertaking, undertaking

__all__ = [
    "home",
    "meeting",
    "meetings",
    "public_csv",
    "public_json",
    "public_register",
    "public_undertaking",
    "record",
    "register",
    "register_csv",
    "register_json",
    "source",
    "sources",
    "strike",
    "undertaking",
]
