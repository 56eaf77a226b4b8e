"""The menu of this audience."""

from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.menu import Entry, Section

SECTION = Section(
    Audience.INSTITUTION,
    _("Institution"),
    "school",
    (
        Entry(_("Openings I host"), "institution:home", "calendar-event"),
        Entry(_("Vetting and training"), "institution:adults", "list-check"),
        Entry(_("Posts"), "members", "users-group", Audience.INVITING),
        Entry(_("Programs"), "programs:home", "lock-open", Audience.LEADING),
    ),
)
