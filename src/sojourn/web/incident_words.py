"""What the codes of safeguarding are called on a page: to whoever reports, and to whoever handles it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from sojourn.safeguarding.models import EmergencyAccess, Incident, IncidentEvent, Recipient
from sojourn.web.labels import Label

KINDS: Mapping[str, Label] = {
    Incident.Kind.HURT: _("Somebody was hurt or hit"),
    Incident.Kind.TOUCHED: _("Somebody was touched, or asked to show their body"),
    Incident.Kind.THREATENED: _("Somebody was threatened or made afraid"),
    Incident.Kind.BULLIED: _("Somebody is bullied or shut out"),
    Incident.Kind.CONTACT: _("An adult writes in private, asks for pictures or for secrets"),
    Incident.Kind.MISSING: _("Somebody is missing"),
    Incident.Kind.ALONE: _("Children were left without adults"),
    Incident.Kind.UNSAFE: _("A place or a journey is not safe"),
    Incident.Kind.PRESSED: _("Somebody is pressed to take part or to stay"),
    Incident.Kind.OTHER: _("Something else worries me"),
}
CONCERNS: Mapping[str, Label] = {
    Incident.Concerns.NOT_KNOWN: _("No, or I do not know"),
    Incident.Concerns.LEADER: _("Yes, an adult who leads or runs this activity"),
    Incident.Concerns.SAFEGUARDING: _("Yes, an adult who receives these reports"),
}
STATES: Mapping[str, tuple[Label, str]] = {
    Incident.Status.RECEIVED: (_("Waits for a safeguarding lead"), "waiting"),
    Incident.Status.ACKNOWLEDGED: (_("In hand"), "info"),
    Incident.Status.CLOSING: (_("A second person checks"), "info"),
    Incident.Status.CLOSED: (_("Closed"), "neutral"),
}
OUTCOMES: Mapping[str, Label] = {
    Incident.Outcome.HANDLED: _("Measures were taken"),
    Incident.Outcome.PASSED_ON: _("Passed on to the authority in charge"),
    Incident.Outcome.NO_STEPS: _("No steps were needed"),
}
REASONS: Mapping[str, Label] = {
    Recipient.Reason.FIRST: _("nearest to the activity"),
    Recipient.Reason.CONFLICT: _("it concerns leads below, or there are none"),
    Recipient.Reason.ESCALATED: _("nobody below acknowledged it in time"),
    Recipient.Reason.HANDED_UP: _("handed up by a lead"),
    Recipient.Reason.SECOND_PERSON: _("a second person is needed to close it"),
}
EVENTS: Mapping[str, Label] = {
    IncidentEvent.Kind.REPORTED: _("Reported"),
    IncidentEvent.Kind.ROUTED: _("Brought to"),
    IncidentEvent.Kind.NOBODY_INSIDE: _("Nobody left inside who could receive it"),
    IncidentEvent.Kind.READ: _("Note read by"),
    IncidentEvent.Kind.ACKNOWLEDGED: _("Taken in hand by"),
    IncidentEvent.Kind.INVOLVED_NAMED: _("Those concerned were named by"),
    IncidentEvent.Kind.CLOSING_PROPOSED: _("Closing proposed by"),
    IncidentEvent.Kind.SENT_BACK: _("Sent back by"),
    IncidentEvent.Kind.CLOSED: _("Closing agreed to by"),
}
PURPOSES: Mapping[str, Label] = {
    EmergencyAccess.Purpose.MISSING: _("Somebody is missing"),
    EmergencyAccess.Purpose.MEDICAL: _("Medical emergency"),
    EmergencyAccess.Purpose.HARM: _("Danger of harm"),
    EmergencyAccess.Purpose.AUTHORITY: _("Police or child protection ask by law"),
}
ACCESS_STATES: Mapping[str, tuple[Label, str]] = {
    EmergencyAccess.Status.REQUESTED: (_("Waits for a second person"), "waiting"),
    EmergencyAccess.Status.OPEN: (_("Open"), "bad"),
    EmergencyAccess.Status.ENDED: (_("Ended"), "neutral"),
}
COUNTRIES: Mapping[str, Label] = {
    "GB": _("United Kingdom"),
    "CN": _("China"),
    "EU": _("European Union"),
}
FOR_WHOM: Mapping[str, Label] = {
    "emergency": _("Somebody is in danger now"),
    "child": _("For children and young people"),
    "adult": _("For adults who worry about a child"),
}
