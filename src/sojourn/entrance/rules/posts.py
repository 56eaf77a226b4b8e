"""Who may invite whom to which post, who may accept, who may end a post.

Delegation stays inside the own subtree: an office gives posts of its own and the leading posts of the bodies
right below it; an institution gives its own posts; nobody else gives any.
"""

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sojourn.entrance.models import Invitation
from sojourn.records.actor import Actor
from sojourn.records.refusal import RefusalError, UnseenError, refuse
from sojourn.records.roles import Role
from sojourn.registry.models import Account, Membership, Organisation, live


class Scope(StrEnum):
    """Where a post may be given: in the own organisation, or in one that lies right below it."""

    OWN = "own"
    BELOW = "below"


INVITES: Mapping[str, Mapping[Role, Scope]] = MappingProxyType(
    {
        Role.PROGRAMME_OFFICE: MappingProxyType(
            {
                Role.PROGRAMME_OFFICE: Scope.OWN,
                Role.AUDITOR: Scope.OWN,
                Role.SAFEGUARDING_LEAD: Scope.OWN,
                Role.REGIONAL_OFFICE: Scope.BELOW,
            }
        ),
        Role.REGIONAL_OFFICE: MappingProxyType(
            {
                Role.REGIONAL_OFFICE: Scope.OWN,
                Role.SAFEGUARDING_LEAD: Scope.OWN,
                Role.INSTITUTION: Scope.BELOW,
            }
        ),
        Role.INSTITUTION: MappingProxyType(
            {
                Role.INSTITUTION: Scope.OWN,
                Role.LEADER: Scope.OWN,
                Role.HOST: Scope.OWN,
                Role.SAFEGUARDING_LEAD: Scope.OWN,
            }
        ),
    }
)
"""Who holds this post -> the posts that they give, and where. Who gives a post may also end it."""

OFFICE_KINDS = frozenset({Organisation.Kind.REGIONAL_OFFICE, Organisation.Kind.RECEIVING_OFFICE})
INSTITUTION_KINDS = frozenset(Organisation.Kind) - OFFICE_KINDS - {Organisation.Kind.COORDINATING_OFFICE}
KINDS: Mapping[Role, frozenset[str]] = MappingProxyType(
    {
        Role.PROGRAMME_OFFICE: frozenset({Organisation.Kind.COORDINATING_OFFICE}),
        Role.AUDITOR: frozenset({Organisation.Kind.COORDINATING_OFFICE}),
        Role.REGIONAL_OFFICE: OFFICE_KINDS,
        Role.INSTITUTION: INSTITUTION_KINDS,
        Role.LEADER: INSTITUTION_KINDS,
        Role.HOST: INSTITUTION_KINDS,
        Role.SAFEGUARDING_LEAD: frozenset(Organisation.Kind),
    }
)
"""In which kinds of organisation a post exists."""
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+", re.ASCII)


def gives(by: Actor, role: str, organisation: Organisation) -> bool:
    """Whether the actor may give, and end, this post in this organisation."""
    if role not in KINDS or organisation.kind not in KINDS[Role(role)]:
        return False
    seats = {Scope.OWN: organisation.pk, Scope.BELOW: organisation.parent_id}
    return any(
        post.organisation_id == seats[scope]
        for post in by.posts
        for given, scope in INVITES.get(post.role, {}).items()
        if given == role
    )


def may_invite(
    *, by: Actor, organisation: Organisation, role: str, email: str, at: dt.datetime, **_rest: object
) -> None:
    """Whoever gives the post invites one address to it, once at a time."""
    if not gives(by, role, organisation):
        raise UnseenError
    if not (email.isascii() and email == email.lower() and ADDRESS.fullmatch(email)):
        raise refuse(
            "invitation.address", _("Type one plain e-mail address, as name@example.org."), where="email"
        )
    posts = Membership.objects.filter(
        live(at.date()), account__email=email, organisation=organisation, role=role
    )
    if posts.exists():
        raise refuse("invitation.holds", _("This address holds the post already."), where="email")
    if open_invitations(at).filter(email=email, organisation=organisation, role=role).exists():
        raise refuse(
            "invitation.open",
            _("This address has an open invitation to the post. Take that one back first."),
            where="email",
        )


def may_revoke_invitation(*, by: Actor, invitation: Invitation, at: dt.datetime, **_rest: object) -> None:
    """Whoever gives the post takes an open invitation back, whoever sent it."""
    if not gives(by, invitation.role, invitation.organisation):
        raise UnseenError
    must_be_open(invitation, at)


def may_open_account(*, by: Actor, invitation: Invitation, password: str, at: dt.datetime) -> None:
    """Whoever has the link and no account opens one for the address that was invited."""
    must_be_open(invitation, at)
    if by.account_id is not None:
        raise refuse("account.logged_in", _("You are logged in. Accept with this log-in, or log out first."))
    if Account.objects.filter(email=invitation.email).exists():
        raise refuse("account.exists", _("This address has an account. Log in first, then open the link."))
    try:
        validate_password(password, Account(email=invitation.email))
    except ValidationError as error:
        raise refuse("account.password", " ".join(error.messages), where="password") from error


def may_accept_invitation(*, by: Actor, invitation: Invitation, account: Account, at: dt.datetime) -> None:
    """The account of the very address that was invited accepts, while it is open."""
    if by.account_id is None or by.account_id != account.pk:
        raise UnseenError
    must_be_open(invitation, at)
    if account.email.lower() != invitation.email:
        raise refuse(
            "invitation.other_address",
            _("This invitation is for another address. Log in with the one that it was sent to."),
        )


def must_be_open(invitation: Invitation, at: dt.datetime) -> None:
    """Refuse an invitation that was used, taken back, or is older than seven days; all three look alike."""
    if not open_invitations(at).filter(pk=invitation.pk).exists():
        raise over()


def over() -> RefusalError:
    """The refusal of a link that opens nothing any more."""
    return refuse(
        "invitation.over", _("This invitation is used or too old. Ask whoever invited you for a new one.")
    )


def open_invitations(at: dt.datetime) -> QuerySet[Invitation]:
    """Invitations that can be accepted at the moment."""
    return Invitation.objects.filter(used_at=None, revoked_at=None, ends_at__gt=at)


def may_end_post(*, by: Actor, membership: Membership, on: dt.date) -> None:
    """Whoever gives the post ends it, and its holder lays it down; the last programme officer cannot."""
    own = by.account_id is not None and membership.account_id == by.account_id
    if not own and not gives(by, membership.role, membership.organisation):
        raise UnseenError
    others = Membership.objects.filter(live(on), role=Role.PROGRAMME_OFFICE).exclude(pk=membership.pk)
    if membership.role == Role.PROGRAMME_OFFICE and not others.exists():
        raise refuse("post.last", _("This is the last post of the programme office. Invite another first."))
