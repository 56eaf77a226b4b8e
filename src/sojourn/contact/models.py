"""Tables of contact: what somebody is told, the mails that carry it, how each wants to be reached.

A message holds a kind and ids; its words are made when it is read or mailed. A mail is encrypted until it has
left, and then emptied.
"""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from sojourn.records.encrypted import EncryptedTextField
from sojourn.registry.models import Account

KEPT_FOR = dt.timedelta(days=90)
"""Messages and mails go after so long, whatever became of them."""


class MailQuerySet(models.QuerySet["Mail"]):
    """Filters on mails."""

    def due(self, at: dt.datetime) -> Self:
        """Those to send now, the longest waiting first."""
        return self.filter(status=Mail.Status.WAITING, run_after__lte=at).order_by("run_after", "pk")


class Mail(models.Model):
    """One mail on its way out. Its message id never changes, so that a mail sent twice is known as one."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        REFUSED = "refused"  # by the server that we handed it to, or after too many attempts
        RETURNED = "returned"  # by a server further on

    MOVES = {
        Status.WAITING: {Status.SENDING},
        Status.SENDING: {Status.WAITING, Status.SENT, Status.REFUSED},
        Status.SENT: {Status.RETURNED},
    }

    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=32, unique=True)  # stands in the message id and in the return address
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    envelope = EncryptedTextField(blank=True)  # JSON: to whom, and the mail; emptied once it left
    made_at = models.DateTimeField(db_default=models.functions.Now())
    run_after = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=12, blank=True)  # the server's code, such as 550 or 5.1.1

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mail_claim", condition=~Q(status="sending") | Q(claimed_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["status", "run_after"], name="mail_due")]

    def __str__(self) -> str:
        return f"mail {self.pk}"


class Message(models.Model):
    """One thing that an account is told; `once` keeps the same thing from being told twice."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        MAILED = "mailed"
        KEPT = "kept"  # on the page only: the mail is not wanted, or the address does not work

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    about = models.JSONField(default=dict)  # ids and days only
    once = models.CharField(max_length=120, unique=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    mail = models.ForeignKey(Mail, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages")
    made_on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "made_on"], name="message_of_account"),
            models.Index(fields=["account"], condition=Q(status="waiting"), name="message_waiting"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Preference(models.Model):
    """How an account wants to be reached; who has no row is told at once, but not at night."""

    class Rhythm(models.TextChoices):
        AT_ONCE = "at_once"
        DAILY = "daily"

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    rhythm = models.CharField(max_length=8, choices=Rhythm, default=Rhythm.AT_ONCE)
    quiet_from = models.PositiveSmallIntegerField(default=21)  # hours of the day; equal hours: never quiet
    quiet_until = models.PositiveSmallIntegerField(default=7)
    zone = models.CharField(max_length=40, blank=True)  # IANA; empty: the site's
    language = models.CharField(max_length=10, blank=True)  # empty: the person's, else the site's
    muted = models.JSONField(default=list)  # kinds that are shown on the page only
    address_failed_on = models.DateField(null=True, blank=True)
    last_daily_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="preference_hours", condition=Q(quiet_from__lt=24, quiet_until__lt=24)
            )
        ]

    def __str__(self) -> str:
        return f"preference {self.pk}"


class CalendarLink(models.Model):
    """A secret address under which an account's dates can be read by a calendar; deleting it ends that."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()

    def __str__(self) -> str:
        return f"calendar link {self.pk}"
