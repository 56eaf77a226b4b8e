"""From messages to mails: those that wait for one account go out together, when it wants to hear."""

import datetime as dt
import zoneinfo
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from sojourn.contact.envelopes import post
from sojourn.contact.kinds import KINDS
from sojourn.contact.models import Mail, Message, Preference
from sojourn.contact.rules import muting_token
from sojourn.contact.wording import language_of, told
from sojourn.registry.models import Account

ACCOUNTS_AT_ONCE = 200


def gather(at: dt.datetime) -> int:
    """Put what waits into mails, as each account wants it. Gives how many mails were made.

    An account's messages and their mail are saved together: killed at any moment, nothing is lost or doubled.
    """
    waiting = Message.objects.filter(status=Message.Status.WAITING)
    made, last = 0, 0
    while True:
        accounts = list(
            waiting.filter(account__gt=last)
            .order_by("account_id")
            .values_list("account_id", flat=True)
            .distinct()[:ACCOUNTS_AT_ONCE]
        )
        for account_id in accounts:
            made += _gather_for(account_id, at)
        if len(accounts) < ACCOUNTS_AT_ONCE:
            return made
        last = accounts[-1]


def is_quiet(preference: Preference, at: dt.datetime) -> bool:
    """Whether the account does not want to be woken at this hour of its own zone."""
    hour = at.astimezone(zone_of(preference)).hour
    first, end = preference.quiet_from, preference.quiet_until
    return first <= hour < end if first <= end else hour >= first or hour < end


def zone_of(preference: Preference) -> zoneinfo.ZoneInfo:
    """The zone whose hours count for the account."""
    return zoneinfo.ZoneInfo(preference.zone or settings.TIME_ZONE)


@transaction.atomic
def _gather_for(account_id: int, at: dt.datetime) -> bool:
    account = Account.objects.select_for_update().get(pk=account_id)
    preference = preference_of(account)
    # Read under the account's lock: another worker may have mailed them a moment ago.
    waiting = list(
        Message.objects.filter(account=account, status=Message.Status.WAITING).order_by("made_on", "pk")
    )
    wanted = [message for message in waiting if message.kind not in preference.muted]
    if preference.address_failed_on is not None or not account.is_active:
        wanted = []
    _settle([message for message in waiting if message not in wanted], Message.Status.KEPT, None)
    today = at.astimezone(zone_of(preference)).date()
    urgent = any(KINDS[message.kind].is_urgent for message in wanted)
    early = is_quiet(preference, at) or (
        preference.rhythm == Preference.Rhythm.DAILY and preference.last_daily_on == today
    )
    if not wanted or (early and not urgent):
        return False
    _settle(wanted, Message.Status.MAILED, _mail(preference, wanted, at))
    if preference.rhythm == Preference.Rhythm.DAILY:
        Preference.objects.update_or_create(account=account, defaults={"last_daily_on": today})
    return True


def preference_of(account: Account) -> Preference:
    """How the account wants to be reached; the defaults where it has not said."""
    found = Preference.objects.filter(account=account).select_related("account__person").first()
    return found or Preference(account=account)


def _settle(messages: Sequence[Message], status: str, mail: Mail | None) -> None:
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(status=status, mail=mail)


def _mail(preference: Preference, messages: Sequence[Message], at: dt.datetime) -> Mail:
    account = preference.account
    with override(language_of(preference)):
        lines = [told(message) for message in messages]
        more = len(lines) - 1
        subject = lines[0].title
        if more:
            subject = _("%(first)s, and %(more)s more") % {"first": subject, "more": more}
        kinds = {message.kind for message in messages}
        muting = _muting_address(account, kinds)
        shown = {"lines": lines, "site": settings.SITE_URL, "muting": muting, "subject": subject}
        mail = EmailMultiAlternatives(
            subject=subject,
            body=render_to_string("contact/mail.txt", shown),
            to=[account.email],
            headers=_list_headers(muting) | {"Content-Language": get_language()},
        )
        mail.attach_alternative(render_to_string("contact/mail.html", shown), "text/html")
    return post(mail, account.email, at=at, account_id=account.pk)


def _muting_address(account: Account, kinds: set[str]) -> str:
    """Where these kinds can be muted by one click; empty where one of them has a deadline behind it."""
    if not all(KINDS[kind].may_be_muted for kind in kinds):
        return ""
    return f"{settings.SITE_URL}/messages/mute/{muting_token(account.pk, kinds)}/"


def _list_headers(muting: str) -> dict[str, str]:
    """RFC 2369 and RFC 8058: mail programs show a button that mutes by one click."""
    if not muting:
        return {}
    return {"List-Unsubscribe": f"<{muting}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
