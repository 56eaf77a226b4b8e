"""Emergency accesses as the leads see them, and as the person does."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sojourn.participation.models import Engagement, Opening
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Organisation, Person
from sojourn.safeguarding.models import EmergencyAccess
from sojourn.safeguarding.queries.vetting import called
from sojourn.safeguarding.rules.emergency import must_guard
from sojourn.safeguarding.rules.routing import LEAD

Texts = Mapping[str, str]
Status = EmergencyAccess.Status
AROUND = dt.timedelta(days=30)
"""How long before and after a stay a lead can ask about it."""


@dataclass(frozen=True, slots=True)
class AccessLine:
    """An access in the list of the leads: the person has no name here."""

    number: int
    purpose: str
    status: str
    activity: Texts
    requested_by: str
    approved_by: str
    requested_at: dt.datetime
    ends_at: dt.datetime
    is_mine_to_read: bool
    is_mine_to_approve: bool


@dataclass(frozen=True, slots=True)
class AccessNotice:
    """What the person is told: who opened the record, in which activity, what for, from when to when."""

    purpose: str
    activity: Texts
    organisation: Texts
    opened_at: dt.datetime
    ends_at: dt.datetime


def accesses(by: Actor, *, at: dt.datetime) -> list[AccessLine]:
    """Those of the activities in and below the actor's organisations, the newest first."""
    rows = (
        EmergencyAccess.objects.filter(opening__host__links_up__ancestor__in=by.organisations(LEAD))
        .select_related("opening", "requested_by__person", "approved_by__person")
        .distinct()
    )
    return [_line(row, by, at) for row in rows.order_by("-requested_at", "-pk")[:100]]


def access_for(by: Actor, number: int) -> EmergencyAccess:
    """One of them.

    Raises:
        UnseenError: There is none of this number for the actor.
    """
    access = EmergencyAccess.objects.filter(pk=number).select_related("opening", "person").first()
    if access is None:
        raise UnseenError
    must_guard(by, access.opening, access.person)
    return access


def activities_in_reach(by: Actor, *, on: dt.date) -> list[Opening]:
    """The stays around the day that are run in or below the actor's organisations."""
    below = Organisation.objects.filter(links_up__ancestor__in=by.organisations(LEAD)).values("pk").order_by()
    rows = Opening.objects.filter(host__in=below, starts_on__lte=on + AROUND, ends_on__gte=on - AROUND)
    return list(rows.select_related("host").order_by("starts_on", "code", "pk"))


def person_named(opening: Opening, given_name: str, family_name: str) -> Person | None:
    """The one person of exactly this name who takes part; None also when two have it."""
    rows = Engagement.objects.filter(
        opening=opening,
        person__given_name__iexact=given_name.strip(),
        person__family_name__iexact=family_name.strip(),
    ).select_related("person")
    found = list(rows.order_by("pk")[:2])
    return found[0].person if len(found) == 1 else None


def notices_for(person_ids: Collection[int]) -> dict[int, list[AccessNotice]]:
    """Every access that was ever open to the record of each person, the newest first."""
    rows = EmergencyAccess.objects.filter(person__in=person_ids, opened_at__isnull=False)
    found: dict[int, list[AccessNotice]] = {person: [] for person in person_ids}
    for row in rows.select_related("opening", "organisation").order_by("-opened_at", "-pk"):
        if row.opened_at is not None:
            ends_at = min(row.told_at or row.ends_at, row.ends_at)
            notice = AccessNotice(
                row.purpose,
                row.opening.titles,
                row.organisation.names,
                row.opened_at,
                ends_at,
            )
            found[row.person_id].append(notice)
    return found


def _line(row: EmergencyAccess, by: Actor, at: dt.datetime) -> AccessLine:
    is_over = row.status == Status.ENDED or row.ends_at <= at
    pair = (row.requested_by_id, row.approved_by_id)
    return AccessLine(
        number=row.pk,
        purpose=row.purpose,
        status=Status.ENDED if is_over else row.status,
        activity=row.opening.titles,
        requested_by=called(row.requested_by) if row.requested_by else "",
        approved_by=called(row.approved_by) if row.approved_by else "",
        requested_at=row.requested_at,
        ends_at=row.ends_at,
        is_mine_to_read=not is_over and row.status == Status.OPEN and by.account_id in pair,
        is_mine_to_approve=not is_over and row.status == Status.REQUESTED and by.account_id not in pair,
    )
