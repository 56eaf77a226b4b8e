"""Tables of connected programs. None of them holds anything about a person."""

from typing import Self

from django.db import models
from django.db.models import Q

from sojourn.records.encrypted import EncryptedTextField
from sojourn.registry.models import Organisation


class TokenQuerySet(models.QuerySet["Token"]):
    """Filters on tokens."""

    def live(self, on: object) -> Self:
        """Neither revoked nor run out on the day."""
        return self.filter(revoked_on=None, expires_on__gt=on)


class Token(models.Model):
    """A program's key: it acts for one organisation, in one post, within its scopes, until a day.

    The key itself is shown once and not stored; who gave and revoked it stands in the audit trail.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=24)
    label = models.CharField(max_length=60)
    scopes = models.JSONField()
    prefix = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64, unique=True)
    created_on = models.DateField()
    expires_on = models.DateField()
    revoked_on = models.DateField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="token_period", condition=Q(expires_on__gt=models.F("created_on")))
        ]

    def __str__(self) -> str:
        return f"token {self.pk}"


class KeptAnswer(models.Model):
    """The answer to a write, kept for a day, so that the same write sent again has no second effect."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=128)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="kept_answer_once")]
        indexes = [models.Index(fields=["made_at"], name="kept_answer_age")]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Webhook(models.Model):
    """An address of an organisation's program that is told of events."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=200)
    events = models.JSONField()
    secret = EncryptedTextField()
    created_on = models.DateField()
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "url"], name="webhook_once")]

    def __str__(self) -> str:
        return f"webhook {self.pk}"


class Outgoing(models.Model):
    """An event of which webhooks have not been told yet.

    A trigger of the database writes the row with the line of the audit trail, in the same transaction; the
    worker takes it away when the messages are queued. So no event is lost between the two, nor told twice.
    """

    event = models.BigIntegerField()

    def __str__(self) -> str:
        return f"event {self.event}"


class Delivery(models.Model):
    """One message to one webhook: the same number and the same bytes, however often it has to be sent."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        GIVEN_UP = "given_up"

    MOVES = {
        Status.WAITING: {Status.DELIVERED, Status.GIVEN_UP},
        Status.GIVEN_UP: {Status.WAITING},
    }

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.BigIntegerField()
    verb = models.CharField(max_length=60)
    body = models.TextField()
    status = models.CharField(max_length=12, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=40, blank=True)  # the last status, or why there was none

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["webhook", "event"], name="delivery_once")]
        indexes = [
            models.Index(fields=["status", "due_at"], name="delivery_due"),
            models.Index(fields=["webhook", "queued_at"], name="delivery_log"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
