"""The projection: everything here is computed from the log and can be dropped and rebuilt.

`register.standing` alone writes these rows; `ikrar rebuild` makes the same ones again.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.fields.json import KeyTextTransform

from ikrar.register.models.log import Entry
from ikrar.register.models.sources import CLASSIFICATIONS, Meeting, Passage


class Undertaking(models.Model):
    """One thing to be done by one performer. `id` is the id of its opening entry."""

    id = models.BigIntegerField(primary_key=True)
    opened_by = models.CharField(max_length=64, unique=True)
    symbol = models.CharField(max_length=40, unique=True)
    performer = models.CharField(max_length=40)
    requesters = ArrayField(models.CharField(max_length=40), default=list)
    what = models.TextField()
    titles = models.JSONField(default=dict)
    theme = models.CharField(max_length=20, blank=True)
    joint = models.CharField(max_length=64, blank=True)
    occasion = models.CharField(max_length=60, blank=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True)
    classification = models.PositiveSmallIntegerField(choices=CLASSIFICATIONS)
    compartment = models.CharField(max_length=40)
    invented = models.BooleanField(default=False)
    opened_on = models.DateField()
    standing = models.CharField(max_length=30)
    marks = ArrayField(models.CharField(max_length=30), default=list)
    due_on = models.DateField(null=True)
    due = models.CharField(max_length=10, blank=True)
    due_precision = models.CharField(max_length=5, blank=True)
    hedged = models.BooleanField(default=False)
    attestation = models.CharField(max_length=8)
    evidence_count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["-opened_on", "-id"], name="undertaking_newest"),
            models.Index(fields=["standing", "-opened_on", "-id"], name="undertaking_by_standing"),
            models.Index(fields=["performer", "-opened_on", "-id"], name="undertaking_by_party"),
            GinIndex(fields=["requesters"], name="undertaking_by_requester"),
        ]

    def __str__(self) -> str:
        """Name the undertaking by its symbol."""
        return self.symbol


class Strand(models.Model):
    """The standing of an undertaking towards one requester (`*` = pledged to all), as known now."""

    undertaking = models.ForeignKey(Undertaking, on_delete=models.CASCADE, related_name="strands")
    requester = models.CharField(max_length=40)
    standing = models.CharField(max_length=30)
    marks = ArrayField(models.CharField(max_length=30), default=list)
    due = models.CharField(max_length=10, blank=True)
    due_precision = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["undertaking", "requester"], name="strand_once")
        ]

    def __str__(self) -> str:
        """Name the strand by its requester."""
        return f"{self.undertaking_id} for {self.requester}"


class RecordedMove(models.Model):
    """A move as the pages need it; `effect` is False where it changed nothing, with the reason."""

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="move"
    )
    move_id = models.CharField(max_length=64, unique=True)
    undertaking = models.ForeignKey(Undertaking, on_delete=models.CASCADE, related_name="moves")
    place = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=12)
    by = models.CharField(max_length=40)
    to = ArrayField(models.CharField(max_length=40), default=list)
    answers = models.CharField(max_length=64, blank=True)
    restates = models.CharField(max_length=64, blank=True)
    made_on = models.CharField(max_length=10)
    precision = models.CharField(max_length=5)
    certain_on = models.DateField()
    hedged = models.BooleanField()
    full = models.BooleanField()
    what = models.TextField(blank=True)
    due = models.CharField(max_length=10, blank=True)
    due_precision = models.CharField(max_length=5, blank=True)
    condition = models.JSONField(null=True)
    attestation = models.CharField(max_length=8)
    received = ArrayField(models.CharField(max_length=64), default=list)
    speaker = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    occasion = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_constraint=False
    )
    annulled_at = models.DateTimeField(null=True)
    erased_by = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, related_name="erased_moves"
    )
    effect = models.BooleanField(default=True)
    reason = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(
                KeyTextTransform("undertaking", "condition"),
                name="move_waits_for",
                condition=models.Q(condition__isnull=False),
            )
        ]

    def __str__(self) -> str:
        """Name the move by kind and mover."""
        return f"{self.kind} by {self.by}"


class Annulment(models.Model):
    """A move struck through by an entry of the log, until another entry undid that."""

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="annulment"
    )
    move = models.ForeignKey(RecordedMove, on_delete=models.CASCADE, related_name="annulments")
    annulled_at = models.DateTimeField()
    annulled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_constraint=False
    )
    reason = models.TextField()
    undone_by = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, related_name="undone_annulments"
    )
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Name the move that was struck through."""
        return f"{self.move_id} annulled"


class Evidence(models.Model):
    """A passage that tells of a move, with the strength of this report's own wording."""

    move = models.ForeignKey(RecordedMove, on_delete=models.CASCADE, related_name="evidence")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="evidence")
    grade = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    hedged = models.BooleanField()
    counted = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["move", "passage"], name="evidence_once")]

    def __str__(self) -> str:
        """Name both ends."""
        return f"{self.passage_id} for {self.move_id}"


class Period(models.Model):
    """What stood from one day to another (true) as known from one instant to another (known).

    `requester` empty = the undertaking as a whole. Ends are exclusive; null = still so.
    """

    undertaking = models.ForeignKey(Undertaking, on_delete=models.CASCADE, related_name="periods")
    requester = models.CharField(max_length=40, blank=True)
    standing = models.CharField(max_length=30)
    marks = ArrayField(models.CharField(max_length=30), default=list)
    due = models.CharField(max_length=10, blank=True)
    due_precision = models.CharField(max_length=5, blank=True)
    due_on = models.DateField(null=True)
    true_from = models.DateField()
    true_to = models.DateField(null=True)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["undertaking", "requester"], name="period_of_strand")]

    def __str__(self) -> str:
        """Show what stood and since when."""
        return f"{self.undertaking_id} {self.standing} from {self.true_from}"
