"""What the pages of an institution declare: its own activities, and no other's."""

from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.scopes import Reach, Scope, Shows, Thing

PUBLISHED = frozenset({"coming", "running", "over"})
KEEPERS = frozenset({"institution"})

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
    "institution:letters": Scope(
        Audience.INSTITUTION,
        _("Print letters for those who take part and whom no mail reaches; each is kept like a look."),
        Reach.OWN,
        Shows.PEOPLE,
        Thing.OPENING,
        PUBLISHED,
    ),
    "institution:needs": Scope(
        Audience.INSTITUTION,
        _("Read what those who take part need; each look is kept for the family to see."),
        Reach.OWN,
        Shows.PEOPLE,
        Thing.OPENING,
        PUBLISHED,
        frozenset({"leader", "host"}),
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
    "institution:departure": Scope(
        Audience.INSTITUTION,
        _("Confirm a departure; the adults are checked again."),
        Reach.OWN,
        Shows.PEOPLE,
        Thing.OPENING,
        PUBLISHED,
    ),
    "institution:sheet": Scope(
        Audience.INSTITUTION,
        _("Print the sheet that says where to report."),
        Reach.OWN,
        Shows.COUNTS,
        Thing.OPENING,
        PUBLISHED,
    ),
    "institution:adults": Scope(
        Audience.INSTITUTION,
        _("Read which adults are checked and trained, and until when."),
        Reach.OWN,
        Shows.POSTS,
    ),
    "institution:adult": Scope(
        Audience.INSTITUTION,
        _("Note a check or a training of an adult."),
        Reach.OWN,
        Shows.POSTS,
        Thing.ADULT,
        roles=KEEPERS,
    ),
    "institution:revoke": Scope(
        Audience.INSTITUTION,
        _("End a record of a check or a training."),
        Reach.OWN,
        Shows.POSTS,
        Thing.RECORD,
        roles=KEEPERS,
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
