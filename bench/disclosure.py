"""Small cells: a year of 31 regions, and 31 regions x 12 months x 5 components with every margin."""

from collections.abc import Iterator

import numpy as np
from bench.measuring import median_time, peak_mib
from bench.row import Row

from sojourn.core.disclosure import Axis, Suppressed, Tables, attack, cube, suppress, verify_disclosure

K = 10
SIZES = (((31, 12), 40), ((31, 12), 20), ((31, 12, 5), 100), ((31, 12, 5), 40))
LIMIT_S = 10.0


def table(shape: tuple[int, ...], typical: float) -> Tables:
    """Invented counts around `typical`, spread as real ones are, the same in every run."""
    random = np.random.default_rng(3)
    counts = random.poisson(np.exp(random.normal(np.log(typical), 1.0, shape)))
    axes = zip(("region", "month", "component"), shape, strict=False)
    return cube([Axis(name, tuple(f"{at:02}" for at in range(size))) for name, size in axes], counts)


def measure() -> Iterator[Row]:
    for shape, typical in SIZES:
        tables = table(shape, typical)
        answers: list[Suppressed] = []
        seconds = median_time(
            lambda tables=tables, answers=answers: answers.append(suppress(tables, K)), repeat=3
        )
        size = f"suppress, {' x '.join(map(str, shape))}, typical count {typical}"
        yield Row("disclosure", size, seconds, LIMIT_S, peak_mib(), _quality(tables, answers[-1]))
        if len(shape) == 2:
            view = answers[-1].published
            yield Row(
                "disclosure", size.replace("suppress", "attack"), median_time(lambda view=view: attack(view))
            )


def _quality(tables: Tables, answer: Suppressed) -> str:
    wrong = verify_disclosure(tables, answer.published, K, answer.witnesses)
    gap = (answer.loss - answer.bound) / answer.loss
    hidden = f"{len(answer.hidden)} hidden, {len(answer.primary)} of them small"
    return "; ".join(wrong) or f"{hidden}; verified; gap at most {gap:.1%}"
