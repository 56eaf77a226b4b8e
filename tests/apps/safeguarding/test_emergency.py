"""Emergency access: two safeguarding leads, one record in one activity, 24 hours, and they are told."""

import ast
import datetime as dt
import inspect

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from apps.factories import (
    NOW,
    TODAY,
    AccountFactory,
    EngagementFactory,
    GuardianshipFactory,
    OpeningFactory,
    PersonFactory,
    SchoolFactory,
)
from apps.outcomes import events, refused, unseen
from apps.safeguarding.cases import HOUR, LEAD, Camp, as_actor, camp, lead
from house.tree import sources
from sojourn.records.actor import PUBLIC, SYSTEM
from sojourn.records.jobs import due_jobs, run_job
from sojourn.records.models import PersonRead
from sojourn.records.roles import VERBS, Role
from sojourn.registry.models import Membership, Person
from sojourn.safeguarding.actions import emergency
from sojourn.safeguarding.actions.emergency import (
    EmergencyRecord,
    approve_access,
    end_accesses,
    read_record,
    request_access,
    revoke_access,
)
from sojourn.safeguarding.models import EmergencyAccess
from sojourn.safeguarding.queries.emergency import (
    access_for,
    accesses,
    activities_in_reach,
    notices_for,
    person_named,
)

pytestmark = pytest.mark.django_db
Status = EmergencyAccess.Status


@pytest.fixture
def lake() -> Camp:
    return camp()


@pytest.fixture
def child(lake: Camp) -> Person:
    """A child of 12 at the camp, whose guardian has a log-in."""
    person = PersonFactory(age=12, given_name="Mina", family_name="Okafor")
    guardian = PersonFactory(age=45, given_name="Ada", family_name="Okafor")
    AccountFactory(person=guardian, email="ada@example.org")
    GuardianshipFactory(guardian=guardian, child=person)
    EngagementFactory(opening=lake.opening, person=person)
    return person


def requested(lake: Camp, child: Person, at: dt.datetime = NOW) -> EmergencyAccess:
    return request_access(
        by=as_actor(lake.host_lead), opening=lake.opening, person=child, purpose="missing", at=at
    )


def opened(lake: Camp, child: Person) -> EmergencyAccess:
    return approve_access(by=as_actor(lake.region_lead), access=requested(lake, child), at=NOW)


def looks() -> list[tuple[int, int | None, str]]:
    return list(PersonRead.objects.order_by("pk").values_list("person_id", "account_id", "view"))


def test_request_alone_opens_nothing(lake: Camp, child: Person) -> None:
    access = requested(lake, child)
    for account in (lake.host_lead, lake.region_lead):
        with unseen():
            read_record(by=as_actor(account), access=access, at=NOW)
    assert notices_for([child.pk]) == {child.pk: []}


def test_two_different_persons_are_needed_and_the_database_knows_it(lake: Camp, child: Person) -> None:
    access = requested(lake, child)
    with refused("emergency.second_person"):
        approve_access(by=as_actor(lake.host_lead), access=access, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyAccess.objects.update(approved_by=lake.host_lead)


@pytest.mark.parametrize("role", [role for role in Membership.Role if role != LEAD])
def test_only_safeguarding_leads_have_emergency_access(lake: Camp, child: Person, role: str) -> None:
    access = requested(lake, child)
    for organisation in (lake.opening.host, lake.region, lake.root):
        by = as_actor(lead(organisation, role))
        with unseen():
            request_access(by=by, opening=lake.opening, person=child, purpose="missing", at=NOW)
        with unseen():
            approve_access(by=by, access=access, at=NOW)
    verbs = {verb for verb in VERBS[Role.SAFEGUARDING_LEAD] if verb.startswith("emergency.")}
    assert not verbs & set().union(*(held for other, held in VERBS.items() if other != LEAD))


def test_lead_of_another_activity_has_none(lake: Camp, child: Person) -> None:
    access, elsewhere = opened(lake, child), as_actor(lead(SchoolFactory(parent=lake.region)))
    for by in (elsewhere, PUBLIC, SYSTEM):
        with unseen():
            approve_access(by=by, access=access, at=NOW)
        with unseen():
            read_record(by=by, access=access, at=NOW)
    assert accesses(elsewhere, at=NOW) == []
    with unseen():
        access_for(elsewhere, access.pk)


def test_whoever_it_is_about_or_answers_for_the_child_has_no_part_in_it(lake: Camp, child: Person) -> None:
    guardian = child.guardians.get().guardian
    lake.region_lead.person = PersonFactory(age=50)
    lake.region_lead.save()
    GuardianshipFactory(guardian=lake.region_lead.person, child=child)
    access = requested(lake, child)
    with unseen():
        approve_access(by=as_actor(lake.region_lead), access=access, at=NOW)
    assert guardian.pk != lake.region_lead.person.pk
    grown = PersonFactory()
    lake.host_lead.person = grown
    lake.host_lead.save()
    EngagementFactory(opening=lake.opening, person=grown)
    with unseen():
        requested(lake, grown)


def test_it_opens_who_it_is_this_stay_and_who_answers_for_them(lake: Camp, child: Person) -> None:
    EngagementFactory(opening=OpeningFactory(titles={"en": "Somewhere else"}), person=child)
    record = read_record(by=as_actor(lake.host_lead), access=opened(lake, child), at=NOW)
    assert (record.name, record.birth_on, record.starts_on) == ("Mina Okafor", child.birth_on, TODAY)
    assert [(row.name, row.email) for row in record.guardians] == [("Ada Okafor", "ada@example.org")]
    assert "Somewhere else" not in str(record)
    assert list(EmergencyRecord.__dataclass_fields__) == [
        "name",
        "birth_on",
        "language",
        "sending",
        "starts_on",
        "ends_on",
        "guardians",
    ]


def test_nothing_else_is_opened_by_it() -> None:
    """No query, rule or page but those of emergency access itself asks whether there is one."""
    asking = {
        source.path
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Name) and node.id == "EmergencyAccess"
    }
    assert asking == {
        "safeguarding/models.py",
        "safeguarding/actions/emergency.py",
        "safeguarding/rules/emergency.py",
        "safeguarding/queries/emergency.py",
        "privacy/retention.py",  # deletes them after two years
        "web/incident_words.py",  # what its codes are called
    }
    source = inspect.getsource(emergency)
    assert source.count("Engagement.objects") == 1
    assert "opening=access.opening_id, person=access.person_id" in source


def test_every_look_is_in_the_log_that_person_and_guardian_see(lake: Camp, child: Person) -> None:
    access, guardian = opened(lake, child), child.guardians.get().guardian
    for account in (lake.host_lead, lake.region_lead, lake.host_lead):
        read_record(by=as_actor(account), access=access, at=NOW)
    expected = [
        (person.pk, account.pk, "emergency.read")
        for account in (lake.host_lead, lake.region_lead, lake.host_lead)
        for person in (child, guardian)
    ]
    assert sorted(looks()) == sorted(expected)
    assert [verb for verb, *_rest in events()].count("emergency.read") == 3


def test_only_the_two_who_opened_it_read(lake: Camp, child: Person) -> None:
    access = opened(lake, child)
    with unseen():
        read_record(by=as_actor(lake.root_lead), access=access, at=NOW)
    lake.host_lead.memberships.update(ends_on=TODAY)
    with unseen():
        read_record(by=as_actor(lake.host_lead), access=access, at=NOW)


def test_it_is_over_after_24_hours_even_when_no_clock_has_run(lake: Camp, child: Person) -> None:
    access, by = opened(lake, child), as_actor(lake.host_lead)
    read_record(by=by, access=access, at=NOW + 24 * HOUR - dt.timedelta(seconds=1))
    with unseen():
        read_record(by=by, access=access, at=NOW + 24 * HOUR)


def test_person_and_guardian_are_told_at_the_latest_when_it_ends(lake: Camp, child: Person) -> None:
    access = opened(lake, child)
    [notice] = notices_for([child.pk])[child.pk]
    assert (notice.purpose, notice.opened_at, notice.ends_at) == ("missing", NOW, NOW + 24 * HOUR)
    at = NOW + 24 * HOUR
    while due := due_jobs(at):
        for job in due:
            run_job(job, now=lambda: at)
    access.refresh_from_db()
    assert (access.status, access.told_at) == (Status.ENDED, at)
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]
    assert ("Mina" in mail.outbox[0].body, "Okafor" in mail.outbox[0].body) == (False, False)


def test_database_refuses_an_end_that_nobody_was_told_of(lake: Camp, child: Person) -> None:
    opened(lake, child)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyAccess.objects.update(status=Status.ENDED)


def test_it_can_be_ended_early_by_any_lead_of_the_activity(lake: Camp, child: Person) -> None:
    access = opened(lake, child)
    revoke_access(by=as_actor(lake.root_lead), access=access, at=NOW + HOUR)
    with unseen():
        read_record(by=as_actor(lake.host_lead), access=access, at=NOW + HOUR)
    assert notices_for([child.pk])[child.pk][0].ends_at == NOW + HOUR
    with refused("emergency.ended"):
        revoke_access(by=as_actor(lake.root_lead), access=access, at=NOW + HOUR)
    again = requested(lake, child, at=NOW + HOUR)
    revoke_access(by=as_actor(lake.host_lead), access=again, at=NOW + HOUR)
    assert (again.status, again.told_at) == (Status.ENDED, None)


def test_stale_request_opens_nothing(lake: Camp, child: Person) -> None:
    access = requested(lake, child)
    with refused("emergency.over"):
        approve_access(by=as_actor(lake.region_lead), access=access, at=NOW + 24 * HOUR)
    assert end_accesses(by=SYSTEM, at=NOW + 24 * HOUR) == [access]
    access.refresh_from_db()
    assert (access.status, access.told_at) == (Status.ENDED, None)


def test_request_names_a_purpose_of_the_list_and_somebody_who_takes_part(lake: Camp, child: Person) -> None:
    by = as_actor(lake.host_lead)
    stranger = PersonFactory()
    with refused("emergency.purpose", where="purpose"):
        request_access(by=by, opening=lake.opening, person=child, purpose="curious", at=NOW)
    for nobody in (None, stranger):
        with refused("emergency.nobody", where="given_name"):
            request_access(by=by, opening=lake.opening, person=nobody, purpose="missing", at=NOW)
    requested(lake, child)
    with refused("emergency.already"):
        requested(lake, child)


def test_person_is_found_by_the_exact_name_in_one_activity_only(lake: Camp, child: Person) -> None:
    assert person_named(lake.opening, " mina ", "Okafor") == child
    for given, family in (("Min", "Okafor"), ("", ""), ("Mina", ""), ("%", "%")):
        assert person_named(lake.opening, given, family) is None
    assert person_named(OpeningFactory(), "Mina", "Okafor") is None
    EngagementFactory(opening=lake.opening, person=PersonFactory(given_name="Mina", family_name="Okafor"))
    assert person_named(lake.opening, "Mina", "Okafor") is None


def test_leads_see_accesses_and_activities_of_their_own_part_of_the_tree(lake: Camp, child: Person) -> None:
    opened(lake, child)
    OpeningFactory(starts_on=TODAY)
    far = OpeningFactory(host=lake.opening.host, starts_on=TODAY + dt.timedelta(days=40))
    for account in (lake.host_lead, lake.region_lead):
        by = as_actor(account)
        [line] = accesses(by, at=NOW)
        assert (line.is_mine_to_read, line.is_mine_to_approve, line.status) == (True, False, Status.OPEN)
        assert "Mina" not in str(line)
        assert activities_in_reach(by, on=TODAY) == [lake.opening]
        assert far not in activities_in_reach(by, on=TODAY)
    [root] = accesses(as_actor(lake.root_lead), at=NOW)
    assert root.is_mine_to_read is False
