"""Seats: how they are counted, held and passed on along the waiting list, which moves up by itself.

Every function that hands out a seat holds the opening's row lock, then counts rows: two who take the last
seat at the same moment come one after the other, and the second is refused. Whoever moves a waiting list up
holds the call's lock before that, for one person may wait in several of its lists. Locks are taken in one
order, calls before openings and lower ids first, so that nobody waits in a circle.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Value

from sojourn.participation.actions.news import tell_offered
from sojourn.participation.models import (
    Call,
    Engagement,
    Member,
    Offer,
    OfferedSeat,
    Opening,
    Preference,
    WaitingPlace,
)
from sojourn.records.moves import move
from sojourn.registry.consents import live_yes
from sojourn.registry.queries import region_ids


def settle(offer: Offer) -> None:
    """Once nobody’s answer is awaited, the offer is accepted if anybody holds a seat, else closed."""
    if offer.seats.exists():
        return
    offer.refresh_from_db(fields=["status"])
    taken = offer.engagements.exists()
    if not taken or offer.status == Offer.Status.OPEN:
        move(offer, Offer.Status.ACCEPTED if taken else Offer.Status.CLOSED)


def fill_up(openings: Iterable[Opening], on: dt.date) -> None:
    """Offer whatever seats are free to those who wait."""
    for opening in sorted(openings, key=lambda opening: (opening.call_id, opening.pk)):
        move_up(locked_with_lines(opening.pk), on)


def move_up(opening: Opening, on: dt.date) -> list[Offer]:
    """Offer the free seats of a locked opening to its waiting list, in drawn order. Gives back new offers.

    A freed reserved seat goes to the first of its region who waits; when nobody of the region waits, to
    the first of all. Nobody without a live yes is offered anything; the others of a group are. Nothing moves
    once the stay begins.
    """
    free = opening.seats - seats_taken(opening)
    if free < 1 or on >= opening.starts_on:
        return []
    line = _waiting(opening, on)
    rooms = _reserved_room(opening)
    made: list[Offer] = []
    while found := _next_in(line, rooms, free):
        waiter, region = found
        line.remove(waiter)
        free -= waiter.size
        if region is not None:
            rooms[region] = (rooms[region][0], rooms[region][1] - waiter.size)
        made.append(_offer(opening, waiter, rooms[region][0] if region is not None else None, on))
    return made


def seats_taken(opening: Opening) -> int:
    """Seats held by engagements and by people whose answer is awaited, counted from rows."""
    awaited = OfferedSeat.objects.filter(offer__opening=opening).count()
    return Engagement.objects.filter(opening=opening).count() + awaited


@dataclass(frozen=True, slots=True)
class Waiter:
    """An application on a waiting list: those of its people whose yes is live, and its region."""

    application_id: int
    people: tuple[int, ...]
    region_id: int

    @property
    def size(self) -> int:
        """The seats that it takes."""
        return len(self.people)


def locked(opening_id: int) -> Opening:
    """The opening, locked until the transaction ends."""
    return (
        Opening.objects.select_for_update(of=("self",)).select_related("call__component").get(pk=opening_id)
    )


def locked_with_lines(opening_id: int) -> Opening:
    """The opening, locked together with every waiting list of its call."""
    calls = Call.objects.filter(openings=opening_id)
    Call.objects.select_for_update(no_key=True).get(pk__in=calls.order_by().values("pk"))
    return locked(opening_id)


def _waiting(opening: Opening, on: dt.date) -> list[Waiter]:
    """Who waits and may be offered a seat on the day, in drawn order."""
    rows = list(opening.waiting.order_by("place").values_list("application_id", "application__sending_id"))
    regions = region_ids(sending for _application, sending in rows)
    waiting = Member.objects.filter(application__waiting__opening=opening)
    willing = willing_people(waiting, opening.call.component.code, on)
    return [
        Waiter(application, tuple(willing[application]), regions[sending])
        for application, sending in rows
        if application in willing
    ]


def willing_people(members: QuerySet[Member], component_code: str, on: dt.date) -> dict[int, list[int]]:
    """Those of the members whose yes is live on the day: {application id: person ids}. One query."""
    said = live_yes(Value(on), Value(component_code))
    found: dict[int, list[int]] = {}
    rows = members.filter(said).order_by("application", "person")
    for application_id, person_id in rows.values_list("application_id", "person_id"):
        found.setdefault(application_id, []).append(person_id)
    return found


def _reserved_room(opening: Opening) -> dict[int, tuple[int, int]]:
    """Per region with reserved seats: the reserve, and how many of its seats no row holds."""
    reserves = opening.reserves.annotate(
        taken=Count("offers__engagements", distinct=True), awaited=Count("offers__seats", distinct=True)
    )
    return {
        row.region_id: (row.pk, row.seats - row.taken - row.awaited) for row in reserves.order_by("position")
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
    made = Offer.objects.create(
        application_id=waiter.application_id,
        opening=opening,
        reserve_id=reserve_id,
        rank=rank,
        from_waiting_list=True,
        offered_on=on,
        answer_by=last,
    )
    OfferedSeat.objects.bulk_create(OfferedSeat(offer=made, person_id=person) for person in waiter.people)
    tell_offered(made, on)
    return made
