"""What the pages about connected programs declare: for leads, and of their own organisation alone."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.scopes import Reach, Scope, Shows, Thing


def own(does: str | Promise, thing: Thing | None = None) -> Scope:
    """A page about the programs of one's own organisation; no person is in it."""
    return Scope(Audience.LEADING, does, Reach.OWN, Shows.TEXTS, thing)


SCOPES = {
    "programs:home": own(_("Read which programs have a token or a webhook.")),
    "programs:new-token": own(_("Give a token to a program.")),
    "programs:revoke": own(_("Take a token back."), Thing.TOKEN),
    "programs:new-webhook": own(_("Register an address that is told of events.")),
    "programs:webhook": own(_("Read which messages a webhook was sent."), Thing.WEBHOOK),
    "programs:secret": own(_("Read the secret of a webhook."), Thing.WEBHOOK),
    "programs:resume": own(_("Switch a webhook on again."), Thing.WEBHOOK),
    "programs:remove": own(_("Remove a webhook."), Thing.WEBHOOK),
    "programs:resend": own(_("Send a message again that was given up."), Thing.MESSAGE),
}
