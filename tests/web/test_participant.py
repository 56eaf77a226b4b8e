"""My place, one application with its reasons, answers, stays: one's own and nobody else's."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.factories import (
    TODAY,
    ApplicationFactory,
    CallFactory,
    EngagementFactory,
    GroupFactory,
    MemberFactory,
    OfferFactory,
    OpeningFactory,
    PersonFactory,
    PreferenceFactory,
    RegionFactory,
    SchoolFactory,
    SessionFactory,
)
from sojourn.participation.models import Engagement, Offer, Round
from sojourn.records.models import AuditEvent
from sojourn.registry.models import Membership
from sojourn.web import clock
from web.stories import applied, drawn_for_two, family

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def stay(log_in) -> Engagement:
    """A stay of the child that has begun, through an accepted offer."""
    own = family()
    opening = OpeningFactory(starts_on=TODAY - 2 * DAY)
    application = applied(own, opening.call, [opening])
    offer = OfferFactory(opening=opening, application=application, status=Offer.Status.ACCEPTED)
    return EngagementFactory(opening=opening, person=own.child, offer=offer, sending=application.sending)


# Who may open what ----------------------------------------------------------------------------------


def own_pages(application, stay: Engagement) -> list[str]:
    reference = application.reference
    return [
        f"/my/applications/{reference}/",
        f"/my/applications/{reference}/certificate/",
        f"/my/applications/{reference}/decline/",
        f"/my/applications/{reference}/withdraw/",
        f"/my/stays/{stay.pk}/",
        f"/my/stays/{stay.pk}/leave/",
    ]


def test_own_pages_open_for_the_family_and_for_nobody_else(log_in, client: Client, office) -> None:
    own, application, other, _waits = drawn_for_two()
    stay = EngagementFactory(person=own.child, opening=OpeningFactory())
    pages = own_pages(application, stay)
    readers = {
        "guardian": log_in(person=own.guardian),
        "child": log_in(person=own.child),
        "another family": log_in(person=other.guardian),
        "school": log_in(Membership.Role.INSTITUTION, application.sending),
        "host": log_in(Membership.Role.LEADER, stay.opening.host),
        "region": log_in(Membership.Role.REGIONAL_OFFICE, application.sending.parent),
        "office": log_in(Membership.Role.PROGRAMME_OFFICE, office),
        "stranger": client,
    }
    seen = {name: {reader.get(page).status_code for page in pages} for name, reader in readers.items()}
    assert seen == {
        "guardian": {200},
        "child": {200},
        "another family": {404},
        "school": {404},
        "host": {404},
        "region": {404},
        "office": {404},
        "stranger": {302},
    }


def test_answers_of_others_are_not_found_and_change_nothing(log_in) -> None:
    own, application, other, _waits = drawn_for_two()
    stay = EngagementFactory(person=own.child, opening=OpeningFactory())
    stranger = log_in(person=other.guardian)
    acts = [f"/my/applications/{application.reference}/{act}/" for act in ("accept", "decline", "withdraw")]
    acts.append(f"/my/stays/{stay.pk}/leave/")
    assert [stranger.post(act).status_code for act in acts] == [404] * 4
    assert application.offers.get().status == Offer.Status.OPEN
    assert Engagement.objects.filter(pk=stay.pk).exists()


def test_unknown_reference_and_number_look_like_those_of_others(log_in) -> None:
    guardian = log_in(person=family().guardian)
    pages = [
        "/my/applications/NOSUCHTHING/",
        "/my/applications/NOSUCHTHING/certificate/",
        "/my/stays/987654/",
    ]
    assert [guardian.get(page).status_code for page in pages] == [404] * 3


@pytest.mark.parametrize("page", ["/my/", "/my/data/", "/my/data/copy.json", "/my/groups/join/"])
def test_section_is_for_people(log_in, client: Client, office, page: str) -> None:
    officer = log_in(Membership.Role.PROGRAMME_OFFICE, office)
    person = log_in(person=PersonFactory())
    seen = [who.get(page).status_code for who in (person, officer, client)]
    assert seen == [200, 404, 302]


def test_accepting_is_a_post_alone(log_in) -> None:
    own, application, *_others = drawn_for_two()
    answer = log_in(person=own.guardian).get(f"/my/applications/{application.reference}/accept/")
    assert (answer.status_code, Engagement.objects.count()) == (405, 0)


def test_guardian_loses_sight_with_the_end_of_guardianship(log_in) -> None:
    own, _application, *_others = drawn_for_two()
    stay = EngagementFactory(person=own.child, opening=OpeningFactory())
    guardian = log_in(person=own.guardian)
    assert guardian.get(f"/my/stays/{stay.pk}/").status_code == 200
    own.guardian.wards.update(ends_on=TODAY)
    assert guardian.get(f"/my/stays/{stay.pk}/").status_code == 404


def test_group_ticket_shows_nobody_else_by_name(log_in) -> None:
    own, friend = family("Mina", "Okafor"), family("Solveig", "Lindqvist")
    call = CallFactory(maximum_group=3)
    application = ApplicationFactory(
        call=call, person=None, group=GroupFactory(call=call), submitted_by=friend.guardian
    )
    MemberFactory(application=application, person=own.child)
    MemberFactory(application=application, person=friend.child)
    PreferenceFactory(application=application)
    page = text(log_in(person=own.guardian), f"/my/applications/{application.reference}/")
    assert ["Mina Okafor" in page, "Solveig" in page, "and 1 other" in page] == [True, False, True]


# What the pages say -----------------------------------------------------------------------------------


def test_nothing_yet_leads_to_the_open_calls(log_in) -> None:
    CallFactory(code="summer")
    page = text(log_in(person=PersonFactory()), "/my/")
    assert "/my/calls/summer/apply/" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_my_place_takes_the_same_queries_at_any_size(log_in, rows: int) -> None:
    own = family()
    for _row in range(rows):
        call = CallFactory()
        opening = OpeningFactory(call=call)
        OfferFactory(application=applied(own, call, [opening]), opening=opening)
        applied(own, CallFactory(), [])
        EngagementFactory(person=own.child, opening=OpeningFactory())
    guardian = log_in(person=own.guardian)
    guardian.get("/my/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        guardian.get("/my/")
    assert len(queries) == 13


def test_offer_is_counted_down(log_in) -> None:
    own, application, *_others = drawn_for_two()
    page = text(log_in(person=own.guardian), "/my/")
    assert ("8 days left" in page, application.offers.get().answer_by) == (True, TODAY + 7 * DAY)


def test_page_says_why_there_is_a_place_and_why_there_is_none(log_in) -> None:
    own, application, other, waits = drawn_for_two()
    first = text(log_in(person=own.guardian), f"/my/applications/{application.reference}/")
    second = text(log_in(person=other.guardian), f"/my/applications/{waits.reference}/")
    assert "Your ticket was called as number 1. A seat was free, so it was offered to you." in first
    assert "Your ticket was called as number 2. Of the 1 seats none that it could use was left." in second
    assert "The last ticket that got a seat which yours could have used was called as number 1." in second
    assert "Today you are number 1 on its waiting list." in second


def test_certificate_carries_all_that_is_needed_to_check_it(log_in) -> None:
    own, application, *_others = drawn_for_two()
    page = text(log_in(person=own.guardian), f"/my/applications/{application.reference}/certificate/")
    run = Round.objects.get(call=application.call).run
    seed = bytes(run.files.get(name="seed.json").content).decode()
    told = [application.ticket.code, run.commitment, run.method, "number <b>1</b> of 2"]
    names = ["Mina Okafor", "Li Berg"]
    assert [item in page for item in told] == [True] * 4
    assert sum(name in page for name in names) == 1
    assert page.split('Seed</dt><dd><code class="hash">')[1][:64] in seed


def test_there_is_no_certificate_before_the_draw(log_in) -> None:
    own = family()
    opening = OpeningFactory()
    application = applied(own, opening.call, [opening])
    page = f"/my/applications/{application.reference}/certificate/"
    assert log_in(person=own.guardian).get(page).status_code == 404


def test_page_does_not_tell_a_declined_offer_from_a_lapsed_one(log_in) -> None:
    own, application, other, waits = drawn_for_two(seats=2)
    declines, silent = log_in(person=own.guardian), log_in(person=other.guardian)
    declines.post(f"/my/applications/{application.reference}/decline/")
    waits.offers.update(status=Offer.Status.CLOSED)
    sentences = [
        text(reader, f"/my/applications/{row.reference}/").split("What comes next</h2>")[1].split("</p>")[0]
        for reader, row in ((declines, application), (silent, waits))
    ]
    assert sentences[0] == sentences[1]
    assert "Nothing more will happen" in sentences[0]


# Answers --------------------------------------------------------------------------------------------------


def test_accepting_seats_the_child_once(log_in) -> None:
    own, application, *_others = drawn_for_two()
    guardian = log_in(person=own.guardian)
    address = f"/my/applications/{application.reference}/accept/"
    answers = [guardian.post(address).status_code, guardian.post(address).status_code]
    assert (answers, list(Engagement.objects.values_list("person_id", flat=True).order_by())) == (
        [302, 409],
        [own.child.pk],
    )


def test_lapsed_offer_is_refused_with_its_last_day(log_in, monkeypatch: pytest.MonkeyPatch) -> None:
    own, application, *_others = drawn_for_two()
    monkeypatch.setattr(clock, "today", lambda: TODAY + 8 * DAY)
    answer = log_in(person=own.guardian).post(f"/my/applications/{application.reference}/accept/")
    assert (answer.status_code, "2027-03-08" in answer.content.decode()) == (409, True)
    assert Engagement.objects.count() == 0


def test_declining_asks_once_more_then_passes_the_place_on(log_in) -> None:
    own, application, _other, waits = drawn_for_two()
    guardian = log_in(person=own.guardian)
    address = f"/my/applications/{application.reference}/decline/"
    guardian.get(address)
    assert application.offers.get().status == Offer.Status.OPEN
    before = AuditEvent.objects.count()
    guardian.post(address)
    assert (application.offers.get().status, waits.offers.get().from_waiting_list) == ("closed", True)
    assert AuditEvent.objects.count() == before


def test_withdrawn_application_waits_no_more_and_reads_so(log_in) -> None:
    _own, _application, other, waits = drawn_for_two()
    guardian = log_in(person=other.guardian)
    guardian.post(f"/my/applications/{waits.reference}/withdraw/")
    page = text(guardian, f"/my/applications/{waits.reference}/")
    assert (waits.waiting.count(), "This application is withdrawn." in page) == (0, True)
    assert waits.reference not in text(guardian, "/my/")


def test_leaving_takes_one_post_and_gives_no_reason(log_in, stay: Engagement) -> None:
    guardian = log_in(person=stay.person.guardians.get().guardian)
    page = text(guardian, f"/my/stays/{stay.pk}/leave/")
    assert ("<textarea" in page, page.count("<input")) == (False, page.count('type="hidden"'))
    guardian.post(f"/my/stays/{stay.pk}/leave/")
    stay.refresh_from_db()
    assert stay.ends_on == TODAY
    assert guardian.post(f"/my/stays/{stay.pk}/leave/").status_code == 409


def test_stay_shows_its_sessions(log_in, stay: Engagement) -> None:
    SessionFactory(opening=stay.opening, titles={"en": "A day of lessons"}).attendances.create(
        engagement=stay
    )
    page = text(log_in(person=stay.person), f"/my/stays/{stay.pk}/")
    assert ["A day of lessons" in page, ">yes<" in page] == [True, True]


def test_pages_of_people_in_regions_do_not_name_other_regions_people(log_in) -> None:
    """A second family at the same school and opening is on no page of the first."""
    school = SchoolFactory(parent=RegionFactory())
    own, other = family("Mina", "Okafor"), family("Solveig", "Lindqvist")
    opening = OpeningFactory()
    applied(own, opening.call, [opening], school)
    applied(other, opening.call, [opening], school)
    guardian = log_in(person=own.guardian)
    pages = [text(guardian, page) for page in ("/my/", "/my/data/", "/my/data/copy.json")]
    assert [("Mina" in page, "Solveig" in page or "Lindqvist" in page) for page in pages] == [
        (True, False)
    ] * 3
