"""The last places, wanted by many at the same moment: the rows are counted afterwards."""

import random
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from django.db import transaction
from django.db.models import Count

from apps import factories
from apps.factories import TODAY
from apps.participation.world import actor
from apps.races.together import DONE, together
from sojourn.participation.actions.offers import accept_offer, decline_offer, lapse_offers, leave
from sojourn.participation.actions.seats import seats_taken
from sojourn.participation.models import Engagement, Offer, Opening, WaitingPlace
from sojourn.records.actor import SYSTEM
from sojourn.records.models import AuditEvent
from sojourn.registry.models import Consent, Person

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("own_database"),
]


@transaction.atomic
def opening_with(seats: int, *, offers: int = 0, waiting: int = 0) -> Opening:
    """An opening with open offers, even more than seats, and a waiting list; everybody consents."""
    opening = factories.OpeningFactory(seats=seats)
    crowd = factories.PersonFactory.build_batch(offers + waiting)
    crowd = Person.objects.bulk_create(crowd)
    Consent.objects.bulk_create(factories.ConsentFactory.build(person=one, given_by=one) for one in crowd)
    school = factories.SchoolFactory()
    made = [factories.ApplicationFactory(call=opening.call, person=one, sending=school) for one in crowd]
    for application in made:
        factories.PreferenceFactory(application=application, opening=opening)
    for application in made[:offers]:
        factories.OfferFactory(application=application, opening=opening)
    for place, application in enumerate(made[offers:], 1):
        WaitingPlace.objects.create(opening=opening, application=application, place=place)
    return opening


def offers_of(opening: Opening) -> list[Offer]:
    rows = Offer.objects.filter(opening=opening).select_related("application__person")
    return list(rows.order_by("pk"))


def accepting(offer: Offer) -> Callable[[], object]:
    person = offer.application.person
    return partial(accept_offer, by=actor(person), offer=offer, person=person, on=TODAY)


def declining(offer: Offer) -> Callable[[], object]:
    person = offer.application.person
    return partial(decline_offer, by=actor(person), offer=offer, person=person, on=TODAY)


def leaving(engagement: Engagement) -> Callable[[], object]:
    return partial(leave, by=actor(engagement.person), engagement=engagement, on=TODAY)


def test_last_place_is_taken_by_one_of_two_hundred() -> None:
    opening = opening_with(1, offers=200)
    outcomes = together([accepting(offer) for offer in offers_of(opening)])
    assert Counter(outcomes) == {DONE: 1, "offer.full": 199}
    assert Engagement.objects.count() == 1
    assert Offer.objects.filter(status=Offer.Status.ACCEPTED).count() == 1
    assert AuditEvent.objects.filter(verb="offer.accept").count() == 1


def test_sixty_seats_wanted_by_three_hundred_while_thirty_leave() -> None:
    opening = opening_with(60, offers=330)
    early, late = offers_of(opening)[:30], offers_of(opening)[30:]
    for offer in early:
        accepting(offer)()
    seated = Engagement.objects.select_related("person", "offer").order_by("pk")
    acts = [accepting(offer) for offer in late] + [leaving(engagement) for engagement in seated]
    random.Random(60).shuffle(acts)
    outcomes = Counter(together(acts))
    assert set(outcomes) <= {DONE, "offer.full"}
    assert outcomes[DONE] == 30 + Engagement.objects.count()
    assert Engagement.objects.count() <= 60
    refused = [offer for offer in offers_of(opening) if offer.status == Offer.Status.OPEN]
    together([accepting(offer) for offer in refused[:60]])  # who met a full opening tries once more
    assert Engagement.objects.count() == 60
    assert Engagement.objects.values("person").distinct().count() == 60
    assert Offer.objects.filter(status=Offer.Status.ACCEPTED).count() == 60


def test_same_offer_accepted_at_once_from_many_windows_gives_one_engagement() -> None:
    opening = opening_with(5, offers=1)
    outcomes = together([accepting(offer) for offer in offers_of(opening) * 20])
    assert outcomes.count(DONE) == 1
    assert set(outcomes) <= {DONE, "state.moved", "offer.accepted"}
    assert Engagement.objects.count() == 1


def test_accepted_and_declined_at_once_is_one_of_the_two() -> None:
    opening = opening_with(20, offers=20)
    offers = offers_of(opening)
    outcomes = together([act(offer) for offer in offers for act in (accepting, declining)])
    assert outcomes.count(DONE) == 20
    assert set(outcomes) <= {DONE, "state.moved", "offer.lapsed", "offer.answered"}
    accepted = Offer.objects.filter(status=Offer.Status.ACCEPTED)
    assert Engagement.objects.count() == accepted.count()
    assert Offer.objects.filter(status=Offer.Status.OPEN).count() == 0


def test_accepted_while_it_lapses_leaves_each_seat_held_once() -> None:
    opening = opening_with(20, offers=20, waiting=30)
    acts = [accepting(offer) for offer in offers_of(opening)]
    lapse = partial(lapse_offers, by=SYSTEM, on=TODAY + factories.YEAR // 24)
    outcomes = together([*acts[:10], lapse, *acts[10:]])
    assert outcomes[10] == DONE
    assert set(outcomes) <= {DONE, "state.moved", "offer.lapsed"}
    seated = Engagement.objects.count()
    assert seated == outcomes.count(DONE) - 1
    assert seats_taken(opening) == 20
    assert list(opening.waiting.values_list("place", flat=True)) == list(range(21 - seated, 31))


def test_many_who_decline_at_once_pass_their_seats_to_the_first_in_line() -> None:
    opening = opening_with(20, offers=20, waiting=30)
    line = list(opening.waiting.values_list("application_id", flat=True))
    assert together([declining(offer) for offer in offers_of(opening)]) == [DONE] * 20
    moved = Offer.objects.filter(from_waiting_list=True, status=Offer.Status.OPEN).order_by("pk")
    assert list(moved.values_list("application_id", flat=True)) == line[:20]
    assert list(opening.waiting.values_list("application_id", flat=True)) == line[20:]


def test_freed_seats_of_two_openings_go_to_different_people_of_one_line() -> None:
    first = opening_with(12, offers=12, waiting=40)
    second = factories.OpeningFactory(call=first.call, seats=12)
    for place, row in enumerate(reversed(first.waiting.all()), 1):
        factories.PreferenceFactory(application=row.application, opening=second, rank=2)
        WaitingPlace.objects.create(opening=second, application=row.application, place=place)
    for _ in range(12):
        seated = factories.ApplicationFactory(call=first.call)
        factories.OfferFactory(application=seated, opening=second)
    acts = [
        declining(offer) for pair in zip(offers_of(first), offers_of(second), strict=True) for offer in pair
    ]
    assert together(acts) == [DONE] * 24
    assert (seats_taken(first), seats_taken(second)) == (12, 12)
    live = Offer.objects.filter(status=Offer.Status.OPEN).values("application").annotate(n=Count("pk"))
    assert [row["n"] for row in live] == [1] * 24
    assert WaitingPlace.objects.values("application").distinct().count() == 16
