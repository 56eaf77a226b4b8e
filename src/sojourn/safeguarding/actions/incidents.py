"""Report an incident: by anyone, with an account or without."""

import datetime as dt

from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.jobs import enqueue
from sojourn.safeguarding.actions.climbing import CLIMB
from sojourn.safeguarding.actions.trail import Kind, note_event, send_up
from sojourn.safeguarding.codes import fingerprint
from sojourn.safeguarding.models import Incident, Involved, Recipient
from sojourn.safeguarding.rules import incidents as rules
from sojourn.safeguarding.rules.incidents import Report
from sojourn.safeguarding.rules.routing import chain, concerned


@action("incident.report", rules.may_report)
def report_incident(*, by: Actor, report: Report, receipt: str, at: dt.datetime) -> Incident:
    """Keep the report, bring it to the nearest safeguarding leads whom it does not concern, and send word.

    The reporter is known when `by` has an account; whoever wishes to stay unknown reports as the public. The
    same `receipt` is the same report: it is given back and not kept twice. A severe one climbs by itself
    after CLIMBS_AFTER.
    """
    climbs_at = at + rules.CLIMBS_AFTER if report.is_severe else None
    incident, is_new = Incident.objects.get_or_create(
        receipt_sha256=fingerprint(receipt),
        defaults={
            "opening": report.opening,
            "kind": report.kind,
            "concerns": report.concerns,
            "is_severe": report.is_severe,
            "happened_on": report.happened_on,
            "note": report.note,
            "reporter_id": by.account_id,
            "reported_at": at,
            "climbs_at": climbs_at,
        },
    )
    if not is_new:
        return incident
    note_event(incident, Kind.REPORTED, at)
    Involved.objects.bulk_create(
        Involved(incident=incident, account_id=account)
        for account in sorted(concerned(report.opening, report.concerns, at.date()))
    )
    first = send_up(incident, Recipient.Reason.FIRST, at)
    nearest = next(iter(chain(report.opening)), None)
    if first is not None and first.organisation_id != nearest:
        first.reason = Recipient.Reason.CONFLICT
        Recipient.objects.filter(pk=first.pk).update(reason=first.reason)
    if climbs_at is not None:
        enqueue(CLIMB, {"until": climbs_at.isoformat()}, run_after=climbs_at)
    return incident
