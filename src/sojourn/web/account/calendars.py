"""An account's dates as its calendar shows them: what, when, and the page; never a name."""

import datetime as dt
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sojourn.contact.gathering import preference_of
from sojourn.contact.ical import Day, feed
from sojourn.contact.wording import language_of
from sojourn.participation.queries.dates import Dated, Occasion, dates_of
from sojourn.registry.models import Account
from sojourn.registry.queries import actor_of
from sojourn.web.wording import in_language

REACH = dt.timedelta(days=90)
"""What ended longer ago is left out."""

TITLES: Mapping[Occasion, str | Promise] = {
    Occasion.STAY: _("Stay: %(title)s"),
    Occasion.ANSWER: _("Last day to answer: %(title)s"),
    Occasion.SESSION: _("Session: %(title)s"),
    Occasion.OPENING: _("Opening: %(title)s"),
    Occasion.CALL_CLOSES: _("Last day to apply: %(title)s"),
}
PAGES: Mapping[Occasion, str] = {
    Occasion.STAY: "/my/",
    Occasion.ANSWER: "/my/",
    Occasion.SESSION: "/home/",
    Occasion.OPENING: "/institution/",
    Occasion.CALL_CLOSES: "/office/calls/",
}


def calendar_of(account: Account, *, on: dt.date, at: dt.datetime) -> bytes:
    """The feed of an account, in the language that it is written to in."""
    with override(language_of(preference_of(account))):
        days = [_day(dated) for dated in dates_of(actor_of(account, on=on), since=on - REACH, on=on)]
        return feed(str(_("Sojourn: my dates")), days, host=urlsplit(settings.SITE_URL).hostname or "", at=at)


def _day(dated: Dated) -> Day:
    return Day(
        key=f"{dated.occasion}-{dated.number}",
        title=str(TITLES[dated.occasion]) % {"title": in_language(dated.titles)},
        starts_on=dated.starts_on,
        ends_on=dated.ends_on,
        address=f"{settings.SITE_URL}{PAGES[dated.occasion]}",
    )
