"""The menu of the offices."""

from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.menu import Entry, Section

SECTION = Section(
    Audience.OFFICE,
    _("Office"),
    "building",
    (
        Entry(_("Overview"), "office:overview", "chart-bar"),
        Entry(_("Plan versions"), "office:plan", "git-compare", Audience.PROGRAMME_OFFICE),
        Entry(_("Quotas"), "office:quotas", "scale", Audience.PROGRAMME_OFFICE),
        Entry(_("Figures"), "office:figures", "sum"),
        Entry(_("Safeguarding"), "office:safeguarding", "shield-check"),
        Entry(_("Our calls"), "office:calls", "speakerphone"),
        Entry(_("Import"), "office:imports", "upload"),
        Entry(_("Programs"), "programs:home", "lock-open"),
        Entry(_("Posts"), "members", "users-group", Audience.INVITING),
    ),
)
