"""The invented accounts of the demonstration, by role."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sojourn.registry.models import Account, Guardianship, Membership

DEMO_DOMAIN = "@demo.invalid"
PER_ROLE = 4
MANY = 40  # posts to find four different organisations among
ROLES: dict[str, tuple[str | Promise, str | Promise, str]] = {
    "programme_office": (
        _("Programme office"),
        _("Plans, opens calls, runs the draw. Sees counts, never people."),
        "building",
    ),
    "regional_office": (
        _("Regional office"),
        _("Sees its share of the plan, and the counts of its region."),
        "map-pin",
    ),
    "institution": (_("Institution"), _("Offers places and sees the roster of its own activity."), "school"),
    "leader": (_("Group leader"), _("Leads a group and notes who was there."), "users-group"),
    "participant": (_("Young person"), _("Applies, reads why, accepts, leaves when they like."), "user"),
    "guardian": (
        _("Guardian of a minor"),
        _("Applies and consents together with the child."),
        "heart-handshake",
    ),
}


@dataclass(frozen=True, slots=True)
class LogIn:
    """One invented account, by the name of its person, or of the organisation where it holds a post."""

    account_id: int
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DemoRole:
    """A role with what it is for, and the accounts that one can log in with."""

    label: str | Promise
    purpose: str | Promise
    icon: str
    log_ins: tuple[LogIn, ...]


def demo_log_ins() -> list[DemoRole]:
    """The roles in the order of ROLES, each with its first accounts; roles without one are left out."""
    found = {role: tuple(_of_role(role)) for role in ROLES}
    return [
        DemoRole(label, purpose, icon, found[role])
        for role, (label, purpose, icon) in ROLES.items()
        if found[role]
    ]


def _of_role(role: str) -> Iterator[LogIn]:
    accounts = Account.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True)
    if role in Membership.Role.values:
        posts = Membership.objects.filter(account__in=accounts, role=role).select_related("organisation")
        first = {post.organisation_id: post for post in reversed(posts.order_by("pk")[:MANY])}
        for post in sorted(first.values(), key=lambda post: post.pk)[:PER_ROLE]:
            yield LogIn(post.account_id, post.organisation.names)
        return
    is_guardian = Exists(Guardianship.objects.filter(guardian=OuterRef("person")))
    people = accounts.filter(is_guardian if role == "guardian" else ~is_guardian, person__isnull=False)
    for account in people.select_related("person").order_by("pk")[:PER_ROLE]:
        if account.person is not None:
            yield LogIn(account.pk, {"en": f"{account.person.given_name} {account.person.family_name}"})
