"""Confirm that a group sets out, after its adults were checked again."""

import datetime as dt
from collections.abc import Sequence

from sojourn.participation.models import Departure, Opening
from sojourn.participation.rules import departures as rules
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.registry.models import Account


@action("departure.confirm", rules.may_confirm_departure)
def confirm_departure(*, by: Actor, opening: Opening, adults: Sequence[Account], on: dt.date) -> Departure:
    """The group of the opening leaves on the day with these adults.

    Refused while a minor would be without enough adults whose vetting holds to the last day of the stay. May
    be done again when the adults change; each time stays on record.
    """
    departure = Departure.objects.create(opening=opening, left_on=on)
    departure.adults.set(adults)
    return departure
