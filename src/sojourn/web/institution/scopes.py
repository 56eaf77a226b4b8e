"""What the pages of an institution declare: its own activities, and no other's."""

from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.scopes import Reach, Scope, Shows, Thing

PUBLISHED = frozenset({"coming", "running", "over"})

SCOPES = {
    "institution:home": Scope(
        Audience.INSTITUTION, _("Read which openings one hosts, in seats."), Reach.OWN, Shows.COUNTS
    ),
    "institution:opening": Scope(
        Audience.INSTITUTION,
        _("Read one opening in seats, with its sessions."),
        Reach.OWN,
        Shows.COUNTS,
        Thing.OPENING,
        PUBLISHED,
    ),
    "institution:roster": Scope(
        Audience.INSTITUTION,
        _("Read who takes part; each look at a minor is kept for the family to see."),
        Reach.OWN,
        Shows.PEOPLE,
        Thing.OPENING,
        PUBLISHED,
    ),
    "institution:print-slips": Scope(
        Audience.INSTITUTION,
        _("Print slips for the minors of an activity; the look is kept."),
        Reach.OWN,
        Shows.PEOPLE,
        Thing.OPENING,
        frozenset({"coming", "running"}),
        frozenset({"institution", "leader"}),
    ),
    "institution:new-session": Scope(
        Audience.INSTITUTION,
        _("Note a session: who led it, and who was there."),
        Reach.OWN,
        Shows.PEOPLE,
        Thing.OPENING,
        PUBLISHED,
    ),
}
