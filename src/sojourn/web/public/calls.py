"""Calls as the public reads them: what is offered to whom, by which rules, and when it is decided."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Prefetch, Sum
from django.http import Http404

from sojourn.participation.models import Call, Opening, Reserve, Round

Texts = Mapping[str, str]


class Stage(StrEnum):
    """How far a published call has come."""

    AHEAD = "ahead"
    OPEN = "open"
    CLOSED = "closed"
    FROZEN = "frozen"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class CallCard:
    """A call in a list."""

    code: str
    titles: Texts
    summaries: Texts
    component: Texts
    stage: Stage
    opens_on: dt.date
    closes_on: dt.date
    openings: int
    seats: int


@dataclass(frozen=True, slots=True)
class ReserveLine:
    """Seats kept first for one region."""

    region: Texts
    seats: int


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """One thing to apply for."""

    code: str
    titles: Texts
    host: Texts
    town: str
    starts_on: dt.date
    ends_on: dt.date
    seats: int
    reserves: tuple[ReserveLine, ...]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """How and when the places are drawn; the moments fill in as they come."""

    announced_at: dt.datetime
    seed_source: Mapping[str, object]
    frozen_at: dt.datetime | None
    commitment: str
    drawn_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class CallPage:
    """All that the public reads of one call."""

    card: CallCard
    organiser: Texts
    minimum_age: int
    maximum_age: int
    maximum_choices: int
    maximum_group: int
    answer_days: int
    openings: tuple[OpeningLine, ...]
    round: RoundLine | None


def published_calls(*, on: dt.date) -> list[CallCard]:
    """Every published call, by two queries: those open to applications, those to come, then the past ones."""
    rows = Call.objects.published().select_related("component", "round").order_by("-opens_on", "code")
    sizes = {
        call_id: (openings, seats)
        for call_id, openings, seats in Opening.objects.values_list("call")
        .annotate(Count("pk"), Sum("seats"))
        .order_by()
    }
    order = [Stage.OPEN, Stage.AHEAD, Stage.CLOSED, Stage.FROZEN, Stage.DRAWN]
    cards = [_card(row, *sizes.get(row.pk, (0, 0)), on) for row in rows]
    return sorted(cards, key=lambda card: order.index(card.stage))


def call_page(code: str, *, on: dt.date) -> CallPage:
    """One published call with its openings and its round.

    Raises:
        Http404: No published call has this code.
    """
    call = (
        Call.objects.published()
        .select_related("component", "organiser", "round", "round__run")
        .filter(code=code)
        .first()
    )
    if call is None:
        raise Http404
    openings = openings_of(call)
    return CallPage(
        card=_card(call, len(openings), sum(opening.seats for opening in openings), on),
        organiser=call.organiser.names,
        minimum_age=call.minimum_age,
        maximum_age=call.maximum_age,
        maximum_choices=call.maximum_choices,
        maximum_group=call.maximum_group,
        answer_days=call.answer_days,
        openings=openings,
        round=_round(getattr(call, "round", None)),
    )


def openings_of(call: Call) -> tuple[OpeningLine, ...]:
    """The openings of a call in the order of their dates, with the seats kept for regions."""
    reserves = Reserve.objects.select_related("region").order_by("position")
    rows = (
        Opening.objects.filter(call=call)
        .select_related("host")
        .prefetch_related(Prefetch("reserves", queryset=reserves))
        .order_by("starts_on", "code")
    )
    return tuple(
        OpeningLine(
            row.code,
            row.titles,
            row.host.names,
            row.host.town,
            row.starts_on,
            row.ends_on,
            row.seats,
            tuple(ReserveLine(reserve.region.names, reserve.seats) for reserve in row.reserves.all()),
        )
        for row in rows
    )


def stage_of(call: Call, on: dt.date) -> Stage:
    """How far a published call has come on the day."""
    round_ = getattr(call, "round", None)
    if round_ is not None and round_.status == Round.Status.DRAWN:
        return Stage.DRAWN
    if round_ is not None and round_.status == Round.Status.FROZEN:
        return Stage.FROZEN
    if on < call.opens_on:
        return Stage.AHEAD
    return Stage.OPEN if on < call.closes_on else Stage.CLOSED


def _card(call: Call, openings: int, seats: int, on: dt.date) -> CallCard:
    return CallCard(
        code=call.code,
        titles=call.titles,
        summaries=call.summaries,
        component=call.component.titles,
        stage=stage_of(call, on),
        opens_on=call.opens_on,
        closes_on=call.closes_on,
        openings=openings,
        seats=seats,
    )


def _round(round_: Round | None) -> RoundLine | None:
    if round_ is None:
        return None
    run = round_.run
    return RoundLine(
        announced_at=round_.announced_at,
        seed_source=round_.seed_source,
        frozen_at=run.committed_at if run else None,
        commitment=run.commitment if run else "",
        drawn_at=run.done_at if run else None,
    )
