"""What the pages of a child with a paper slip declare: the own yes and no, and nobody else's anything."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.scopes import Reach, Scope, Shows, Thing


def mine(does: str | Promise, thing: Thing | None = None) -> Scope:
    """A page of the child about itself."""
    return Scope(Audience.CHILD, does, Reach.FAMILY, Shows.ONESELF, thing)


SCOPES = {
    "child:enter": Scope(Audience.PUBLIC, _("Type in the code of a slip."), Reach.NONE, Shows.TEXTS),
    "child:close": Scope(
        Audience.PUBLIC, _("Close the pages of a slip, for the next one."), Reach.NONE, Shows.TEXTS
    ),
    "child:home": mine(_("Read what I said yes to, and where I take part.")),
    "child:why": mine(_("Read why there is a place, or none."), Thing.APPLICATION),
    "child:yes": Scope(Audience.CHILD, _("Say my own yes."), Reach.PUBLISHED, Shows.ONESELF, Thing.YES),
    "child:no": Scope(Audience.CHILD, _("Take my yes back."), Reach.PUBLISHED, Shows.ONESELF, Thing.YES),
    "child:leave": mine(_("Leave."), Thing.STAY),
}
