"""Serial dictatorship with soft reserves: the drawn order decides, and no reserved seat stays empty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from sojourn.core.draw.checks import refuse_faulty
from sojourn.core.draw.model import Draw, Opening, Place, Ticket
from sojourn.core.draw.order import order_of_sound_ids

_NOWHERE = -1


def draw_places(tickets: Iterable[Ticket], openings: Iterable[Opening], seed: bytes) -> Draw:
    """Every ticket's place, by this rule.

    Tickets are called in drawn order (`draw_order`). Each takes its best-ranked opening with room for its
    whole size: first in a reserve that it is a member of, in declared order, else in the open seats. After
    the last ticket, reserved seats that stayed empty become open seats and the whole walk is done again
    with the smaller reserves, until no reserved seat is empty; so nobody is passed over for a released
    seat. Reserves only shrink, so this ends.

    The answer does not depend on the order in which tickets and openings are given. A ticket without
    choices gets no place. No ticket can gain by naming its choices in another order than its own.

    Raises `DrawError`, which names every fault: repeated or look-alike ids, unknown openings or tags, an
    opening chosen twice, sizes below 1, negative seats, reserves that add up to more than the seats.

    **Source:** Abdulkadiroğlu & Sönmez 1998, Econometrica 66 (random serial dictatorship); Hafalir, Yenmez
    & Yildirim 2013, Theoretical Economics 8 (soft minority reserves).
    """
    tickets, openings = list(tickets), list(openings)
    refuse_faulty(tickets, openings, seed)
    by_id = {ticket.id: ticket for ticket in tickets}
    order = order_of_sound_ids(list(by_id), seed)
    called = [by_id[id_] for id_ in order]
    hall = _Hall.of(openings)
    taken = _settle(hall, [ticket.size for ticket in called], hall.ways_of(called))
    places = {
        ticket.id: hall.place(ticket, slot)
        for ticket, slot in zip(called, taken, strict=True)
        if slot != _NOWHERE
    }
    return Draw(order, places, _waiting(called, places, openings), hall.released())


@dataclass(slots=True)
class _Hall:
    """All seats as numbered slots: each opening's reserves in declared order, then its open seats."""

    names: list[tuple[str, str | None]]  # slot -> (opening, reserve code; None: open seats)
    declared: list[int]  # slot -> seats as declared
    capacity: list[int]  # slot -> seats now
    open_slot: list[int]  # slot -> the open slot of the same opening

    @classmethod
    def of(cls, openings: Sequence[Opening]) -> "_Hall":
        hall = cls([], [], [], [])
        for opening in openings:
            reserved = sum(reserve.seats for reserve in opening.reserves)
            hall.open_slot += [len(hall.names) + len(opening.reserves)] * (len(opening.reserves) + 1)
            hall.names += [(opening.id, reserve.code) for reserve in opening.reserves]
            hall.names.append((opening.id, None))
            hall.declared += [reserve.seats for reserve in opening.reserves]
            hall.declared.append(opening.seats - reserved)
        hall.capacity = list(hall.declared)
        return hall

    def ways_of(self, tickets: Sequence[Ticket]) -> list[tuple[int, ...]]:
        """Per ticket the slots that it tries, best first: choice by choice, its reserves, then open seats."""
        slots: dict[str, list[int]] = {}
        for slot, (opening, _) in enumerate(self.names):
            slots.setdefault(opening, []).append(slot)

        @cache
        def usable(opening: str, tags: frozenset[str]) -> tuple[int, ...]:
            kinds = ((slot, self.names[slot][1]) for slot in slots[opening])
            return tuple(slot for slot, code in kinds if code is None or code in tags)

        return [
            tuple(chain.from_iterable(usable(choice, ticket.tags) for choice in ticket.choices))
            for ticket in tickets
        ]

    def release(self, left: Sequence[int]) -> set[int]:
        """Turn reserved seats that stayed empty into open seats; gives back the open slots that grew."""
        grown = set()
        for slot, (_, code) in enumerate(self.names):
            if code is not None and left[slot] > 0:
                self.capacity[slot] -= left[slot]
                self.capacity[self.open_slot[slot]] += left[slot]
                grown.add(self.open_slot[slot])
        return grown

    def released(self) -> dict[tuple[str, str], int]:
        """What was opened to all, per opening and reserve code."""
        seats = zip(self.names, self.declared, self.capacity, strict=True)
        return {
            (opening, code): declared - now
            for (opening, code), declared, now in seats
            if code is not None and declared > now
        }

    def place(self, ticket: Ticket, slot: int) -> Place:
        opening, code = self.names[slot]
        return Place(ticket.id, opening, ticket.choices.index(opening) + 1, code)


def _settle(hall: _Hall, sizes: Sequence[int], ways: Sequence[tuple[int, ...]]) -> list[int]:
    """Walk, release, walk again until no reserved seat is empty; gives back the slot of each ticket."""
    taken: list[int] = []
    turned_away: dict[int, int] = {}
    while True:
        left = _walk(hall.capacity, sizes, ways, taken, turned_away)
        grown = hall.release(left)
        # A larger open slot changes nothing before the first ticket that it turned away: up to there the
        # next walk is this one again, so it is taken over instead of walked.
        again_from = min((turned_away[slot] for slot in grown if slot in turned_away), default=None)
        if again_from is None:
            return taken
        del taken[again_from:]
        turned_away = {slot: first for slot, first in turned_away.items() if first < again_from}


def _walk(
    capacity: Sequence[int],
    sizes: Sequence[int],
    ways: Sequence[tuple[int, ...]],
    taken: list[int],
    turned_away: dict[int, int],
) -> list[int]:
    """Call the tickets after `taken` one by one, extending it; gives back the seats left per slot.

    `turned_away` learns per slot the first ticket that found no room in it.
    """
    room = list(capacity)
    for size, slot in zip(sizes, taken, strict=False):
        if slot != _NOWHERE:
            room[slot] -= size
    for caller in range(len(taken), len(sizes)):
        size, choice = sizes[caller], _NOWHERE
        for slot in ways[caller]:
            if room[slot] >= size:
                room[slot] -= size
                choice = slot
                break
            if slot not in turned_away:
                turned_away[slot] = caller
        taken.append(choice)
    return room


def _waiting(
    called: Sequence[Ticket], places: dict[str, Place], openings: Sequence[Opening]
) -> dict[str, tuple[str, ...]]:
    lists: dict[str, list[str]] = {opening.id: [] for opening in openings}
    for ticket in called:
        if ticket.id not in places:
            for choice in ticket.choices:
                lists[choice].append(ticket.id)
    return {opening: tuple(lists[opening]) for opening in sorted(lists)}
