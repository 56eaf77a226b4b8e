"""The outcome of a draw as rows: reasons, offers, waiting lists."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sojourn.core.draw import Draw, explain_all
from sojourn.participation.actions.news import tell_drawn
from sojourn.participation.actions.seats import fill_up, willing_people
from sojourn.participation.models import (
    Application,
    Call,
    Member,
    Offer,
    OfferedSeat,
    Opening,
    Reserve,
    Round,
    Ticket,
    WaitingPlace,
)
from sojourn.records.draw_files import DrawInputs, read_inputs
from sojourn.records.methods import DRAW


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows that the codes of a draw stand for."""

    tickets: Mapping[str, Ticket]
    openings: Mapping[str, Opening]
    reserves: Mapping[tuple[str, str], Reserve]


def write_outcome(round_: Round, inputs: Mapping[str, bytes], draw: Draw, on: dt.date) -> None:
    """Offers for the placed, places on the waiting lists for the others, the reason for everybody.

    Whoever has left or was erased since the freeze, or whose yes has ended, is offered no seat: that one goes
    to the next in line. The others of a group are offered theirs.
    """
    frozen = read_inputs(inputs, DRAW)
    rows = _rows(round_)
    _keep_reasons(frozen, rows, draw)
    willing = willing_to_take_part(round_.call, on)
    _make_offers(rows, draw, willing, on)
    _fill_waiting_lists(rows, draw)
    sizes = {ticket.id: ticket.size for ticket in frozen.tickets}
    vacant = {
        place.opening
        for code, place in draw.places.items()
        if len(willing.get(rows.tickets[code].application_id or 0, ())) < sizes[code]
    }
    fill_up((rows.openings[code] for code in vacant), on)
    tell_drawn(round_, on)


def willing_to_take_part(call: Call, on: dt.date) -> dict[int, list[int]]:
    """Of each standing application to the call, the people whose yes is live: {application: people}."""
    standing = Member.objects.filter(call=call, application__status=Application.Status.SUBMITTED)
    return willing_people(standing, call.component.code, on)


def _rows(round_: Round) -> _Rows:
    tickets = {row.code: row for row in round_.tickets.select_related("application__call").order_by("pk")}
    openings = {row.code: row for row in Opening.objects.filter(call=round_.call_id).order_by("pk")}
    reserves = Reserve.objects.filter(opening__call=round_.call_id).select_related("opening", "region")
    return _Rows(
        tickets,
        openings,
        {(row.opening.code, reserve_code(row.region.code)): row for row in reserves.order_by("pk")},
    )


def reserve_code(region_code: str) -> str:
    """How the published files name the seats reserved for a region."""
    return f"region-{region_code}"


def _keep_reasons(frozen: DrawInputs, rows: _Rows, draw: Draw) -> None:
    for code, reason in explain_all(frozen.tickets, frozen.openings, draw).items():
        rows.tickets[code].place_in_order = reason.place_in_order
        rows.tickets[code].reason = asdict(reason)
    Ticket.objects.bulk_update(rows.tickets.values(), ["place_in_order", "reason"], batch_size=500)


def _make_offers(rows: _Rows, draw: Draw, willing: Mapping[int, list[int]], on: dt.date) -> None:
    placed = ((place, rows.tickets[code].application) for code, place in draw.places.items())
    made = Offer.objects.bulk_create(
        (
            Offer(
                application=application,
                opening=rows.openings[place.opening],
                reserve=rows.reserves.get((place.opening, place.reserve or "")),
                rank=place.rank,
                offered_on=on,
                answer_by=on + dt.timedelta(days=application.call.answer_days),
            )
            for place, application in placed
            if application is not None and application.pk in willing
        ),
        batch_size=1000,
    )
    OfferedSeat.objects.bulk_create(
        (
            OfferedSeat(offer=offer, person_id=person)
            for offer in made
            for person in willing[offer.application_id]
        ),
        batch_size=1000,
    )


def _fill_waiting_lists(rows: _Rows, draw: Draw) -> None:
    WaitingPlace.objects.bulk_create(
        (
            WaitingPlace(
                opening=rows.openings[opening], application=rows.tickets[code].application, place=place
            )
            for opening, line in draw.waiting.items()
            for place, code in enumerate(line, 1)
            if _stands(rows.tickets[code])
        ),
        batch_size=1000,
    )


def _stands(ticket: Ticket) -> bool:
    """Whether somebody still waits behind the ticket: neither withdrawn nor erased since the freeze."""
    return ticket.application is not None and ticket.application.status == Application.Status.SUBMITTED
