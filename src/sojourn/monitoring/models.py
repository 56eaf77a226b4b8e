"""Tables of how much was done: computed figures and the bulletins that freeze them."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from sojourn.plan.models import Component
from sojourn.registry.models import Organisation


class Figure(models.Model):
    """One computed value of an indicator, with the hash of the records that it was counted from."""

    indicator = models.CharField(max_length=60)
    definition_version = models.PositiveSmallIntegerField()
    component = models.ForeignKey(Component, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    value = models.PositiveIntegerField()
    records_sha256 = models.CharField(max_length=64)
    seen_on = models.DateField()  # the day whose records were counted: counting that day again gives the same
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "component", "organisation", "starts_on", "ends_on"], name="figure_once"
            ),
            models.CheckConstraint(name="figure_period", condition=Q(ends_on__gt=F("starts_on"))),
        ]
        indexes = [
            models.Index(fields=["organisation", "component", "starts_on", "indicator"], name="figure_lookup")
        ]

    def __str__(self) -> str:
        return f"figure {self.pk}"


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    """Filters on bulletins."""

    def published(self) -> Self:
        """What the public may read."""
        return self.filter(status=Bulletin.Status.PUBLISHED)


class Bulletin(models.Model):
    """A frozen, published set of figures. A correction is a new edition; an old one never changes."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"

    MOVES = {Status.DRAFT: {Status.PUBLISHED}}

    code = models.SlugField(max_length=40)
    edition = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    # Every count behind the document, hidden ones too, so that later editions stay safe. Never shown.
    counts = models.JSONField(default=list)
    published_on = models.DateField(null=True, blank=True)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_on", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["code", "edition"], name="bulletin_edition_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(status="draft"), name="one_draft_per_bulletin"
            ),
            models.CheckConstraint(name="bulletin_period", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="bulletin_published_has_day",
                condition=Q(status="draft", published_on=None)
                | Q(status="published", published_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} edition {self.edition}"
