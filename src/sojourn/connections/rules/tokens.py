"""Rules of tokens: given by a lead of the organisation, for no more than the lead's own post allows."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from sojourn.connections.models import Token
from sojourn.connections.scopes import HOLDERS, scopes_of
from sojourn.records.actor import Actor
from sojourn.records.refusal import UnseenError, refuse
from sojourn.registry.models import Organisation
from sojourn.registry.rules import must_hold_post

LONGEST = dt.timedelta(days=366)
MOST_TOKENS = 20


def must_lead(by: Actor, organisation_id: int) -> None:
    """A log-in that leads this very organisation; no token gives, sees or revokes tokens."""
    if by.account_id is None:
        raise UnseenError
    must_hold_post(by, organisation_id, *HOLDERS)


def may_give_token(
    *,
    by: Actor,
    organisation: Organisation,
    role: str,
    scopes: Sequence[str],
    expires_on: dt.date,
    on: dt.date,
    **_rest: object,
) -> None:
    """A lead gives tokens in the own post and within its scopes, for a year at most, some at a time."""
    must_lead(by, organisation.pk)
    if organisation.pk not in by.organisations(role):
        raise UnseenError
    if not scopes or not set(scopes) <= scopes_of(role):
        raise refuse(
            "token.scopes",
            _("Choose at least one thing that the program may do, of those that your post allows."),
            where="scopes",
        )
    if not on < expires_on <= on + LONGEST:
        raise refuse(
            "token.expiry",
            _("A token ends on a day between tomorrow and one year from now. Choose such a day."),
            where="expires_on",
        )
    if Token.objects.live(on).filter(organisation=organisation).count() >= MOST_TOKENS:
        raise refuse(
            "token.too_many",
            _("An organisation has at most %(most)s live tokens. Revoke one that is no longer used."),
            most=MOST_TOKENS,
        )


def may_revoke_token(*, by: Actor, token: Token, **_rest: object) -> None:
    """Any lead of the organisation takes a token back."""
    must_lead(by, token.organisation_id)
    if token.revoked_on is not None:
        raise refuse("token.revoked_already", _("This token is revoked already."))
