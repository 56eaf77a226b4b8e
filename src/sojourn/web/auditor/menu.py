"""The menu of this audience."""

from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.menu import Entry, Section

SECTION = Section(
    Audience.AUDITOR,
    _("Audit"),
    "eye",
    (
        Entry(_("Log of acts"), "auditor:trail", "history"),
        Entry(_("Seals"), "auditor:seals", "lock"),
    ),
)
