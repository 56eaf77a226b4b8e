"""Rules of setting out: no group with minors leaves with fewer vetted adults than the whole stay needs."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Engagement, Opening
from sojourn.participation.rules.safety import staffing, what_is_missing
from sojourn.participation.rules.sessions import HOSTS
from sojourn.records.actor import Actor
from sojourn.records.refusal import refuse
from sojourn.registry.models import Account
from sojourn.registry.rules import must_hold_post, vetting_periods

DAY = dt.timedelta(days=1)


def may_confirm_departure(
    *, by: Actor, opening: Opening, adults: Sequence[Account], on: dt.date, **_rest: object
) -> None:
    """The host checks again at departure: enough adults, vetted from this day to the last of the stay."""
    must_hold_post(by, opening.host_id, *HOSTS)
    if not opening.starts_on - DAY <= on < opening.ends_on:
        raise refuse(
            "departure.day",
            _("A departure is confirmed from the day before the stay to its last day. Come back then."),
        )
    ages = ages_of_those_who_go(opening, on)
    if not ages:
        raise refuse("departure.nobody", _("Nobody takes part yet, so nobody can set out."))
    periods = vetting_periods(account.pk for account in adults)
    found = staffing(ages, periods, first=on, last=opening.ends_on - DAY)
    if found.missing:
        names = {account.pk: account.email for account in adults}
        raise refuse("departure.adults", what_is_missing(found, names), where="adults")


def ages_of_those_who_go(opening: Opening, on: dt.date) -> list[int]:
    """The ages, on their first day from now, of those who take part in the stay."""
    first = max(on, opening.starts_on)
    rows = Engagement.objects.filter(opening=opening, starts_on__lte=first, ends_on__gt=first)
    return [row.person.age(first) for row in rows.select_related("person").order_by("pk")]
