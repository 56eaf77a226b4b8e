"""What the way in and out declares."""

from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.scopes import Reach, Scope, Shows, Thing

SCOPES = {
    "home": Scope(Audience.PUBLIC, _("Go to one’s own start page."), Reach.NONE, Shows.TEXTS),
    "log-in": Scope(Audience.PUBLIC, _("Log in."), Reach.NONE, Shows.TEXTS),
    "log-out": Scope(Audience.PUBLIC, _("Log out."), Reach.NONE, Shows.TEXTS),
    "set-language": Scope(Audience.PUBLIC, _("Choose the language."), Reach.NONE, Shows.TEXTS),
    "demo": Scope(
        Audience.PUBLIC,
        _("Choose an invented person; on the demonstration site only."),
        Reach.DEMONSTRATION,
        Shows.TEXTS,
    ),
    "demo-log-in": Scope(
        Audience.PUBLIC,
        _("Log in as an invented person; on the demonstration site only."),
        Reach.DEMONSTRATION,
        Shows.TEXTS,
        Thing.ACCOUNT,
    ),
}
