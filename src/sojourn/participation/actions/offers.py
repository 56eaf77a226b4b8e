"""Answers to offers, leaving, and the waiting list that moves up by itself.

Every function that hands out a seat holds the opening's row lock, then counts rows: two who take the last
seat at the same moment come one after the other, and the second is refused. Whoever moves a waiting list up
holds the call's lock before that, for one person may wait in several of its lists. Locks are taken in one
order, calls before openings and lower ids first, so that nobody waits in a circle.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from sojourn.participation.models import (
    Application,
    Call,
    Engagement,
    Member,
    Offer,
    Opening,
    Preference,
    WaitingPlace,
)
from sojourn.participation.rules import offers as rules
from sojourn.records.action import action
from sojourn.records.actor import Actor
from sojourn.records.moves import move
from sojourn.records.refusal import refuse
from sojourn.registry.models import Person
from sojourn.registry.queries import region_ids
from sojourn.registry.rules import ADULT_FROM, ASSENT_FROM, without_consent


@action("offer.accept", rules.may_accept_offer)
def accept_offer(*, by: Actor, offer: Offer, on: dt.date) -> Offer:
    """Take the place: each person of the application gets an engagement, and waits nowhere else."""
    opening = _locked(offer.opening_id)
    people = rules.people_of(offer)
    if Engagement.objects.filter(opening=opening).count() + len(people) > opening.seats:
        raise refuse(
            "offer.full", _("Others took the last seats a moment ago, so this offer cannot be accepted.")
        )
    move(offer, Offer.Status.ACCEPTED)
    Engagement.objects.bulk_create(
        Engagement(
            person=person,
            component_id=opening.call.component_id,
            opening=opening,
            offer=offer,
            sending_id=offer.application.sending_id,
            age_band=age_band(person, opening.starts_on),
            starts_on=opening.starts_on,
            ends_on=opening.ends_on,
        )
        for person in people
    )
    WaitingPlace.objects.filter(application=offer.application_id).delete()
    return offer


@action("offer.decline", rules.may_decline_offer, leaves_no_trace=True)
def decline_offer(*, by: Actor, offer: Offer, on: dt.date) -> Offer:
    """Say no to the place; it goes to the next in line. Afterwards it looks as if it had lapsed."""
    opening = _locked_with_lines(offer.opening_id)
    offer.refresh_from_db(fields=["status"])
    rules.may_decline_offer(by=by, offer=offer, on=on)  # it may have been accepted a moment ago
    move(offer, Offer.Status.CLOSED)
    move_up(opening, on)
    return offer


@action("offer.lapse", rules.may_lapse_offers)
def lapse_offers(*, by: Actor, on: dt.date) -> list[Offer]:
    """Close every offer whose last day is over, and pass the seats on. Gives back the new offers."""
    due = Offer.objects.filter(status=Offer.Status.OPEN, answer_by__lt=on)
    made: list[Offer] = []
    openings = Opening.objects.filter(pk__in=due.order_by().values("opening_id"))
    for opening_id in openings.order_by("call_id", "pk").values_list("pk", flat=True):
        opening = _locked_with_lines(opening_id)
        due.filter(opening=opening).update(status=Offer.Status.CLOSED)
        made += move_up(opening, on)
    return made


@action("engagement.leave", rules.may_leave, leaves_no_trace=True)
def leave(*, by: Actor, engagement: Engagement, on: dt.date) -> None:
    """Leave. Before the first day the seat goes to the next in line; later it is an end like any other."""
    end_stay(engagement, on)


def end_stay(engagement: Engagement, on: dt.date) -> None:
    """End a stay on the day; for actions whose own rule has checked who asks for it."""
    if engagement.starts_on <= on:
        Engagement.objects.filter(pk=engagement.pk).update(ends_on=on)
        return
    opening = _locked_with_lines(engagement.opening_id)
    offer = engagement.offer
    engagement.delete()
    if offer is not None and not offer.engagements.exists():
        move(offer, Offer.Status.CLOSED)
    move_up(opening, on)


def give_back_offers(application: Application, on: dt.date) -> None:
    """Close what is still open for a withdrawn application; the seats go to the next in line."""
    for offer in Offer.objects.filter(application=application, status=Offer.Status.OPEN).order_by("pk"):
        opening = _locked_with_lines(offer.opening_id)
        move(offer, Offer.Status.CLOSED)
        move_up(opening, on)


def fill_up(openings: Iterable[Opening], on: dt.date) -> None:
    """Offer whatever seats are free to those who wait."""
    for opening in sorted(openings, key=lambda opening: (opening.call_id, opening.pk)):
        move_up(_locked_with_lines(opening.pk), on)


def move_up(opening: Opening, on: dt.date) -> list[Offer]:
    """Offer the free seats of a locked opening to its waiting list, in drawn order. Gives back new offers.

    A freed reserved seat goes to the first of its region who waits; when nobody of the region waits, to
    the first of all. Nobody without live consent is offered anything. Nothing moves once the stay begins.
    """
    free = opening.seats - seats_taken(opening)
    if free < 1 or on >= opening.starts_on:
        return []
    line = _waiting(opening)
    rooms = _reserved_room(opening)
    made: list[Offer] = []
    while found := _next_in(line, rooms, free):
        waiter, region = found
        line.remove(waiter)
        if not _may_be_offered(waiter, opening, on):
            continue
        free -= waiter.size
        if region is not None:
            rooms[region] = (rooms[region][0], rooms[region][1] - waiter.size)
        made.append(_offer(opening, waiter, rooms[region][0] if region is not None else None, on))
    return made


def seats_taken(opening: Opening) -> int:
    """Seats held by engagements and by offers that are still open, counted from rows."""
    offered = Offer.objects.filter(opening=opening, status=Offer.Status.OPEN).aggregate(n=Sum("size"))["n"]
    return Engagement.objects.filter(opening=opening).count() + (offered or 0)


def age_band(person: Person, on: dt.date) -> str:
    """Which kinds of yes count for the person on the day."""
    age = person.age(on)
    if age >= ADULT_FROM:
        return Engagement.AgeBand.ADULT
    return Engagement.AgeBand.FROM_8_TO_17 if age >= ASSENT_FROM else Engagement.AgeBand.UNDER_8


@dataclass(frozen=True, slots=True)
class Waiter:
    """An application on a waiting list: its size and its region."""

    application_id: int
    size: int
    region_id: int


def _locked(opening_id: int) -> Opening:
    """The opening, locked until the transaction ends."""
    return (
        Opening.objects.select_for_update(of=("self",)).select_related("call__component").get(pk=opening_id)
    )


def _locked_with_lines(opening_id: int) -> Opening:
    """The opening, locked together with every waiting list of its call."""
    calls = Call.objects.filter(openings=opening_id)
    Call.objects.select_for_update(no_key=True).get(pk__in=calls.order_by().values("pk"))
    return _locked(opening_id)


def _waiting(opening: Opening) -> list[Waiter]:
    """Who waits, in drawn order."""
    rows = list(
        opening.waiting.order_by("place")
        .annotate(size=Count("application__members"))
        .values_list("application_id", "size", "application__sending_id")
    )
    regions = region_ids(sending for _application, _size, sending in rows)
    return [Waiter(application, size, regions[sending]) for application, size, sending in rows]


def _may_be_offered(waiter: Waiter, opening: Opening, on: dt.date) -> bool:
    """Whether everybody of the application has a live yes on the day."""
    people = Person.objects.filter(
        pk__in=Member.objects.filter(application=waiter.application_id).order_by().values("person_id")
    )
    return not without_consent(people.order_by("pk"), opening.call.component.code, on)


def _reserved_room(opening: Opening) -> dict[int, tuple[int, int]]:
    """Per region with reserved seats: the reserve, and how many of its seats nobody holds."""
    live = opening.offers.exclude(status=Offer.Status.CLOSED).exclude(reserve=None).order_by()
    used = dict(live.values_list("reserve_id").annotate(n=Sum("size")))
    return {
        row.region_id: (row.pk, row.seats - used.get(row.pk, 0))
        for row in opening.reserves.order_by("position")
    }


def _next_in(
    line: list[Waiter], rooms: dict[int, tuple[int, int]], free: int
) -> tuple[Waiter, int | None] | None:
    """The next to be offered a seat, and the region whose reserve it comes from, if any."""
    fitting = [waiter for waiter in line if waiter.size <= free]
    for region, (_reserve, room) in rooms.items():
        for waiter in fitting:
            if waiter.region_id == region and waiter.size <= room:
                return waiter, region
    return (fitting[0], None) if fitting else None


def _offer(opening: Opening, waiter: Waiter, reserve_id: int | None, on: dt.date) -> Offer:
    """The offer to the next in line, who from now on waits nowhere."""
    rank = Preference.objects.get(application_id=waiter.application_id, opening=opening).rank
    WaitingPlace.objects.filter(application_id=waiter.application_id).delete()
    last = min(on + dt.timedelta(days=opening.call.answer_days), opening.starts_on - dt.timedelta(days=1))
    return Offer.objects.create(
        application_id=waiter.application_id,
        opening=opening,
        reserve_id=reserve_id,
        size=waiter.size,
        rank=rank,
        from_waiting_list=True,
        offered_on=on,
        answer_by=last,
    )
