"""The menu of this audience."""

from django.utils.translation import gettext_lazy as _

from sojourn.safeguarding.queries.incidents import waiting_count
from sojourn.web.access import Audience
from sojourn.web.menu import Entry, Section

SECTION = Section(
    Audience.SAFEGUARDING,
    _("Safeguarding"),
    "shield-check",
    (
        Entry(_("Inbox"), "safeguarding:inbox", "inbox", count=waiting_count),
        Entry(_("Vetting and training"), "safeguarding:adults", "list-check"),
        Entry(_("Emergency access"), "safeguarding:emergencies", "lock-open"),
    ),
)
