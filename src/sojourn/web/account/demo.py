"""The invented accounts of the demonstration, by role."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from sojourn.records.roles import POSTS, Role
from sojourn.registry.models import Account, Guardianship, Membership
from sojourn.web.roles import ROLES, RoleWords

DEMO_DOMAIN = "@demo.invalid"
PER_ROLE = 4
MANY = 40  # posts to find four different organisations among
SHOWN = tuple(role for role in Role if role not in {Role.CHILD, Role.PUBLIC, Role.SYSTEM})


@dataclass(frozen=True, slots=True)
class LogIn:
    """One invented account, by the name of its person, or of the organisation where it holds a post."""

    account_id: int
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DemoRole:
    """A role with what it is for, and the accounts that one can log in with."""

    words: RoleWords
    log_ins: tuple[LogIn, ...]


def demo_log_ins() -> list[DemoRole]:
    """The roles in the order of SHOWN, each with its first accounts; roles without one are left out."""
    found = {role: tuple(_of_role(role)) for role in SHOWN}
    return [DemoRole(ROLES[role], found[role]) for role in SHOWN if found[role]]


def _of_role(role: Role) -> Iterator[LogIn]:
    accounts = Account.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True)
    if role in POSTS:
        posts = Membership.objects.filter(account__in=accounts, role=role).select_related("organisation")
        first = {post.organisation_id: post for post in reversed(posts.order_by("pk")[:MANY])}
        for post in sorted(first.values(), key=lambda post: post.pk)[:PER_ROLE]:
            yield LogIn(post.account_id, post.organisation.names)
        return
    is_guardian = Exists(Guardianship.objects.filter(guardian=OuterRef("person")))
    people = accounts.filter(is_guardian if role is Role.GUARDIAN else ~is_guardian, person__isnull=False)
    for account in people.select_related("person").order_by("pk")[:PER_ROLE]:
        if account.person is not None:
            yield LogIn(account.pk, {"en": f"{account.person.given_name} {account.person.family_name}"})
