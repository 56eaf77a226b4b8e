"""To whom an incident goes: the nearest safeguarding leads whom it does not concern, and who is next."""

import datetime as dt
from collections.abc import Collection

from sojourn.participation.models import Opening
from sojourn.participation.rules.sessions import HOSTS
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Account, Membership, Organisation, OrganisationLink, live
from sojourn.safeguarding.models import Incident

LEAD = Membership.Role.SAFEGUARDING_LEAD


def chain(opening: Opening | None) -> list[int]:
    """The organisations that may handle it, the nearest first: the host and all above it; else the root."""
    if opening is None:
        return list(Organisation.objects.filter(parent=None).values_list("pk", flat=True).order_by("pk"))
    links = OrganisationLink.objects.filter(descendant=opening.host_id)
    return list(links.values_list("ancestor_id", flat=True).order_by("depth"))


def holders(organisation_ids: Collection[int], roles: Collection[str], on: dt.date) -> set[int]:
    """The accounts that hold one of the roles in one of the organisations on the day."""
    rows = Account.objects.filter(
        live(on, "memberships__"),
        is_active=True,
        memberships__organisation__in=organisation_ids,
        memberships__role__in=roles,
    )
    return set(rows.values_list("pk", flat=True).order_by())


def free_leads(organisation_id: int, excluded: Collection[int], on: dt.date) -> set[int]:
    """The safeguarding leads of the organisation whom the incident does not concern."""
    return holders([organisation_id], [LEAD], on) - set(excluded)


def concerned(opening: Opening | None, concerns: str, on: dt.date) -> set[int]:
    """The accounts that a report speaks of, by what it says of whom it concerns.

    About a leader: everybody who leads the activity, by post, at a session or on the journey. About
    safeguarding itself: the leads of the nearest organisation that has any.
    """
    path = chain(opening)
    if concerns == Incident.Concerns.LEADER and opening is not None:
        return holders(path[:1], HOSTS, on) | leaders_of(opening)
    if concerns == Incident.Concerns.SAFEGUARDING:
        return next((leads for organisation in path if (leads := holders([organisation], [LEAD], on))), set())
    return set()


def leaders_of(opening: Opening) -> set[int]:
    """The adults who led a session of the activity or set out with its group."""
    led = opening.sessions.values_list("adults", flat=True)
    travelled = opening.departures.values_list("adults", flat=True)
    return {account for account in [*led.order_by(), *travelled.order_by()] if account is not None}


def next_up(incident: Incident, on: dt.date) -> int | None:
    """The nearest organisation that has a free lead and is no recipient yet; None when none is left inside.

    Never one below a recipient: an incident climbs, it does not come down.
    """
    path = chain(incident.opening)
    excluded = set(incident.involved.values_list("account_id", flat=True).order_by())
    reached = set(incident.recipients.values_list("organisation_id", flat=True).order_by())
    highest = max((place for place, organisation in enumerate(path) if organisation in reached), default=-1)
    ahead = path[highest + 1 :]
    return next((organisation for organisation in ahead if free_leads(organisation, excluded, on)), None)


def readers(incident: Incident, on: dt.date) -> set[int]:
    """The accounts that may read the incident: free leads of its recipients."""
    excluded = set(incident.involved.values_list("account_id", flat=True).order_by())
    reached = incident.recipients.values_list("organisation_id", flat=True).order_by()
    return holders(list(reached), [LEAD], on) - excluded


def must_handle(by: Actor, incident: Incident) -> int:
    """The actor's account; to anyone but a free lead of a recipient the incident does not exist."""
    if by.account_id is None:
        raise UnseenError
    own = Incident.objects.filter(pk=incident.pk).handled_in(by.organisations(LEAD), by.account_id)
    if not own.exists():
        raise UnseenError
    return by.account_id


def acting_for(by: Actor, incident: Incident) -> int:
    """For which recipient the actor acts: the nearest to the activity in which a lead's post is held."""
    own = by.organisations(LEAD)
    reached = set(incident.recipients.values_list("organisation_id", flat=True).order_by())
    return next(organisation for organisation in chain(incident.opening) if organisation in own & reached)
