"""Tables of coming in: a live log-in, an invitation to a post, a paper slip for a minor.

Secrets are kept as keyed hashes only: whoever reads these tables can neither accept an invitation nor use
a slip. No address of a machine is held anywhere.
"""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

from sojourn.records.roles import POSTS
from sojourn.registry.models import Account, Membership, Organisation, Person


class LogIn(AbstractBaseSession):
    """A session, with whose log-in it is, so that its holder can see it and end it."""

    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "log-in"

    def __str__(self) -> str:
        return "log-in"  # never the key: this text reaches logs

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The engine that reads these rows."""
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store


ROLES = sorted(map(str, POSTS))


class Invitation(models.Model):
    """A link to one post in one organisation: for one address, one use, seven days."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=24, choices=Membership.Role)
    email = models.EmailField()
    is_mailed = models.BooleanField()  # else its link was handed over, which proves no address
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_to_a_post", condition=Q(role__in=sorted(map(str, POSTS)))
            ),
            models.CheckConstraint(name="invitation_period", condition=Q(ends_at__gt=F("made_at"))),
            models.CheckConstraint(
                name="invitation_used_or_revoked", condition=Q(used_at=None) | Q(revoked_at=None)
            ),
            models.CheckConstraint(
                name="invitation_used_by_somebody",
                condition=Q(used_at=None, used_by=None) | Q(used_at__isnull=False, used_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Slip(models.Model):
    """A printed code with which one minor acts alone, in what is the minor's own to say."""

    child = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    # The host that printed it for its group; empty when the guardian did.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            # A slip revoked on the day it was made is an empty period, not a negative one.
            models.CheckConstraint(name="slip_period", condition=Q(ends_on__gte=F("starts_on")))
        ]

    def __str__(self) -> str:
        return f"slip {self.pk}"
