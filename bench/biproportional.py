"""Biproportional apportionment: 3,000 regions by 12 months, 500,000 places."""

from collections.abc import Iterator
from random import Random

from bench.measuring import median_time
from bench.row import Row

from sojourn.core.apportion import apportion, biproportional, verify_biproportional

REGIONS, PERIODS, PLACES = 3_000, 12, 500_000
LIMIT_S = 0.3

type Table = dict[str, dict[str, int]]
type Totals = dict[str, int]


def instance() -> tuple[Table, Totals, Totals]:
    """Invented weights of regions by periods, with totals by Webster; the same in every run."""
    random = Random(1)
    table = {}
    for row in range(REGIONS):
        size = random.lognormvariate(0, 1)
        table[f"r{row:04}"] = {
            f"m{month:02}": int(random.randrange(1, 10_000) * size) for month in range(PERIODS)
        }
    rows = apportion(PLACES, {name: sum(line.values()) for name, line in table.items()}).seats
    columns = apportion(PLACES, {f"m{month:02}": 1 for month in range(PERIODS)}).seats
    return table, rows, columns


def measure() -> Iterator[Row]:
    size = f"{REGIONS:,} x {PERIODS} x {PLACES:,}"
    table, rows, columns = instance()
    ours = median_time(lambda: biproportional(table, rows, columns), repeat=5)
    outcome = biproportional(table, rows, columns)
    wrong = verify_biproportional(table, rows, columns, outcome)
    quality = wrong[0] if wrong else f"divisors verified, {len(outcome.ties)} ties"
    yield Row("biproportional", size, ours, LIMIT_S, quality=quality)
    verifier = median_time(lambda: verify_biproportional(table, rows, columns, outcome), repeat=3)
    yield Row("biproportional", f"verifier, {size}", verifier)
