"""Tokens as the API meets them, and as the leads of their organisation see them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sojourn.connections.keys import MARK, fingerprint
from sojourn.connections.models import Token
from sojourn.connections.scopes import HOLDERS
from sojourn.records.actor import Actor, Post
from sojourn.records.refusal import UnseenError


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token in the list of its organisation; its key is not known any more."""

    number: int
    organisation: Mapping[str, str]
    label: str
    prefix: str
    scopes: tuple[str, ...]
    created_on: dt.date
    expires_on: dt.date
    last_used_on: dt.date | None
    revoked_on: dt.date | None
    is_live: bool


def token_with(key: str, *, on: dt.date) -> Token | None:
    """The live token whose key this is: one query."""
    if not key.startswith(MARK):
        return None
    return Token.objects.live(on).filter(sha256=fingerprint(key)).select_related("organisation").first()


def actor_with(token: Token) -> Actor:
    """The program as rules see it: one post, no log-in, no person."""
    return Actor(token_id=token.pk, posts=frozenset({Post(token.role, token.organisation_id)}))


def tokens_of(by: Actor, *, on: dt.date) -> list[TokenLine]:
    """The tokens of the organisations that the actor leads: live ones first, then the newest."""
    rows = Token.objects.filter(organisation__in=by.organisations(*HOLDERS)).select_related("organisation")
    lines = [
        TokenLine(
            number=row.pk,
            organisation=row.organisation.names,
            label=row.label,
            prefix=row.prefix,
            scopes=tuple(row.scopes),
            created_on=row.created_on,
            expires_on=row.expires_on,
            last_used_on=row.last_used_on,
            revoked_on=row.revoked_on,
            is_live=row.revoked_on is None and row.expires_on > on,
        )
        for row in rows.order_by("-pk")
    ]
    return sorted(lines, key=lambda line: not line.is_live)


def own_token(by: Actor, number: int) -> Token:
    """A token of an organisation that the actor leads.

    Raises:
        UnseenError: There is none with this number.
    """
    rows = Token.objects.filter(organisation__in=by.organisations(*HOLDERS)).select_related("organisation")
    token = rows.filter(pk=number).first()
    if token is None:
        raise UnseenError
    return token
