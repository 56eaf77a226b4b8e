"""The things of a draw: tickets, openings with their reserves, places."""

from collections.abc import Sequence
from dataclasses import dataclass


class DrawError(ValueError):
    """The inputs cannot be drawn as they stand; `faults` names every one."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Ticket:
    """One applicant, or a group that stays together: placed whole or not at all.

    `size` is the number of seats that it needs; `choices` are opening ids, best first; `tags` are the
    codes of the reserves that it qualifies for.
    """

    id: str
    size: int = 1
    choices: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reserve:
    """Seats of an opening that are kept first for tickets whose tags hold `code`."""

    code: str
    seats: int


@dataclass(frozen=True, slots=True)
class Opening:
    """One thing to choose, with all of its seats, the reserved ones included.

    A ticket that qualifies for several reserves takes the first declared one that has room for it.
    """

    id: str
    seats: int
    reserves: tuple[Reserve, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ticket got in: its choice of rank `rank` (from 1), through `reserve` or an open seat (None)."""

    ticket: str
    opening: str
    rank: int
    reserve: str | None


@dataclass(frozen=True, slots=True)
class Draw:
    """The outcome of a draw.

    `order`: every ticket id, first called first. `places`: by ticket, only those who got one. `waiting`:
    per opening the tickets without any place that named it, in drawn order. `released`: reserved seats
    that no member could use and that were opened to all, per (opening, reserve code), never zero.
    """

    order: tuple[str, ...]
    places: dict[str, Place]
    waiting: dict[str, tuple[str, ...]]
    released: dict[tuple[str, str], int]
