"""Visit schedules: 500 cohorts x 200 hosts x 30 weeks, from roomy to tight."""

from collections.abc import Iterator

import numpy as np
from bench.measuring import median_time, peak_mib
from bench.row import Row
from numpy.typing import NDArray

from sojourn.core.schedule import Cohort, Host, Pool, Request, Schedule, schedule, verify_schedule

COHORTS, HOSTS, WEEKS, POOLS = 500, 200, 30, 31
OPEN_WEEKS = (22, 12, 6)
LIMIT_S = 10.0


def request(open_weeks: int) -> Request:
    """Invented groups of 18 to 45 and hosts of 30 to 89 seats, each open in some weeks only."""
    random = np.random.default_rng(1)
    sizes, seats = random.integers(18, 46, COHORTS), random.integers(30, 90, HOSTS)
    homes, places = random.random((COHORTS, 2)), random.random((HOSTS, 2))
    distance = np.linalg.norm(homes[:, None] - places[None], axis=2)
    points = np.rint(1000 - 600 * distance).astype(int) + random.integers(0, 100, distance.shape)
    away = random.random((COHORTS, WEEKS)) < 0.3
    lengths, pools = random.integers(1, 3, COHORTS), random.integers(0, POOLS, COHORTS)
    closed = [random.permutation(WEEKS)[open_weeks:] + 1 for _ in range(HOSTS)]
    return Request(
        WEEKS,
        tuple(
            Cohort(f"c{at:03}", int(sizes[at]), int(lengths[at]), _weeks(away[at]), f"p{pools[at]:02}")
            for at in range(COHORTS)
        ),
        tuple(Host(f"h{at:03}", int(seats[at]), frozenset(closed[at].tolist())) for at in range(HOSTS)),
        {f"c{c:03}": {f"h{h:03}": int(points[c, h]) for h in range(HOSTS)} for c in range(COHORTS)},
        tuple(Pool(f"p{at:02}", 4, 50) for at in range(POOLS)),
    )


def measure() -> Iterator[Row]:
    for open_weeks in OPEN_WEEKS:
        asked = request(open_weeks)
        answers: list[Schedule] = []
        roomy = open_weeks == OPEN_WEEKS[0]
        seconds = median_time(
            lambda asked=asked, answers=answers: answers.append(schedule(asked)), repeat=3 if roomy else 1
        )
        size = f"{COHORTS} x {HOSTS} x {WEEKS}, hosts open in {open_weeks} weeks"
        yield Row(
            "schedule", size, seconds, LIMIT_S if roomy else None, peak_mib(), _quality(asked, answers[-1])
        )


def _weeks(flags: NDArray[np.bool_]) -> frozenset[int]:
    return frozenset((np.flatnonzero(flags) + 1).tolist())


def _quality(asked: Request, answer: Schedule) -> str:
    wrong = verify_schedule(asked, answer)
    placed = f"{len(answer.visits)} placed"
    gap = (answer.bound - answer.value) / answer.bound
    return "; ".join(wrong[:3]) or f"{placed}; verified; {'optimal' if answer.optimal else f'gap {gap:.2%}'}"
