"""What the pages about tokens and webhooks declare: those of one's own organisation, and no person."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.scopes import Reach, Scope, Shows, Thing


def own(does: str | Promise, thing: Thing | None = None) -> Scope:
    """A page for the leads of an organisation about its programs."""
    return Scope(Audience.LEADING, does, Reach.OWN, Shows.COUNTS, thing)


SCOPES = {
    "programs:home": own(_("Read which tokens and webhooks there are.")),
    "programs:new-token": own(_("Give a token to a program.")),
    "programs:revoke": own(_("Take a token back."), Thing.TOKEN),
    "programs:new-webhook": own(_("Register an address that is told of events.")),
    "programs:webhook": own(_("Read a webhook and the log of its messages."), Thing.WEBHOOK),
    "programs:secret": own(_("Read the secret by which messages are signed."), Thing.WEBHOOK),
    "programs:resume": own(_("Switch a webhook on again."), Thing.WEBHOOK),
    "programs:remove": own(_("Remove a webhook with its log."), Thing.WEBHOOK),
    "programs:resend": own(_("Send a message once more that was given up."), Thing.DELIVERY),
}
