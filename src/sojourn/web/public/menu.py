"""The menu of the public pages."""

from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.menu import Entry, Section

SECTION = Section(
    Audience.PUBLIC,
    _("Programme"),
    "home",
    (Entry(_("Home"), "public:home", "home"),),
)
