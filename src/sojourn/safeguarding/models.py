"""Tables of safeguarding: the code of an activity, incidents with who handles them, emergency access.

The note of an incident is the one place of the system where somebody writes freely about people. It is
encrypted, and nothing but `read_incident` gives it out.
"""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from sojourn.participation.models import Opening
from sojourn.records.encrypted import EncryptedTextField
from sojourn.registry.models import Account, Organisation, Person


class ActivityCode(models.Model):
    """The code on the sheet that hangs on the wall: it never changes, for old sheets hang on."""

    opening = models.OneToOneField(Opening, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True)

    def __str__(self) -> str:
        return self.code


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Filters on incidents."""

    def handled_in(self, organisation_ids: frozenset[int], account_id: int | None) -> Self:
        """Those that reached one of the organisations and do not concern the account."""
        reached = Recipient.objects.filter(incident=models.OuterRef("pk"), organisation__in=organisation_ids)
        return self.filter(models.Exists(reached)).not_concerning(account_id)

    def not_concerning(self, account_id: int | None) -> Self:
        """Without those that the account is involved in: to it they do not exist, not even as a number."""
        involved = Involved.objects.filter(incident=models.OuterRef("pk"), account=account_id)
        return self.exclude(models.Exists(involved))


class Incident(models.Model):
    """What somebody reported. Severe ones climb by themselves until somebody acknowledges them."""

    class Kind(models.TextChoices):
        HURT = "hurt"
        TOUCHED = "touched"
        THREATENED = "threatened"
        BULLIED = "bullied"
        CONTACT = "contact"
        MISSING = "missing"
        ALONE = "left_alone"
        UNSAFE = "unsafe_place"
        PRESSED = "pressed"
        OTHER = "other"

    class Concerns(models.TextChoices):
        NOT_KNOWN = "not_known"
        LEADER = "leader"
        SAFEGUARDING = "safeguarding"

    class Status(models.TextChoices):
        RECEIVED = "received"
        ACKNOWLEDGED = "acknowledged"
        CLOSING = "closing"
        CLOSED = "closed"

    class Outcome(models.TextChoices):
        NOT_YET = ""
        HANDLED = "handled"
        PASSED_ON = "passed_on"
        NO_STEPS = "no_steps"

    MOVES = {
        Status.RECEIVED: {Status.ACKNOWLEDGED},
        Status.ACKNOWLEDGED: {Status.CLOSING},
        Status.CLOSING: {Status.CLOSED, Status.ACKNOWLEDGED},
    }

    receipt_sha256 = models.CharField(max_length=64, unique=True)
    opening = models.ForeignKey(Opening, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    concerns = models.CharField(max_length=16, choices=Concerns)
    is_severe = models.BooleanField()
    happened_on = models.DateField(null=True, blank=True)
    note = EncryptedTextField(blank=True)
    reporter = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # only when the reporter wished to be known
    status = models.CharField(max_length=12, choices=Status, default=Status.RECEIVED)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    proposed_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reported_at = models.DateTimeField()
    climbs_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="incident_closed_has_moment",
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="incident_outcome_from_proposal_on",
                condition=(Q(status__in=["closing", "closed"]) & ~Q(outcome=""))
                | (Q(status__in=["received", "acknowledged"]) & Q(outcome="")),
            ),
            models.CheckConstraint(
                name="incident_climbs_until_acknowledged",
                condition=Q(climbs_at=None) | Q(status="received", is_severe=True),
            ),
        ]
        indexes = [models.Index(fields=["climbs_at"], name="incident_climbs")]

    def __str__(self) -> str:
        return f"incident {self.pk}"


class Recipient(models.Model):
    """An organisation whose safeguarding leads handle the incident, and why it came to them."""

    class Reason(models.TextChoices):
        FIRST = "first"
        CONFLICT = "conflict"
        ESCALATED = "escalated"
        HANDED_UP = "handed_up"
        SECOND_PERSON = "second_person"

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="recipients")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=Reason)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "organisation"], name="recipient_once")]

    def __str__(self) -> str:
        return f"recipient {self.pk}"


class Involved(models.Model):
    """An account that the incident concerns: whoever it belongs to learns nothing of it."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="involved")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "account"], name="involved_once")]

    def __str__(self) -> str:
        return f"involved {self.pk}"


class IncidentEvent(models.Model):
    """One line of an incident's trail. Append-only: the database refuses changes (see migrations)."""

    class Kind(models.TextChoices):
        REPORTED = "reported"
        ROUTED = "routed"
        NOBODY_INSIDE = "nobody_inside"
        READ = "read"
        ACKNOWLEDGED = "acknowledged"
        INVOLVED_NAMED = "involved_named"
        CLOSING_PROPOSED = "closing_proposed"
        SENT_BACK = "sent_back"
        CLOSED = "closed"

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="trail")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=Kind)
    account = models.BigIntegerField(null=True)  # no foreign key: the trail outlives an erased account
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"incident event {self.pk}"


class EmergencyAccessQuerySet(models.QuerySet["EmergencyAccess"]):
    """Filters on emergency accesses."""

    def open(self, at: dt.datetime) -> Self:
        """Approved, and not yet over."""
        return self.filter(status=EmergencyAccess.Status.OPEN, ends_at__gt=at)


class EmergencyAccess(models.Model):
    """A look past the usual walls at one person in one activity, by two leads together, for 24 hours."""

    class Purpose(models.TextChoices):
        MISSING = "missing"
        MEDICAL = "medical"
        HARM = "harm"
        AUTHORITY = "authority"

    class Status(models.TextChoices):
        REQUESTED = "requested"
        OPEN = "open"
        ENDED = "ended"

    MOVES = {Status.REQUESTED: {Status.OPEN, Status.ENDED}, Status.OPEN: {Status.ENDED}}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=Purpose)
    status = models.CharField(max_length=12, choices=Status, default=Status.REQUESTED)
    requested_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    objects = EmergencyAccessQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="emergency_two_persons",
                condition=Q(approved_by=None) | Q(requested_by=None) | ~Q(approved_by=F("requested_by")),
            ),
            models.CheckConstraint(
                name="emergency_open_has_moment", condition=~Q(status="open") | Q(opened_at__isnull=False)
            ),
            models.CheckConstraint(
                name="emergency_ended_was_told",
                condition=~Q(status="ended") | Q(opened_at=None) | Q(told_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["status", "ends_at"], name="emergency_due")]

    def __str__(self) -> str:
        return f"emergency access {self.pk}"
