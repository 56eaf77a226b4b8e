"""Give a token, and take it back."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sojourn.connections.keys import SHOWN, fingerprint, new_key
from sojourn.connections.models import Token
from sojourn.connections.rules import tokens as rules
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.registry.models import Organisation


class NewKey(NamedTuple):
    """A key for the one moment in which it is shown."""

    token: Token
    key: str


def give_token(
    *,
    by: Actor,
    organisation: Organisation,
    role: str,
    label: str,
    scopes: Sequence[str],
    expires_on: dt.date,
    on: dt.date,
) -> NewKey:
    """A new token of the organisation with its key, which nobody can read again afterwards."""
    key = new_key()
    token = store_token(
        by=by,
        organisation=organisation,
        role=role,
        label=label,
        scopes=scopes,
        expires_on=expires_on,
        key=key,
        on=on,
    )
    return NewKey(token, key)


@action("token.give", rules.may_give_token)
def store_token(
    *,
    by: Actor,
    organisation: Organisation,
    role: str,
    label: str,
    scopes: Sequence[str],
    expires_on: dt.date,
    key: str,
    on: dt.date,
) -> Token:
    """Let the holder of the key act for the organisation in one post, within the scopes."""
    return Token.objects.create(
        organisation=organisation,
        role=role,
        label=label,
        scopes=sorted(set(scopes)),
        prefix=key[:SHOWN],
        sha256=fingerprint(key),
        created_on=on,
        expires_on=expires_on,
    )


@action("token.revoke", rules.may_revoke_token)
def revoke_token(*, by: Actor, token: Token, on: dt.date) -> Token:
    """Take the token back: the next request with it is refused."""
    Token.objects.filter(pk=token.pk).update(revoked_on=on)
    token.revoked_on = on
    return token
