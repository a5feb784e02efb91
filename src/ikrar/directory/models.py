"""Facts of the directory. The loader writes them first; a row that a person edited is theirs."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ikrar.directory.vocabulary import PartyKind, RegionalGroup, UnStanding

SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
CODES = {
    PartyKind.STATE: "^[A-Z]{3}$",
    PartyKind.INSTITUTION: rf"^[A-Z]{{3}}\.{SLUG}$",
    PartyKind.BODY: f"^{SLUG}$",
}


def _code_fits_kind() -> Q:
    fits = Q()
    for kind, pattern in CODES.items():
        fits |= Q(kind=kind.value, code__regex=pattern)
    return fits


class Loaded(models.Model):
    """A row that the loader wrote and renews until a person edits it."""

    edited_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


class Party(Loaded):
    """A State, an institution of a State, or a body: what can ask or promise.

    `names` holds a name per language (BCP 47). `invented` marks user-assigned ISO codes and all
    that belongs to them: such a party exists only in the demo.
    """

    code = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=16, choices=PartyKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    names = models.JSONField()
    iso2 = models.CharField(max_length=2, blank=True)
    m49 = models.CharField(max_length=3, blank=True)
    group = models.CharField(max_length=8, choices=RegionalGroup, blank=True)
    standing = models.CharField(max_length=8, choices=UnStanding, blank=True)
    portfolio = models.CharField(max_length=64, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(name="party_code_fits_kind", condition=_code_fits_kind()),
            models.CheckConstraint(
                name="party_parent_is_of_institutions",
                condition=Q(kind=PartyKind.INSTITUTION, parent__isnull=False)
                | (~Q(kind=PartyKind.INSTITUTION) & Q(parent__isnull=True)),
            ),
            models.CheckConstraint(
                name="party_group_is_of_states",
                condition=Q(kind=PartyKind.STATE) | Q(group="", standing="", iso2="", m49=""),
            ),
            models.CheckConstraint(
                name="party_group_is_known", condition=Q(group__in=["", *RegionalGroup.values])
            ),
            models.CheckConstraint(
                name="party_standing_is_known", condition=Q(standing__in=["", *UnStanding.values])
            ),
            models.CheckConstraint(
                name="party_invented_is_no_member", condition=Q(invented=False) | Q(standing="")
            ),
            models.CheckConstraint(
                name="party_has_names", condition=Q(names__has_keys=["id", "en"])
            ),
        )

    def __str__(self) -> str:
        """The party's code."""
        return self.code


class Person(Loaded):
    """Somebody who held or holds an office. `names` has the Latin form under `und-Latn`."""

    slug = models.SlugField(max_length=128, unique=True)
    names = models.JSONField()
    also = ArrayField(models.CharField(max_length=128), default=list, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("slug",)
        constraints = (
            models.CheckConstraint(
                name="person_has_a_name", condition=Q(names__has_key="und-Latn")
            ),
        )

    def __str__(self) -> str:
        """The name in Latin letters."""
        return str(self.names["und-Latn"])


class Office(Loaded):
    """One person's holding of one office, from a day to a day, both included.

    `from_on` is the first, `to_on` the last day that the source allows. A null `from_on` is
    unknown, a null `to_on` means "still, when the source was written".
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="offices")
    office = models.CharField(max_length=64)
    portfolio = models.CharField(max_length=64, blank=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="offices")
    institution = models.ForeignKey(Party, models.PROTECT, null=True, related_name="officers")
    title = models.JSONField()
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    source = models.TextField()

    class Meta:
        ordering = ("party__code", "office", "from_on")
        constraints = (
            models.UniqueConstraint(
                name="office_is_held_once",
                fields=["person", "party", "office", "portfolio", "from_on"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="office_ends_after_it_begins",
                condition=Q(from_on__isnull=True)
                | Q(to_on__isnull=True)
                | Q(to_on__gte=F("from_on")),
            ),
            models.CheckConstraint(name="office_says_why", condition=~Q(source="")),
        )

    def __str__(self) -> str:
        """Office, portfolio and party."""
        return " ".join(filter(None, (self.office, self.portfolio, self.party.code)))


class Occasion(Loaded):
    """A day after which nothing more can be told of an undertaking, where the vote is secret.

    `known_from` is the day on which this house knew it; `stages` tells the votes one by one.
    """

    slug = models.SlugField(max_length=64, unique=True)
    names = models.JSONField()
    ends_on = models.DateField()
    secret = models.BooleanField()
    theme = models.CharField(max_length=32, blank=True)
    requester = models.ForeignKey(Party, models.PROTECT, null=True, related_name="occasions")
    source = models.TextField()
    known_from = models.DateField()
    stages = models.JSONField(default=list)

    class Meta:
        ordering = ("ends_on", "slug")
        constraints = (
            models.CheckConstraint(name="occasion_says_why", condition=~Q(source="")),
            models.CheckConstraint(
                name="occasion_has_names", condition=Q(names__has_keys=["id", "en"])
            ),
        )

    def __str__(self) -> str:
        """The occasion's slug."""
        return self.slug


class Edition(models.Model):
    """One row with a random stamp that every write to the directory changes.

    What a process keeps in memory is right as long as the stamp is the one it was read under.
    Random, so that a stamp never comes back after a rollback.
    """

    stamp = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = (models.CheckConstraint(name="edition_is_one_row", condition=Q(id=1)),)

    def __str__(self) -> str:
        """The stamp."""
        return str(self.stamp)
