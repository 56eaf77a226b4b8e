"""A host sees its own openings in counts; names cost a line in the log that the family reads."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.factories import (
    TODAY,
    AccountFactory,
    EngagementFactory,
    MembershipFactory,
    OpeningFactory,
    PersonFactory,
    SessionFactory,
    UniversityFactory,
    VettingFactory,
    say_yes,
)
from sojourn.participation.actions.rosters import read_roster
from sojourn.participation.models import Attendance, Call, Engagement, Opening, Session
from sojourn.records.actor import SYSTEM
from sojourn.records.models import AuditEvent, PersonRead
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Account, Membership, Person
from web.stories import DAY, family

pytestmark = pytest.mark.django_db


@pytest.fixture
def opening() -> Opening:
    """A stay that began two days ago, with a child of 12 and a student on its roster."""
    made = OpeningFactory(starts_on=TODAY - 2 * DAY)
    engaged(made, family("Mina", "Okafor").child)
    engaged(made, PersonFactory(given_name="Noor", family_name="Adams", age=20))
    return made


@pytest.fixture
def host(log_in, opening: Opening) -> Client:
    return log_in(Membership.Role.INSTITUTION, opening.host)


@pytest.fixture
def adults(opening: Opening) -> list[Account]:
    """Two leaders of the host, vetted, and one who is not."""
    leaders = [AccountFactory(person=PersonFactory(age=40)) for _number in range(3)]
    for leader in leaders:
        MembershipFactory(account=leader, organisation=opening.host, role=Membership.Role.LEADER)
    for leader in leaders[:2]:
        VettingFactory(account=leader, checked_by=opening.host)
    return leaders


def engaged(opening: Opening, person: Person) -> Engagement:
    """The person's place with every yes that it needs."""
    made = EngagementFactory(opening=opening, person=person)
    say_yes(made)
    return made


def address(opening: Opening, page: str = "") -> str:
    return f"/institution/openings/{opening.call.code}/{opening.code}/{page}"


PAGES = ["", "roster/", "sessions/new/", f"sessions/new/?day={TODAY - DAY}"]


def test_pages_of_an_opening_are_for_its_host_alone(log_in, client: Client, office, opening: Opening) -> None:
    roles = Membership.Role
    child = Engagement.objects.get(person__given_name="Mina").person
    readers = {
        "institution": log_in(roles.INSTITUTION, opening.host),
        "leader": log_in(roles.LEADER, opening.host),
        "sibling host": log_in(roles.INSTITUTION, UniversityFactory(parent=opening.host.parent)),
        "foreign leader": log_in(roles.LEADER, UniversityFactory()),
        "its region": log_in(roles.REGIONAL_OFFICE, opening.host.parent),
        "office": log_in(roles.PROGRAMME_OFFICE, office),
        "institution post at the office": log_in(roles.INSTITUTION, office),
        "child": log_in(person=child),
        "guardian": log_in(person=child.guardians.get().guardian),
        "stranger": client,
    }
    seen = {
        name: {reader.get(address(opening, page)).status_code for page in PAGES}
        for name, reader in readers.items()
    }
    own = {"institution": {200}, "leader": {200}, "stranger": {302}}
    assert seen == {name: own.get(name, {404}) for name in readers}


def test_opening_of_a_draft_call_is_not_found(host: Client, opening: Opening) -> None:
    Call.objects.update(status=Call.Status.DRAFT)
    assert host.get(address(opening)).status_code == 404


def test_list_holds_own_openings_only(host: Client, opening: Opening) -> None:
    OpeningFactory(titles={"en": "Camp elsewhere"})
    page = host.get("/institution/").content.decode()
    assert [opening.titles["en"] in page, "Camp elsewhere" in page, "Mina" in page] == [True, False, False]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_at_any_size(log_in, rows: int) -> None:
    university = UniversityFactory()
    for _row in range(rows):
        EngagementFactory(opening=OpeningFactory(host=university))
    reader = log_in(Membership.Role.LEADER, university)
    with CaptureQueriesContext(connection) as queries:
        reader.get("/institution/")
    assert len(queries) == 8


@pytest.mark.parametrize("rows", [1, 3])
def test_roster_takes_the_same_queries_at_any_size(log_in, rows: int) -> None:
    opening = OpeningFactory(starts_on=TODAY)
    for _row in range(rows):
        engaged(opening, PersonFactory(age=12))
    reader = log_in(Membership.Role.LEADER, opening.host)
    with CaptureQueriesContext(connection) as queries:
        reader.get(address(opening, "roster/"))
    assert len(queries) == 13


def test_roster_tells_what_running_the_activity_needs_and_no_more(host: Client, opening: Opening) -> None:
    child = Engagement.objects.get(person__given_name="Mina")
    page = host.get(address(opening, "roster/")).content.decode()
    told = ["Mina Okafor", "Noor Adams", '<td class="number" data-label="Age">12</td>']
    assert [item in page for item in told] == [True] * 3
    assert child.sending.names["en"] in page
    hidden = [str(child.person.birth_on.year), "Ada Okafor", child.offer.application.reference]
    assert [item in page for item in hidden] == [False] * 3


def test_each_look_at_a_person_is_noted_and_the_family_reads_it(
    log_in, host: Client, opening: Opening
) -> None:
    child = Engagement.objects.get(person__given_name="Mina").person
    host.get(address(opening))
    assert PersonRead.objects.count() == 0
    host.get(address(opening, "roster/"))
    read = PersonRead.objects.get(person_id=child.pk)
    assert (read.kind, read.organisation_id, read.role) == ("read", opening.host.pk, "institution")
    assert read.view == "roster.read"
    everybody = Engagement.objects.filter(opening=opening).values_list("person_id", flat=True)
    assert set(PersonRead.objects.values_list("person_id", flat=True)) == set(everybody)
    assert AuditEvent.objects.filter(verb="roster.read", count=2).count() == 1
    page = log_in(person=child.guardians.get().guardian).get("/my/data/").content.decode()
    assert ["Roster of an activity" in page, opening.host.names["en"] in page] == [True, True]


def test_refused_look_is_not_noted(log_in, opening: Opening) -> None:
    log_in(Membership.Role.LEADER, UniversityFactory()).get(address(opening, "roster/"))
    assert PersonRead.objects.count() == 0


def test_clock_of_the_system_reads_no_roster(opening: Opening) -> None:
    with pytest.raises(UnseenError):
        read_roster(by=SYSTEM, opening=opening, day=TODAY)


def test_whoever_has_left_is_not_on_the_roster(host: Client, opening: Opening) -> None:
    Engagement.objects.filter(person__given_name="Mina").update(ends_on=TODAY)
    page = host.get(address(opening, "roster/")).content.decode()
    assert ["Mina" in page, "Noor" in page] == [False, True]


def test_roster_before_and_after_the_stay_is_that_of_its_first_and_last_day(log_in) -> None:
    ahead, past = OpeningFactory(), OpeningFactory(starts_on=TODAY - dt.timedelta(days=60))
    for opening in (ahead, past):
        engaged(opening, PersonFactory(given_name="Noor"))
        page = log_in(Membership.Role.LEADER, opening.host).get(address(opening, "roster/"))
        assert b"Noor" in page.content


def test_nobody_without_a_live_yes_is_on_the_roster(host: Client, opening: Opening) -> None:
    before = host.get(address(opening, "roster/")).content.decode()
    Engagement.objects.get(person__given_name="Mina").person.consents.filter(kind="assent").delete()
    after = host.get(address(opening, "roster/")).content.decode()
    assert ["Mina" in page for page in (before, after)] == [True, False]
    assert "Noor" in after


# Sessions ------------------------------------------------------------------------------------------------


def note(host: Client, opening: Opening, adults: list[Account], present: list[int], day=TODAY - DAY):
    return host.post(
        address(opening, f"sessions/new/?day={day}"),
        {
            "title": "A day of lessons",
            "held_on": day,
            "adults": [adult.pk for adult in adults],
            "present": present,
        },
    )


def numbers(opening: Opening) -> list[int]:
    return list(opening.engagements.order_by("pk").values_list("pk", flat=True))


def test_session_is_noted_with_who_was_there(host: Client, opening: Opening, adults) -> None:
    answer = note(host, opening, adults[:2], numbers(opening))
    session = Session.objects.get()
    assert (answer["Location"], session.held_on) == (address(opening), TODAY - DAY)
    assert (session.attendances.count(), session.adults.count()) == (2, 2)
    assert "A day of lessons" in host.get(address(opening)).content.decode()


def test_too_few_vetted_adults_are_refused_at_their_field(host: Client, opening: Opening, adults) -> None:
    page = note(host, opening, adults[:1], numbers(opening)).content.decode()
    field = page.split("Adults who led it")[1].split("Who was there")[0]
    assert "2 vetted adults are needed for these minors; 1 are named." in field
    assert Session.objects.count() == 0


def test_adult_without_valid_vetting_cannot_be_named(host: Client, opening: Opening, adults) -> None:
    form = host.get(address(opening, f"sessions/new/?day={TODAY - DAY}")).content.decode()
    assert form.count('name="adults"') == 2
    assert note(host, opening, [adults[0], adults[2]], numbers(opening)).status_code == 200
    assert Session.objects.count() == 0


def test_adults_of_other_hosts_are_not_offered(host: Client, opening: Opening, adults) -> None:
    foreign = AccountFactory()
    MembershipFactory(account=foreign, organisation=UniversityFactory(), role=Membership.Role.LEADER)
    VettingFactory(account=foreign)
    assert note(host, opening, [*adults[:2], foreign], numbers(opening)).status_code == 200
    assert Session.objects.count() == 0


def test_person_of_another_opening_cannot_be_ticked(host: Client, opening: Opening, adults) -> None:
    elsewhere = EngagementFactory(opening=OpeningFactory(starts_on=opening.starts_on))
    answer = note(host, opening, adults[:2], [*numbers(opening), elsewhere.pk])
    assert (answer.status_code, Attendance.objects.count()) == (200, 0)


@pytest.mark.parametrize("day", ["", "2027-03-02", "2027-02-26", "yesterday", "2027-02-30"])
def test_day_that_has_not_come_or_is_none_is_asked_for_again(
    host: Client, opening: Opening, day: str
) -> None:
    answer = host.get(address(opening, "sessions/new/"), {"day": day})
    assert (answer.status_code, b'name="present"' in answer.content) == (200, False)
    assert PersonRead.objects.count() == 0


def test_day_that_was_changed_by_hand_is_refused(host: Client, opening: Opening, adults) -> None:
    answer = host.post(
        address(opening, f"sessions/new/?day={TODAY - DAY}"),
        {"title": "x", "held_on": "2026-01-01", "adults": [], "present": []},
    )
    assert (answer.status_code, Session.objects.count()) == (200, 0)


def test_sessions_of_others_are_not_listed(host: Client, opening: Opening) -> None:
    SessionFactory(titles={"en": "Elsewhere"})
    assert b"Elsewhere" not in host.get(address(opening)).content
