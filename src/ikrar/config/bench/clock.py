"""Clocks: CPU time of this process and of the database's process that serves it."""

import math
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

import psutil
from django.db import connection


@dataclass(frozen=True)
class Backend:
    """The database's process behind this process's connection."""

    process: psutil.Process

    @classmethod
    def of_this_connection(cls) -> "Backend":
        """Ask the database for the number of its process."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cls(psutil.Process(cursor.fetchone()[0]))

    def cpu(self) -> float:
        """CPU seconds so far (the system counts in hundredths)."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def median(values: Sequence[float]) -> float:
    """Give the middle value."""
    return statistics.median(values)


def load() -> str:
    """Tell how busy the machine is: the load of one minute, and its processors."""
    return f"{psutil.getloadavg()[0]:.1f} on {psutil.cpu_count()} processors"


now = time.perf_counter
cpu = time.process_time
