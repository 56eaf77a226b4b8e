"""The invented accounts of the demonstration, by role."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sojourn.registry.models import Account, Membership

DEMO_DOMAIN = "@demo.invalid"
PER_ROLE = 4
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
    """One invented account: who it is, and the organisation that it works in, if any."""

    account_id: int
    name: str
    organisation: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DemoRole:
    """A role with what it is for, and the accounts that one can log in with."""

    label: str | Promise
    purpose: str | Promise
    icon: str
    log_ins: tuple[LogIn, ...]


def demo_log_ins() -> list[DemoRole]:
    """The roles in the order of ROLES, each with its first accounts; roles without one are left out."""
    posts = Membership.objects.select_related("organisation").order_by("pk")
    rows = (
        Account.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True)
        .select_related("person")
        .prefetch_related(Prefetch("memberships", queryset=posts), "person__wards")
        .order_by("pk")
    )
    found: dict[str, list[LogIn]] = {role: [] for role in ROLES}
    for account in rows:
        log_ins = found[_role_of(account)]
        if len(log_ins) < PER_ROLE:
            log_ins.append(_log_in(account))
    return [
        DemoRole(label, purpose, icon, tuple(found[role]))
        for role, (label, purpose, icon) in ROLES.items()
        if found[role]
    ]


def _role_of(account: Account) -> str:
    posts = list(account.memberships.all())
    if posts:
        return posts[0].role
    return "guardian" if account.person and account.person.wards.all() else "participant"


def _log_in(account: Account) -> LogIn:
    posts = list(account.memberships.all())
    person = account.person
    name = f"{person.given_name} {person.family_name}" if person else account.email.removesuffix(DEMO_DOMAIN)
    return LogIn(account.pk, name, posts[0].organisation.names if posts else {})
