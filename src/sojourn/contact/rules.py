"""Who may say how an account is reached: nobody but the account itself, or who holds the link in its mail."""

import zoneinfo

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from sojourn.contact.kinds import KINDS
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError, refuse
from sojourn.registry.models import Account

HOURS = 24
MUTING = Signer(salt="contact.mute")


def may_choose_contact(
    *,
    by: Actor,
    account: Account,
    muted: list[str],
    quiet_from: int,
    quiet_until: int,
    zone: str,
    **_rest: object,
) -> None:
    """One's own account, hours and a zone that exist, and only kinds that may be muted."""
    must_be_own(by, account)
    if not (0 <= quiet_from < HOURS and 0 <= quiet_until < HOURS):
        raise refuse("contact.hours", _("Hours of the day are 0 to 23."), where="quiet_from")
    if zone and zone not in zoneinfo.available_timezones():
        raise refuse("contact.zone", _("There is no time zone of this name."), where="zone")
    deaf = [kind for kind in muted if kind not in KINDS or not KINDS[kind].may_be_muted]
    if deaf:
        raise refuse(
            "contact.not_muted", _("Messages with a deadline behind them are always sent."), where="muted"
        )


def may_reach_again(*, by: Actor, account: Account, **_rest: object) -> None:
    """One's own account."""
    must_be_own(by, account)


def may_mute(*, signed: str, **_rest: object) -> None:
    """Whoever holds the signed link of a mail may mute what that mail told, and nothing else."""
    muted_by(signed)


def may_link_calendar(*, by: Actor, account: Account, **_rest: object) -> None:
    """One's own account."""
    must_be_own(by, account)


def must_be_own(by: Actor, account: Account) -> None:
    """Refuse anyone but the account itself."""
    if by.account_id is None or by.account_id != account.pk:
        raise UnseenError


def muting_token(account_id: int, kinds: set[str]) -> str:
    """The signed end of the link in a mail that mutes the kinds it told."""
    return MUTING.sign(f"{account_id}:{','.join(sorted(kinds))}")


def muted_by(signed: str) -> tuple[int, list[str]]:
    """The account and the kinds behind such a link; a changed or made-up one leads nowhere."""
    try:
        account_id, _colon, kinds = MUTING.unsign(signed).partition(":")
    except BadSignature:
        raise UnseenError from None
    return int(account_id), kinds.split(",")
