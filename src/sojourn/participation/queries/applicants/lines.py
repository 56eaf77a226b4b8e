"""One application, offer or stay as its own people read it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sojourn.participation.models import (
    Application,
    ApplicationQuerySet,
    Engagement,
    Member,
    Offer,
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
class OfferLine:
    """A place that waits for a yes or a no; `days_left` counts the day on which it is read."""

    opening: OpeningLine
    size: int
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
        Prefetch("offers", queryset=offers, to_attr="live_offers"),
        Prefetch("waiting", queryset=waiting_places(on), to_attr="waits"),
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
    """The applications that the actor handed in, or that cover people whom the actor acts for."""
    covering = Member.objects.filter(person__in=[person.pk for person in people]).order_by()
    return Application.objects.filter(
        Q(submitted_by=by.must_be_person()) | Q(pk__in=covering.values("application_id"))
    )


def application_line(row: Application, known: frozenset[int], on: dt.date) -> ApplicationLine:
    """The line of an application that was read by `with_all_of_it`; names of `known` people only."""
    members = list(row.members.all())
    own = tuple(full_name(member.person) for member in members if member.person_id in known)
    return ApplicationLine(
        reference=row.reference,
        call_code=row.call.code,
        titles=row.call.titles,
        state=state_of(row, on),
        people=own,
        others=len(members) - len(own),
        closes_on=row.call.closes_on,
        offer=open_offer(row, on),
        waiting=tuple(
            WaitingLine(place.opening.code, place.opening.titles, place.ahead + 1)
            for place in row.waits  # type: ignore[attr-defined]
        ),
    )


def state_of(row: Application, on: dt.date) -> State:
    """How far the application has come on the day."""
    if row.status == Application.Status.WITHDRAWN:
        return State.WITHDRAWN
    live: list[Offer] = row.live_offers  # type: ignore[attr-defined]
    if any(offer.status == Offer.Status.ACCEPTED for offer in live):
        return State.ACCEPTED
    if open_offer(row, on) is not None:
        return State.OFFERED
    round_ = getattr(row.call, "round", None)
    if round_ is not None and round_.status == Round.Status.DRAWN:
        return State.WAITING if row.waits else State.ENDED  # type: ignore[attr-defined]
    if round_ is not None and round_.status == Round.Status.FROZEN:
        return State.FROZEN
    return State.OPEN if row.call.is_open(on) else State.CLOSED


def open_offer(row: Application, on: dt.date) -> OfferLine | None:
    """The offer that can still be accepted on the day."""
    for offer in row.live_offers:  # type: ignore[attr-defined]
        if offer.status == Offer.Status.OPEN and on <= offer.answer_by:
            days_left = (offer.answer_by - on).days + 1
            line = opening_line(offer.opening)
            return OfferLine(
                line, offer.size, offer.rank, offer.from_waiting_list, offer.answer_by, days_left
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
