"""Print slips for minors and end them."""

import datetime as dt
from collections.abc import Mapping

from sojourn.entrance.models import Slip
from sojourn.entrance.rules import slips as rules
from sojourn.entrance.tokens import code_hash
from sojourn.participation.models import Engagement, Opening
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.registry.models import Person, live

LASTS = dt.timedelta(days=180)
AFTER_THE_STAY = dt.timedelta(days=30)


@action("slip.issue", rules.may_issue_slip)
def issue_slip(*, by: Actor, child: Person, code: str, on: dt.date) -> Slip:
    """Print a slip for a minor in one's care, for half a year; the one printed before ends."""
    Slip.objects.filter(live(on), child=child, organisation=None).update(ends_on=on)
    return Slip.objects.create(
        child=child, code_hash=code_hash(code), made_by_id=by.account_id, starts_on=on, ends_on=on + LASTS
    )


@action("slip.issue_class", rules.may_issue_class_slips)
def issue_class_slips(*, by: Actor, opening: Opening, codes: Mapping[int, str], on: dt.date) -> list[Slip]:
    """Print a slip for each of these minors of the activity, by the number of the engagement.

    They hold until 30 days after the stay. The ones that the host printed before for the same minors end.
    """
    rows = list(Engagement.objects.filter(pk__in=codes).order_by("pk"))
    printed = Slip.objects.filter(live(on), organisation_id=opening.host_id)
    printed.filter(child__in=[row.person_id for row in rows]).update(ends_on=on)
    return Slip.objects.bulk_create(
        Slip(
            child_id=row.person_id,
            code_hash=code_hash(codes[row.pk]),
            made_by_id=by.account_id,
            organisation_id=opening.host_id,
            starts_on=on,
            ends_on=opening.ends_on + AFTER_THE_STAY,
        )
        for row in rows
    )


@action("slip.revoke", rules.may_revoke_slip)
def revoke_slip(*, by: Actor, slip: Slip, on: dt.date) -> Slip:
    """End a slip today: the next request with it finds nothing."""
    Slip.objects.filter(pk=slip.pk).update(ends_on=on)
    return slip
