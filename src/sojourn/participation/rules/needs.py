"""Rules of what somebody needs on a trip: written by the family, read by the leaders of that stay alone."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import Engagement, Opening
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError, refuse
from sojourn.registry.models import Membership
from sojourn.registry.rules import must_act_for, must_hold_post

LEADERS = (Membership.Role.LEADER, Membership.Role.HOST)
LONGEST = 1000


def may_write_need(*, by: Actor, engagement: Engagement, text: str, on: dt.date, **_rest: object) -> None:
    """The person, or a minor's guardian, until the return; in so many words as fit on a page."""
    may_take_need_back(by=by, engagement=engagement)
    if engagement.ends_on <= on:
        raise refuse("need.over", _("This stay is over, so nobody needs to know any more."), where="text")
    if not text.strip():
        raise refuse("need.empty", _("Write what you need, or delete the note below."), where="text")
    if len(text) > LONGEST:
        raise refuse(
            "need.long",
            _("At most %(most)s characters: say only what the leaders have to know."),
            where="text",
            most=LONGEST,
        )


def may_take_need_back(*, by: Actor, engagement: Engagement, **_rest: object) -> None:
    """The person, or a minor's guardian, at any time."""
    must_act_for(by, [engagement.person], engagement.starts_on)


def may_read_needs(*, by: Actor, opening: Opening, **_rest: object) -> None:
    """A leader at the host of this very stay, who is named in the log; no office, no institution's lead."""
    if by.account_id is None:
        raise UnseenError
    must_hold_post(by, opening.host_id, *LEADERS)
