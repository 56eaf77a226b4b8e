"""Reports reach the nearest leads whom they do not concern; what is severe climbs; nobody closes alone."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import FieldError
from django.db import DatabaseError, connection, transaction

from apps.factories import NOW, TODAY, AccountFactory, MembershipFactory, SchoolFactory, SessionFactory
from apps.outcomes import events, refused, unseen
from apps.safeguarding.cases import (
    HOUR,
    NOTE,
    Camp,
    Concerns,
    Kind,
    as_actor,
    camp,
    lead,
    reported,
    trail,
    where,
)
from sojourn.records.actor import PUBLIC, SYSTEM
from sojourn.records.jobs import due_jobs, run_job
from sojourn.records.models import AuditEvent, Job
from sojourn.records.refusal import UnseenError
from sojourn.registry.models import Account, Membership
from sojourn.safeguarding.actions import handling
from sojourn.safeguarding.actions.climbing import climb, let_go
from sojourn.safeguarding.actions.incidents import report_incident
from sojourn.safeguarding.codes import receipt_of
from sojourn.safeguarding.models import Incident, IncidentEvent
from sojourn.safeguarding.queries.incidents import (
    ReportState,
    counts_within,
    inbox,
    incident_for,
    incident_page,
    state_of_report,
    waiting_count,
    who_could_be_involved,
)
from sojourn.safeguarding.rules.incidents import CLIMBS_AFTER, KEPT, Report

pytestmark = pytest.mark.django_db
Role, Status = Membership.Role, Incident.Status


@pytest.fixture
def lake() -> Camp:
    return camp()


def work(at: dt.datetime) -> None:
    """What a worker does at the moment, until nothing is due."""
    while due := due_jobs(at):
        for job in due:
            run_job(job, now=lambda: at)


def sees(account: Account, incident: Incident) -> bool:
    """Whether the incident is in the account's inbox, in its number, and opens; always all three or none."""
    by = as_actor(account)
    listed = incident.pk in [line.number for line in inbox(by)]
    try:
        opens = incident_for(by, incident.pk).pk == incident.pk
    except UnseenError:
        opens = False
    assert listed == opens
    if Incident.objects.count() == 1 and incident.status == Status.RECEIVED:
        assert waiting_count(by) == int(opens)
    return opens


# Reporting -------------------------------------------------------------------------------------------------


def test_anyone_reports_without_an_account_and_nothing_tells_who(lake: Camp) -> None:
    incident = reported(lake.opening)
    assert (incident.reporter, where(incident)) == (None, [(lake.opening.host_id, "first")])
    assert events() == [("incident.report", None, False, "safeguarding.incident", incident.pk, 1)]
    assert trail(incident) == ["reported", "routed"]
    assert {event.account for event in incident.trail.all()} == {None}


def test_reporter_who_wishes_to_be_known_is_named_to_the_leads_alone(lake: Camp) -> None:
    teacher = lead(SchoolFactory(), Role.LEADER)
    incident = reported(lake.opening, by=as_actor(teacher))
    reading = handling.read_incident(by=as_actor(lake.host_lead), incident=incident, at=NOW)
    assert reading.reporter == teacher.email
    assert not sees(teacher, incident)


def test_note_is_kept_encrypted_and_cannot_be_searched(lake: Camp) -> None:
    reported(lake.opening)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM safeguarding_incident")
        stored = " ".join(map(str, cursor.fetchone()))
    assert ("hit" in stored, "打" in stored) == (False, False)
    assert Incident.objects.get().note == NOTE
    for lookup in ("note", "note__contains", "note__isnull"):
        with pytest.raises(FieldError):
            Incident.objects.filter(**{lookup: "x"})


def test_report_without_an_activity_goes_to_the_coordinating_office(lake: Camp) -> None:
    assert where(reported(None)) == [(lake.root.pk, "first")]


def test_report_without_words_is_a_report(lake: Camp) -> None:
    incident = reported(lake.opening, note="", happened_on=None)
    assert Incident.objects.get(pk=incident.pk).note == ""


def test_same_report_sent_twice_is_kept_once_and_keeps_its_receipt(lake: Camp) -> None:
    report = Report(Kind.HURT, False, Concerns.NOT_KNOWN, lake.opening, TODAY, NOTE)
    receipt = receipt_of("a form, and all that was written in it")
    made = [report_incident(by=PUBLIC, report=report, receipt=receipt, at=NOW) for _ in range(2)]
    assert (made[0], Incident.objects.count(), len(trail(made[0]))) == (made[1], 1, 2)
    assert state_of_report(receipt.lower()) == ReportState("received", is_severe=True, reached=True)
    assert state_of_report("0000-0000-0000") is None


def test_receipt_is_not_stored(lake: Camp) -> None:
    receipt = receipt_of("a form")
    report = Report(Kind.HURT, False, Concerns.NOT_KNOWN, lake.opening, TODAY, NOTE)
    made = report_incident(by=PUBLIC, report=report, receipt=receipt, at=NOW)
    assert receipt not in str(Incident.objects.values_list("receipt_sha256", "pk").get(pk=made.pk))
    assert len(receipt) == 12
    assert receipt != receipt_of("another form")


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        ({"kind": "rumour"}, "incident.kind", "kind"),
        ({"concerns": "x"}, "incident.kind", "kind"),
        ({"happened_on": TODAY + dt.timedelta(days=2)}, "incident.future", "happened_on"),
        ({"note": "x" * 10_001}, "incident.too_long", "note"),
    ],
)
def test_report_that_nobody_could_understand_later_is_refused(
    lake: Camp, told: dict[str, object], code: str, field: str
) -> None:
    with refused(code, where=field):
        reported(lake.opening, **told)


def test_leads_get_mail_that_says_a_number_and_nothing_else(lake: Camp) -> None:
    second = lead(lake.opening.host)
    incident = reported(lake.opening)
    work(NOW)
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([lake.host_lead.email, second.email])
    told = " ".join(f"{letter.subject} {letter.body}" for letter in mail.outbox)
    assert f"number {incident.pk} waits" in told
    hidden = ["hit", "打人", Kind.HURT.value, lake.opening.titles["en"], lake.opening.host.names["en"]]
    assert [word for word in hidden if word in told] == []


def test_jobs_hold_numbers_and_days_only(lake: Camp) -> None:
    reported(lake.opening)
    kinds = {job.kind: sorted(job.arguments) for job in Job.objects.all()}
    assert kinds == {
        "incident.notify": ["incident", "on", "organisation"],
        "incident.climb": ["until"],
    }


# Who may know ----------------------------------------------------------------------------------------------


def test_incident_is_for_the_named_leads_of_its_activity_alone(lake: Camp) -> None:
    incident = reported(lake.opening)
    host = lake.opening.host
    elsewhere = lead(SchoolFactory(parent=lake.region))
    others = [lake.region_lead, lake.root_lead, elsewhere]
    others += [lead(host, role) for role in Role.values if role != Role.SAFEGUARDING_LEAD]
    others += [
        lead(lake.root, Role.PROGRAMME_OFFICE),
        lead(lake.region, Role.REGIONAL_OFFICE),
        AccountFactory(),
    ]
    assert (sees(lake.host_lead, incident), [sees(other, incident) for other in others]) == (
        True,
        [False] * len(others),
    )
    for by in [*map(as_actor, others), PUBLIC, SYSTEM]:
        with unseen():
            handling.read_incident(by=by, incident=incident, at=NOW)


def test_lead_whose_post_has_ended_sees_nothing(lake: Camp) -> None:
    incident = reported(lake.opening)
    lake.host_lead.memberships.update(ends_on=TODAY)
    assert not sees(lake.host_lead, incident)


def test_each_look_at_the_note_stands_in_the_trail_and_the_page_holds_no_note(lake: Camp) -> None:
    incident, by = reported(lake.opening), as_actor(lake.host_lead)
    page = incident_page(by, incident, on=TODAY)
    assert "hit" not in str(page)
    assert [handling.read_incident(by=by, incident=incident, at=NOW).note for _ in range(2)] == [NOTE, NOTE]
    looks = incident.trail.filter(kind="read").values_list("account", "organisation")
    assert list(looks) == [(lake.host_lead.pk, lake.opening.host_id)] * 2
    assert AuditEvent.objects.filter(verb="incident.read", actor_account=lake.host_lead.pk).count() == 2


def test_report_about_a_leader_passes_by_everybody_who_leads_the_activity(lake: Camp) -> None:
    host = lake.opening.host
    MembershipFactory(account=lake.host_lead, organisation=host, role=Role.LEADER)
    helper = AccountFactory()
    SessionFactory(opening=lake.opening).adults.add(helper)
    colleague = lead(host)
    incident = reported(lake.opening, concerns=Concerns.LEADER)
    assert where(incident) == [(host.pk, "first")]
    assert {row.account_id for row in incident.involved.all()} == {lake.host_lead.pk, helper.pk}
    assert [sees(account, incident) for account in (lake.host_lead, colleague)] == [False, True]


def test_accused_cannot_read_acknowledge_or_close_nor_count_it(lake: Camp) -> None:
    MembershipFactory(account=lake.host_lead, organisation=lake.opening.host, role=Role.LEADER)
    incident, by = reported(lake.opening, concerns=Concerns.LEADER), as_actor(lake.host_lead)
    assert where(incident) == [(lake.region.pk, "conflict")]
    assert not sees(lake.host_lead, incident)
    acts = [
        lambda: handling.read_incident(by=by, incident=incident, at=NOW),
        lambda: handling.acknowledge(by=by, incident=incident, at=NOW),
        lambda: handling.name_involved(by=by, incident=incident, accounts=[1], at=NOW),
        lambda: handling.hand_up(by=by, incident=incident, at=NOW),
        lambda: handling.propose_closing(by=by, incident=incident, outcome="handled", at=NOW),
        lambda: handling.send_back(by=by, incident=incident, at=NOW),
        lambda: handling.close(by=by, incident=incident, at=NOW),
    ]
    for act in acts:
        with unseen():
            act()
    work(NOW)
    assert lake.host_lead.email not in [letter.to[0] for letter in mail.outbox]


def test_accused_finds_it_in_no_count_of_an_office(lake: Camp) -> None:
    officer = lead(lake.region, Role.REGIONAL_OFFICE)
    incident = reported(lake.opening)
    since = NOW - HOUR
    assert counts_within(lake.region.pk, as_actor(officer), since=since)["waiting"] == 1
    handling.name_involved(by=as_actor(lake.host_lead), incident=incident, accounts=[officer.pk], at=NOW)
    assert sum(counts_within(lake.region.pk, as_actor(officer), since=since).values()) == 0
    assert counts_within(lake.root.pk, as_actor(lead(lake.root, Role.PROGRAMME_OFFICE)), since=since) == {
        "waiting": 1,
        "in_hand": 0,
        "closed": 0,
    }
    elsewhere = SchoolFactory().parent
    assert sum(counts_within(elsewhere.pk, as_actor(officer), since=since).values()) == 0


def test_report_about_safeguarding_itself_goes_past_the_nearest_leads(lake: Camp) -> None:
    incident = reported(lake.opening, concerns=Concerns.SAFEGUARDING)
    assert where(incident) == [(lake.region.pk, "conflict")]
    assert [sees(account, incident) for account in (lake.host_lead, lake.region_lead)] == [False, True]


def test_lead_who_is_named_loses_it_at_once_and_the_next_organisation_receives_it(lake: Camp) -> None:
    incident = reported(lake.opening)
    host = as_actor(lake.host_lead)
    assert lake.host_lead.pk in dict(who_could_be_involved(incident, on=TODAY))
    handling.name_involved(by=host, incident=incident, accounts=[lake.host_lead.pk], at=NOW)
    assert where(incident) == [(lake.opening.host_id, "first"), (lake.region.pk, "conflict")]
    assert [sees(account, incident) for account in (lake.host_lead, lake.region_lead)] == [False, True]
    with refused("incident.nobody_named", where="accounts"):
        handling.name_involved(by=as_actor(lake.region_lead), incident=incident, accounts=[], at=NOW)


def test_when_all_leads_are_concerned_nobody_inside_receives_it() -> None:
    lonely = camp(in_region=False, at_root=False)
    incident = reported(lonely.opening, concerns=Concerns.SAFEGUARDING)
    assert (where(incident), trail(incident)) == ([], ["reported", "nobody_inside"])
    assert not sees(lonely.host_lead, incident)


def test_organisations_without_a_lead_are_passed_by() -> None:
    upper = camp(at_host=False, in_region=False)
    assert where(reported(upper.opening)) == [(upper.root.pk, "conflict")]


# Climbing --------------------------------------------------------------------------------------------------


def test_severe_and_unacknowledged_for_four_hours_escalates_outside_the_organisation(lake: Camp) -> None:
    incident = reported(lake.opening)
    work(NOW + CLIMBS_AFTER - dt.timedelta(seconds=1))
    assert where(incident) == [(lake.opening.host_id, "first")]
    work(NOW + 4 * HOUR)
    assert where(incident)[1:] == [(lake.region.pk, "escalated")]
    assert [sees(account, incident) for account in (lake.host_lead, lake.region_lead)] == [True, True]
    work(NOW + 8 * HOUR)
    assert where(incident)[2:] == [(lake.root.pk, "escalated")]
    work(NOW + 12 * HOUR)
    incident.refresh_from_db()
    assert (len(where(incident)), trail(incident)[-1], incident.climbs_at) == (3, "nobody_inside", None)
    assert {letter.to[0] for letter in mail.outbox} == {
        lake.host_lead.email,
        lake.region_lead.email,
        lake.root_lead.email,
    }


@pytest.mark.parametrize(
    ("told", "climbs"),
    [
        ({"kind": Kind.HURT}, True),
        ({"kind": Kind.TOUCHED}, True),
        ({"kind": Kind.MISSING}, True),
        ({"kind": Kind.ALONE}, True),
        ({"kind": Kind.OTHER}, False),
        ({"kind": Kind.OTHER, "in_danger": True}, True),
    ],
)
def test_only_severe_incidents_climb_by_themselves(
    lake: Camp, told: dict[str, object], *, climbs: bool
) -> None:
    incident = reported(lake.opening, **told)
    assert incident.is_severe is climbs
    work(NOW + 5 * HOUR)
    assert len(where(incident)) == 1 + climbs


def test_acknowledged_incident_does_not_climb(lake: Camp) -> None:
    incident = reported(lake.opening)
    handling.acknowledge(by=as_actor(lake.host_lead), incident=incident, at=NOW + 3 * HOUR)
    work(NOW + 40 * HOUR)
    assert (len(where(incident)), incident.status) == (1, Status.ACKNOWLEDGED)


def test_clock_that_was_late_catches_up_and_nobody_else_turns_it(lake: Camp) -> None:
    incident = reported(lake.opening)
    assert climb(by=SYSTEM, at=NOW + 30 * HOUR) == [incident]
    assert climb(by=SYSTEM, at=NOW + 30 * HOUR) == []
    for by in (PUBLIC, as_actor(lake.host_lead)):
        with unseen():
            climb(by=by, at=NOW + 90 * HOUR)
        with unseen():
            let_go(by=by, at=NOW + 90 * HOUR)


def test_lead_hands_it_up_at_any_time_while_somebody_is_above(lake: Camp) -> None:
    incident, by = reported(lake.opening, kind=Kind.OTHER), as_actor(lake.host_lead)
    for _step in range(2):
        handling.hand_up(by=by, incident=incident, at=NOW)
    assert [reason for _organisation, reason in where(incident)] == ["first", "handed_up", "handed_up"]
    with refused("incident.nobody_above"):
        handling.hand_up(by=by, incident=incident, at=NOW)


# Closing ---------------------------------------------------------------------------------------------------


def test_nobody_closes_an_incident_alone(lake: Camp) -> None:
    second, by = lead(lake.opening.host), as_actor(lake.host_lead)
    incident = reported(lake.opening)
    handling.acknowledge(by=by, incident=incident, at=NOW)
    with refused("incident.outcome", where="outcome"):
        handling.propose_closing(by=by, incident=incident, outcome="", at=NOW)
    handling.propose_closing(by=by, incident=incident, outcome="handled", at=NOW)
    with refused("incident.second_person"):
        handling.close(by=by, incident=incident, at=NOW)
    assert [waiting_count(as_actor(account)) for account in (lake.host_lead, second)] == [0, 1]
    handling.send_back(by=as_actor(second), incident=incident, at=NOW)
    assert (incident.status, incident.outcome) == (Status.ACKNOWLEDGED, "")
    handling.propose_closing(by=by, incident=incident, outcome="passed_on", at=NOW)
    handling.close(by=as_actor(second), incident=incident, at=NOW)
    assert (incident.status, incident.outcome, len(where(incident))) == (Status.CLOSED, "passed_on", 1)
    for act in (
        lambda: handling.name_involved(by=by, incident=incident, accounts=[1], at=NOW),
        lambda: handling.hand_up(by=by, incident=incident, at=NOW),
    ):
        with refused("incident.closed"):
            act()


def test_second_person_is_found_above_where_there_is_one_lead(lake: Camp) -> None:
    incident, by = reported(lake.opening), as_actor(lake.host_lead)
    handling.acknowledge(by=by, incident=incident, at=NOW)
    handling.propose_closing(by=by, incident=incident, outcome="no_steps", at=NOW)
    assert where(incident)[1:] == [(lake.region.pk, "second_person")]
    handling.close(by=as_actor(lake.region_lead), incident=incident, at=NOW)
    assert trail(incident)[-3:] == ["closing_proposed", "routed", "closed"]


def test_incident_moves_only_along_its_path(lake: Camp) -> None:
    incident, by = reported(lake.opening), as_actor(lake.host_lead)
    for act in (
        lambda: handling.propose_closing(by=by, incident=incident, outcome="handled", at=NOW),
        lambda: handling.close(by=by, incident=incident, at=NOW),
    ):
        with refused("state.moved"):
            act()
    with refused("incident.not_proposed"):
        handling.send_back(by=by, incident=incident, at=NOW)
    stale = Incident.objects.get(pk=incident.pk)
    handling.acknowledge(by=by, incident=incident, at=NOW)
    with refused("incident.in_hand"):
        handling.acknowledge(by=by, incident=incident, at=NOW)
    with refused("state.moved"):
        handling.acknowledge(by=by, incident=stale, at=NOW)


@pytest.mark.parametrize(
    "change",
    ["UPDATE safeguarding_incidentevent SET kind = 'x'", "DELETE FROM safeguarding_incidentevent"],
)
def test_database_refuses_to_change_the_trail_of_an_incident(lake: Camp, change: str) -> None:
    incident = reported(lake.opening)
    before = trail(incident)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change)
    assert trail(incident) == before


def test_closed_incident_is_let_go_when_its_time_is_over(lake: Camp) -> None:
    second, by = lead(lake.opening.host), as_actor(lake.host_lead)
    incident, other = reported(lake.opening), reported(lake.opening)
    handling.acknowledge(by=by, incident=incident, at=NOW)
    handling.propose_closing(by=by, incident=incident, outcome="handled", at=NOW)
    handling.close(by=as_actor(second), incident=incident, at=NOW)
    assert let_go(by=SYSTEM, at=NOW + KEPT) == []
    number = incident.pk
    assert let_go(by=SYSTEM, at=NOW + KEPT + HOUR) == [number]
    assert list(Incident.objects.all()) == [other]
    assert set(IncidentEvent.objects.values_list("incident", flat=True)) == {other.pk}
