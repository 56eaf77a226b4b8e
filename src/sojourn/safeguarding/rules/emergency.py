"""Rules of emergency access: safeguarding leads of this activity only, two of them, one person, 24 hours."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Engagement, Opening
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError, refuse
from sojourn.registry.models import Guardianship, Person
from sojourn.safeguarding.models import EmergencyAccess
from sojourn.safeguarding.rules.routing import LEAD, chain

LASTS = dt.timedelta(hours=24)
Status = EmergencyAccess.Status


def must_guard(by: Actor, opening: Opening, person: Person | None = None) -> int:
    """The nearest organisation for which the actor is a lead of this activity, its host or one above it.

    Whoever is the person, or the person's guardian, has no part in it.
    """
    own = by.organisations(LEAD)
    nearest = next((organisation for organisation in chain(opening) if organisation in own), None)
    if nearest is None or by.account_id is None:
        raise UnseenError
    if person is not None and by.person_id is not None:
        guards = Guardianship.objects.filter(child=person, guardian_id=by.person_id)
        if by.person_id == person.pk or guards.exists():
            raise UnseenError
    return nearest


def may_request_access(
    *, by: Actor, opening: Opening, person: Person | None, purpose: str, at: dt.datetime
) -> None:
    """A lead asks, for a purpose of the list, about one person who takes part in this activity."""
    must_guard(by, opening, person)
    if purpose not in EmergencyAccess.Purpose.values:
        raise refuse("emergency.purpose", _("Choose what it is for."), where="purpose")
    there = person is not None and Engagement.objects.filter(opening=opening, person=person).exists()
    if not there:
        raise refuse(
            "emergency.nobody",
            _("Nobody of exactly this name takes part. Ask the host how the name is written."),
            where="given_name",
        )
    waiting = EmergencyAccess.objects.filter(opening=opening, person=person, ends_at__gt=at)
    if waiting.exclude(status=Status.ENDED).exists():
        raise refuse("emergency.already", _("There is a request about this person already. See the list."))


def may_approve_access(*, by: Actor, access: EmergencyAccess, at: dt.datetime) -> None:
    """A second lead agrees while the request is fresh."""
    must_guard(by, access.opening, access.person)
    if access.requested_by_id == by.account_id:
        raise refuse(
            "emergency.second_person",
            _("Somebody else has to agree: ask another safeguarding lead of the host or above it."),
        )
    if access.status != Status.REQUESTED or access.ends_at <= at:
        raise refuse("emergency.over", _("This request is over. Make a new one if it is still needed."))


def may_read_record(*, by: Actor, access: EmergencyAccess, at: dt.datetime) -> None:
    """One of the two, while it lasts and while they are leads."""
    must_guard(by, access.opening, access.person)
    if by.account_id not in {access.requested_by_id, access.approved_by_id}:
        raise UnseenError
    if not EmergencyAccess.objects.open(at).filter(pk=access.pk).exists():
        raise UnseenError


def may_revoke_access(*, by: Actor, access: EmergencyAccess, **_rest: object) -> None:
    """Any lead of this activity ends it early."""
    must_guard(by, access.opening, access.person)
    if access.status == Status.ENDED:
        raise refuse("emergency.ended", _("It has ended already."))


def may_end_accesses(**_rest: object) -> None:
    """What is over ends by the clock, which alone holds the verb."""
