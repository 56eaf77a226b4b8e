"""Tables of who: organisations in a tree, people, accounts with posts, guardians, consent, vetting.

What is not here is not held: no ethnicity, religion, belief, political view or membership, no identity
number, no photo, no birthplace, no free text about a person (docs/data-register.csv, house tests).
"""

import datetime as dt
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from sojourn.records.roles import POSTS


def live(on: dt.date, prefix: str = "") -> Q:
    """Rows whose half-open period [starts_on, ends_on) holds the day; an open end is no end."""
    return Q(**{f"{prefix}starts_on__lte": on}) & (
        Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gt": on})
    )


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Filters on organisations."""

    def within(self, organisation_id: int) -> Self:
        """The organisation itself and everything below it."""
        return self.filter(links_up__ancestor_id=organisation_id)

    def regional_offices(self) -> Self:
        """The offices that carry the programme in a region, sending and receiving."""
        return self.filter(kind__in=[Organisation.Kind.REGIONAL_OFFICE, Organisation.Kind.RECEIVING_OFFICE])


class Organisation(models.Model):
    """A body in the tree: the coordinating office, its regional offices, and their institutions."""

    class Kind(models.TextChoices):
        COORDINATING_OFFICE = "coordinating_office"
        REGIONAL_OFFICE = "regional_office"
        RECEIVING_OFFICE = "receiving_office"
        LOCAL_OFFICE = "local_office"  # of a city or district, between a region and its schools
        SCHOOL = "school"
        UNIVERSITY = "university"
        EMPLOYER = "employer"
        TRAINING_CENTRE = "training_centre"

    class Level(models.TextChoices):
        UNKNOWN = ""
        PRIMARY = "primary"
        SECONDARY = "secondary"

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=24, choices=Kind)
    names = models.JSONField()  # {"en": ..., "zh": ...}; "zh" may be missing
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    partner = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    level = models.CharField(max_length=12, choices=Level, blank=True)
    town = models.CharField(max_length=80, blank=True)
    easting = models.PositiveIntegerField(null=True, blank=True)  # British National Grid, metres
    northing = models.PositiveIntegerField(null=True, blank=True)
    hex_column = models.SmallIntegerField(null=True, blank=True)  # place on the tile map, offices only
    hex_row = models.SmallIntegerField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="organisation_root_is_coordinating",
                condition=Q(parent=None, kind="coordinating_office")
                | (Q(parent__isnull=False) & ~Q(kind="coordinating_office")),
            ),
            models.CheckConstraint(
                name="organisation_place_is_whole",
                condition=Q(easting=None, northing=None) | Q(easting__isnull=False, northing__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["kind", "code"], name="organisation_kind")]

    def __str__(self) -> str:
        return self.code


class OrganisationLink(models.Model):
    """The tree's closure: one row per organisation and each of its ancestors, itself at depth 0."""

    ancestor = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="links_down")
    descendant = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="links_up")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ancestor", "descendant"], name="organisation_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"


class Person(models.Model):
    """A young person or a guardian. A minor needs no account and no e-mail address.

    `key` is random and never used twice, as a number can be after a restore: the erasure ledger holds it. A
    remnant is what is left where a published figure counted somebody who has been erased: nobody.
    """

    NOBODY: ClassVar[dict[str, Any]] = {
        "given_name": "",
        "family_name": "",
        "birth_on": dt.date(1900, 1, 1),
        "language": "",
    }

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    birth_on = models.DateField()
    language = models.CharField(max_length=10, default="en")
    is_remnant = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="remnant_is_nobody",
                condition=Q(is_remnant=False)
                | Q(
                    is_remnant=True,
                    given_name="",
                    family_name="",
                    birth_on=dt.date(1900, 1, 1),
                    language="",
                ),
            )
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"  # never the name: this text reaches logs

    def age(self, on: dt.date) -> int:
        """Completed years on the day."""
        had_birthday = (on.month, on.day) >= (self.birth_on.month, self.birth_on.day)
        return on.year - self.birth_on.year - (not had_birthday)

    def birthday(self, age: int) -> dt.date:
        """The day on which the person reaches the age; who was born on a leap day does so on 1 March."""
        year = self.birth_on.year + age
        try:
            return self.birth_on.replace(year=year)
        except ValueError:
            return dt.date(year, 3, 1)


class Guardianship(models.Model):
    """An adult who decides and acts for a minor."""

    guardian = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wards")
    child = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guardians")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guardian", "child"], name="guardianship_once"),
            models.CheckConstraint(name="guardianship_of_another", condition=~Q(guardian=F("child"))),
        ]

    def __str__(self) -> str:
        return f"guardianship {self.pk}"


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the address is compared in one case."""

    def create_account(
        self, email: str, password: str | None = None, person: Person | None = None
    ) -> "Account":
        """A new account; without a password nobody can log in with one."""
        account = self.model(email=self.normalize_email(email).lower(), person=person)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account of an address, in whatever case it was typed."""
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser):
    """A log-in: of a person, or of someone who works in an organisation, or both."""

    email = models.EmailField(unique=True)
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="account"
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"

    def __str__(self) -> str:
        return f"account {self.pk}"


class Membership(models.Model):
    """A post: a role that an account holds in one organisation for a time."""

    class Role(models.TextChoices):
        PROGRAMME_OFFICE = "programme_office"
        REGIONAL_OFFICE = "regional_office"
        INSTITUTION = "institution"
        LEADER = "leader"
        HOST = "host"
        SAFEGUARDING_LEAD = "safeguarding_lead"
        AUDITOR = "auditor"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "organisation", "role"], name="membership_once"),
            models.CheckConstraint(
                name="membership_role_is_a_post", condition=Q(role__in=sorted(map(str, POSTS)))
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class Vetting(models.Model):
    """Proof that an adult may be with minors, or was trained for it, until a day.

    What was checked or taught stays with who did it: no detail, no document, no outcome but this row.
    """

    class Kind(models.TextChoices):
        CHECK = "background_check"
        TRAINING = "safeguarding_training"

    kind = models.CharField(max_length=24, choices=Kind, default=Kind.CHECK)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="vettings")
    checked_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            # One that is revoked on the day it was recorded is an empty period, not a negative one.
            models.CheckConstraint(name="vetting_period", condition=Q(ends_on__gte=F("starts_on")))
        ]
        indexes = [models.Index(fields=["account", "kind", "ends_on"], name="vetting_lookup")]

    def __str__(self) -> str:
        return f"vetting {self.pk}"


class Consent(models.Model):
    """One yes: for one purpose and one component, to one version of a text, for at most a school year.

    There are rows for a yes only. A no and no answer are the same: no row.
    """

    class Kind(models.TextChoices):
        CONSENT = "consent"  # an adult's own, or a guardian's for a minor
        ASSENT = "assent"  # the child's own, from age 8

    class Purpose(models.TextChoices):
        """Each is a yes of its own, and none is a condition of another.

        There is none for publishing: nothing about a person is ever published, so nobody is asked.
        """

        TAKE_PART = "take_part"
        SHARE_NAME = "share_name"  # the given name, with the partner group
        HEAR_OF_CALLS = "hear_of_calls"  # by message, of later calls
        KEEP_NEEDS = "keep_needs"  # food and medicine, for a trip

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=8, choices=Kind)
    purpose = models.CharField(max_length=24, choices=Purpose)
    component_code = models.CharField(max_length=40)  # the plan lies above this floor
    # Empty once a guardian is erased whose ward stays, and on what is left of somebody erased.
    given_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    text_version = models.CharField(max_length=20)
    text_sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            # A yes that is taken back on the day on which it was said leaves no row at all.
            models.CheckConstraint(name="consent_period", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="assent_is_own", condition=~Q(kind="assent") | Q(given_by=F("person"))
            ),
        ]
        indexes = [
            models.Index(fields=["person", "component_code", "purpose", "kind"], name="consent_lookup")
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"
