"""A second, slower and simpler program for the same draw, sharing no step with the first."""

import hmac
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from sojourn.core.draw.checks import refuse_faulty
from sojourn.core.draw.model import Draw, Opening, Place, Ticket


def verify_draw(tickets: Iterable[Ticket], openings: Iterable[Opening], seed: bytes, draw: Draw) -> list[str]:
    """What is wrong with `draw` as an answer to these inputs; empty when it is sound.

    Recomputes the order with the standard library's HMAC and the places by doing every walk from the
    start, exactly as the published rule reads, and names each ticket, list and reserve that differs.
    Raises `DrawError` for inputs that no draw can answer.
    """
    tickets, openings = list(tickets), list(openings)
    refuse_faulty(tickets, openings, seed)
    by_id = {ticket.id: ticket for ticket in tickets}
    by_opening = {opening.id: opening for opening in openings}
    order = tuple(sorted(by_id, key=lambda id_: (hmac.digest(seed, id_.encode(), "sha256"), id_)))
    called = [by_id[id_] for id_ in order]
    places, released = _replay(called, by_opening)
    waiting: dict[str, tuple[str, ...]] = dict.fromkeys(by_opening, ())
    for id_, choices in groupby(sorted(_unmet(called, places)), key=itemgetter(0)):
        waiting[id_] = tuple(ticket for _, _, ticket in choices)
    return [
        *(
            [f"the order differs from the seed's, first at place {_first_difference(order, draw.order)}"]
            if order != draw.order
            else []
        ),
        *_differences("ticket", "place", places, draw.places),
        *_differences("opening", "waiting list", waiting, draw.waiting),
        *_differences("reserve", "number of released seats", released, draw.released),
    ]


def _unmet(called: list[Ticket], places: dict[str, Place]) -> Iterator[tuple[str, int, str]]:
    """(opening, place in the order, ticket) of every choice of a ticket without a place."""
    for at, ticket in enumerate(called):
        if ticket.id not in places:
            yield from ((choice, at, ticket.id) for choice in ticket.choices)


def _replay(
    called: list[Ticket], openings: dict[str, Opening]
) -> tuple[dict[str, Place], dict[tuple[str, str], int]]:
    """Walks with the reserves as declared, then with what members used of them, until all are full."""
    reserves = {(o.id, reserve.code): reserve.seats for o in openings.values() for reserve in o.reserves}
    declared = dict(reserves)
    while True:
        free: dict[tuple[str, str | None], int] = dict(reserves.items())
        for opening in openings.values():
            free[opening.id, None] = opening.seats - sum(
                reserves[opening.id, r.code] for r in opening.reserves
            )
        places = {place.ticket: place for ticket in called if (place := _take(ticket, openings, free))}
        empty = {key: free[key] for key in reserves if free[key] > 0}
        if not empty:
            return places, {
                key: declared[key] - seats for key, seats in reserves.items() if declared[key] > seats
            }
        reserves = {key: seats - empty.get(key, 0) for key, seats in reserves.items()}


def _take(
    ticket: Ticket, openings: dict[str, Opening], free: dict[tuple[str, str | None], int]
) -> Place | None:
    for rank, choice in enumerate(ticket.choices, start=1):
        mine = [reserve.code for reserve in openings[choice].reserves if reserve.code in ticket.tags]
        for code in [*mine, None]:
            if free[choice, code] >= ticket.size:
                free[choice, code] -= ticket.size
                return Place(ticket.id, choice, rank, code)
    return None


def _first_difference(ours: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    pairs = enumerate(zip(ours, theirs, strict=False), start=1)
    return next((at for at, (a, b) in pairs if a != b), min(len(ours), len(theirs)) + 1)


def _differences[K, V](key: str, what: str, ours: dict[K, V], theirs: dict[K, V]) -> list[str]:
    return [
        f"{key} {name!r}: the {what} is {theirs.get(name)!r} but follows to be {ours.get(name)!r}"
        for name in sorted(ours.keys() | theirs.keys(), key=repr)
        if ours.get(name) != theirs.get(name)
    ]
