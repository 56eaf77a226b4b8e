"""Pages of leads, hosts, institutions and offices: what each sees, and that each act is one click."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.factories import (
    NOW,
    TODAY,
    AccountFactory,
    EngagementFactory,
    MembershipFactory,
    PersonFactory,
    VettingFactory,
)
from apps.safeguarding.cases import LEAD, Camp, Concerns, as_actor, camp, lead, reported
from sojourn.participation.models import Departure
from sojourn.records.models import PersonRead
from sojourn.registry.models import Membership, Vetting
from sojourn.safeguarding.actions.emergency import approve_access, request_access
from sojourn.safeguarding.models import ActivityCode, EmergencyAccess, Incident
from web.stories import DAY, family

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def lake() -> Camp:
    return camp()


@pytest.fixture
def leader(log_in, lake: Camp) -> Client:
    """A second lead of the host."""
    return log_in(LEAD, lake.opening.host)


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def opening_address(lake: Camp, page: str = "") -> str:
    return f"/institution/openings/{lake.opening.call.code}/{lake.opening.code}/{page}"


def test_inbox_shows_what_came_in_and_not_what_was_written(leader: Client, lake: Camp) -> None:
    incident = reported(lake.opening)
    page = page_of(leader, "/safeguarding/")
    assert [f"No. {incident.pk}" in page, "Severe" in page, "hit my friend" in page] == [True, True, False]
    assert re.search(r'Inbox<span class="badge tone-bad">1</span>', page)
    assert "hit my friend" not in page_of(leader, f"/safeguarding/incidents/{incident.pk}/")


@pytest.mark.parametrize("rows", [1, 3])
def test_inbox_takes_the_same_queries_at_any_size(leader: Client, lake: Camp, rows: int) -> None:
    for _row in range(rows):
        reported(lake.opening)
    leader.get("/safeguarding/")
    with CaptureQueriesContext(connection) as queries:
        leader.get("/safeguarding/")
    assert len([query for query in queries if "safeguarding_" in query["sql"]]) == 3


def test_note_opens_by_a_click_that_the_trail_keeps(leader: Client, lake: Camp) -> None:
    incident = reported(lake.opening)
    address = f"/safeguarding/incidents/{incident.pk}/note/"
    assert leader.get(address).status_code == 405
    page = leader.post(address)
    assert ("hit my friend" in page.content.decode(), page["Cache-Control"]) == (True, "no-store")
    assert incident.trail.filter(kind="read").count() == 1


def test_incident_goes_its_way_from_hand_to_hand(leader: Client, log_in, lake: Camp) -> None:
    incident, second = reported(lake.opening), log_in(LEAD, lake.opening.host)
    address = f"/safeguarding/incidents/{incident.pk}/"
    assert leader.post(f"{address}acknowledge/")["Location"] == address
    assert 'id="id_outcome_error"' in leader.post(f"{address}propose/").content.decode()
    leader.post(f"{address}propose/", {"outcome": "handled"})
    assert leader.post(f"{address}close/").status_code == 409
    second.post(f"{address}send-back/")
    leader.post(f"{address}propose/", {"outcome": "handled"})
    second.post(f"{address}close/")
    incident.refresh_from_db()
    assert (incident.status, incident.outcome) == ("closed", "handled")
    assert "Measures were taken" in page_of(second, address)


def test_lead_steps_aside_and_it_goes_up(log_in, lake: Camp) -> None:
    incident = reported(lake.opening)
    address = f"/safeguarding/incidents/{incident.pk}/involved/"
    accounts = [lake.host_lead.pk]
    assert 'id="id_accounts_error"' in log_in(LEAD, lake.opening.host).post(address).content.decode()
    own = log_in(LEAD, lake.opening.host)
    assert own.post(address, {"accounts": accounts})["Location"] == f"/safeguarding/incidents/{incident.pk}/"
    assert own.post(f"/safeguarding/incidents/{incident.pk}/hand-up/").status_code == 302
    assert incident.recipients.count() == 2


def test_incident_that_concerns_a_lead_does_not_exist_for_them(log_in, lake: Camp) -> None:
    accused = AccountFactory()
    MembershipFactory(account=accused, organisation=lake.opening.host, role=LEAD)
    MembershipFactory(account=accused, organisation=lake.opening.host, role=Role.LEADER)
    incident = reported(lake.opening, concerns=Concerns.LEADER)
    with_factor = log_in(LEAD, lake.opening.host)
    assert with_factor.get(f"/safeguarding/incidents/{incident.pk}/").status_code == 200
    with_factor.force_login(accused)
    for act in ("", "note/", "acknowledge/", "involved/", "hand-up/", "propose/", "send-back/", "close/"):
        answer = with_factor.post(f"/safeguarding/incidents/{incident.pk}/{act}")
        assert (answer.status_code, "hurt" in answer.content.decode()) in {(404, False), (302, False)}


@pytest.mark.parametrize("role", [Role.INSTITUTION, Role.LEADER, Role.HOST, Role.REGIONAL_OFFICE])
def test_pages_of_leads_are_for_leads_alone(log_in, lake: Camp, role: str) -> None:
    incident = reported(lake.opening)
    client = log_in(role, lake.opening.host)
    for address in ("", f"incidents/{incident.pk}/", "emergencies/", "adults/"):
        assert client.get(f"/safeguarding/{address}").status_code == 404


def test_office_reads_counts_of_five_and_more_only(log_in, lake: Camp) -> None:
    office = log_in(Role.REGIONAL_OFFICE, lake.region)
    for _number in range(4):
        reported(lake.opening)
    assert page_of(office, "/office/safeguarding/").count("✱") >= 1
    reported(lake.opening)
    page = page_of(office, "/office/safeguarding/")
    assert '<div class="stat-value">5</div>' in page
    assert ["hit my friend" in page, lake.opening.titles["en"] in page] == [False, False]


# Vetting ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "base"), [(Role.INSTITUTION, "institution"), (LEAD, "safeguarding")])
def test_keeper_notes_and_ends_a_check(log_in, lake: Camp, role: str, base: str) -> None:
    adult = lead(lake.opening.host, Role.LEADER)
    keeper = log_in(role, lake.opening.host)
    assert adult.email in page_of(keeper, f"/{base}/adults/")
    address = f"/{base}/adults/{adult.pk}/"
    form = {"kind": "background_check", "starts_on": TODAY.isoformat(), "last_day": (TODAY + DAY).isoformat()}
    assert keeper.post(address, form)["Location"] == address
    noted = Vetting.objects.get()
    assert (noted.account, noted.checked_by, noted.ends_on) == (adult, lake.opening.host, TODAY + 2 * DAY)
    keeper.post(f"/{base}/adults/records/{noted.pk}/revoke/")
    noted.refresh_from_db()
    assert noted.ends_on == TODAY


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_day": "9999-12-31"}, "last_day"),
        ({"last_day": ""}, "last_day"),
        ({"starts_on": "2099-01-01"}, "starts_on"),
        ({"kind": "horoscope"}, "kind"),
        ({"starts_on": "\x00"}, "starts_on"),
    ],
)
def test_fault_of_a_record_is_told_at_its_field(log_in, lake: Camp, changes, field: str) -> None:
    adult, keeper = lead(lake.opening.host, Role.LEADER), log_in(Role.INSTITUTION, lake.opening.host)
    form = {"kind": "background_check", "starts_on": "2027-02-01", "last_day": "2027-09-01"} | changes
    page = keeper.post(f"/institution/adults/{adult.pk}/", form).content.decode()
    assert re.findall(r'id="id_(\w+)_error"', page) == [field]
    assert Vetting.objects.count() == 0


def test_leader_reads_the_own_records_and_no_others(log_in, lake: Camp) -> None:
    other = lead(lake.opening.host, Role.LEADER)
    VettingFactory(account=other)
    client = log_in(Role.LEADER, lake.opening.host)
    page = page_of(client, "/institution/adults/")
    assert [other.email in page, "Nothing is noted about you" in page] == [False, True]
    assert client.get(f"/institution/adults/{other.pk}/").status_code == 404
    assert client.post(f"/institution/adults/records/{Vetting.objects.get().pk}/revoke/").status_code == 404
    assert client.post("/institution/adults/records/999/revoke/").status_code == 404


# Departure and sheet ---------------------------------------------------------------------------------------


def test_departure_names_who_is_missing_and_is_confirmed(log_in, lake: Camp) -> None:
    EngagementFactory(opening=lake.opening, person=family().child)
    host = log_in(Role.INSTITUTION, lake.opening.host)
    adults = [lead(lake.opening.host, Role.LEADER) for _number in range(2)]
    VettingFactory(account=adults[0])
    address = opening_address(lake, "departure/")
    assert f"{adults[1].email}: not vetted" in page_of(host, address)
    page = host.post(address, {"adults": [adult.pk for adult in adults]}).content.decode()
    assert "Name 1 more." in page
    assert f"{adults[1].email} has no vetting" in page
    VettingFactory(account=adults[1])
    assert host.post(address, {"adults": [adult.pk for adult in adults]})["Location"] == opening_address(lake)
    assert Departure.objects.get().adults.count() == 2
    assert "with 2 adults" in page_of(host, opening_address(lake))


def test_sheet_is_made_once_and_leads_to_the_report_of_this_activity(log_in, lake: Camp) -> None:
    host, address = log_in(Role.HOST, lake.opening.host), opening_address(lake, "sheet/")
    assert "Make the sheet" in page_of(host, address)
    assert ActivityCode.objects.count() == 0
    for _time in range(2):
        host.post(address)
    page = page_of(host, address)
    code = re.search(r'class="receipt mb-0">([^<]+)<', page)[1]
    told = ["Does something worry you?", "有让你担心的事吗？", '<img src="data:image/svg+xml']
    assert [text in page for text in told] == [True] * 3
    assert "style=" not in page
    assert f'value="{code}"' in page_of(Client(), f"/report/{code}/")


def test_sheet_and_departure_are_for_the_host_alone(log_in, lake: Camp) -> None:
    for role, organisation in ((Role.INSTITUTION, lake.region), (LEAD, lake.opening.host)):
        client = log_in(role, organisation)
        for page in ("sheet/", "departure/"):
            assert client.get(opening_address(lake, page)).status_code == 404


# Emergency access ------------------------------------------------------------------------------------------


def test_two_leads_open_a_record_and_the_family_reads_it(log_in, lake: Camp) -> None:
    own = family("Mina", "Okafor")
    EngagementFactory(opening=lake.opening, person=own.child)
    first, second = log_in(LEAD, lake.opening.host), log_in(LEAD, lake.region)
    form = {"opening": lake.opening.pk, "given_name": "Mina", "family_name": "Okafor", "purpose": "missing"}
    wrong = first.post("/safeguarding/emergencies/", form | {"given_name": "Min"}).content.decode()
    assert 'id="id_given_name_error"' in wrong
    assert first.post("/safeguarding/emergencies/", form).status_code == 302
    access = EmergencyAccess.objects.get()
    assert "Mina" not in page_of(second, "/safeguarding/emergencies/")
    record = f"/safeguarding/emergencies/{access.pk}/record/"
    assert first.post(record).status_code == 404
    assert first.post(f"/safeguarding/emergencies/{access.pk}/approve/").status_code == 409
    assert second.post(f"/safeguarding/emergencies/{access.pk}/approve/").status_code == 302
    page = first.post(record).content.decode()
    assert ["Mina Okafor" in page, "Ada Okafor" in page] == [True, True]
    assert PersonRead.objects.filter(person_id=own.child.pk, view="emergency.read").count() == 1
    seen = page_of(log_in(person=own.guardian), "/my/data/")
    assert ["Emergency access to this record" in seen, "Record in an emergency" in seen] == [True, True]
    second.post(f"/safeguarding/emergencies/{access.pk}/end/")
    assert first.post(record).status_code == 404


def test_names_cannot_be_tried_out(log_in, lake: Camp) -> None:
    client = log_in(LEAD, lake.opening.host)
    form = {"opening": lake.opening.pk, "given_name": "A", "family_name": "B", "purpose": "missing"}
    statuses = [client.post("/safeguarding/emergencies/", form).status_code for _try in range(11)]
    assert statuses == [200] * 10 + [429]


def test_adult_participant_sees_an_emergency_access_too(log_in, lake: Camp) -> None:
    person = PersonFactory(given_name="Noor")
    EngagementFactory(opening=lake.opening, person=person)
    access = request_access(
        by=as_actor(lake.host_lead), opening=lake.opening, person=person, purpose="harm", at=NOW
    )
    client = log_in(person=person)
    assert "Emergency access to this record" not in page_of(client, "/my/data/")
    approve_access(by=as_actor(lake.region_lead), access=access, at=NOW)
    assert "Danger of harm" in page_of(client, "/my/data/")
    assert Incident.objects.count() == 0
