"""Reads of coming in: the invitation behind a link, the child behind a code, the posts that one oversees."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth import HASH_SESSION_KEY
from django.db.models import Q
from django.utils.crypto import constant_time_compare

from sojourn.entrance.models import Invitation, LogIn, Slip
from sojourn.entrance.rules.posts import INVITES, KINDS, Scope, open_invitations
from sojourn.entrance.rules.slips import of_slip_age
from sojourn.entrance.tokens import code_hash, token_hash
from sojourn.participation.queries.names import full_name
from sojourn.records.actor import Actor
from sojourn.records.roles import Role
from sojourn.registry.models import Account, Membership, Organisation, live
from sojourn.registry.queries import people_acted_for

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post that is held now."""

    number: int
    email: str
    role: str
    organisation: Texts
    starts_on: dt.date
    is_own: bool


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation that can still be accepted."""

    number: int
    email: str
    role: str
    organisation: Texts
    ends_at: dt.datetime
    is_mailed: bool


@dataclass(frozen=True, slots=True)
class Grant:
    """A post that the actor may give in one organisation."""

    role: str
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A slip that works now; `host` is empty when the guardian printed it."""

    number: int
    host: Texts | None
    starts_on: dt.date
    ends_on: dt.date
    used_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A minor in one's care, with the slips that work now."""

    person_id: int
    name: str
    age: int
    has_slip_age: bool
    slips: tuple[SlipLine, ...]


@dataclass(frozen=True, slots=True)
class LogInLine:
    """A live log-in of an account: on what kind of device, since when, last seen when."""

    device: str
    since: dt.datetime
    seen: dt.datetime
    is_this: bool


def invitation_of(token: str, *, at: dt.datetime) -> Invitation | None:
    """The open invitation behind a link; a used, revoked, old or invented link looks alike: none."""
    if not token:
        return None
    return open_invitations(at).select_related("organisation").filter(token_hash=token_hash(token)).first()


def was_handed_an_invitation(account: Account) -> bool:
    """Whether the account came in by a link that somebody of the organisation handed over."""
    return Invitation.objects.filter(used_by=account, is_mailed=False).exists()


def own_posts(account: Account, *, on: dt.date) -> list[PostLine]:
    """The posts that the account holds on the day, the oldest first."""
    rows = Membership.objects.filter(live(on), account=account).select_related("organisation", "account")
    return [_post_line(row, account.pk) for row in rows.order_by("starts_on", "pk")]


def slip_of(code: str, *, on: dt.date) -> Slip | None:
    """The slip that works on the day and has this code."""
    return Slip.objects.filter(live(on), code_hash=code_hash(code)).first()


def child_of_slip(slip_id: int, *, on: dt.date) -> Actor | None:
    """The minor who acts by a slip, while it works."""
    child_id = Slip.objects.filter(live(on), pk=slip_id).values_list("child_id", flat=True).first()
    return None if child_id is None else Actor(person_id=child_id, is_child=True)


def grants(by: Actor) -> list[Grant]:
    """The posts that the actor may give: those of the own organisation first, then by its code."""
    held = {
        (given, scope, post.organisation_id)
        for post in by.posts
        for given, scope in INVITES.get(post.role, {}).items()
    }
    own = {organisation for _role, scope, organisation in held if scope is Scope.OWN}
    above = {organisation for _role, scope, organisation in held if scope is Scope.BELOW}
    rows = Organisation.objects.filter(Q(pk__in=own) | Q(parent__in=above)).order_by("code")
    found = [
        (scope is Scope.BELOW, row.code, list(Role).index(role), Grant(role, row))
        for row in rows
        for role, scope, seat in held
        if row.kind in KINDS[role] and seat == (row.pk if scope is Scope.OWN else row.parent_id)
    ]
    return [grant for *_order, grant in sorted(found, key=lambda item: item[:3])]


def posts_overseen(by: Actor, *, on: dt.date, after: int = 0, limit: int = 50) -> list[PostLine]:
    """The posts held on the day that the actor may end, and the own ones; `limit` at a time, by number."""
    rows = (
        Membership.objects.filter(live(on), _overseen(by) | Q(account_id=by.account_id), pk__gt=after)
        .select_related("account", "organisation")
        .order_by("pk")[:limit]
    )
    return [_post_line(row, by.account_id) for row in rows]


def _post_line(row: Membership, reader: int | None) -> PostLine:
    return PostLine(
        row.pk, row.account.email, row.role, row.organisation.names, row.starts_on, row.account_id == reader
    )


def invitations_overseen(by: Actor, *, at: dt.datetime) -> list[InvitationLine]:
    """The open invitations that the actor may take back, the newest first."""
    rows = (
        open_invitations(at).filter(_overseen(by)).select_related("organisation").order_by("-made_at", "-pk")
    )
    return [
        InvitationLine(row.pk, row.email, row.role, row.organisation.names, row.ends_at, row.is_mailed)
        for row in rows.order_by("-made_at", "-pk")
    ]


def _overseen(by: Actor) -> Q:
    """Rows of posts (or invitations) that the actor may give; nothing for whoever gives none."""
    found = Q(pk__in=[])
    for post in by.posts:
        for role, scope in INVITES.get(post.role, {}).items():
            seat = "organisation" if scope is Scope.OWN else "organisation__parent"
            found |= Q(role=role, organisation__kind__in=KINDS[role]) & Q(**{seat: post.organisation_id})
    return found


def slips_of(child_id: int, *, on: dt.date) -> list[SlipLine]:
    """The slips of a minor that work on the day, the newest first."""
    rows = Slip.objects.filter(live(on), child=child_id).select_related("organisation")
    return [_slip_line(row) for row in rows.order_by("-starts_on", "-pk")]


def _slip_line(row: Slip) -> SlipLine:
    return SlipLine(
        number=row.pk,
        host=row.organisation.names if row.organisation else None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        used_on=row.used_on,
    )


def children_of(by: Actor, *, on: dt.date) -> list[ChildLine]:
    """The minors in the actor's care, oldest first: two queries, however many there are."""
    children = [person for person in people_acted_for(by, on=on) if person.pk != by.person_id]
    rows = Slip.objects.filter(live(on), child__in=children).select_related("organisation")
    slips: dict[int, list[SlipLine]] = {}
    for row in rows.order_by("-starts_on", "-pk"):
        slips.setdefault(row.child_id, []).append(_slip_line(row))
    return [
        ChildLine(
            child.pk, full_name(child), child.age(on), of_slip_age(child, on), tuple(slips.get(child.pk, ()))
        )
        for child in children
    ]


def log_ins_of(account: Account, *, this_key: str, at: dt.datetime) -> list[LogInLine]:
    """The live log-ins of an account, the one seen last first."""
    rows = LogIn.objects.filter(account=account, expire_date__gt=at).order_by("pk")
    password = account.get_session_auth_hash()
    lines = [
        LogInLine(
            device=held.get("device", ""),
            since=dt.datetime.fromisoformat(held["since"]),
            seen=dt.datetime.fromisoformat(held["seen"]),
            is_this=row.session_key == this_key,
        )
        for row in rows
        if "since" in (held := row.get_decoded())
        and constant_time_compare(held.get(HASH_SESSION_KEY, ""), password)
    ]
    return sorted(lines, key=lambda line: line.seen, reverse=True)
