"""Accept, decline, leave, lapse, withdraw, change one's mind: in any order, on a small world."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from apps import factories
from apps.participation.world import actor
from sojourn.participation.actions.applications import withdraw_application
from sojourn.participation.actions.consents import withdraw_consent
from sojourn.participation.actions.offers import accept_offer, decline_offer, lapse_offers, leave
from sojourn.participation.actions.seats import seats_taken
from sojourn.participation.models import Application, Engagement, Offer, OfferedSeat, WaitingPlace
from sojourn.records.actor import SYSTEM
from sojourn.registry.actions import give_consent
from sojourn.registry.consents import without_consent

pytestmark = pytest.mark.django_db
OPEN, ACCEPTED = Offer.Status.OPEN, Offer.Status.ACCEPTED
PICK = st.integers(0, 99)


class WaitingList(RuleBasedStateMachine):
    """Two openings of one call, of two seats and of one; eight people who wait in both, in turned order.

    Everybody is alone and no seat is reserved, so whoever gets a seat is the first in line with consent.
    """

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.on = factories.TODAY
        call = factories.CallFactory()
        self.openings = [factories.OpeningFactory(call=call, seats=seats) for seats in (2, 1)]
        school = factories.SchoolFactory()
        people = factories.PersonFactory.create_batch(11)
        made = [factories.ApplicationFactory(call=call, person=one, sending=school) for one in people]
        for application in made:
            factories.ConsentFactory(person=application.person, ends_on=self.on + 365 * dt.timedelta(days=1))
            for rank, opening in enumerate(self.openings, 1):
                factories.PreferenceFactory(application=application, opening=opening, rank=rank)
        holders = [self.openings[0], self.openings[0], self.openings[1]]
        for application, opening in zip(made, holders, strict=False):
            factories.OfferFactory(application=application, opening=opening)
        for opening, line in zip(self.openings, (made[3:], made[:2:-1]), strict=True):
            for place, application in enumerate(line, 1):
                WaitingPlace.objects.create(opening=opening, application=application, place=place)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(pick=PICK)
    def accept(self, pick: int) -> None:
        for offer in self.one_of(Offer.objects.filter(status=OPEN), pick):
            if offer.answer_by >= self.on and not self.lacks_consent(offer.application):
                person = offer.application.person
                accept_offer(by=actor(person), offer=offer, person=person, on=self.on)

    @rule(pick=PICK)
    def decline(self, pick: int) -> None:
        for offer in self.one_of(Offer.objects.filter(status=OPEN), pick):
            with self.served_in_order():
                person = offer.application.person
                decline_offer(by=actor(person), offer=offer, person=person, on=self.on)

    @rule(pick=PICK)
    def leave(self, pick: int) -> None:
        for engagement in self.one_of(Engagement.objects.all(), pick):
            with self.served_in_order():
                leave(by=actor(engagement.person), engagement=engagement, on=self.on)

    @rule(pick=PICK)
    def withdraw(self, pick: int) -> None:
        free = Application.objects.standing().exclude(offers__status=ACCEPTED)
        for application in self.one_of(free, pick):
            with self.served_in_order(gone=application):
                person = application.person
                withdraw_application(by=actor(person), application=application, people=[person], on=self.on)

    @rule(pick=PICK, yes=st.booleans())
    def change_mind(self, pick: int, yes: bool) -> None:
        for application in self.one_of(Application.objects.all(), pick):
            about = {"by": actor(application.person), "person": application.person, "on": self.on}
            if yes:
                give_consent(**about, kind="consent", component_code="A2", language="en")
            else:
                withdraw_consent(**about, component_code="A2")

    @precondition(lambda self: self.on < self.openings[0].starts_on - dt.timedelta(days=40))
    @rule(days=st.sampled_from([1, 15]))
    def let_time_pass(self, days: int) -> None:
        self.on += dt.timedelta(days=days)
        with self.served_in_order():
            lapse_offers(by=SYSTEM, on=self.on)

    @invariant()
    def seats_are_never_exceeded(self) -> None:
        assert all(seats_taken(opening) <= opening.seats for opening in self.openings)

    @invariant()
    def nobody_holds_two_offers_or_waits_with_one(self) -> None:
        live = Offer.objects.filter(status__in=[OPEN, ACCEPTED])
        assert not live.values("application").annotate(n=Count("pk")).filter(n__gt=1).exists()
        assert not WaitingPlace.objects.filter(application__in=live.values("application")).exists()

    @invariant()
    def withdrawn_people_hold_and_await_nothing(self) -> None:
        gone = Application.objects.filter(status=Application.Status.WITHDRAWN).values("pk")
        assert not Offer.objects.filter(application__in=gone, status__in=[OPEN, ACCEPTED]).exists()
        assert not WaitingPlace.objects.filter(application__in=gone).exists()

    @invariant()
    def seats_are_awaited_in_open_offers_only(self) -> None:
        awaited = OfferedSeat.objects.order_by("offer").values_list("offer_id", flat=True)
        still_open = Offer.objects.filter(status=OPEN).order_by("pk").values_list("pk", flat=True)
        assert list(awaited) == list(still_open)

    @invariant()
    def every_engagement_stands_on_its_accepted_offer(self) -> None:
        seated = Engagement.objects.order_by("offer").values_list("offer_id", flat=True)
        accepted = Offer.objects.filter(status=ACCEPTED).order_by("pk").values_list("pk", flat=True)
        assert list(seated) == list(accepted)

    def served_in_order(self, gone: Application | None = None) -> "Served":
        return Served(self, gone)

    def lacks_consent(self, application: Application) -> bool:
        return bool(without_consent([application.person], "A2", self.on))

    def lines(self) -> dict[int, list[int]]:
        return {
            opening.pk: list(opening.waiting.values_list("application_id", flat=True))
            for opening in self.openings
        }

    def one_of(self, rows, pick: int) -> Iterator:
        found = list(rows.order_by("pk"))
        return iter(found and [found[pick % len(found)]])


class Served:
    """Afterwards: each new offer went to the first in line with consent; no free seat is kept from one."""

    def __init__(self, world: WaitingList, gone: Application | None) -> None:
        self.world, self.gone = world, gone

    def __enter__(self) -> None:
        self.lines = self.world.lines()
        self.known = set(Offer.objects.order_by().values_list("pk", flat=True))

    def __exit__(self, *raised: object) -> None:
        if raised[0] is not None:
            return
        made = list(Offer.objects.exclude(pk__in=self.known).order_by("pk"))
        served: set[int] = {self.gone.pk} if self.gone else set()
        for offer in made:
            line = [pk for pk in self.lines[offer.opening_id] if pk not in served]
            willing = [pk for pk in line if not self.world.lacks_consent(Application.objects.get(pk=pk))]
            assert offer.application_id == willing[0]
            assert (offer.status, offer.from_waiting_list, offer.offered_on) == (OPEN, True, self.world.on)
            served.add(offer.application_id)
        for opening in self.world.openings:
            if any(offer.opening_id == opening.pk for offer in made) and seats_taken(opening) < opening.seats:
                line = opening.waiting.select_related("application__person")
                assert all(self.world.lacks_consent(row.application) for row in line)


def test_waiting_list_serves_in_drawn_order_and_never_overbooks() -> None:
    limits = settings(max_examples=10, stateful_step_count=18, deadline=None)
    run_state_machine_as_test(WaitingList, settings=limits)
