"""Reads of who: the actor behind an account, the people it acts for, the offices of the tree."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sojourn.records.actor import PUBLIC, Actor, Post
from sojourn.registry.models import Account, Guardianship, Organisation, OrganisationLink, Person, live


def actor_of(account: Account | None, *, on: dt.date) -> Actor:
    """What rules need to know of a logged-in account on the day; the public without one."""
    if account is None or not account.is_active:
        return PUBLIC
    rows = account.memberships.filter(live(on)).values_list("role", "organisation_id").order_by()
    return Actor(
        account_id=account.pk,
        person_id=account.person_id,
        posts=frozenset(Post(role, organisation_id) for role, organisation_id in rows),
    )


def people_acted_for(by: Actor, *, on: dt.date) -> list[Person]:
    """The actor's own person first, then the minors in the actor's care, oldest first."""
    if by.person_id is None:
        return []
    own = list(Person.objects.filter(pk=by.person_id))
    wards = Guardianship.objects.filter(live(on), guardian_id=by.person_id).select_related("child")
    minors = [row.child for row in wards.order_by("child__birth_on", "child_id") if row.child.age(on) < 18]
    return own + minors


def accounts_behind(person_ids: Iterable[int], *, on: dt.date) -> dict[int, set[int]]:
    """Whose log-ins act for each person: {person id: account ids}. A minor's guardians act too."""
    ids = set(person_ids)
    found: dict[int, set[int]] = {}
    active = Account.objects.filter(is_active=True)
    for person, account in active.filter(person__in=ids).values_list("person_id", "pk").order_by():
        found.setdefault(person, set()).add(account)
    guarded = Guardianship.objects.filter(live(on), child__in=ids, guardian__account__is_active=True)
    for row in guarded.select_related("child", "guardian__account").order_by():
        if row.child.age(on) < 18:
            found.setdefault(row.child_id, set()).add(row.guardian.account.pk)
    return found


def regional_offices() -> list[Organisation]:
    """The offices that carry the programme in a region, by code."""
    return list(Organisation.objects.regional_offices().order_by("code"))


def region_of(organisation: Organisation) -> Organisation | None:
    """The regional office that the organisation belongs to, or is."""
    return (
        Organisation.objects.regional_offices().filter(links_down__descendant=organisation).order_by().first()
    )


def region_ids(organisation_ids: Iterable[int] | None = None) -> dict[int, int]:
    """The region of these organisations (or of all) that have one: {organisation id: regional office id}."""
    rows = OrganisationLink.objects.filter(
        ancestor__kind__in=[Organisation.Kind.REGIONAL_OFFICE, Organisation.Kind.RECEIVING_OFFICE]
    )
    if organisation_ids is not None:
        rows = rows.filter(descendant__in=set(organisation_ids))
    return dict(rows.values_list("descendant_id", "ancestor_id").order_by())


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An institution in a list: no person is in it."""

    code: str
    names: dict[str, str]
    kind: str
    level: str
    town: str


def institutions_within(organisation_id: int, *, after: str = "", limit: int = 50) -> list[OrganisationLine]:
    """Institutions below an office by code, `limit` at a time, starting after the code `after`."""
    rows = (
        Organisation.objects.within(organisation_id)
        .exclude(kind__in=["coordinating_office", "regional_office", "receiving_office", "local_office"])
        .filter(code__gt=after)
        .order_by("code")[:limit]
    )
    return [OrganisationLine(row.code, row.names, row.kind, row.level, row.town) for row in rows]
