"""Reads of contact: what an account has been told, whose calendar a link is, how mail is doing."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from sojourn.contact.kinds import KINDS
from sojourn.contact.models import CalendarLink, Mail, Message, Preference
from sojourn.contact.wording import Told, told
from sojourn.registry.models import Account
from sojourn.registry.queries import accounts_behind

SHOWN = 50


def messages_of(account: Account) -> list[Told]:
    """What the account was told, the latest first, in the language that is active."""
    rows = Message.objects.filter(account=account, kind__in=KINDS).order_by("-made_on", "-pk")[:SHOWN]
    return [told(row) for row in rows]


def calendar_account(secret: str) -> Account | None:
    """Whose dates a secret address shows; None when there is no such address any more."""
    digest = hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
    link = CalendarLink.objects.filter(secret_sha256=digest).select_related("account").first()
    return link.account if link is not None and link.account.is_active else None


def has_calendar_link(account: Account) -> bool:
    """Whether the account has a secret address."""
    return CalendarLink.objects.filter(account=account).exists()


def reached_by_mail(person_ids: Iterable[int], *, on: dt.date) -> set[int]:
    """Those of the people for whom somebody acts whose mail arrives."""
    behind = accounts_behind(person_ids, on=on)
    known = {account for accounts in behind.values() for account in accounts}
    dead = set(
        Preference.objects.filter(account__in=known, address_failed_on__isnull=False)
        .order_by()
        .values_list("account_id", flat=True)
    )
    return {person for person, accounts in behind.items() if accounts - dead}


@dataclass(frozen=True, slots=True)
class MailHealth:
    """Mails by state, and since when the oldest that is due has waited."""

    counts: dict[str, int]
    oldest_due: dt.datetime | None


def mail_health(at: dt.datetime) -> MailHealth:
    """How mail is doing: counts and the oldest that waits, never whom it is for."""
    rows = Mail.objects.order_by().values_list("status").annotate(n=Count("pk"))
    oldest = Mail.objects.due(at).first()
    return MailHealth(dict(rows), oldest.run_after if oldest else None)
