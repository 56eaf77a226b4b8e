"""The menu of this audience."""

from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.menu import Entry, Section

SECTION = Section(
    Audience.PARTICIPANT,
    _("My pages"),
    "user",
    (
        Entry(_("My place"), "participant:home", "home"),
        Entry(_("Join a group"), "participant:join", "users-group"),
        Entry(_("Children"), "participant:children", "users"),
        Entry(_("My yeses"), "participant:yeses", "heart-handshake"),
        Entry(_("My data"), "participant:data", "id"),
    ),
)
