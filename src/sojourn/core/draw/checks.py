"""Everything that can be wrong with tickets and openings, found in one go."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sojourn.core.draw.ids import id_faults
from sojourn.core.draw.model import DrawError, Opening, Ticket
from sojourn.core.draw.order import seed_faults


def input_faults(tickets: Sequence[Ticket], openings: Sequence[Opening]) -> list[str]:
    """Every reason why these cannot be drawn; empty when they can."""
    return [
        *id_faults((ticket.id for ticket in tickets), "ticket"),
        *id_faults((opening.id for opening in openings), "opening"),
        *id_faults({reserve.code for opening in openings for reserve in opening.reserves}, "reserve"),
        *(fault for opening in openings for fault in _opening_faults(opening)),
        *_ticket_faults(tickets, openings),
    ]


def refuse_faulty(tickets: Sequence[Ticket], openings: Sequence[Opening], seed: bytes) -> None:
    """Raise `DrawError` with every fault of the inputs; return when they can be drawn."""
    faults = seed_faults(seed) + input_faults(tickets, openings)
    if faults:
        raise DrawError(faults)


def _opening_faults(opening: Opening) -> Iterator[str]:
    where = f"opening {opening.id!r}"
    if not _whole(opening.seats, 0):
        yield f"{where} has {opening.seats!r} seats: give a whole number from 0"
    faulty = [reserve for reserve in opening.reserves if not _whole(reserve.seats, 0)]
    for reserve in faulty:
        yield f"{where}, reserve {reserve.code!r} has {reserve.seats!r} seats: give a whole number from 0"
    for code in _repeated([reserve.code for reserve in opening.reserves]):
        yield f"{where} declares reserve {code!r} twice: join the two"
    if not faulty and _whole(opening.seats, 0):
        reserved = sum(reserve.seats for reserve in opening.reserves)
        if reserved > opening.seats:
            yield f"{where} reserves {reserved} of only {opening.seats} seats: reserve fewer or add seats"


def _ticket_faults(tickets: Sequence[Ticket], openings: Sequence[Opening]) -> Iterator[str]:
    known = {opening.id for opening in openings}
    codes = {reserve.code for opening in openings for reserve in opening.reserves}
    for ticket in tickets:
        where = f"ticket {ticket.id!r}"
        if not _whole(ticket.size, 1):
            yield f"{where} has size {ticket.size!r}: give a whole number from 1"
        if not known.issuperset(ticket.choices):
            for choice in sorted(set(ticket.choices) - known):
                yield f"{where} chooses opening {choice!r}, which does not exist: correct the choice"
        if len(set(ticket.choices)) < len(ticket.choices):
            for choice in _repeated(ticket.choices):
                yield f"{where} chooses opening {choice!r} more than once: keep the best rank"
        if not codes.issuperset(ticket.tags):
            for tag in sorted(ticket.tags - codes):
                yield f"{where} has tag {tag!r}, which no opening reserves seats for: correct the tag"


def _whole(number: object, least: int) -> bool:
    """A real whole number: not True, not 2.0."""
    return type(number) is int and number >= least


def _repeated(names: Sequence[str]) -> list[str]:
    return sorted(name for name, times in Counter(names).items() if times > 1)
