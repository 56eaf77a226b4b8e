"""How people leave the tables: what is theirs goes, what a published figure counted stays without them.

Set-based, for the erasure of one person and for the nightly clock alike, inside the caller's transaction.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Exists, F, OuterRef, Q

from sojourn.entrance.models import Invitation
from sojourn.participation.actions.offers import end_stay, fill_up, give_back_offers
from sojourn.participation.models import (
    Application,
    Attendance,
    Engagement,
    Group,
    Member,
    Offer,
    Opening,
    TripNeed,
)
from sojourn.participation.rules.applications import is_frozen
from sojourn.plan.models import Component
from sojourn.registry.models import Account, Consent, Guardianship, Person, live
from sojourn.registry.rules import ADULT_FROM


def with_wards(ids: Collection[int], on: dt.date) -> set[int]:
    """The people, and the minors for whom nobody could act any more without them."""
    rows = Guardianship.objects.filter(live(on), guardian__in=ids).select_related("child").order_by("pk")
    wards = {row.child_id for row in rows if row.child.age(on) < ADULT_FROM}
    others = Guardianship.objects.filter(live(on), child__in=wards).exclude(guardian__in=ids)
    return set(ids) | (wards - set(others.values_list("child_id", flat=True).order_by()))


def let_go(ids: Collection[int], on: dt.date) -> None:
    """Nothing is left of the people but remnants: applications, stays to come, log-ins and names go."""
    _leave(ids, on)
    _withdraw(ids, on)
    leave_remnants(Engagement.objects.filter(person__in=ids))
    accounts = Account.objects.filter(person__in=ids)
    accounts.filter(memberships__isnull=False).update(person=None)  # a post keeps its log-in
    addresses = accounts.filter(memberships=None).values_list("email", flat=True).order_by()
    Invitation.objects.filter(email__in=list(addresses)).delete()
    accounts.filter(memberships=None).delete()
    Person.objects.filter(pk__in=ids).delete()


def leave_remnants(engagements: Iterable[Engagement]) -> None:
    """Give these stays, with the consents that they count by, to nobody: one remnant a person and component.

    Stays of no day at which nobody was seen are deleted, as no figure counts them.
    """
    rows = list(engagements)
    attended = set(Attendance.objects.filter(engagement__in=rows).values_list("engagement_id", flat=True))
    TripNeed.objects.filter(engagement__in=rows).delete()
    counted: dict[tuple[int, int], list[int]] = {}
    for row in rows:
        if row.starts_on < row.ends_on or row.pk in attended:
            counted.setdefault((row.person_id, row.component_id), []).append(row.pk)
        else:
            row.delete()
    remnants = Person.objects.bulk_create(Person(is_remnant=True, **Person.NOBODY) for _ in counted)
    for remnant, ((person, component), stays) in zip(remnants, counted.items(), strict=True):
        Consent.objects.filter(
            person=person,
            component_code__in=Component.objects.filter(pk=component).values("code"),
        ).update(person=remnant, given_by=None, language="")
        Engagement.objects.filter(pk__in=stays).update(person=remnant, offer=None)


def delete_applications(applications: Iterable[Application]) -> None:
    """Delete applications with their groups; tickets of published lists stay, and lead to nobody."""
    rows = list(applications)
    Application.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Group.objects.filter(pk__in=[row.group_id for row in rows if row.group_id is not None]).delete()


def _leave(ids: Collection[int], on: dt.date) -> None:
    """End what has begun, give back what is to come: its seats go to the next in line."""
    stays = Engagement.objects.filter(person__in=ids, ends_on__gt=on).select_related("offer")
    for row in stays.order_by("opening__call_id", "opening_id", "pk"):
        end_stay(row, on)


def _withdraw(ids: Collection[int], on: dt.date) -> None:
    """Take the people out of their applications; an application that covers nobody else goes as a whole."""
    others = Member.objects.filter(application=OuterRef("pk")).exclude(person__in=ids)
    touched = Application.objects.filter(Q(members__person__in=ids) | Q(person__in=ids)).distinct()
    alone = list(touched.filter(~Exists(others)).select_related("call").order_by("pk"))
    for application in alone:
        if is_frozen(application):
            give_back_offers(application, on)
    shared = list(touched.filter(Exists(others)).order_by("pk").values_list("pk", flat=True))
    delete_applications(alone)
    for application_id in shared:
        gone, _by_table = Member.objects.filter(application=application_id, person__in=ids).delete()
        open_offers = Offer.objects.filter(application=application_id, status=Offer.Status.OPEN)
        open_offers.update(size=F("size") - gone)
        openings = Opening.objects.filter(pk__in=open_offers.order_by().values("opening_id"))
        fill_up(openings.order_by("call_id", "pk"), on)
