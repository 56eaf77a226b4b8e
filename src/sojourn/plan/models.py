"""Tables of what was promised. The plan file is the source; rows are its read side."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from sojourn.records.models import Run
from sojourn.registry.models import Organisation


class Plan(models.Model):
    """One version of the programme's plan, kept whole: a new version never overwrites an old one."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        SUPERSEDED = "superseded"

    MOVES = {Status.DRAFT: {Status.PUBLISHED}, Status.PUBLISHED: {Status.SUPERSEDED}}

    version = models.PositiveIntegerField(unique=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    loaded_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=Q(status="published"), name="one_published_plan"
            )
        ]

    def __str__(self) -> str:
        return f"plan version {self.version}"


class ComponentQuerySet(models.QuerySet["Component"]):
    """Filters on components."""

    def in_force(self) -> Self:
        """The components that the newest published plan still holds."""
        return self.filter(is_retired=False)


class Component(models.Model):
    """A part of the programme; the root of the tree is the programme itself."""

    code = models.CharField(max_length=40, unique=True)
    titles = models.JSONField()
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    track = models.CharField(max_length=24, blank=True)
    responsible = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    is_retired = models.BooleanField(default=False)

    objects = ComponentQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.code


class Target(models.Model):
    """A promised number of a component for a period."""

    class Kind(models.TextChoices):
        TOTAL = "total"
        FLOOR = "floor_per_period"
        CUMULATIVE = "cumulative"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="targets")
    code = models.CharField(max_length=60)
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="targets")
    indicator = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind)
    starts_on = models.DateField()
    ends_on = models.DateField()
    amount = models.PositiveIntegerField()

    class Meta:
        ordering = ["component__position", "starts_on", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="target_code_once"),
            models.CheckConstraint(name="target_period", condition=Q(ends_on__gt=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return self.code


class Quota(models.Model):
    """One organisation's share of a target, with the run that computed it."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="quotas")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField()
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "organisation"], name="quota_once")]

    def __str__(self) -> str:
        return f"quota {self.pk}"
