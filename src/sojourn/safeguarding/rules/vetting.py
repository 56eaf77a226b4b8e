"""Rules of vetting: who notes that an adult was checked or trained, and for how long it may count."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from sojourn.participation.rules.sessions import HOSTS
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError, refuse
from sojourn.registry.models import Account, Membership, Organisation, Vetting, live
from sojourn.registry.rules import ADULT_FROM, must_hold_post

KEEPERS = (Membership.Role.INSTITUTION, Membership.Role.SAFEGUARDING_LEAD)
"""Who keeps the records of an institution."""
WITH_CHILDREN = (*HOSTS, Membership.Role.SAFEGUARDING_LEAD)
"""Posts whose holders are vetted and trained."""
LONGEST_YEARS = 3
"""After which a check is made anew: common practice, which no law of ours sets."""


def may_record_vetting(
    *,
    by: Actor,
    organisation: Organisation,
    account: Account,
    starts_on: dt.date,
    ends_on: dt.date,
    on: dt.date,
    **_rest: object,
) -> None:
    """A keeper notes it for somebody else who holds a post in the same institution; never for a minor."""
    must_hold_post(by, organisation.pk, *KEEPERS)
    posts = account.memberships.filter(live(on), organisation=organisation, role__in=WITH_CHILDREN)
    if not posts.exists():
        raise UnseenError
    if account.pk == by.account_id:
        raise refuse(
            "vetting.own", _("Nobody notes their own check. Ask the other lead of your institution.")
        )
    if account.person is not None and account.person.age(on) < ADULT_FROM:
        raise refuse("vetting.minor", _("This account belongs to a minor, who is never vetted as an adult."))
    if starts_on > on:
        raise refuse(
            "vetting.future",
            _("The day lies in the future. Note a check after it was made."),
            where="starts_on",
        )
    if ends_on <= on:
        raise refuse(
            "vetting.over",
            _("It would be over already. Give the last day on which it is valid, or renew the check."),
            where="last_day",
        )
    if ends_on > longest(starts_on):
        raise refuse(
            "vetting.too_long",
            _("A check counts for %(years)s years at most. Give an earlier last day."),
            where="last_day",
            years=LONGEST_YEARS,
        )


def longest(starts_on: dt.date) -> dt.date:
    """The latest end, itself excluded, of a record that begins on the day."""
    try:
        return starts_on.replace(year=starts_on.year + LONGEST_YEARS)
    except ValueError:  # 29 February
        return starts_on.replace(year=starts_on.year + LONGEST_YEARS, month=3, day=1)


def may_revoke_vetting(*, by: Actor, vetting: Vetting, on: dt.date) -> None:
    """A keeper of the institution that noted it ends it at once."""
    must_hold_post(by, vetting.checked_by_id, *KEEPERS)
    if vetting.ends_on <= on:
        raise refuse("vetting.ended", _("This record has ended already."))
