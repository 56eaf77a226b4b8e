"""Tables of unit costs, and what they give."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


class SharingError(ValueError):
    """Money cannot be divided or counted as asked; `faults` names every reason."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class DistanceBand:
    """One band of a travel table: `amount` per person from `from_km` to `to_km` inclusive (None: no end)."""

    from_km: int
    to_km: int | None
    amount: int


@dataclass(frozen=True, slots=True)
class BandTable:
    """Distance bands in ascending order, each beginning one kilometre after the one before it ends.

    A distance below the first band costs nothing. Above the last band, where that one ends, there is no
    amount: such a journey is refused.
    """

    bands: tuple[DistanceBand, ...]


@dataclass(frozen=True, slots=True)
class Reduction:
    """From day `from_day` of the stay (from 1) the rate is multiplied by `factor`, 0 <= factor <= 1."""

    from_day: int
    factor: Fraction


@dataclass(frozen=True, slots=True)
class RateTable:
    """A rate per person and day, and the reductions for long stays, ascending by day."""

    per_day: int
    reductions: tuple[Reduction, ...] = ()


@dataclass(frozen=True, slots=True)
class CostLine:
    """One line of a cost: `amount` = `quantity` x `unit`, told as `item` (`100-499 km`, `days 1-14`)."""

    item: str
    quantity: int
    unit: int
    amount: int
