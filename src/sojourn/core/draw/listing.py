"""The plain form of a draw: one list, so many places."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sojourn.core.draw.ids import id_faults
from sojourn.core.draw.model import Draw, DrawError, Opening, Reserve, Ticket
from sojourn.core.draw.places import draw_places

_LIST = "list"


@dataclass(frozen=True, slots=True)
class ListDraw:
    """All entries in drawn order, and those that got a place, in the same order.

    The members of a group stand together at the place of their ticket, ascending by id. `tickets` maps
    each entry to the id that its ticket was drawn under; `draw` is the whole draw over the tickets `given`
    for the one `opening`, as `verify_draw` asks for them.
    """

    order: tuple[str, ...]
    selected: tuple[str, ...]
    tickets: Mapping[str, str]
    given: tuple[Ticket, ...]
    opening: Opening
    draw: Draw


def draw_list(
    entries: Sequence[str],
    places: int,
    seed: bytes,
    *,
    groups: Sequence[Sequence[str]] = (),
    reserves: Sequence[tuple[Sequence[str], int]] = (),
) -> ListDraw:
    """Draw `places` of `entries`.

    A group gets its places whole or not at all: it is one ticket, drawn under its members' smallest id (by
    code point), so that the order in which members are listed decides nothing. A reserve is
    `(members, seats)`; a group may use it when every one of its members may. Reserves that an entry belongs
    to are tried in declared order; seats that members cannot use are released (`draw_places`).

    Raises `DrawError` with every fault: those of `draw_places`, unknown members, an entry in two groups.
    """
    faults = [
        *id_faults(entries, "entry"),
        *_group_faults(entries, groups),
        *_reserve_faults(entries, reserves),
    ]
    if faults:
        raise DrawError(faults)
    ticket_of = {entry: entry for entry in entries}
    for group in groups:
        ticket_of |= dict.fromkeys(group, min(group))
    members: dict[str, list[str]] = {}
    for entry in sorted(entries):
        members.setdefault(ticket_of[entry], []).append(entry)
    tickets = tuple(
        Ticket(id_, len(party), (_LIST,), _tags(party, reserves)) for id_, party in members.items()
    )
    kept = tuple(Reserve(str(at), seats) for at, (_, seats) in enumerate(reserves, start=1))
    opening = Opening(_LIST, places, kept)
    draw = draw_places(tickets, [opening], seed)
    order = tuple(entry for id_ in draw.order for entry in members[id_])
    selected = tuple(entry for entry in order if ticket_of[entry] in draw.places)
    return ListDraw(order, selected, ticket_of, tickets, opening, draw)


def _tags(party: Sequence[str], reserves: Sequence[tuple[Sequence[str], int]]) -> frozenset[str]:
    """The reserves, named by their number from 1, that hold the whole party."""
    return frozenset(
        str(at) for at, (members, _) in enumerate(reserves, start=1) if set(party) <= set(members)
    )


def _group_faults(entries: Sequence[str], groups: Sequence[Sequence[str]]) -> Iterator[str]:
    yield from (f"group {at} is empty: remove it" for at, group in enumerate(groups, start=1) if not group)
    for at, group in enumerate(groups, start=1):
        yield from _unknown(entries, group, f"group {at}")
    times = Counter(member for group in groups for member in group)
    for member in sorted(member for member, count in times.items() if count > 1):
        yield f"entry {member!r} stands in groups {times[member]} times: a ticket can be drawn only once"


def _reserve_faults(entries: Sequence[str], reserves: Sequence[tuple[Sequence[str], int]]) -> Iterator[str]:
    for at, (members, _) in enumerate(reserves, start=1):
        yield from _unknown(entries, members, f"reserve {at}")


def _unknown(entries: Sequence[str], members: Sequence[str], where: str) -> Iterator[str]:
    for member in sorted(set(members) - set(entries)):
        yield f"{where} names {member!r}, which is no entry: correct the id or add the entry"
