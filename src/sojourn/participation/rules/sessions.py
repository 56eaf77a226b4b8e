"""Rules of a session: who may confirm it, and enough vetted adults for the minors there."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Engagement, Opening
from sojourn.records.actor import Actor
from sojourn.records.refusal import refuse
from sojourn.registry.models import Account, Membership
from sojourn.registry.rules import ADULT_FROM, must_hold_post, vetted

HOSTS = (Membership.Role.INSTITUTION, Membership.Role.LEADER, Membership.Role.HOST)
LEAST_ADULTS = 2
MINORS_PER_ADULT = ((9, 6), (13, 8), (18, 10))
"""Below this age, one adult for so many minors. **Source:** the ratios that the NSPCC recommends."""


def adults_needed(ages: Iterable[int]) -> int:
    """How many vetted adults a session with people of these ages needs: two at least, none without minors."""
    minors = [age for age in ages if age < ADULT_FROM]
    if not minors:
        return 0
    share = sum(1 / next(ratio for below, ratio in MINORS_PER_ADULT if age < below) for age in minors)
    return max(LEAST_ADULTS, math.ceil(round(share, 9)))


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
    needed = adults_needed(row.person.age(held_on) for row in present)
    there = len(vetted([account.pk for account in adults], held_on))
    if there < needed:
        raise refuse(
            "session.adults",
            _(
                "%(needed)s vetted adults are needed for these minors; %(there)s are named. Name others "
                "whose vetting is valid on that day."
            ),
            where="adults",
            needed=needed,
            there=there,
        )
