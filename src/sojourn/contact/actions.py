"""Writes of contact: how somebody wants to be reached, and the secret address of their calendar."""

import datetime as dt
import hashlib
import secrets

from sojourn.contact import rules
from sojourn.contact.models import CalendarLink, Preference
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.registry.models import Account

OWN = "one chooses for oneself how one is reached"


@action("contact.choose", rules.may_choose_contact, consent=OWN)
def choose_contact(
    *,
    by: Actor,
    account: Account,
    rhythm: str,
    quiet_from: int,
    quiet_until: int,
    zone: str,
    language: str,
    muted: list[str],
) -> Preference:
    """Say when, in which language and of what one wants to hear by mail; the pages show everything anyway."""
    chosen = {
        "rhythm": rhythm,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "zone": zone,
        "language": language,
        "muted": sorted(set(muted)),
    }
    return Preference.objects.update_or_create(account=account, defaults=chosen)[0]


@action("contact.mute", rules.may_mute, consent=OWN)
def mute(*, by: Actor, signed: str) -> Preference:
    """Mute the kinds that a mail told, by the link in it: no log-in is asked for."""
    account_id, kinds = rules.muted_by(signed)
    preference, _is_new = Preference.objects.get_or_create(account_id=account_id)
    preference.muted = sorted({*preference.muted, *kinds})
    preference.save(update_fields=["muted"])
    return preference


@action("contact.try_again", rules.may_reach_again, consent=OWN)
def try_address_again(*, by: Actor, account: Account) -> Preference:
    """Mail to the account's address again, after it was mended."""
    return Preference.objects.update_or_create(account=account, defaults={"address_failed_on": None})[0]


@action("calendar.link", rules.may_link_calendar, consent=OWN)
def link_calendar(*, by: Actor, account: Account, on: dt.date) -> str:
    """A new secret address for the account's dates; the former one ends. Only its hash is kept."""
    secret = secrets.token_urlsafe(24)
    CalendarLink.objects.update_or_create(
        account=account, defaults={"secret_sha256": digest(secret), "made_on": on}
    )
    return secret


@action("calendar.unlink", rules.may_link_calendar, consent=OWN)
def unlink_calendar(*, by: Actor, account: Account) -> None:
    """End the secret address."""
    CalendarLink.objects.filter(account=account).delete()


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
