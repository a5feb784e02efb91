"""What the machine read and what a person decided about it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from ikrar.desk.vocabulary import Decision


class Frame(models.Model):
    """The meeting as one report tells it, with the version of the rules that read it."""

    source = models.OneToOneField(
        "register.Source", on_delete=models.PROTECT, primary_key=True, related_name="frame"
    )
    rules_version = models.CharField(max_length=40)
    held_on = models.CharField(max_length=10, blank=True)
    precision = models.CharField(max_length=5, blank=True)
    place = models.CharField(max_length=200, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    parties = ArrayField(models.CharField(max_length=40), default=list)
    participants = models.JSONField(default=list)
    flags = ArrayField(models.CharField(max_length=40), default=list)

    def __str__(self) -> str:
        """Name the source."""
        return f"meeting as told by {self.source_id}"


class Statement(models.Model):
    """A candidate: what reading says it read in one source. A person makes it a move, or not.

    Spans are code points of the source's canonical text. `group` is shared by the statements of
    several reports that tell the same act; `entries` are the log entries it became evidence of.
    """

    source = models.ForeignKey(
        "register.Source", on_delete=models.PROTECT, related_name="statements"
    )
    meeting = models.ForeignKey(
        "register.Meeting", on_delete=models.SET_NULL, null=True, related_name="statements"
    )
    key = models.CharField(max_length=12)
    group = models.CharField(max_length=40, blank=True, db_index=True)
    kind = models.CharField(max_length=12)
    origin = models.CharField(max_length=10)
    from_parties = ArrayField(models.CharField(max_length=40), default=list)
    to_parties = ArrayField(models.CharField(max_length=40), default=list)
    theme = models.CharField(max_length=20)
    hedged = models.BooleanField()
    joint = models.BooleanField()
    condition = models.TextField(blank=True)
    condition_start = models.PositiveIntegerField(null=True)
    due = models.CharField(max_length=10, blank=True)
    due_precision = models.CharField(max_length=5, blank=True)
    grade = models.CharField(max_length=12)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    cue_start = models.PositiveIntegerField()
    cue_end = models.PositiveIntegerField()
    content_start = models.PositiveIntegerField(null=True)
    content_end = models.PositiveIntegerField(null=True)
    speaker = models.JSONField(default=dict)
    reply_to = ArrayField(models.CharField(max_length=12), default=list)
    rule = models.CharField(max_length=80)
    why = models.JSONField(default=list)
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    entries = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="statement_once_per_source")
        ]

    def __str__(self) -> str:
        """Name the statement by its place in its source."""
        return f"{self.source_id} {self.key} {self.kind}"
