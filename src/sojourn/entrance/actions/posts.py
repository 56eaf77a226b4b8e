"""Invite to a post, accept, take back, end."""

import datetime as dt

from sojourn.entrance.addresses import keep_address
from sojourn.entrance.models import Invitation
from sojourn.entrance.rules import posts as rules
from sojourn.entrance.tokens import token_hash
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.registry.models import Account, Membership, Organisation

LASTS = dt.timedelta(days=7)


@action("invitation.make", rules.may_invite)
def invite(
    *,
    by: Actor,
    organisation: Organisation,
    role: str,
    email: str,
    is_mailed: bool,
    token: str,
    at: dt.datetime,
) -> Invitation:
    """Invite an address to a post. `token` is the secret of the link; only its hash is kept."""
    return Invitation.objects.create(
        organisation=organisation,
        role=role,
        email=email,
        is_mailed=is_mailed,
        token_hash=token_hash(token),
        made_by_id=by.account_id,
        made_at=at,
        ends_at=at + LASTS,
    )


@action("invitation.revoke", rules.may_revoke_invitation)
def revoke_invitation(*, by: Actor, invitation: Invitation, at: dt.datetime) -> Invitation:
    """Take an open invitation back: its link opens nothing from this moment on."""
    if not rules.open_invitations(at).filter(pk=invitation.pk).update(revoked_at=at):
        raise rules.over()
    return invitation


@action("account.open", rules.may_open_account)
def open_account(*, by: Actor, invitation: Invitation, password: str, at: dt.datetime) -> Account:
    """Open an account for the invited address and give it the post.

    The address counts as confirmed when the link came by mail, and only then.
    """
    account = Account.objects.create_account(invitation.email, password)
    keep_address(account, is_verified=invitation.is_mailed)
    _use(invitation, account, at)
    return account


@action("invitation.accept", rules.may_accept_invitation)
def accept_invitation(*, by: Actor, invitation: Invitation, account: Account, at: dt.datetime) -> Membership:
    """Take the post on, with the account that one has."""
    return _use(invitation, account, at)


@action("membership.end", rules.may_end_post)
def end_post(*, by: Actor, membership: Membership, on: dt.date) -> Membership:
    """End a post today: its holder's next request finds it gone."""
    Membership.objects.filter(pk=membership.pk).update(ends_on=on)
    return membership


def _use(invitation: Invitation, account: Account, at: dt.datetime) -> Membership:
    """Use the invitation up, so that of two who press at once one comes in; then give the post."""
    if not rules.open_invitations(at).filter(pk=invitation.pk).update(used_at=at, used_by=account):
        raise rules.over()
    post, _is_new = Membership.objects.update_or_create(
        account=account,
        organisation_id=invitation.organisation_id,
        role=invitation.role,
        defaults={"starts_on": at.date(), "ends_on": None},
    )
    return post
