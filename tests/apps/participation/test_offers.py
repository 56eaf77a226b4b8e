"""Answers, leaving, and the waiting list: what is written, what is refused, what leaves no trace."""

import datetime as dt

import pytest

from apps import factories
from apps.outcomes import events, refused, traces, unseen
from apps.participation.world import (
    DAY,
    DRAWN_AT,
    STAYS_FROM,
    actor,
    applied,
    choices_of,
    drawn,
    line_of,
    open_offer,
    published,
)
from sojourn.participation.actions.applications import withdraw_application
from sojourn.participation.actions.consents import withdraw_consent
from sojourn.participation.actions.offers import accept_offer, decline_offer, lapse_offers, leave
from sojourn.participation.actions.seats import seats_taken
from sojourn.participation.models import Application, Engagement, Offer, Opening, WaitingPlace
from sojourn.records.actor import PUBLIC, SYSTEM

pytestmark = pytest.mark.django_db
DAY_OF_DRAW = DRAWN_AT.date()
LAST_DAY = DAY_OF_DRAW + 14 * DAY


@pytest.fixture
def camp() -> Opening:
    """One opening of two seats, drawn among five who apply alone."""
    call = published(2)
    for _ in range(5):
        applied(call, choices=choices_of(call))
    drawn(call)
    return choices_of(call)[0]


def by_applicant(offer: Offer):
    return actor(offer.application.person)


def decline(offer: Offer, on: dt.date = DAY_OF_DRAW, row: Offer | None = None) -> None:
    decline_offer(by=by_applicant(offer), offer=row or offer, person=offer.application.person, on=on)


def accept(offer: Offer, on: dt.date = DAY_OF_DRAW) -> Engagement:
    accept_offer(by=by_applicant(offer), offer=offer, person=offer.application.person, on=on)
    return offer.engagements.get()


def withdraw(application: Application) -> None:
    person = application.person
    withdraw_application(by=actor(person), application=application, people=[person], on=DAY_OF_DRAW)


def offered(camp: Opening) -> list[int]:
    """Who holds an open offer, in the order in which the offers were made."""
    rows = Offer.objects.filter(opening=camp, status=Offer.Status.OPEN).order_by("pk")
    return list(rows.values_list("application_id", flat=True))


def test_accepting_gives_each_person_an_engagement_and_one_line(camp: Opening) -> None:
    offer = open_offer(camp)
    with traces(("offer.accept", None, False, "participation.offer", offer.pk, 1)):
        made = accept(offer, LAST_DAY)
    assert (made.person, made.opening, made.component) == (
        offer.application.person,
        camp,
        camp.call.component,
    )
    assert (made.starts_on, made.ends_on) == (camp.starts_on, camp.ends_on)
    assert (Engagement.objects.count(), seats_taken(camp)) == (1, 2)


def test_lapsed_offer_is_not_accepted_before_nor_after_the_clock_came_by(camp: Opening) -> None:
    offer = open_offer(camp)
    with refused("offer.lapsed"):
        accept(offer, LAST_DAY + DAY)
    with traces(("offer.lapse", None, True, "", None, 2)):
        made = lapse_offers(by=SYSTEM, on=LAST_DAY + DAY)
    assert len(made) == 2
    offer.refresh_from_db()
    with refused("offer.lapsed"):
        accept(offer, LAST_DAY)
    with traces(("offer.lapse", None, True, "", None, 0)):
        assert lapse_offers(by=SYSTEM, on=LAST_DAY + DAY) == []


def test_offer_is_answered_once(camp: Opening) -> None:
    offer = open_offer(camp)
    stale = Offer.objects.get(pk=offer.pk)
    accept(offer)
    with refused("offer.accepted"):
        accept(offer)
    with refused("offer.answered"):
        decline(offer)
    with refused("offer.accepted"):
        accept(stale)
    stale = Offer.objects.get(pk=offer.pk)
    stale.status = Offer.Status.OPEN
    with refused("offer.answered"):
        decline(offer, row=stale)


def test_strangers_see_no_offer_and_only_the_clock_lapses(camp: Opening) -> None:
    offer = open_offer(camp)
    engagement = accept(Offer.objects.get(pk=offer.pk))
    stranger = actor(factories.PersonFactory())
    for by in (stranger, PUBLIC, SYSTEM):
        with unseen():
            accept_offer(by=by, offer=offer, person=offer.application.person, on=DAY_OF_DRAW)
        with unseen():
            decline_offer(by=by, offer=offer, person=offer.application.person, on=DAY_OF_DRAW)
        with unseen():
            leave(by=by, engagement=engagement, on=DAY_OF_DRAW)
    with unseen():
        lapse_offers(by=by_applicant(offer), on=LAST_DAY + DAY)


def test_full_opening_refuses_one_more(camp: Opening) -> None:
    offer = open_offer(camp)
    Opening.objects.filter(pk=camp.pk).update(seats=0)
    with refused("offer.full"):
        accept(offer)


def test_offer_is_not_accepted_without_live_consent(camp: Opening) -> None:
    offer = open_offer(camp)
    withdraw_consent(
        by=by_applicant(offer), person=offer.application.person, component_code="A2", on=DAY_OF_DRAW
    )
    with refused("consent.missing"):
        accept(offer)


def test_declined_and_lapsed_leave_the_same_row_and_no_line_of_the_decline(camp: Opening) -> None:
    declined, lapsed = Offer.objects.filter(opening=camp).order_by("pk")
    line = line_of(camp)
    with traces():
        decline(declined, LAST_DAY + DAY)
    lapse_offers(by=SYSTEM, on=LAST_DAY + DAY)
    rows = [Offer.objects.filter(pk=row.pk).values().get() for row in (declined, lapsed)]
    for row, offer in zip(rows, (declined, lapsed), strict=True):
        assert (row.pop("id"), row.pop("application_id")) == (offer.pk, offer.application_id)
    assert rows[0] == rows[1]
    assert offered(camp) == line[:2]
    assert line_of(camp) == line[2:]


def test_withdrawn_application_in_the_line_never_gets_an_offer(camp: Opening) -> None:
    line = line_of(camp)
    first = Application.objects.get(pk=line[0])
    with traces():
        withdraw(first)
    for offer in Offer.objects.filter(opening=camp, status=Offer.Status.OPEN):
        decline(offer)
    assert offered(camp) == line[1:]
    assert Offer.objects.filter(application=first).count() == 0


def test_seat_offered_to_an_application_that_withdraws_goes_to_the_next(camp: Opening) -> None:
    offer, line = open_offer(camp), line_of(camp)
    withdraw(offer.application)
    assert offered(camp)[-1] == line[0]
    assert (seats_taken(camp), line_of(camp)) == (2, line[1:])


def test_accepted_place_is_left_and_not_withdrawn(camp: Opening) -> None:
    offer = open_offer(camp)
    accept(offer)
    with refused("application.accepted"):
        withdraw(offer.application)


def test_whose_consent_has_ended_is_passed_over_and_keeps_the_place_in_line(camp: Opening) -> None:
    line = line_of(camp)
    person = Application.objects.get(pk=line[0]).person
    withdraw_consent(by=actor(person), person=person, component_code="A2", on=DAY_OF_DRAW)
    offer = open_offer(camp)
    decline(offer)
    assert offered(camp)[-1] == line[1]
    assert line_of(camp) == [line[0], line[2]]
    factories.ConsentFactory(person=person, starts_on=DAY_OF_DRAW)
    offer = open_offer(camp)
    decline(offer)
    assert offered(camp)[-1] == line[0]


@pytest.mark.parametrize("days", [-1, 3])
def test_taking_the_yes_back_ends_the_place_like_leaving(camp: Opening, days: int) -> None:
    offer, line = open_offer(camp), line_of(camp)
    person, on = accept(offer).person, STAYS_FROM + days * DAY
    with traces():
        withdraw_consent(by=actor(person), person=person, component_code="A2", on=on)
    ends = list(Engagement.objects.values_list("ends_on", flat=True).order_by("pk"))
    assert ends == ([] if days < 0 else [on])
    assert offered(camp)[-1:] == (line[:1] if days < 0 else offered(camp)[-1:])


def test_leaving_before_the_first_day_frees_the_seat_without_a_trace(camp: Opening) -> None:
    offer, line = open_offer(camp), line_of(camp)
    engagement = accept(offer)
    with traces():
        leave(by=by_applicant(offer), engagement=engagement, on=STAYS_FROM - DAY)
    assert Engagement.objects.count() == 0
    assert Offer.objects.get(pk=offer.pk).status == Offer.Status.CLOSED
    assert offered(camp)[-1] == line[0]
    assert open_offer(camp).answer_by <= STAYS_FROM - DAY


def test_leaving_during_the_stay_is_the_same_neutral_end(camp: Opening) -> None:
    offer = open_offer(camp)
    engagement = accept(offer)
    before = events()
    leave(by=by_applicant(offer), engagement=engagement, on=STAYS_FROM + 3 * DAY)
    assert events() == before
    left = Engagement.objects.get()
    assert (left.starts_on, left.ends_on) == (STAYS_FROM, STAYS_FROM + 3 * DAY)
    assert WaitingPlace.objects.count() == 3
    with refused("engagement.over"):
        leave(by=by_applicant(offer), engagement=left, on=STAYS_FROM + 3 * DAY)


def test_guardian_answers_and_leaves_for_a_group() -> None:
    call = published(3)
    made = applied(call, *factories.PersonFactory.create_batch(3, age=12))
    alone = applied(call)
    line_first = {made.pk, alone.pk}
    drawn(call)
    camp = choices_of(call)[0]
    assert {*offered(camp), *line_of(camp)} == line_first
    if offered(camp) == [alone.pk]:
        decline(open_offer(camp))
    offer = open_offer(camp)
    guardian = actor(made.submitted_by)
    for member in made.members.order_by("pk"):
        accept_offer(by=guardian, offer=offer, person=member.person, on=DAY_OF_DRAW)
    for left, engagement in enumerate(Engagement.objects.order_by("pk"), 1):
        leave(by=guardian, engagement=engagement, on=DAY_OF_DRAW)
        assert Engagement.objects.count() == 3 - left
        status = Offer.Status.ACCEPTED if left < 3 else Offer.Status.CLOSED
        assert Offer.objects.get(pk=offer.pk).status == status


def test_freed_reserved_seat_goes_to_the_first_of_its_region_who_waits() -> None:
    opening = factories.OpeningFactory(seats=2)
    home, away = factories.SchoolFactory.create_batch(2)
    reserve = opening.reserves.create(region=home.parent, seats=1, position=1)
    made = [
        factories.ApplicationFactory(call=opening.call, sending=sending)
        for sending in (home, away, away, home)
    ]
    for application in made:
        factories.PreferenceFactory(application=application, opening=opening)
        factories.ConsentFactory(person=application.person)
    held = factories.OfferFactory(application=made[0], opening=opening, reserve=reserve)
    other = factories.OfferFactory(application=made[1], opening=opening)
    for place, application in enumerate(made[2:], 1):
        WaitingPlace.objects.create(opening=opening, application=application, place=place)
    decline(held, factories.TODAY)
    latest = Offer.objects.order_by("-pk")[0]
    assert (latest.application, latest.reserve, latest.from_waiting_list) == (made[3], reserve, True)
    decline(other, factories.TODAY)
    latest = Offer.objects.order_by("-pk")[0]
    assert (latest.application, latest.reserve) == (made[2], None)
