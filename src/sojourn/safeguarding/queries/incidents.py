"""What leads see of incidents before they open one, what a reporter follows, what an office may count."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from sojourn.participation.models import Opening
from sojourn.participation.rules.sessions import HOSTS
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Account, Organisation
from sojourn.safeguarding.codes import as_typed, fingerprint
from sojourn.safeguarding.models import ActivityCode, Incident, Recipient
from sojourn.safeguarding.queries.vetting import called
from sojourn.safeguarding.rules.routing import LEAD, chain, holders, must_handle, next_up

Texts = Mapping[str, str]
OPEN = (Incident.Status.RECEIVED, Incident.Status.ACKNOWLEDGED, Incident.Status.CLOSING)


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident in the inbox: nothing of what was written."""

    number: int
    kind: str
    status: str
    is_severe: bool
    activity: Texts | None
    host: Texts | None
    reported_at: dt.datetime
    climbs_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ReportState:
    """How far a report is; `reached` is false when no lead inside could receive it."""

    status: str
    is_severe: bool
    reached: bool


@dataclass(frozen=True, slots=True)
class TrailLine:
    """What happened to it, when, by whom."""

    at: dt.datetime
    kind: str
    who: str
    organisation: Texts | None


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """An incident as a lead sees it beside its note."""

    line: IncidentLine
    concerns: str
    happened_on: dt.date | None
    outcome: str
    is_proposed_by_me: bool
    can_go_up: bool
    recipients: tuple[tuple[Texts, str], ...]
    involved: tuple[str, ...]
    trail: tuple[TrailLine, ...]


def waiting_count(by: Actor) -> int:
    """How many incidents wait for a lead: to be acknowledged, or for a second person to close them."""
    if by.account_id is None:
        return 0
    seen = Incident.objects.handled_in(by.organisations(LEAD), by.account_id)
    closing = Q(status=Incident.Status.CLOSING) & ~Q(proposed_by=by.account_id)
    return seen.filter(Q(status=Incident.Status.RECEIVED) | closing).count()


def inbox(by: Actor) -> list[IncidentLine]:
    """The incidents of one's own organisations that do not concern oneself: open ones first, newest first."""
    rows = Incident.objects.handled_in(by.organisations(LEAD), by.account_id).defer("note")
    lines = [_line(row) for row in rows.select_related("opening__host").order_by("-reported_at", "-pk")]
    return sorted(lines, key=lambda line: (line.status not in OPEN, not line.is_severe))


def incident_for(by: Actor, number: int) -> Incident:
    """One incident that reached the actor.

    Raises:
        UnseenError: There is none of this number, it reached others, or it concerns the actor.
    """
    incident = Incident.objects.filter(pk=number).select_related("opening__host", "reporter").first()
    if incident is None:
        raise UnseenError
    must_handle(by, incident)
    return incident


def incident_page(by: Actor, incident: Incident, *, on: dt.date) -> IncidentPage:
    """Everything about an incident but its note, which `read_incident` alone gives out."""
    must_handle(by, incident)
    events = list(incident.trail.select_related("organisation").order_by("at", "pk"))
    numbers = {event.account for event in events if event.account is not None}
    names = {row.pk: called(row) for row in _accounts(numbers)}
    reached = incident.recipients.select_related("organisation").order_by("pk")
    concerned = Account.objects.filter(pk__in=incident.involved.values("account"))
    return IncidentPage(
        line=_line(incident),
        concerns=incident.concerns,
        happened_on=incident.happened_on,
        outcome=incident.outcome,
        is_proposed_by_me=incident.proposed_by_id == by.account_id,
        can_go_up=incident.status != Incident.Status.CLOSED and next_up(incident, on) is not None,
        recipients=tuple((row.organisation.names, row.reason) for row in reached),
        involved=tuple(called(row) for row in concerned.select_related("person").order_by("email")),
        trail=tuple(
            TrailLine(
                event.at,
                event.kind,
                names.get(event.account, "") if event.account else "",
                event.organisation.names if event.organisation else None,
            )
            for event in events
        ),
    )


def who_could_be_involved(incident: Incident, *, on: dt.date) -> list[tuple[int, str]]:
    """The adults an incident may concern: those who run the activity, and the leads who have it."""
    path = chain(incident.opening)
    reached = list(incident.recipients.values_list("organisation_id", flat=True).order_by())
    known = holders(path[:1], HOSTS, on) | holders([*path[:1], *reached], [LEAD], on)
    named = set(incident.involved.values_list("account_id", flat=True).order_by())
    return [(row.pk, called(row)) for row in _accounts(known - named)]


def state_of_report(receipt: str) -> ReportState | None:
    """What the holder of a receipt may know; None when no report has this one."""
    found = Incident.objects.filter(receipt_sha256=fingerprint(as_typed(receipt))).defer("note").first()
    return ReportState(found.status, found.is_severe, found.recipients.exists()) if found else None


def activity_of(code: str) -> Opening | None:
    """The activity whose sheet bears the code."""
    found = ActivityCode.objects.filter(code=as_typed(code)).select_related("opening__host").first()
    return found.opening if found else None


def code_of(opening: Opening) -> str:
    """The code on the activity's sheet; empty when none was made yet."""
    return ActivityCode.objects.filter(opening=opening).values_list("code", flat=True).first() or ""


def own_activities(by: Actor, people: Collection[int], *, on: dt.date) -> list[Opening]:
    """The activities that somebody with a log-in may mean: their own, their children's, those they host."""
    taking_part = Q(engagements__person__in=people, engagements__starts_on__lte=on)
    hosting = Q(host__in=by.organisations(*HOSTS), starts_on__lte=on, call__status="published")
    rows = Opening.objects.filter(taking_part | hosting).select_related("host").distinct()
    return list(rows.order_by("-starts_on", "pk")[:50])


def counts_within(organisation_id: int, by: Actor, *, since: dt.datetime) -> dict[str, int]:
    """How many incidents were reported in the subtree, by state: without any that concerns the actor."""
    states = list(_seen_within(organisation_id, by, since).values_list("status", flat=True).order_by())
    received, closed = states.count(Incident.Status.RECEIVED), states.count(Incident.Status.CLOSED)
    return {"waiting": received, "in_hand": len(states) - received - closed, "closed": closed}


def _seen_within(organisation_id: int, by: Actor, since: dt.datetime) -> QuerySet[Incident]:
    below = Organisation.objects.within(organisation_id).values("pk").order_by()
    of_activity = Q(opening__host__in=below)
    of_nobody = Q(
        opening=None, pk__in=Recipient.objects.filter(organisation=organisation_id).values("incident")
    )
    rows = Incident.objects.not_concerning(by.account_id).filter(reported_at__gte=since)
    return rows.filter(of_activity | of_nobody)


def _accounts(numbers: Collection[int]) -> QuerySet[Account]:
    return Account.objects.filter(pk__in=numbers).select_related("person").order_by("email")


def _line(row: Incident) -> IncidentLine:
    return IncidentLine(
        number=row.pk,
        kind=row.kind,
        status=row.status,
        is_severe=row.is_severe,
        activity=row.opening.titles if row.opening else None,
        host=row.opening.host.names if row.opening else None,
        reported_at=row.reported_at,
        climbs_at=row.climbs_at,
    )
