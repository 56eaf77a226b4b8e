"""What every step of an incident leaves behind, and the word that goes to those whose turn it is."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext, override

from sojourn.records.jobs import Chunk, Cursor, enqueue, job_kind
from sojourn.registry.models import Account
from sojourn.safeguarding.models import Incident, IncidentEvent, Recipient
from sojourn.safeguarding.rules.routing import free_leads, next_up

Kind = IncidentEvent.Kind


def note_event(
    incident: Incident,
    kind: str,
    at: dt.datetime,
    *,
    account: int | None = None,
    organisation: int | None = None,
) -> None:
    """Add one line to the incident's trail."""
    IncidentEvent.objects.create(
        incident=incident, kind=kind, at=at, account=account, organisation_id=organisation
    )


def send_up(incident: Incident, reason: str, at: dt.datetime) -> Recipient | None:
    """Bring the incident to the next organisation with a free lead, and send word; None when none is left."""
    organisation = next_up(incident, at.date())
    if organisation is None:
        note_event(incident, Kind.NOBODY_INSIDE, at)
        return None
    made = Recipient.objects.create(incident=incident, organisation_id=organisation, reason=reason)
    note_event(incident, Kind.ROUTED, at, organisation=organisation)
    enqueue(
        "incident.notify",
        {"incident": incident.pk, "organisation": organisation, "on": at.date().isoformat()},
        run_after=at,
    )
    return made


@job_kind("incident.notify")
def notify(arguments: Mapping[str, Any], _cursor: Cursor) -> Chunk:
    """Mail to the free leads of one organisation that something waits for them: its number, no more."""
    incident = Incident.objects.get(pk=arguments["incident"])
    excluded = set(incident.involved.values_list("account_id", flat=True).order_by())
    leads = free_leads(arguments["organisation"], excluded, dt.date.fromisoformat(arguments["on"]))
    addresses = Account.objects.filter(pk__in=leads).order_by("pk").values_list("email", flat=True)
    for address in addresses:
        send_mail(*waiting_words(incident.pk), settings.DEFAULT_FROM_EMAIL, [address])
    return Chunk(len(addresses), None)


def waiting_words(number: int) -> tuple[str, str]:
    """Subject and body in both languages: nothing of what was reported."""
    subject, body = [], []
    for language in ("en", "zh-hans"):
        with override(language):
            subject.append(gettext("Safeguarding: number %(number)s waits for you") % {"number": number})
            body.append(
                gettext(
                    "Log in and open the safeguarding inbox. For the safety of those concerned, this mail "
                    "says nothing else."
                )
            )
    return " / ".join(subject), "\n\n".join(body) + "\n"
