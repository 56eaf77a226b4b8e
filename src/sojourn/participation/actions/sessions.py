"""Confirm a session with who was there."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Attendance, Engagement, Opening, Session
from sojourn.participation.rules import sessions as rules
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.registry.consents import Needs
from sojourn.registry.models import Account


@action(
    "session.record",
    rules.may_record_session,
    consent=Needs(
        people=lambda present, **_rest: [engagement.person for engagement in present],
        component=lambda opening, **_rest: opening.call.component.code,
        day="held_on",
        words=_("Somebody ticked had no live yes on that day. Load the page anew: it lists those who had."),
        where="present",
    ),
)
def record_session(
    *,
    by: Actor,
    opening: Opening,
    held_on: dt.date,
    titles: dict[str, str],
    adults: Sequence[Account],
    present: Sequence[Engagement],
    on: dt.date,
) -> Session:
    """One session that was held, the adults who led it, and a row for each person who was there."""
    session = Session.objects.create(opening=opening, held_on=held_on, titles=titles)
    session.adults.set(adults)
    Attendance.objects.bulk_create(Attendance(session=session, engagement=row) for row in present)
    return session
