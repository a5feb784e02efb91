"""Dates in Indonesian and English texts, with their precision and their exact place."""

from ikrar.reading.time.grammar import find_times
from ikrar.reading.time.mention import TimeFlag, TimeKind, TimeMention

__all__ = ["TimeFlag", "TimeKind", "TimeMention", "find_times"]
