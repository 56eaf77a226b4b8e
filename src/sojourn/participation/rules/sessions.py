"""Rules of a session: who may confirm it, and enough vetted adults for the minors there."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Engagement, Opening
from sojourn.participation.rules.safety import staffing, what_is_missing
from sojourn.records.actor import Actor
from sojourn.records.refusal import refuse
from sojourn.registry.models import Account, Membership
from sojourn.registry.rules import must_hold_post, vetting_periods

HOSTS = (Membership.Role.INSTITUTION, Membership.Role.LEADER, Membership.Role.HOST)


def may_record_session(
    *,
    by: Actor,
    opening: Opening,
    held_on: dt.date,
    adults: Sequence[Account],
    present: Sequence[Engagement],
    on: dt.date,
    **_rest: object,
) -> None:
    """The host confirms what has happened, on a day of the stay, with enough vetted adults."""
    must_hold_post(by, opening.host_id, *HOSTS)
    if not opening.starts_on <= held_on < opening.ends_on:
        raise refuse("session.day", _("The day lies outside of the stay."), where="held_on")
    if held_on > on:
        raise refuse(
            "session.future", _("Attendance is confirmed after the session, not before."), where="held_on"
        )
    if any(row.opening_id != opening.pk or not row.starts_on <= held_on < row.ends_on for row in present):
        raise refuse(
            "session.stranger", _("Somebody ticked is not on the roster of that day."), where="present"
        )
    if len({row.pk for row in present}) < len(present):
        raise refuse("session.twice", _("Somebody is ticked twice. Tick each person once."), where="present")
    ages = [row.person.age(held_on) for row in present]
    found = staffing(ages, vetting_periods(account.pk for account in adults), first=held_on, last=held_on)
    if found.missing:
        names = {account.pk: account.email for account in adults}
        raise refuse("session.adults", what_is_missing(found, names), where="adults")
