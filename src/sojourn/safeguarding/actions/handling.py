"""What safeguarding leads do with an incident: read it, take it in hand, name whom it concerns, close it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.moves import move
from sojourn.safeguarding.actions.trail import Kind, note_event, send_up
from sojourn.safeguarding.models import Incident, Involved, Recipient
from sojourn.safeguarding.rules import incidents as rules
from sojourn.safeguarding.rules.routing import acting_for, readers

Status = Incident.Status


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of the reporter, opened for one look."""

    number: int
    note: str
    reporter: str  # the log-in of somebody who wished to be known; else empty


@action("incident.read", rules.may_read_incident)
def read_incident(*, by: Actor, incident: Incident, at: dt.datetime) -> Reading:
    """Open the note for one look, which its trail keeps. There is no other way to it."""
    _note(by, incident, Kind.READ, at)
    return Reading(incident.pk, incident.note, incident.reporter.email if incident.reporter else "")


@action("incident.acknowledge", rules.may_acknowledge)
def acknowledge(*, by: Actor, incident: Incident, at: dt.datetime) -> Incident:
    """Take the incident in hand: it does not climb any more."""
    move(incident, Status.ACKNOWLEDGED, climbs_at=None)
    _note(by, incident, Kind.ACKNOWLEDGED, at)
    return incident


@action("incident.name_involved", rules.may_name_involved)
def name_involved(*, by: Actor, incident: Incident, accounts: Collection[int], at: dt.datetime) -> Incident:
    """The incident concerns these accounts: from now on it does not exist for them.

    When no free lead is left where it is, it goes to the next organisation up.
    """
    _note(by, incident, Kind.INVOLVED_NAMED, at)
    Involved.objects.bulk_create(
        [Involved(incident=incident, account_id=account) for account in sorted(set(accounts))],
        ignore_conflicts=True,
    )
    if not readers(incident, at.date()):
        send_up(incident, Recipient.Reason.CONFLICT, at)
    return incident


@action("incident.hand_up", rules.may_hand_up)
def hand_up(*, by: Actor, incident: Incident, at: dt.datetime) -> Incident:
    """The next organisation up handles it as well."""
    send_up(incident, Recipient.Reason.HANDED_UP, at)
    return incident


@action("incident.propose_closing", rules.may_propose_closing)
def propose_closing(*, by: Actor, incident: Incident, outcome: str, at: dt.datetime) -> Incident:
    """Say that the work is done; it is closed when a second lead agrees.

    Where no other free lead has it yet, the next organisation up receives it for that.
    """
    move(incident, Status.CLOSING, outcome=outcome, proposed_by_id=by.account_id)
    _note(by, incident, Kind.CLOSING_PROPOSED, at)
    if not readers(incident, at.date()) - {by.account_id}:
        send_up(incident, Recipient.Reason.SECOND_PERSON, at)
    return incident


@action("incident.send_back", rules.may_send_back)
def send_back(*, by: Actor, incident: Incident, at: dt.datetime) -> Incident:
    """The work is not done: the incident is in hand again."""
    move(incident, Status.ACKNOWLEDGED, outcome="", proposed_by_id=None)
    _note(by, incident, Kind.SENT_BACK, at)
    return incident


@action("incident.close", rules.may_close)
def close(*, by: Actor, incident: Incident, at: dt.datetime) -> Incident:
    """A second lead agrees that the work is done."""
    move(incident, Status.CLOSED, closed_at=at)
    _note(by, incident, Kind.CLOSED, at)
    return incident


def _note(by: Actor, incident: Incident, kind: str, at: dt.datetime) -> None:
    organisation = acting_for(by, incident)
    note_event(incident, kind, at, account=by.account_id, organisation=organisation)
