"""Take a yes back, and end on the same day what stood on it."""

import datetime as dt

from sojourn.participation.actions.offers import end_engagement
from sojourn.participation.models import Engagement
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.registry.actions import end_yes
from sojourn.registry.models import Consent, Person
from sojourn.registry.rules import may_withdraw_consent


@action(
    "consent.withdraw",
    may_withdraw_consent,
    consent="a no needs nobody’s yes",
    leaves_no_trace=True,
)
def withdraw_consent(
    *,
    by: Actor,
    person: Person,
    component_code: str,
    on: dt.date,
    purpose: str = Consent.Purpose.TAKE_PART,
) -> int:
    """End every yes to the purpose in the component on the day, whoever said it. Gives back how many ended.

    With the yes to taking part every place in the component ends on the same day, as if it had been left.
    """
    ended = end_yes(person=person, component_code=component_code, purpose=purpose, on=on)
    if purpose == Consent.Purpose.TAKE_PART:
        places = Engagement.objects.filter(person=person, component__code=component_code, ends_on__gt=on)
        for engagement in places.select_related("offer").order_by("opening__call", "opening"):
            end_engagement(engagement, on)
    return ended
