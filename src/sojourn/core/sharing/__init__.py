"""Exact division of money: shares that always add up to the whole, and unit costs by published tables.

Amounts are whole numbers of the smallest unit of a currency (cents, fen); `to_units` and `to_text` turn
decimal text into them and back. Nothing here is ever a float.
"""

from sojourn.core.sharing.model import (
    BandTable,
    CostLine,
    DistanceBand,
    RateTable,
    Reduction,
    SharingError,
)
from sojourn.core.sharing.money import to_text, to_units
from sojourn.core.sharing.shares import divide, verify_sharing
from sojourn.core.sharing.unit_costs import stay_cost, travel_cost, verify_cost

__all__ = [
    "BandTable",
    "CostLine",
    "DistanceBand",
    "RateTable",
    "Reduction",
    "SharingError",
    "divide",
    "stay_cost",
    "to_text",
    "to_units",
    "travel_cost",
    "verify_cost",
    "verify_sharing",
]
