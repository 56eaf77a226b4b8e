"""The menu of this audience."""

from django.utils.translation import gettext_lazy as _

from sojourn.web.access import Audience
from sojourn.web.menu import Section

SECTION = Section(Audience.INSTITUTION, _("Institution"), "school", ())
