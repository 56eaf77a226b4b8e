"""Seats that a call may reserve, and who may take them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sojourn.tracks.base import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """What reserved seats may depend on, frozen with the applications.

    `first_time` is true when nobody of the application has taken part in this component before. `siblings` is
    true when the application is of siblings who go together.
    """

    region: str
    institution: str
    first_time: bool
    siblings: bool


@dataclass(frozen=True, slots=True)
class Criterion:
    """One ground on which seats may be reserved: its words, its test, and whether it needs codes."""

    titles: Text
    holds: Callable[[Entry, frozenset[str]], bool]
    needs_values: bool = False


def _from_region(entry: Entry, regions: frozenset[str]) -> bool:
    return entry.region in regions


def _from_institution(entry: Entry, institutions: frozenset[str]) -> bool:
    return entry.institution in institutions


def _first_time(entry: Entry, _: frozenset[str]) -> bool:
    return entry.first_time


def _siblings(entry: Entry, _: frozenset[str]) -> bool:
    return entry.siblings


CRITERIA: Mapping[str, Criterion] = MappingProxyType(
    {
        "region": Criterion(Text("From certain regions", "来自指定地区"), _from_region, needs_values=True),
        "institution": Criterion(
            Text("From certain institutions", "来自指定机构"), _from_institution, needs_values=True
        ),
        "first_time": Criterion(Text("First time in this component", "首次参加本项目"), _first_time),
        "siblings": Criterion(Text("Siblings who go together", "同行的兄弟姐妹"), _siblings),
    }
)
"""Every ground that exists. There is no other: no score, no recommendation, no past refusal."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """A number of seats kept for those who meet one criterion.

    `values` are the codes of regions or institutions that qualify; the other criteria take none.

    Raises:
        ValueError: An unknown criterion, no seats, or values that the criterion needs or does not take.
    """

    criterion: str
    seats: int
    values: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.criterion not in CRITERIA:
            raise ValueError(
                f"unknown reserve criterion {self.criterion!r}: use one of {', '.join(CRITERIA)}"
            )
        if self.seats < 1:
            raise ValueError(f"a reserve of {self.seats} seats: reserve at least one seat, or leave it out")
        if CRITERIA[self.criterion].needs_values and not self.values:
            raise ValueError(f"a reserve by {self.criterion} without values: name the codes that qualify")
        if self.values and not CRITERIA[self.criterion].needs_values:
            raise ValueError(f"a reserve by {self.criterion} with values: leave the values out")


def holds_reserve(reserve: Reserve, entry: Entry) -> bool:
    """Whether an entry may take a seat of the reserve."""
    return CRITERIA[reserve.criterion].holds(entry, reserve.values)
