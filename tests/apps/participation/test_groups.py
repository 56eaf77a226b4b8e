"""A group is one ticket of several people: each says yes, answers, and leaves for themselves alone."""

import pytest

from apps import factories
from apps.factories import TODAY
from apps.outcomes import refused, traces, unseen
from apps.participation.world import (
    ADULT_YES,
    AFTER,
    DAY,
    DRAWN_AT,
    THROWS,
    actor,
    applied,
    choices_of,
    drawn,
    frozen,
    line_of,
    open_offer,
    published,
)
from sojourn.participation.actions.applications import change_choices, join_group, withdraw_application
from sojourn.participation.actions.consents import withdraw_consent
from sojourn.participation.actions.offers import accept_offer, decline_offer, lapse_offers, leave
from sojourn.participation.actions.rounds import draw_round
from sojourn.participation.actions.seats import seats_taken
from sojourn.participation.models import Application, Engagement, Member, Offer, OfferedSeat
from sojourn.participation.rules.applications import Yes
from sojourn.records.actor import SYSTEM
from sojourn.registry.models import Person

pytestmark = pytest.mark.django_db
DAY_OF_DRAW = DRAWN_AT.date()
LAST_DAY = DAY_OF_DRAW + 14 * DAY


def friends(call, count: int = 3) -> tuple[Application, list[Person]]:
    """An application that one opened and the others joined, each for themselves."""
    people = factories.PersonFactory.create_batch(count)
    made = applied(call, people[0], as_group=True)
    for person in people[1:]:
        yes = [Yes(person.pk, ADULT_YES)]
        join_group(by=actor(person), group=made.group, person=person, yes=yes, language="en", on=TODAY)
    return made, people


@pytest.fixture
def offered() -> tuple[Offer, list[Person]]:
    """Three friends who are offered the three seats of the only opening; one more person waits for one."""
    call = published(3)
    _made, people = friends(call)
    drawn(call)
    applied_late = factories.ApplicationFactory(call=call)
    factories.ConsentFactory(person=applied_late.person)
    camp = choices_of(call)[0]
    factories.PreferenceFactory(application=applied_late, opening=camp)
    camp.waiting.create(application=applied_late, place=1)
    return open_offer(camp), people


def accept(offer: Offer, person: Person, by: Person | None = None, on=DAY_OF_DRAW) -> Offer:
    return accept_offer(by=actor(by or person), offer=offer, person=person, on=on)


def decline(offer: Offer, person: Person, by: Person | None = None, on=DAY_OF_DRAW) -> Offer:
    return decline_offer(by=actor(by or person), offer=offer, person=person, on=on)


def seated() -> set[int]:
    return set(Engagement.objects.values_list("person_id", flat=True).order_by())


def test_each_accepts_alone_and_the_offer_stays_open_for_the_others(offered) -> None:
    offer, (one, two, three) = offered
    accept(offer, one)
    offer.refresh_from_db()
    assert (offer.status, seated(), seats_taken(offer.opening)) == (Offer.Status.OPEN, {one.pk}, 3)
    accept(offer, two)
    accept(offer, three)
    offer.refresh_from_db()
    assert (offer.status, seated()) == (Offer.Status.ACCEPTED, {one.pk, two.pk, three.pk})


def test_nobody_answers_leaves_or_withdraws_for_another(offered) -> None:
    offer, (one, two, three) = offered
    for act in (accept, decline):
        with unseen():
            act(offer, two, by=one)
    with unseen():
        people = [one, two, three]
        withdraw_application(by=actor(one), application=offer.application, people=people, on=DAY_OF_DRAW)
    accept(offer, two)
    with unseen():
        leave(by=actor(one), engagement=Engagement.objects.get(person=two), on=DAY_OF_DRAW)


def test_one_who_declines_ends_nobody_elses_place(offered) -> None:
    offer, (one, two, three) = offered
    accept(offer, one)
    with traces():
        decline(offer, two)
    accept(offer, three)
    offer.refresh_from_db()
    assert (offer.status, seated()) == (Offer.Status.ACCEPTED, {one.pk, three.pk})
    with refused("offer.answered"):
        decline(offer, two)
    with refused("offer.lapsed"):
        accept(offer, two)


def test_seat_that_one_declines_goes_to_the_next_in_line(offered) -> None:
    offer, (_one, two, _three) = offered
    decline(offer, two)
    passed_on = Offer.objects.get(from_waiting_list=True)
    assert (passed_on.seats.count(), seats_taken(offer.opening), line_of(offer.opening)) == (1, 3, [])


def test_declining_and_silence_of_one_leave_the_same_rows() -> None:
    left = []
    for act in ("declined", "silent"):
        call = published(2, code=act)
        _made, (one, two) = friends(call, 2)
        drawn(call)
        offer = open_offer(choices_of(call)[0])
        accept(offer, one)
        if act == "declined":
            decline(offer, two, on=LAST_DAY)
        lapse_offers(by=SYSTEM, on=LAST_DAY + DAY)
        offer.refresh_from_db()
        members = offer.application.members.count()
        left.append((offer.status, offer.seats.count(), offer.engagements.count(), members))
    assert left == [(Offer.Status.ACCEPTED, 0, 1, 2)] * 2


def test_group_of_which_nobody_answers_lapses_whole(offered) -> None:
    offer, _people = offered
    lapse_offers(by=SYSTEM, on=LAST_DAY + DAY)
    offer.refresh_from_db()
    assert (offer.status, OfferedSeat.objects.filter(offer=offer).count()) == (Offer.Status.CLOSED, 0)


def test_reserve_counts_only_the_seats_that_are_held() -> None:
    """Of two reserved seats one is left again: it goes to the region's next, not to the first of all."""
    opening = factories.OpeningFactory(seats=2)
    home, away = factories.SchoolFactory.create_batch(2)
    reserve = opening.reserves.create(region=home.parent, seats=2, position=1)
    group = factories.GroupFactory(call=opening.call)
    pair = factories.ApplicationFactory(
        call=opening.call, person=None, group=group, sending=home, submitted_by=factories.PersonFactory()
    )
    people = [factories.MemberFactory(application=pair).person for _ in range(2)]
    first, second = (
        factories.ApplicationFactory(call=opening.call, sending=sending) for sending in (away, home)
    )
    for place, application in enumerate((first, second), 1):
        factories.PreferenceFactory(application=application, opening=opening)
        opening.waiting.create(application=application, place=place)
    for person in (*people, first.person, second.person):
        factories.ConsentFactory(person=person)
    offer = factories.OfferFactory(application=pair, opening=opening, reserve=reserve)
    for person in people:
        accept(offer, person, on=TODAY)
    leave(by=actor(people[0]), engagement=Engagement.objects.get(person=people[0]), on=TODAY)
    passed_on = Offer.objects.get(from_waiting_list=True)
    assert (passed_on.application, passed_on.reserve) == (second, reserve)


def test_one_who_withdraws_before_the_freeze_leaves_the_ticket_to_the_others() -> None:
    call = published(3)
    made, (one, two, three) = friends(call)
    with traces():
        withdraw_application(by=actor(one), application=made, people=[one], on=TODAY)
    assert set(made.members.values_list("person_id", flat=True).order_by()) == {two.pk, three.pk}
    with unseen():
        change_choices(by=actor(one), application=made, choices=choices_of(call), on=TODAY)


def test_one_who_withdraws_after_the_freeze_gives_back_one_seat(offered) -> None:
    offer, (one, two, three) = offered
    withdraw_application(by=actor(one), application=offer.application, people=[one], on=DAY_OF_DRAW)
    offer.application.refresh_from_db()
    assert offer.application.status == Application.Status.SUBMITTED
    assert Offer.objects.filter(from_waiting_list=True).count() == 1
    accept(offer, two)
    accept(offer, three)
    assert seated() == {two.pk, three.pk}


def test_ticket_keeps_its_size_when_one_leaves_between_freeze_and_draw() -> None:
    call = published(3)
    made, (one, two, three) = friends(call)
    round_ = frozen(call)
    withdraw_application(by=actor(two), application=made, people=[two], on=AFTER.date())
    draw_round(by=SYSTEM, round=round_, seed_value=THROWS, at=DRAWN_AT)
    made.ticket.refresh_from_db()
    assert made.ticket.reason["size"] == 3
    held = OfferedSeat.objects.values_list("person_id", flat=True).order_by("person")
    assert list(held) == [one.pk, three.pk]


def test_without_a_live_yes_one_is_on_no_ticket_and_the_others_are() -> None:
    call = published(3)
    made, (one, two, three) = friends(call)
    withdraw_consent(by=actor(two), person=two, component_code="A2", on=AFTER.date())
    drawn(call)
    held = OfferedSeat.objects.values_list("person_id", flat=True).order_by("person")
    assert (list(held), made.ticket.reason["size"]) == ([one.pk, three.pk], 2)
    assert Member.objects.filter(person=two).count() == 0


def test_whoever_opened_the_group_ranks_and_the_others_when_they_have_left() -> None:
    call = published(2, 2)
    made, (one, two, _three) = friends(call)
    with refused("group.not_yours"):
        change_choices(by=actor(two), application=made, choices=choices_of(call)[1:], on=TODAY)
    change_choices(by=actor(one), application=made, choices=choices_of(call)[1:], on=TODAY)
    withdraw_application(by=actor(one), application=made, people=[one], on=TODAY)
    change_choices(by=actor(two), application=made, choices=choices_of(call)[:1], on=TODAY)
    assert [row.opening for row in made.preferences.all()] == choices_of(call)[:1]


def test_guardian_of_two_takes_one_seat_and_declines_the_other() -> None:
    call = published(2)
    one, two = factories.PersonFactory.create_batch(2, age=12)
    made = applied(call, one, two)
    drawn(call)
    offer = open_offer(choices_of(call)[0])
    accept(offer, one, by=made.submitted_by)
    decline(offer, two, by=made.submitted_by)
    assert seated() == {one.pk}
