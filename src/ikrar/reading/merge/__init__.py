"""Merge: reports of one meeting side by side, what they agree on, copy, and tell differently."""

from ikrar.reading.merge.align import Aligned
from ikrar.reading.merge.cluster import Cluster, clusters_of
from ikrar.reading.merge.conflict import Conflict, ConflictType
from ikrar.reading.merge.merged import Merged, MergedMeeting, merge
from ikrar.reading.merge.reference import Told

__all__ = [
    "Aligned",
    "Cluster",
    "Conflict",
    "ConflictType",
    "Merged",
    "MergedMeeting",
    "Told",
    "clusters_of",
    "merge",
]
