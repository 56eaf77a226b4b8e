"""Why a ticket got its place or none, as codes and numbers that a page says in any language."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from sojourn.core.draw.model import Draw, DrawError, Opening, Place, Ticket


class Outcome(StrEnum):
    """What became of one choice."""

    PLACED = "placed"
    FULL = "full"  # at its turn no seat was left that it could use
    DOES_NOT_FIT = "does_not_fit"  # seats were left, but fewer than the whole ticket needs
    TOO_LARGE = "too_large"  # even an untouched opening has no room for the whole ticket
    NOT_NEEDED = "not_needed"  # a better choice was met


@dataclass(frozen=True, slots=True)
class ChoiceReason:
    """One choice of a ticket, and what would have changed it.

    Places in the order count from 1. `seats`: all seats of the opening. `last_admitted`: the place in the
    order of the last ticket that got a seat which this one could have used too, and `last_through` the
    reserve of that seat (None: an open one, or nobody). `waiting`: position in the waiting list.
    `needed_before`: with a place in the order before this one it would have got a seat here.
    `largest_fitting`: a group of at most this size would have got one at its turn.
    """

    opening: str
    rank: int
    outcome: Outcome
    seats: int
    reserve: str | None = None
    last_admitted: int | None = None
    last_through: str | None = None
    waiting: int | None = None
    needed_before: int | None = None
    largest_fitting: int | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reason for one ticket: its place in the order, of how many, and each choice in rank order."""

    ticket: str
    place_in_order: int
    of: int
    size: int
    place: Place | None
    choices: tuple[ChoiceReason, ...]


def explain(
    ticket_id: str, tickets: Iterable[Ticket], openings: Iterable[Opening], draw: Draw
) -> Explanation:
    """The reason for one ticket of a sound draw (see `verify_draw`).

    "Would have" holds everything else fixed: the other tickets, and the reserves as they were after the
    releases. Raises `DrawError` when the ticket is not in the draw.
    """
    return _Hearing(tickets, openings, draw).explain(ticket_id)


def explain_all(tickets: Iterable[Ticket], openings: Iterable[Opening], draw: Draw) -> dict[str, Explanation]:
    """`explain` for every ticket, by id in drawn order, in one pass over the draw."""
    hearing = _Hearing(tickets, openings, draw)
    return {id_: hearing.explain(id_) for id_ in draw.order}


@dataclass(frozen=True, slots=True)
class _Seats:
    """One kind of seat of one opening: its number after the releases, and who took them, in drawn order."""

    reserve: str | None
    seats: int
    callers: tuple[int, ...]  # places in the order, ascending
    taken: tuple[int, ...]  # seats taken up to and including each caller

    def left_before(self, place: int) -> int:
        """Seats left when the ticket at `place` is called."""
        earlier = bisect_left(self.callers, place)
        return self.seats - (self.taken[earlier - 1] if earlier else 0)

    def closed_by(self, size: int) -> int | None:
        """The place in the order of the ticket after which `size` seats were no longer left."""
        closing = bisect_right(self.taken, self.seats - size)
        return self.callers[closing] if closing < len(self.callers) else None


class _Hearing:
    """The draw seen from each kind of seat."""

    def __init__(self, tickets: Iterable[Ticket], openings: Iterable[Opening], draw: Draw) -> None:
        self._tickets = {ticket.id: ticket for ticket in tickets}
        self._openings = {opening.id: opening for opening in openings}
        self._draw = draw
        self._rank = {id_: at for at, id_ in enumerate(draw.order, start=1)}
        self._waiting = {
            (opening, id_): at for opening, ids in draw.waiting.items() for at, id_ in enumerate(ids, start=1)
        }
        self._seats = self._all_seats()

    def explain(self, ticket_id: str) -> Explanation:
        if ticket_id not in self._rank or ticket_id not in self._tickets:
            raise DrawError([f"ticket {ticket_id!r} is not in this draw: check the id"])
        ticket, place = self._tickets[ticket_id], self._draw.places.get(ticket_id)
        reasons = tuple(
            self._reason(ticket, rank, opening, place) for rank, opening in enumerate(ticket.choices, start=1)
        )
        return Explanation(ticket.id, self._rank[ticket.id], len(self._rank), ticket.size, place, reasons)

    def _reason(self, ticket: Ticket, rank: int, opening: str, place: Place | None) -> ChoiceReason:
        usable = [
            kind for kind in self._seats[opening] if kind.reserve is None or kind.reserve in ticket.tags
        ]
        last, through = max(
            ((kind.callers[-1], kind.reserve) for kind in usable if kind.callers),
            key=lambda taker: taker[0],
            default=(None, None),
        )
        met = place is not None and rank >= place.rank
        outcome = _met(rank, place) if place is not None and met else self._refusal(ticket, usable)
        left = max(kind.left_before(self._rank[ticket.id]) for kind in usable)
        return ChoiceReason(
            opening=opening,
            rank=rank,
            outcome=outcome,
            seats=self._openings[opening].seats,
            reserve=place.reserve if place is not None and outcome is Outcome.PLACED else None,
            last_admitted=last,
            last_through=through,
            waiting=self._waiting.get((opening, ticket.id)),
            needed_before=None if met else _latest_closing(usable, ticket.size),
            largest_fitting=left
            if outcome in {Outcome.DOES_NOT_FIT, Outcome.TOO_LARGE} and left > 0
            else None,
        )

    def _refusal(self, ticket: Ticket, usable: Sequence[_Seats]) -> Outcome:
        if all(kind.seats < ticket.size for kind in usable):
            return Outcome.FULL if ticket.size == 1 else Outcome.TOO_LARGE
        full = all(kind.left_before(self._rank[ticket.id]) == 0 for kind in usable)
        return Outcome.FULL if full else Outcome.DOES_NOT_FIT

    def _all_seats(self) -> dict[str, list[_Seats]]:
        takers: dict[tuple[str, str | None], list[str]] = {}
        for id_ in self._draw.order:
            place = self._draw.places.get(id_)
            if place is not None:
                takers.setdefault((place.opening, place.reserve), []).append(id_)
        return {
            opening.id: [
                self._kind(code, seats, takers.get((opening.id, code), []))
                for code, seats in self._seats_now(opening).items()
            ]
            for opening in self._openings.values()
        }

    def _seats_now(self, opening: Opening) -> dict[str | None, int]:
        """Seats per reserve after the releases; the open ones last, under None."""
        now: dict[str | None, int] = {
            reserve.code: reserve.seats - self._draw.released.get((opening.id, reserve.code), 0)
            for reserve in opening.reserves
        }
        return {**now, None: opening.seats - sum(now.values())}

    def _kind(self, code: str | None, seats: int, takers: Sequence[str]) -> _Seats:
        taken = tuple(accumulate(self._tickets[id_].size for id_ in takers))
        return _Seats(code, seats, tuple(self._rank[id_] for id_ in takers), taken)


def _met(rank: int, place: Place) -> Outcome:
    return Outcome.PLACED if rank == place.rank else Outcome.NOT_NEEDED


def _latest_closing(usable: Sequence[_Seats], size: int) -> int | None:
    """The last moment at which any usable kind of seat still had room, as a place in the order."""
    closings = [kind.closed_by(size) for kind in usable if kind.seats >= size]
    return max((closing for closing in closings if closing is not None), default=None)
