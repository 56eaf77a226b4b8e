"""What the pages of an auditor declare: acts by their numbers, never a person."""

from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.scopes import Reach, Scope, Shows

SCOPES = {
    "auditor:trail": Scope(
        Audience.AUDITOR, _("Read what was done, by numbers."), Reach.PROGRAMME, Shows.COUNTS
    ),
    "auditor:sheet": Scope(
        Audience.AUDITOR, _("Download the lines that are shown."), Reach.PROGRAMME, Shows.COUNTS
    ),
    "auditor:seals": Scope(
        Audience.AUDITOR,
        _("Check that no line was changed, added or removed."),
        Reach.PROGRAMME,
        Shows.COUNTS,
    ),
}
