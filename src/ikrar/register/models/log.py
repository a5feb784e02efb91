"""The log: a chain of entries per compartment, with erasable payloads in a sister table.

Only `register.log` writes here. The database itself refuses UPDATE, DELETE and TRUNCATE
(migration 0002), whoever asks.
"""

from django.db import models

COMPARTMENT = r"^[a-z][a-z0-9-]{0,39}$"


class EntryKind(models.TextChoices):
    """What an entry of the log does."""

    MOVE = "move", "move"
    ANNUL = "annul", "annul"
    ERASE = "erase", "erase"
    FREEZE = "freeze", "freeze"


class Chain(models.Model):
    """The head of one compartment's chain. Moved on by the database when entries are inserted."""

    compartment = models.CharField(max_length=40, primary_key=True)
    genesis = models.BinaryField(max_length=32)
    seq = models.BigIntegerField(default=0)
    head = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name the head as it is printed on a brief."""
        return f"{self.compartment} {self.seq}:{bytes(self.head).hex()}"


class Entry(models.Model):
    """One row of the log. `hash` covers every other column but `id`; see `register.log.chain`."""

    compartment = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=EntryKind)
    prev = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    act_hash = models.BinaryField(max_length=32)
    record_hash = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compartment", "seq"], name="entry_once_per_seq"),
            models.CheckConstraint(
                condition=models.Q(compartment__regex=COMPARTMENT), name="entry_compartment_name"
            ),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="entry_seq_from_one"),
            models.CheckConstraint(
                condition=models.Q(kind__in=EntryKind.values), name="entry_kind_known"
            ),
        ]

    def __str__(self) -> str:
        """Name the entry by its place."""
        return f"{self.compartment} {self.seq} {self.kind}"


class Payload(models.Model):
    """What an entry says: salted canonical JSON, erasable under the permanent chain.

    `act` is the party's act (a move's bytes, or what is annulled, erased, frozen);
    `record` is what this instance adds: attestation, evidence, classification, who recorded it.
    """

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="payload"
    )
    act = models.BinaryField()
    record = models.BinaryField()

    def __str__(self) -> str:
        """Name the payload by its entry."""
        return f"payload of {self.entry_id}"
