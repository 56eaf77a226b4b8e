"""Tables of taking part: Call -> Opening -> Application -> Round -> Offer -> Engagement -> Session.

Places left are counted from rows, never stored. Taking part is a row, never a column on the person.
"""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from sojourn.plan.models import Component
from sojourn.records.encrypted import EncryptedTextField
from sojourn.records.models import Run
from sojourn.registry.models import Account, Organisation, Person


class CallQuerySet(models.QuerySet["Call"]):
    """Filters on calls."""

    def published(self) -> Self:
        """What the public may read."""
        return self.filter(status=Call.Status.PUBLISHED)

    def open(self, on: dt.date) -> Self:
        """Published, and taking applications on the day."""
        return self.published().filter(opens_on__lte=on, closes_on__gt=on)


class Call(models.Model):
    """A published invitation with dates and rules; open on the days [opens_on, closes_on)."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        CANCELLED = "cancelled"

    MOVES = {Status.DRAFT: {Status.PUBLISHED, Status.CANCELLED}, Status.PUBLISHED: {Status.CANCELLED}}

    code = models.SlugField(max_length=40, unique=True)
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="+")
    organiser = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    titles = models.JSONField()
    summaries = models.JSONField()
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    opens_on = models.DateField()
    closes_on = models.DateField()
    minimum_age = models.PositiveSmallIntegerField()  # completed years on the first day of the opening
    maximum_age = models.PositiveSmallIntegerField()
    maximum_choices = models.PositiveSmallIntegerField(default=5)
    maximum_group = models.PositiveSmallIntegerField(default=1)
    answer_days = models.PositiveSmallIntegerField(default=14)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "code"]
        constraints = [
            models.CheckConstraint(name="call_dates", condition=Q(closes_on__gt=F("opens_on"))),
            models.CheckConstraint(name="call_ages", condition=Q(maximum_age__gte=F("minimum_age"))),
            models.CheckConstraint(
                name="call_counts",
                condition=Q(maximum_choices__gte=1, maximum_group__gte=1, answer_days__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def is_open(self, on: dt.date) -> bool:
        """Whether it takes applications on the day."""
        return self.status == self.Status.PUBLISHED and self.opens_on <= on < self.closes_on


class Opening(models.Model):
    """One ranked thing to apply for, such as a camp week; `seats` is what the host offers."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="openings")
    code = models.SlugField(max_length=40)
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    titles = models.JSONField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    seats = models.PositiveIntegerField()

    class Meta:
        ordering = ["starts_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="opening_code_once"),
            models.CheckConstraint(name="opening_dates", condition=Q(ends_on__gt=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return self.code


class Reserve(models.Model):
    """Seats of an opening kept first for applicants of one region; what they leave is open to all."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="reserves")
    region = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["opening", "region"], name="reserve_once"),
            models.UniqueConstraint(fields=["opening", "position"], name="reserve_position"),
            models.CheckConstraint(name="reserve_seats", condition=Q(seats__gte=1)),
        ]

    def __str__(self) -> str:
        return f"reserve {self.pk}"


class Group(models.Model):
    """People who want to stay together: one ticket. Others join with the code that its leader passes on."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="groups")
    join_code = models.CharField(max_length=12, unique=True)

    def __str__(self) -> str:
        return f"group {self.pk}"


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Filters on applications."""

    def standing(self) -> Self:
        """Those that take part in the allocation."""
        return self.filter(status=Application.Status.SUBMITTED)


class Application(models.Model):
    """A person's, an organisation's or a group's act of applying to a call: one ticket, one size."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted"
        WITHDRAWN = "withdrawn"

    MOVES = {Status.SUBMITTED: {Status.WITHDRAWN}}

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    reference = models.CharField(max_length=16, unique=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.SUBMITTED)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    group = models.OneToOneField(
        Group, null=True, blank=True, on_delete=models.CASCADE, related_name="application"
    )
    sending = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    submitted_on = models.DateField()

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="application_exactly_one_applicant",
                condition=Q(person__isnull=False, organisation=None, group=None)
                | Q(person=None, organisation__isnull=False, group=None)
                | Q(person=None, organisation=None, group__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["call", "status"], name="application_call")]

    def __str__(self) -> str:
        return self.reference


class Member(models.Model):
    """A person covered by an application; nobody stands in two applications of one call."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="members")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="applies_once_per_call")]

    def __str__(self) -> str:
        return f"member {self.pk}"


class Preference(models.Model):
    """One ranked choice of an application; rank 1 is the first choice."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="preferences")
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="preferences")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["application", "opening"], name="preference_once"),
            models.UniqueConstraint(fields=["application", "rank"], name="preference_rank_once"),
            models.CheckConstraint(name="preference_rank", condition=Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return f"preference {self.pk}"


class Round(models.Model):
    """A published timetable of allocation for one call, and the run that carried it out."""

    class Status(models.TextChoices):
        ANNOUNCED = "announced"
        FROZEN = "frozen"
        DRAWN = "drawn"

    MOVES = {Status.ANNOUNCED: {Status.FROZEN}, Status.FROZEN: {Status.DRAWN}}

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="round")
    status = models.CharField(max_length=12, choices=Status, default=Status.ANNOUNCED)
    seed_source = models.JSONField()  # named before the freeze, see core/draw
    announced_at = models.DateTimeField()
    run = models.OneToOneField(Run, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="round_frozen_has_run",
                condition=Q(status="announced", run=None) | (~Q(status="announced") & Q(run__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"round {self.pk}"


class Ticket(models.Model):
    """An application's pseudonym in the published files; only its own people can connect the two.

    It stays when its application is gone, for the published list counts it; then it leads to nobody.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="tickets")
    application = models.OneToOneField(
        Application, null=True, on_delete=models.SET_NULL, related_name="ticket"
    )
    code = models.CharField(max_length=20)
    place_in_order = models.PositiveIntegerField(null=True, blank=True)
    reason = models.JSONField(null=True, blank=True)  # core/draw Explanation, frozen with the draw

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "code"], name="ticket_code_once")]

    def __str__(self) -> str:
        return self.code


class Offer(models.Model):
    """Seats offered to an application in an opening, one for each of its people, who answer for themselves.

    It is open while somebody’s answer is awaited, then accepted if anybody took a seat. Declined, lapsed and
    given back are one state: no trace of which.
    """

    class Status(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        CLOSED = "closed"

    MOVES = {Status.OPEN: {Status.ACCEPTED, Status.CLOSED}, Status.ACCEPTED: {Status.CLOSED}}

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="offers")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="offers")
    reserve = models.ForeignKey(
        Reserve, null=True, blank=True, on_delete=models.PROTECT, related_name="offers"
    )
    rank = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    from_waiting_list = models.BooleanField(default=False)
    offered_on = models.DateField()
    answer_by = models.DateField()  # the last day on which it can be accepted

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(status__in=["open", "accepted"]),
                name="one_live_offer_per_application",
            ),
        ]
        indexes = [
            models.Index(fields=["opening", "status"], name="offer_opening"),
            models.Index(fields=["status", "answer_by"], name="offer_due"),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"


class OfferedSeat(models.Model):
    """A seat held for one person until they answer. Taken, declined or lapsed: the row goes either way."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "person"], name="seat_offered_once")]

    def __str__(self) -> str:
        return f"offered seat {self.pk}"


class WaitingPlace(models.Model):
    """A standing application's place on an opening's waiting list; the row goes when the waiting ends."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="waiting")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="waiting")
    place = models.PositiveIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["opening", "application"], name="waits_once"),
            models.UniqueConstraint(fields=["opening", "place"], name="waiting_place_once"),
        ]

    def __str__(self) -> str:
        return f"waiting {self.pk}"


class Engagement(models.Model):
    """A person's taking part in an opening, [starts_on, ends_on). Leaving early is the same neutral end.

    What published figures counted stays when the person is erased: with a remnant, and without the offer.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    component = models.ForeignKey(Component, on_delete=models.PROTECT, related_name="+")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="engagements")
    offer = models.ForeignKey(Offer, null=True, on_delete=models.SET_NULL, related_name="engagements")
    sending = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "opening"], name="engaged_once"),
            models.CheckConstraint(name="engagement_period", condition=Q(ends_on__gte=F("starts_on"))),
        ]
        indexes = [models.Index(fields=["component", "starts_on", "sending"], name="engagement_counts")]

    def __str__(self) -> str:
        return f"engagement {self.pk}"


class TripNeed(models.Model):
    """What somebody needs on a trip (diet, medical), in their own words; gone 30 days after the return.

    The only free text about a person beside an incident note. Nobody can search or count by it: the text is
    encrypted, and only the actions and queries of needs name this table (house test).
    """

    engagement = models.OneToOneField(Engagement, on_delete=models.CASCADE, related_name="+")
    text = EncryptedTextField()

    def __str__(self) -> str:
        return f"need {self.pk}"


class Departure(models.Model):
    """A group set out for its stay with these adults; confirmed anew whenever the adults change."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="departures")
    left_on = models.DateField()
    adults = models.ManyToManyField(Account, related_name="+")

    class Meta:
        ordering = ["left_on", "pk"]

    def __str__(self) -> str:
        return f"departure {self.pk}"


class Session(models.Model):
    """One dated happening of an opening."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="sessions")
    held_on = models.DateField()
    titles = models.JSONField()
    adults = models.ManyToManyField(Account, related_name="+")

    class Meta:
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"session {self.pk}"


class Attendance(models.Model):
    """Who was there: a row is presence, no row is silence."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="attendances")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "engagement"], name="attends_once")]

    def __str__(self) -> str:
        return f"attendance {self.pk}"
