"""The tree of organisations and its closure; imports below offices."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps import factories
from apps.factories import TODAY
from apps.outcomes import refused, traces, unseen
from sojourn.records.actor import SYSTEM, Actor, Post
from sojourn.records.models import AuditEvent
from sojourn.registry.actions import NewOrganisation, add_organisations, appoint, insert_below
from sojourn.registry.models import Membership, Organisation, OrganisationLink
from sojourn.registry.queries import institutions_within, region_ids, region_of

pytestmark = pytest.mark.django_db


def school(code: str, parent: Organisation) -> NewOrganisation:
    return NewOrganisation(code, "school", {"en": code}, parent.code, level="primary")


def officer(organisation: Organisation) -> Actor:
    role = Membership.Role.REGIONAL_OFFICE
    return Actor(account_id=5, posts=frozenset({Post(role, organisation.pk)}))


def ancestors(parents: list[int | None], node: int) -> list[tuple[int, int]]:
    """Each ancestor with its depth, by walking up."""
    found, depth, at = [], 0, node
    while at is not None:
        found.append((at, depth))
        at, depth = parents[at], depth + 1
    return sorted(found)


@st.composite
def trees(draw: st.DrawFn) -> list[int | None]:
    """The parent of each node, before it in the list; the first is the root."""
    size = draw(st.integers(1, 14))
    return [None, *(draw(st.integers(0, node - 1)) for node in range(1, size))]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parents=trees(), at_once=st.booleans())
def test_links_of_any_tree_are_the_ancestors_found_by_walking_up(
    parents: list[int | None], at_once: bool
) -> None:
    with transaction.atomic():
        made: dict[int, Organisation] = {}
        while len(made) < len(parents):  # level by level, or node by node
            ready = [n for n, up in enumerate(parents) if n not in made and (up is None or up in made)]
            step = ready if at_once else ready[:1]
            rows = insert_below(
                (
                    f"node-{n}",
                    {"kind": "school" if n else "coordinating_office", "names": {"en": "x"}},
                    made.get(-1 if parents[n] is None else parents[n]),
                )
                for n in step
            )
            made |= dict(zip(step, rows, strict=True))
        ids = {row.pk: n for n, row in made.items()}
        links = OrganisationLink.objects.values_list("descendant_id", "ancestor_id", "depth").order_by("pk")
        found: dict[int, list[tuple[int, int]]] = {}
        for descendant, ancestor, depth in links:
            found.setdefault(ids[descendant], []).append((ids[ancestor], depth))
        within = {n: Organisation.objects.within(row.pk).count() for n, row in made.items()}
        transaction.set_rollback(True)
    expected = {n: ancestors(parents, n) for n in range(len(parents))}
    assert {n: sorted(rows) for n, rows in found.items()} == expected
    below = {n: sum((n, d) in expected[m] for m in expected for d in range(15)) for n in expected}
    assert within == below


def codes(numbers: list[int]) -> list[str]:
    return list(Organisation.objects.filter(pk__in=numbers).order_by("pk").values_list("code", flat=True))


def test_import_adds_what_is_new_and_leaves_what_is_known() -> None:
    region = factories.RegionFactory()
    known = factories.SchoolFactory(parent=region, names={"en": "Old name"})
    rows = [school("s1", region), school("s2", region), school(known.code, region)]
    with traces(("organisation.add", 5, False, "", None, 2)):
        made = add_organisations(by=officer(region), parent=region, rows=rows, on=TODAY)
    assert codes(made) == ["s1", "s2"]
    with traces(("organisation.add", None, True, "", None, 0)):
        again = add_organisations(by=SYSTEM, parent=region, rows=rows, on=TODAY)
    assert again == []
    known.refresh_from_db()
    assert known.names == {"en": "Old name"}
    assert [row.code for row in institutions_within(region.pk)] == ["s1", "s2", known.code]
    assert [row.code for row in institutions_within(region.pk, after="s1", limit=1)] == ["s2"]


def test_import_with_one_unknown_office_adds_nothing() -> None:
    region, other = factories.RegionFactory.create_batch(2)
    with refused("organisation.unknown_office"):
        rows = [school("s1", region), school("s2", other)]
        add_organisations(by=officer(region), parent=region, rows=rows, on=TODAY)


def test_import_with_one_code_twice_adds_nothing() -> None:
    region = factories.RegionFactory()
    with refused("organisation.twice"):
        rows = [school("s1", region), school("s2", region), school("s1", region)]
        add_organisations(by=SYSTEM, parent=region, rows=rows, on=TODAY)


def test_only_an_office_above_adds_institutions() -> None:
    region, sibling = factories.RegionFactory.create_batch(2)
    teacher = Actor(account_id=6, posts=frozenset({Post(Membership.Role.INSTITUTION, region.pk)}))
    for by in (officer(sibling), teacher, Actor()):
        with unseen():
            add_organisations(by=by, parent=region, rows=[school("s1", region)], on=TODAY)
    above = add_organisations(by=officer(region.parent), parent=region, rows=[school("s1", region)], on=TODAY)
    assert codes(above) == ["s1"]


def test_region_of_an_institution_an_office_and_the_root() -> None:
    region = factories.RegionFactory()
    host = factories.SchoolFactory(parent=region)
    assert [region_of(row) for row in (host, region, region.parent)] == [region, region, None]
    assert region_ids([host.pk, region.parent_id]) == {host.pk: region.pk}


def test_only_the_system_gives_posts_and_the_trail_says_so() -> None:
    office, account = factories.RegionFactory(), factories.AccountFactory()
    values = {"account": account, "organisation": office, "role": Membership.Role.LEADER, "on": TODAY}
    with unseen():
        appoint(by=officer(office), **values)
    membership = appoint(by=SYSTEM, **values)
    event = AuditEvent.objects.get(verb="membership.appoint")
    assert (event.by_system, event.object_id, event.count) == (True, membership.pk, 1)
    assert list(account.memberships.order_by("pk")) == [membership]
