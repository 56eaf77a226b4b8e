"""A camp with safeguarding leads at its host, its regional office and the coordinating office; reports."""

import datetime as dt
from dataclasses import dataclass

from apps.factories import NOW, TODAY, AccountFactory, MembershipFactory, OpeningFactory
from sojourn.participation.models import Opening
from sojourn.records.actor import PUBLIC, Actor
from sojourn.registry.models import Account, Membership, Organisation
from sojourn.registry.queries import actor_of
from sojourn.safeguarding.actions.incidents import report_incident
from sojourn.safeguarding.codes import receipt_of
from sojourn.safeguarding.models import Incident
from sojourn.safeguarding.rules.incidents import Report

Kind, Concerns = Incident.Kind, Incident.Concerns
LEAD = Membership.Role.SAFEGUARDING_LEAD
HOUR = dt.timedelta(hours=1)
NOTE = "He hit my friend at the lake 打人了 😢 \u202eabc"


@dataclass(frozen=True)
class Camp:
    """An activity under way, and the leads above it."""

    opening: Opening
    host_lead: Account
    region_lead: Account
    root_lead: Account

    @property
    def region(self) -> Organisation:
        """The regional office of the host."""
        assert self.opening.host.parent is not None
        return self.opening.host.parent

    @property
    def root(self) -> Organisation:
        """The coordinating office."""
        assert self.region.parent is not None
        return self.region.parent


def camp(*, at_host: bool = True, in_region: bool = True, at_root: bool = True) -> Camp:
    """A camp that began today; a place without a lead has an account without the post."""
    opening = OpeningFactory(starts_on=TODAY)
    host = opening.host
    places = [(host, at_host), (host.parent, in_region), (host.parent.parent, at_root)]
    return Camp(opening, *(lead(place) if there else AccountFactory() for place, there in places))


def lead(organisation: Organisation, role: str = LEAD) -> Account:
    """A new account with the post."""
    return MembershipFactory(organisation=organisation, role=role).account


def as_actor(account: Account) -> Actor:
    """The account as it acts today."""
    return actor_of(account, on=TODAY)


def reported(
    opening: Opening | None, *, by: Actor = PUBLIC, at: dt.datetime = NOW, **told: object
) -> Incident:
    """A report; severe unless told otherwise, and never the same twice."""
    values = {
        "kind": Kind.HURT,
        "in_danger": False,
        "concerns": Concerns.NOT_KNOWN,
        "opening": opening,
        "happened_on": TODAY,
        "note": NOTE,
    } | told
    receipt = receipt_of(f"report {Incident.objects.count()}")
    return report_incident(by=by, report=Report(**values), receipt=receipt, at=at)  # type: ignore[arg-type]


def where(incident: Incident) -> list[tuple[int, str]]:
    """The organisations that have it and why, in the order in which it came to them."""
    return list(incident.recipients.order_by("pk").values_list("organisation_id", "reason"))


def trail(incident: Incident) -> list[str]:
    """What happened to it."""
    return list(incident.trail.order_by("pk").values_list("kind", flat=True))
