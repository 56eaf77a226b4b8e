"""How people leave the tables: what is theirs goes, what a published figure counted stays without them.

Set-based, for the erasure of one person and for the nightly clock alike, inside the caller's transaction.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import F, Q

from sojourn.entrance.models import Invitation
from sojourn.participation.actions.offers import end_engagement, give_back_seats
from sojourn.participation.models import (
    Application,
    Attendance,
    Call,
    Engagement,
    Group,
    Member,
    TripNeed,
    WaitingPlace,
)
from sojourn.plan.models import Component
from sojourn.registry.consent_texts import version_on
from sojourn.registry.consents import live_yes
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
    _hand_over_wards(ids, on)
    accounts = Account.objects.filter(person__in=ids)
    accounts.filter(memberships__isnull=False).update(person=None)  # a post keeps its log-in
    addresses = accounts.filter(memberships=None).values_list("email", flat=True).order_by()
    Invitation.objects.filter(email__in=list(addresses)).delete()
    accounts.filter(memberships=None).delete()
    Person.objects.filter(pk__in=ids).delete()


def leave_remnants(engagements: Iterable[Engagement]) -> None:
    """Give these stays to nobody: one remnant a person and component, with a yes on the days that counted.

    Stays of no day at which nobody was seen are deleted, as no figure counts them.
    """
    rows = list(engagements)
    ids = [row.pk for row in rows]
    days = _days_that_count(ids)
    attended = set(Attendance.objects.filter(engagement__in=ids).values_list("engagement_id", flat=True))
    TripNeed.objects.filter(engagement__in=ids).delete()
    stays: dict[tuple[int, int], list[int]] = {}
    for row in rows:
        if row.starts_on < row.ends_on or row.pk in attended:
            stays.setdefault((row.person_id, row.component_id), []).append(row.pk)
    kept = {number for numbers in stays.values() for number in numbers}
    Engagement.objects.filter(pk__in=set(ids) - kept).delete()
    codes = dict(Component.objects.values_list("pk", "code").order_by())
    for (_person, component), numbers in stays.items():
        remnant = Person.objects.create(is_remnant=True, **Person.NOBODY)
        Engagement.objects.filter(pk__in=numbers).update(person=remnant, offer=None)
        counted = {day for number in numbers for day in days.get(number, ())}
        Consent.objects.bulk_create(_yes(remnant, codes[component], day) for day in sorted(counted))


def _days_that_count(engagements: Collection[int]) -> dict[int, set[dt.date]]:
    """The first days and the days of sessions on which everybody's yes was live, by stay."""
    begun = Engagement.objects.filter(live_yes(F("starts_on"), F("component__code")), pk__in=engagements)
    seen = Attendance.objects.filter(
        live_yes(F("session__held_on"), F("engagement__component__code"), person="engagement__person"),
        engagement__in=engagements,
    )
    days: dict[int, set[dt.date]] = {}
    for number, day in begun.order_by().values_list("pk", "starts_on"):
        days.setdefault(number, set()).add(day)
    for number, day in seen.order_by().values_list("engagement_id", "session__held_on"):
        days.setdefault(number, set()).add(day)
    return days


def _yes(remnant: Person, component_code: str, day: dt.date) -> Consent:
    """That everybody's yes was live on the day; nobody's own row is kept."""
    return Consent(
        person=remnant,
        kind=Consent.Kind.CONSENT,
        purpose=Consent.Purpose.TAKE_PART,
        component_code=component_code,
        given_by=remnant,
        text_version=version_on(Consent.Purpose.TAKE_PART, day).code,
        starts_on=day,
        ends_on=day + dt.timedelta(days=1),
    )


def delete_applications(applications: Iterable[Application]) -> None:
    """Delete applications with their groups; tickets of published lists stay, and lead to nobody."""
    rows = list(applications)
    Application.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Group.objects.filter(pk__in=[row.group_id for row in rows if row.group_id is not None]).delete()


def _hand_over_wards(ids: Collection[int], on: dt.date) -> None:
    """In the past of wards who stay, somebody unnamed was their guardian and said what was said."""
    for row in Guardianship.objects.filter(guardian__in=ids).exclude(child__in=ids).order_by("pk"):
        remnant = Person.objects.create(is_remnant=True, **Person.NOBODY)
        ends_on = on if row.ends_on is None else min(on, row.ends_on)
        Consent.objects.filter(person=row.child_id, given_by=row.guardian_id).update(given_by=remnant)
        Guardianship.objects.filter(pk=row.pk).update(guardian=remnant, ends_on=ends_on)


def _leave(ids: Collection[int], on: dt.date) -> None:
    """End what has begun, give back what is to come: its seats go to the next in line."""
    stays = Engagement.objects.filter(person__in=ids, ends_on__gt=on).select_related("offer")
    for row in stays.order_by("opening__call_id", "opening_id", "pk"):
        end_engagement(row, on)


def _withdraw(ids: Collection[int], on: dt.date) -> None:
    """Take the people out of their applications; one that covers nobody else goes, its ticket stays."""
    touched = Application.objects.filter(Q(members__person__in=ids) | Q(person__in=ids)).distinct()
    empty = []
    for application in touched.order_by("call_id", "pk"):
        Call.objects.select_for_update(no_key=True).get(pk=application.call_id)  # no freeze or draw meanwhile
        Member.objects.filter(application=application, person__in=ids).delete()
        if not application.members.exists():
            WaitingPlace.objects.filter(application=application).delete()
            empty.append(application)
        give_back_seats(application, ids, on)
    delete_applications(empty)
