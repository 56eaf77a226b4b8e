"""Rules of incidents: what a report needs, and who does the next step of handling it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Opening
from sojourn.records.actor import Actor
from sojourn.records.refusal import refuse
from sojourn.safeguarding.models import Incident
from sojourn.safeguarding.rules.routing import must_handle, next_up

LONGEST_NOTE = 10_000
CLIMBS_AFTER = dt.timedelta(hours=4)
"""How long a severe incident may wait for somebody to acknowledge it."""
KEPT = dt.timedelta(days=730)
"""How long a closed incident is kept."""
SEVERE = frozenset({Incident.Kind.HURT, Incident.Kind.TOUCHED, Incident.Kind.MISSING, Incident.Kind.ALONE})
"""Kinds that are severe whatever else is said."""


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody tells. `in_danger`: a child is in danger now."""

    kind: str
    in_danger: bool
    concerns: str
    opening: Opening | None
    happened_on: dt.date | None
    note: str

    @property
    def is_severe(self) -> bool:
        """Whether it climbs by itself."""
        return self.in_danger or self.kind in SEVERE


def may_report(*, report: Report, at: dt.datetime, **_rest: object) -> None:
    """Anyone may, with an account or without. Only what could not be understood later is refused."""
    if report.kind not in Incident.Kind.values or report.concerns not in Incident.Concerns.values:
        raise refuse("incident.kind", _("Choose what happened."), where="kind")
    if report.happened_on is not None and report.happened_on > at.date() + dt.timedelta(days=1):
        raise refuse(
            "incident.future",
            _("The day lies in the future. Give the day on which it happened, or leave it empty."),
            where="happened_on",
        )
    if len(report.note) > LONGEST_NOTE:
        raise refuse(
            "incident.too_long",
            _("The text is longer than %(most)s characters. Tell the most important part."),
            where="note",
            most=LONGEST_NOTE,
        )


def may_read_incident(*, by: Actor, incident: Incident, **_rest: object) -> None:
    """A safeguarding lead whom it has reached and whom it does not concern."""
    must_handle(by, incident)


def may_acknowledge(*, by: Actor, incident: Incident, **_rest: object) -> None:
    """Such a lead takes it in hand, once."""
    must_handle(by, incident)
    if incident.status != Incident.Status.RECEIVED:
        raise refuse("incident.in_hand", _("Somebody has taken this incident in hand already."))


def may_name_involved(*, by: Actor, incident: Incident, accounts: Collection[int], **_rest: object) -> None:
    """Such a lead says whom it concerns, themselves included; while it is open."""
    must_handle(by, incident)
    must_be_open(incident)
    if not accounts:
        raise refuse(
            "incident.nobody_named", _("Tick at least one person whom it concerns."), where="accounts"
        )


def may_hand_up(*, by: Actor, incident: Incident, at: dt.datetime) -> None:
    """Such a lead asks the next organisation to take it over as well; while it is open."""
    must_handle(by, incident)
    must_be_open(incident)
    if next_up(incident, at.date()) is None:
        raise refuse(
            "incident.nobody_above",
            _("No organisation above has a safeguarding lead who could take it. Call the numbers below."),
        )


def may_propose_closing(*, by: Actor, incident: Incident, outcome: str, **_rest: object) -> None:
    """Such a lead says that the work is done, and how it ended."""
    must_handle(by, incident)
    if outcome not in Incident.Outcome.values or not outcome:
        raise refuse("incident.outcome", _("Choose how it ended."), where="outcome")


def may_send_back(*, by: Actor, incident: Incident, **_rest: object) -> None:
    """Such a lead does not agree that the work is done, or has changed their mind."""
    must_handle(by, incident)
    if incident.status != Incident.Status.CLOSING:
        raise refuse("incident.not_proposed", _("Nobody has proposed to close this incident."))


def may_close(*, by: Actor, incident: Incident, **_rest: object) -> None:
    """A second lead agrees: nobody closes an incident alone."""
    account = must_handle(by, incident)
    if incident.proposed_by_id == account:
        raise refuse(
            "incident.second_person",
            _("Somebody else has to agree: nobody closes an incident alone. It waits for another lead."),
        )


def must_be_open(incident: Incident) -> None:
    """Refuse once it is closed."""
    if incident.status == Incident.Status.CLOSED:
        raise refuse("incident.closed", _("This incident is closed."))


def may_climb(**_rest: object) -> None:
    """What waits too long climbs by the clock, which alone holds the verb."""


def may_let_go(**_rest: object) -> None:
    """What is over and old enough is deleted by the clock, which alone holds the verb."""
