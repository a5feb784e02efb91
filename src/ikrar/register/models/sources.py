"""What was written and where people met: sources, exact passages, meetings."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ikrar.kernel.evidence import Attestation, Classification
from ikrar.register.models.log import COMPARTMENT

CLASSIFICATIONS = [(rank, level.value) for rank, level in enumerate(Classification)]


class Classified(models.Model):
    """Anything that has a classification (rank in `Classification`) and a compartment."""

    classification = models.PositiveSmallIntegerField(choices=CLASSIFICATIONS, default=1)
    compartment = models.CharField(max_length=40, default="general")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(compartment__regex=COMPARTMENT),
                name="%(class)s_compartment_name",
            ),
            models.CheckConstraint(
                condition=models.Q(classification__lte=len(CLASSIFICATIONS) - 1),
                name="%(class)s_classification_known",
            ),
        ]


class Source(Classified):
    """A stored document: its bytes, their sha-256, the canonical text that passages index.

    `error` names why nothing could be read from it; the bytes are kept all the same.
    """

    symbol = models.CharField(max_length=12, unique=True)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    filename = models.CharField(max_length=255, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=12, blank=True)
    published_on = models.DateField(null=True)
    published_by = models.CharField(max_length=10, blank=True)
    received_at = models.DateTimeField()
    attestation = models.CharField(
        max_length=8, choices=[(a.value, a.value) for a in Attestation], default="reported"
    )
    zones = models.JSONField(default=list)
    flags = models.JSONField(default=list)
    error = models.CharField(max_length=20, blank=True)
    invented = models.BooleanField(default=False)

    class Meta(Classified.Meta):
        constraints = [
            *Classified.Meta.constraints,
            models.UniqueConstraint(fields=["sha256", "compartment"], name="source_bytes_once"),
        ]

    def __str__(self) -> str:
        """Name the source as a person would."""
        return self.title or self.filename or self.symbol


class Passage(models.Model):
    """An exact place in a source's canonical text: start, end (code points), the verbatim quote."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "start", "end"], name="passage_once"),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="passage_not_empty"
            ),
        ]

    def __str__(self) -> str:
        """Show where the passage lies."""
        return f"{self.source_id}[{self.start}:{self.end}]"


class Meeting(Classified):
    """Who met whom, when and where, as merged from its reports."""

    symbol = models.CharField(max_length=12, unique=True)
    held_on = models.DateField(null=True)
    precision = models.CharField(max_length=5, blank=True)
    place = models.CharField(max_length=200, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    parties = ArrayField(models.CharField(max_length=40), default=list)
    invented = models.BooleanField(default=False)
    sources = models.ManyToManyField(
        Source,
        through="MeetingReport",
        through_fields=("meeting", "source"),
        related_name="meetings",
    )

    def __str__(self) -> str:
        """Name the meeting by place and day."""
        return f"{self.place} {self.held_on}"


class MeetingReport(models.Model):
    """A source that tells of a meeting; `copy_of` names the source whose words it repeats."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="reports")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="reports")
    copy_of = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="copies")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "source"], name="report_once_per_meeting")
        ]

    def __str__(self) -> str:
        """Name both ends."""
        return f"{self.meeting_id} in {self.source_id}"


class Participant(models.Model):
    """A person at a meeting, with the office held there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(max_length=200)
    office = models.CharField(max_length=300, blank=True)
    party = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=20, blank=True)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "name"], name="participant_once")]

    def __str__(self) -> str:
        """Name the person."""
        return self.name
