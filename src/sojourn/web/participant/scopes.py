"""What the pages of a participant declare: oneself and the minors in one's care, and nobody else."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.scopes import Reach, Scope, Shows, Thing

OFFERED = frozenset({"offered", "accepted", "closed"})
DRAWN = OFFERED


def mine(does: str | Promise, thing: Thing | None = None, states: frozenset[str] = frozenset()) -> Scope:
    """A page about oneself and the minors in one's care."""
    return Scope(Audience.PARTICIPANT, does, Reach.FAMILY, Shows.ONESELF, thing, states)


SCOPES = {
    "participant:home": mine(_("Read what waits for an answer.")),
    "participant:apply": Scope(
        Audience.PARTICIPANT,
        _("Apply to a call."),
        Reach.PUBLISHED,
        Shows.ONESELF,
        Thing.CALL,
        frozenset({"open", "closed", "frozen", "drawn"}),
    ),
    "participant:join": mine(_("Join a group whose code one has been given.")),
    "participant:application": mine(
        _("Read an application, and why it got a place or did not."), Thing.APPLICATION
    ),
    "participant:choices": mine(_("Rank the choices anew."), Thing.APPLICATION),
    "participant:withdraw": mine(_("Take an application back."), Thing.APPLICATION),
    "participant:accept": mine(_("Accept a place."), Thing.APPLICATION, OFFERED),
    "participant:decline": mine(_("Decline a place."), Thing.APPLICATION, OFFERED),
    "participant:certificate": mine(_("Print the certificate of a draw."), Thing.APPLICATION, DRAWN),
    "participant:stay": mine(_("Read when and where a stay is, and what was done."), Thing.STAY),
    "participant:leave": mine(_("Leave a stay."), Thing.STAY),
    "participant:children": mine(_("Read which minors one acts for, and their slips.")),
    "participant:add-child": mine(_("Add a minor in one’s care.")),
    "participant:print-slip": Scope(
        Audience.PARTICIPANT,
        _("Print a slip for a minor in one’s care."),
        Reach.WARDS,
        Shows.ONESELF,
        Thing.PERSON,
    ),
    "participant:end-slip": mine(_("End a slip."), Thing.SLIP),
    "participant:data": mine(_("Read everything that is held, and who has read it.")),
    "participant:data-copy": mine(_("Download everything that is held.")),
    "participant:correct": mine(
        _("Correct what is held about oneself or a minor in one’s care."), Thing.PERSON
    ),
    "participant:erase": mine(_("Erase oneself, or a minor in one’s care."), Thing.PERSON),
    "participant:need": mine(_("Write what the leaders of a stay have to know."), Thing.STAY),
    "participant:drop-need": mine(_("Delete what was written for the leaders."), Thing.STAY),
    "participant:yeses": mine(_("Read every yes that was said, and to what.")),
    "participant:yes": mine(_("Read a text again, and say the yes that is missing."), Thing.PERSON),
    "participant:take-back": mine(_("Take a yes back."), Thing.PERSON),
}
