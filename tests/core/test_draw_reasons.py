"""Reasons: what an applicant is told must be what would really have happened."""

from dataclasses import replace

import pytest
from hypothesis import given

from core.draw_cases import SEED, instances, steady
from sojourn.core.draw import (
    DrawError,
    Opening,
    Outcome,
    Reserve,
    Ticket,
    draw_places,
    explain,
    explain_all,
)
from sojourn.core.draw.model import Draw


def without_reserves(instance: tuple[list[Ticket], list[Opening]]) -> tuple[list[Ticket], list[Opening]]:
    tickets, openings = instance
    return (
        [replace(ticket, tags=frozenset()) for ticket in tickets],
        [replace(opening, reserves=()) for opening in openings],
    )


def free_seats_at(place: int, opening: Opening, tickets: list[Ticket], draw: Draw) -> int:
    sizes = {ticket.id: ticket.size for ticket in tickets}
    earlier = [draw.places[id_] for id_ in draw.order[: place - 1] if id_ in draw.places]
    return opening.seats - sum(sizes[p.ticket] for p in earlier if p.opening == opening.id)


@steady
@given(instances())
def test_every_ticket_is_explained_and_agrees_with_the_draw(
    instance: tuple[list[Ticket], list[Opening]],
) -> None:
    tickets, openings = instance
    draw = draw_places(tickets, openings, SEED)
    told = explain_all(tickets, openings, draw)
    assert tuple(told) == draw.order
    for ticket in tickets:
        reason = explain(ticket.id, tickets, openings, draw)
        assert reason == told[ticket.id]
        assert draw.order[reason.place_in_order - 1] == ticket.id
        assert reason.of == len(tickets)
        assert reason.place == draw.places.get(ticket.id)
        outcomes = [choice.outcome for choice in reason.choices]
        rank = reason.place.rank if reason.place else len(outcomes) + 1
        assert [at for at, outcome in enumerate(outcomes, 1) if outcome is Outcome.PLACED] == (
            [rank] if reason.place else []
        )
        assert all(outcome is Outcome.NOT_NEEDED for outcome in outcomes[rank:])


@steady
@given(instances())
def test_what_would_have_helped_is_exact_without_reserves(
    instance: tuple[list[Ticket], list[Opening]],
) -> None:
    tickets, openings = without_reserves(instance)
    by_id = {opening.id: opening for opening in openings}
    draw = draw_places(tickets, openings, SEED)
    for ticket_id, reason in explain_all(tickets, openings, draw).items():
        for choice in reason.choices:
            if choice.outcome in {Outcome.PLACED, Outcome.NOT_NEEDED}:
                continue
            opening, own = by_id[choice.opening], reason.place_in_order
            left = free_seats_at(own, opening, tickets, draw)
            fits = [
                place
                for place in range(1, own)
                if free_seats_at(place, opening, tickets, draw) >= reason.size
            ]
            assert choice.needed_before == (fits[-1] if fits else None), ticket_id
            impossible = reason.size > max(1, opening.seats)
            assert choice.outcome == (
                Outcome.TOO_LARGE if impossible else Outcome.DOES_NOT_FIT if left else Outcome.FULL
            )
            assert choice.largest_fitting == (left or None)


def test_a_reason_names_the_last_admitted_the_reserve_and_the_place_in_the_waiting_list() -> None:
    tickets = [Ticket(f"t{n}", 1, ("camp",), frozenset({"far"} if n < 2 else ())) for n in range(5)]
    openings = [Opening("camp", 3, (Reserve("far", 2),))]
    draw = draw_places(tickets, openings, SEED)
    unlucky = next(id_ for id_ in reversed(draw.order) if id_ not in draw.places)
    [choice] = explain(unlucky, tickets, openings, draw).choices
    [open_seat] = [place.ticket for place in draw.places.values() if place.reserve is None]
    assert choice.outcome is Outcome.FULL
    assert choice.seats == 3
    assert choice.last_admitted == draw.order.index(open_seat) + 1 == choice.needed_before
    assert choice.last_through is None
    assert choice.waiting == 2
    lucky = next(place for place in draw.places.values() if place.reserve == "far")
    assert explain(lucky.ticket, tickets, openings, draw).choices[0].reserve == "far"


def test_a_group_is_told_what_size_would_have_fitted() -> None:
    tickets = [Ticket("class", 4, ("camp",)), Ticket("pair", 2, ("camp",))]
    openings = [Opening("camp", 3)]
    draw = draw_places(tickets, openings, SEED)
    [choice] = explain("class", tickets, openings, draw).choices
    assert choice.outcome is Outcome.TOO_LARGE
    assert choice.largest_fitting == (3 if draw.order[0] == "class" else 1)
    assert choice.needed_before is None


def test_an_unknown_ticket_has_no_reason() -> None:
    with pytest.raises(DrawError, match="not in this draw"):
        explain("nobody", [], [], draw_places([], [], SEED))
