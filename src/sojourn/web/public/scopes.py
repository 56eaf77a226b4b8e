"""What the public pages declare: everything published, and no person."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.scopes import Reach, Scope, Shows, Thing

LISTED = frozenset({"frozen", "drawn"})
DRAWN = frozenset({"drawn"})
PUBLISHED = frozenset({"published"})


def public(does: str | Promise, thing: Thing | None = None, states: frozenset[str] = frozenset()) -> Scope:
    """A page for everybody."""
    return Scope(Audience.PUBLIC, does, Reach.PUBLISHED, Shows.COUNTS, thing, states)


SCOPES = {
    "public:home": public(_("Read what the programme is, and how far it has come.")),
    "public:plan": public(_("Read the plan in force.")),
    "public:plan-difference": public(
        _("Read what a version of the plan changed."), Thing.PLAN_VERSION, frozenset({"published"})
    ),
    "public:target": public(_("Read a target and the quotas that it was split into."), Thing.TARGET),
    "public:quota-proof": public(_("Download the proof of the quotas of a target."), Thing.TARGET),
    "public:calls": public(_("Read which calls there are.")),
    "public:call": public(
        _("Read one call: its openings, its rules, and where the chance comes from."),
        Thing.CALL,
        frozenset({"open", "closed", "frozen", "drawn"}),
    ),
    "public:draws": public(_("Read which draws there are.")),
    "public:draw": public(
        _("Read one draw, and what it said of a ticket whose code one has."), Thing.CALL, LISTED
    ),
    "public:proof": public(_("Download the proof of a draw."), Thing.CALL, DRAWN),
    "public:bulletins": public(_("Read which bulletins there are.")),
    "public:bulletin": public(_("Read one bulletin."), Thing.BULLETIN, PUBLISHED),
    "public:bulletin-json": public(_("Download a bulletin as data."), Thing.BULLETIN, PUBLISHED),
    "public:bulletin-pdf": public(_("Download a bulletin as a sheet to print."), Thing.BULLETIN, PUBLISHED),
    "public:figure": public(_("Read how a printed number was computed."), Thing.BULLETIN, PUBLISHED),
    "public:report": Scope(
        Audience.PUBLIC, _("Report that a child is not safe, by name or without."), Reach.NONE, Shows.TEXTS
    ),
    "public:report-code": Scope(
        Audience.PUBLIC, _("Report by the code of an activity."), Reach.LINK, Shows.TEXTS, Thing.LINK
    ),
    "public:report-state": Scope(
        Audience.PUBLIC, _("Read how far a report is handled, by its receipt."), Reach.LINK, Shows.TEXTS
    ),
    "public:security-txt": Scope(
        Audience.PUBLIC, _("Read whom to tell of a hole in the site."), Reach.NONE, Shows.TEXTS
    ),
    "public:source": public(_("Download the source code of the site.")),
}
