"""One application, offer or stay as its own people read it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sojourn.participation.models import (
    Application,
    ApplicationQuerySet,
    Engagement,
    Member,
    Offer,
    OfferedSeat,
    Opening,
    Round,
    WaitingPlace,
)
from sojourn.participation.queries.names import full_name
from sojourn.records.actor import Actor
from sojourn.registry.models import Person

Texts = Mapping[str, str]


class State(StrEnum):
    """How far an application has come, for those whom it concerns."""

    OPEN = "open"  # the choices can still be changed
    CLOSED = "closed"  # the list is about to be frozen
    FROZEN = "frozen"  # the draw is to come
    OFFERED = "offered"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    ENDED = "ended"  # no place, or a place that was not taken: which of the two is not told apart
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """An opening as a choice, an offer or a stay names it."""

    code: str
    titles: Texts
    host: Texts
    town: str
    starts_on: dt.date
    ends_on: dt.date
    seats: int


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat that waits for the answer of one person whom the reader acts for."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class OfferLine:
    """Seats that wait for a yes or a no each; `days_left` counts the day on which it is read."""

    opening: OpeningLine
    seats: tuple[SeatLine, ...]
    rank: int
    from_waiting_list: bool
    answer_by: dt.date
    days_left: int


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A place on a waiting list; `now` counts only those who still wait."""

    opening_code: str
    titles: Texts
    now: int


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """An application in one's own list. `people` are those one acts for; `others` are only counted."""

    reference: str
    call_code: str
    titles: Texts
    state: State
    people: tuple[str, ...]
    others: int
    closes_on: dt.date
    offer: OfferLine | None
    waiting: tuple[WaitingLine, ...]


@dataclass(frozen=True, slots=True)
class StayLine:
    """A person's taking part. A stay that was left early looks like any other that is over."""

    number: int
    person: str
    opening: OpeningLine
    starts_on: dt.date
    ends_on: dt.date
    is_over: bool
    has_begun: bool


def with_all_of_it(rows: QuerySet[Application], on: dt.date) -> QuerySet[Application]:
    """The applications with everything that their lines need, by a fixed number of queries."""
    offers = Offer.objects.exclude(status=Offer.Status.CLOSED).select_related("opening__host").order_by("pk")
    return rows.select_related("call__component", "call__round", "group").prefetch_related(
        Prefetch("members", queryset=Member.objects.select_related("person").order_by("pk")),
        Prefetch("offers", queryset=offers.prefetch_related(*_answers()), to_attr="live_offers"),
        Prefetch("waiting", queryset=waiting_places(on), to_attr="waits"),
    )


def _answers() -> tuple["Prefetch[Any]", ...]:
    """Who of an offer has yet to answer, and who has taken a seat."""
    return (
        Prefetch("seats", queryset=OfferedSeat.objects.select_related("person").order_by("person")),
        Prefetch("engagements", queryset=Engagement.objects.order_by("pk")),
    )


def waiting_places(on: dt.date) -> QuerySet[WaitingPlace]:
    """Places on lists that can still move, that is before the stay begins, with how many wait ahead."""
    ahead = (
        WaitingPlace.objects.filter(opening=OuterRef("opening"), place__lt=OuterRef("place"))
        .order_by()
        .values("opening")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = WaitingPlace.objects.filter(opening__starts_on__gt=on).annotate(ahead=Coalesce(Subquery(ahead), 0))
    return rows.select_related("opening").order_by("opening__starts_on", "opening__code")


def concerning(by: Actor, people: Iterable[Person]) -> ApplicationQuerySet:
    """The applications that cover people whom the actor acts for; of those handed in also the deserted."""
    covering = Member.objects.filter(person__in=[person.pk for person in people]).order_by()
    deserted = Q(submitted_by=by.must_be_person()) & ~Exists(
        Member.objects.filter(application=OuterRef("pk"))
    )
    return Application.objects.filter(deserted | Q(pk__in=covering.values("application_id")))


def application_line(row: Application, known: frozenset[int], on: dt.date) -> ApplicationLine:
    """The line of an application that was read by `with_all_of_it`; names of `known` people only."""
    members = list(row.members.all())
    own = tuple(full_name(member.person) for member in members if member.person_id in known)
    return ApplicationLine(
        reference=row.reference,
        call_code=row.call.code,
        titles=row.call.titles,
        state=state_of(row, known, on),
        people=own,
        others=len(members) - len(own),
        closes_on=row.call.closes_on,
        offer=open_offer(row, known, on),
        waiting=tuple(
            WaitingLine(place.opening.code, place.opening.titles, place.ahead + 1)
            for place in row.waits  # type: ignore[attr-defined]
        ),
    )


def state_of(row: Application, known: frozenset[int], on: dt.date) -> State:
    """How far the application has come on the day for the `known` people."""
    if row.status == Application.Status.WITHDRAWN:
        return State.WITHDRAWN
    live: list[Offer] = row.live_offers  # type: ignore[attr-defined]
    if open_offer(row, known, on) is not None:
        return State.OFFERED
    if any(stay.person_id in known for offer in live for stay in offer.engagements.all()):
        return State.ACCEPTED
    round_ = getattr(row.call, "round", None)
    if round_ is not None and round_.status == Round.Status.DRAWN:
        return State.WAITING if row.waits else State.ENDED  # type: ignore[attr-defined]
    if round_ is not None and round_.status == Round.Status.FROZEN:
        return State.FROZEN
    return State.OPEN if row.call.is_open(on) else State.CLOSED


def open_offer(row: Application, known: frozenset[int], on: dt.date) -> OfferLine | None:
    """The offer in which the `known` people can still accept a seat on the day."""
    for offer in row.live_offers:  # type: ignore[attr-defined]
        seats = tuple(
            SeatLine(seat.person_id, full_name(seat.person))
            for seat in offer.seats.all()
            if seat.person_id in known
        )
        if seats and on <= offer.answer_by:
            return OfferLine(
                opening_line(offer.opening),
                seats,
                offer.rank,
                offer.from_waiting_list,
                offer.answer_by,
                days_left=(offer.answer_by - on).days + 1,
            )
    return None


def opening_line(row: Opening) -> OpeningLine:
    """The line of an opening whose host was read with it."""
    return OpeningLine(
        row.code, row.titles, row.host.names, row.host.town, row.starts_on, row.ends_on, row.seats
    )


def stay_line(row: Engagement, on: dt.date) -> StayLine:
    """The line of an engagement whose person, opening and host were read with it."""
    return StayLine(
        number=row.pk,
        person=full_name(row.person),
        opening=opening_line(row.opening),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        is_over=row.ends_on <= on,
        has_begun=row.starts_on <= on,
    )
