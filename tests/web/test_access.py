"""Every page says for whom it is; strangers are asked to log in, others learn nothing."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from apps.factories import PersonFactory, RegionFactory, SchoolFactory
from sojourn.registry.models import Membership
from sojourn.web.access import ROLES, Audience

OFFICE_PAGES = ["/office/", "/office/calls/", "/office/calls/new/", "/office/plan/", "/office/quotas/"]


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def test_every_page_says_for_whom_it_is() -> None:
    silent = {entry.name for entry in patterns(get_resolver()) if not hasattr(entry.callback, "audience")}
    assert silent == set()


def test_every_page_lies_in_the_folder_of_its_audience() -> None:
    namespaces = {
        namespace: {entry.callback.audience for entry in patterns(resolver)}
        for namespace, (_prefix, resolver) in get_resolver().namespace_dict.items()
    }
    assert namespaces["office"] == {Audience.OFFICE, Audience.PROGRAMME_OFFICE}
    assert namespaces["public"] == {Audience.PUBLIC}


def test_every_audience_but_the_open_ones_names_its_roles() -> None:
    assert set(Audience) - set(ROLES) == {
        Audience.PUBLIC,
        Audience.ACCOUNT,
        Audience.CHILD,
        Audience.PARTICIPANT,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("address", OFFICE_PAGES)
def test_stranger_is_asked_to_log_in(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/log-in/?next={address}")


@pytest.mark.parametrize("address", OFFICE_PAGES)
def test_institution_and_participant_learn_nothing_of_office_pages(log_in, address: str) -> None:
    others = [log_in(Membership.Role.INSTITUTION, SchoolFactory()), log_in(person=PersonFactory())]
    assert [other.get(address).status_code for other in others] == [404, 404]


def test_regional_office_does_not_see_the_workshop_of_the_plan(log_in) -> None:
    region = log_in(Membership.Role.REGIONAL_OFFICE, RegionFactory())
    seen = {address: region.get(address).status_code for address in OFFICE_PAGES}
    assert seen == dict(zip(OFFICE_PAGES, [200, 200, 200, 404, 404], strict=True))


def test_post_that_has_ended_opens_nothing(log_in, officer: Client, office) -> None:
    assert officer.get("/office/").status_code == 200
    office.memberships.update(ends_on="2027-03-01")
    assert officer.get("/office/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/calls/%00/", "/calendar/%00.ics", "/messages/mute/%00/"])
def test_null_character_leads_nowhere(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
