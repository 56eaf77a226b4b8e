"""The menu of the public pages."""

from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.menu import Entry, Section

SECTION = Section(
    Audience.PUBLIC,
    _("Programme"),
    "home",
    (
        Entry(_("Plan"), "public:plan", "target"),
        Entry(_("Calls"), "public:calls", "speakerphone"),
        Entry(_("Draws"), "public:draws", "dice-5"),
        Entry(_("Bulletins"), "public:bulletins", "news"),
    ),
)
