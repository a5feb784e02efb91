"""Merge: reports of one meeting side by side, what they agree on, copy, and tell differently."""

from ikrar.reading.merge.align import Aligned
from ikrar.reading.merge.cluster import Cluster, clusters_of
from ikrar.reading.merge.conflict import ConflictType, ReportConflict
from ikrar.reading.merge.merged import MergedMeeting, MergedReadings, merge
from ikrar.reading.merge.reference import Testimony

__all__ = [
    "Aligned",
    "Cluster",
    "ConflictType",
    "MergedMeeting",
    "MergedReadings",
    "ReportConflict",
    "Testimony",
    "clusters_of",
    "merge",
]
