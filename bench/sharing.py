"""Money: an amount over 3,000 bearers, and the unit costs of a season of journeys."""

from collections.abc import Iterator
from random import Random

from bench.measuring import median_time
from bench.row import Row

from sojourn.core.sharing import (
    BandTable,
    CostLine,
    DistanceBand,
    divide,
    travel_cost,
    verify_cost,
    verify_sharing,
)

BEARERS, JOURNEYS = 3_000, 20_000
AMOUNT = 12_345_678_901
"""In cents."""
LIMITS = ((0, 99, 2_000), (100, 499, 18_000), (500, 1_999, 27_500), (2_000, None, 36_000))
"""Kilometres from, to, and cents for each traveller."""


def measure() -> Iterator[Row]:
    draw = Random(8)
    weights = {f"bearer {number:04}": draw.randint(1, 10**6) for number in range(BEARERS)}
    parts = divide(AMOUNT, weights)
    told = "; ".join(verify_sharing(AMOUNT, weights, parts)) or "verified"
    size = f"{BEARERS:,} bearers"
    yield Row("sharing", size, median_time(lambda: divide(AMOUNT, weights)), quality=told)
    verifying = median_time(lambda: verify_sharing(AMOUNT, weights, parts))
    yield Row("sharing", f"verifier, {size}", verifying)
    bands = BandTable(tuple(DistanceBand(*limits) for limits in LIMITS))
    journeys = [(draw.randint(1, 3_000), draw.randint(1, 40)) for _ in range(JOURNEYS)]

    def costs() -> list[CostLine]:
        return [travel_cost(bands, kilometres, people) for kilometres, people in journeys]

    lines = costs()
    told = "; ".join(verify_cost(lines, sum(line.amount for line in lines))) or "verified"
    yield Row("sharing", f"{JOURNEYS:,} journeys, 4 bands", median_time(costs, repeat=3), quality=told)
