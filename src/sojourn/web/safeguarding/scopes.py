"""What the pages of safeguarding leads declare: what reached the own organisation, and no other."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.scopes import Reach, Scope, Shows, Thing


def incident(does: str | Promise, shows: Shows = Shows.PEOPLE) -> Scope:
    """A page about an incident that reached one's own organisation."""
    return Scope(Audience.SAFEGUARDING, does, Reach.OWN, shows, Thing.INCIDENT)


def emergency(does: str | Promise, *states: str) -> Scope:
    """A page about an emergency access in an activity of one's own organisation or of one below."""
    return Scope(Audience.SAFEGUARDING, does, Reach.BELOW, Shows.PEOPLE, Thing.EMERGENCY, frozenset(states))


def adults(does: str | Promise, thing: Thing | None = None) -> Scope:
    """A page about the adults of one's own organisation."""
    return Scope(Audience.SAFEGUARDING, does, Reach.OWN, Shows.POSTS, thing)


SCOPES = {
    "safeguarding:inbox": Scope(
        Audience.SAFEGUARDING,
        _("Read which incidents came in, without their words."),
        Reach.OWN,
        Shows.COUNTS,
    ),
    "safeguarding:incident": incident(_("Read an incident and its trail.")),
    "safeguarding:note": incident(_("Read the words of a report; the look is kept."), Shows.REPORT),
    "safeguarding:acknowledge": incident(_("Take an incident in hand.")),
    "safeguarding:involved": incident(_("Name whom an incident concerns.")),
    "safeguarding:hand-up": incident(_("Bring an incident to the next organisation up.")),
    "safeguarding:propose": incident(_("Say that the work on an incident is done.")),
    "safeguarding:send-back": incident(_("Say that the work on an incident is not done.")),
    "safeguarding:close": incident(_("Close an incident, as the second person.")),
    "safeguarding:emergencies": Scope(
        Audience.SAFEGUARDING,
        _("Read the emergency accesses, and ask for one."),
        Reach.BELOW,
        Shows.POSTS,
    ),
    "safeguarding:approve-emergency": emergency(_("Agree to an emergency access, as the second person.")),
    "safeguarding:emergency-record": emergency(
        _("Read the record of one person for one look, which the person sees."), "open"
    ),
    "safeguarding:end-emergency": emergency(_("End an emergency access before its time.")),
    "safeguarding:adults": adults(_("Read which adults are checked and trained, and until when.")),
    "safeguarding:adult": adults(_("Note a check or a training of an adult."), Thing.ADULT),
    "safeguarding:revoke": adults(_("End a record of a check or a training."), Thing.RECORD),
}
