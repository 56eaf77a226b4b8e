"""What the pages of the offices declare: counts, never people, and of calls and figures only their own."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.scopes import Reach, Scope, Shows, Thing

ANNOUNCED = frozenset({"draft", "open", "closed", "frozen", "drawn", "cancelled"})


def own(does: str | Promise, thing: Thing | None = None, states: frozenset[str] = frozenset()) -> Scope:
    """A page of an office about its own work, in counts."""
    return Scope(Audience.OFFICE, does, Reach.OWN, Shows.COUNTS, thing, states)


def whole(does: str | Promise, thing: Thing | None = None) -> Scope:
    """A page of the programme office about the programme as a whole."""
    return Scope(Audience.PROGRAMME_OFFICE, does, Reach.PROGRAMME, Shows.COUNTS, thing)


SCOPES = {
    "office:overview": Scope(
        Audience.OFFICE,
        _("Read how far the targets are reached, in one’s own office and in those below."),
        Reach.BELOW,
        Shows.COUNTS,
    ),
    "office:safeguarding": Scope(
        Audience.OFFICE,
        _("Read how many incidents there were, and how the checks of adults stand."),
        Reach.BELOW,
        Shows.COUNTS,
    ),
    "office:plan": whole(_("Load a version of the plan, and read every version.")),
    "office:plan-version": whole(
        _("Read what a version of the plan changes, and publish it."), Thing.PLAN_VERSION
    ),
    "office:quotas": whole(_("Read which targets are split into quotas.")),
    "office:split": whole(_("Split a target into quotas by the rule of the plan."), Thing.TARGET),
    "office:figures": own(_("Read the monthly figures.")),
    "office:figure": own(_("Read how a figure was counted, activity by activity."), Thing.FIGURE),
    "office:calls": own(_("Read which calls the office has.")),
    "office:new-call": own(_("Draft a call.")),
    "office:call": own(_("Read how far a call has come."), Thing.CALL),
    "office:new-opening": own(_("Add an opening to a draft."), Thing.CALL),
    "office:announce": own(_("Name the source of the seed of a draw."), Thing.CALL),
    "office:publish-call": own(_("Publish a call."), Thing.CALL),
    "office:freeze": own(_("Freeze the list of a draw."), Thing.CALL, ANNOUNCED),
    "office:draw": own(_("Type in the published seed, and draw."), Thing.CALL, ANNOUNCED),
}
