"""Who may print a slip for which minor, and who may end it."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from sojourn.entrance.models import Slip
from sojourn.participation.models import Engagement, Opening
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError, refuse
from sojourn.records.roles import Role
from sojourn.registry.models import Person
from sojourn.registry.rules import ADULT_FROM, ASSENT_FROM, must_act_for, must_hold_post

PRINTS = (Role.INSTITUTION, Role.LEADER)


def may_issue_slip(*, by: Actor, child: Person, on: dt.date, **_rest: object) -> None:
    """A guardian prints a slip for a minor in their care, from the age at which the own yes is asked for."""
    if by.person_id == child.pk:
        raise UnseenError
    must_act_for(by, [child], on)
    if not of_slip_age(child, on):
        raise refuse("slip.age", _("A slip is for somebody of 8 to 17 years."))


def may_issue_class_slips(
    *, by: Actor, opening: Opening, codes: Mapping[int, str], on: dt.date, **_rest: object
) -> None:
    """The lead or a leader of the host prints them for the minors of its own activity alone."""
    must_hold_post(by, opening.host_id, *PRINTS)
    rows = Engagement.objects.filter(pk__in=codes, opening=opening, ends_on__gt=on).select_related("person")
    if sum(of_slip_age(row.person, on) for row in rows) < len(codes):
        raise UnseenError


def may_revoke_slip(*, by: Actor, slip: Slip, on: dt.date) -> None:
    """A guardian ends any slip of the minor, the host those that it printed."""
    if slip.organisation_id is None or slip.organisation_id not in by.organisations(*PRINTS):
        must_act_for(by, [slip.child], on)


def of_slip_age(child: Person, on: dt.date) -> bool:
    """Whether the own yes is asked for at the child's age."""
    return ASSENT_FROM <= child.age(on) < ADULT_FROM
