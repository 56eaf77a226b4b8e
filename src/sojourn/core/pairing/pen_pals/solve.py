"""Person-to-person pairing at national size: as many pairs as there can be, then points, then a bound."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from sojourn.core.pairing.pen_pals.arcs import judged, neighbours
from sojourn.core.pairing.pen_pals.bound import certified
from sojourn.core.pairing.pen_pals.cardinality import most_by, most_pairs
from sojourn.core.pairing.pen_pals.exchange import Exchange
from sojourn.core.pairing.pen_pals.people import Person, encode
from sojourn.core.pairing.pen_pals.polish import Effort, best_of_all, polished
from sojourn.core.pairing.pen_pals.problem import Index, Problem
from sojourn.core.pairing.rules import Points, Rules

SEED = 20_260_101
"""Fixed: chance only decides where to look first, and the same people must always get the same pairs."""
SMALL = 2_000
"""Up to so many a side the answer is the exact optimum, unless the limit per institution pair binds."""
WHOLE = 32_000
"""Up to so many a side everybody is looked at with everybody."""
EFFORT = (6, 4, 2)
LARGE_EFFORT = (4, 2, 0)
"""Common orders to start from, rounds of looking in blocks, rounds of looking among all."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pairing has come: pairs and points so far can only grow."""

    stage: str
    pairs: int
    points: int


@dataclass(frozen=True, slots=True)
class PenPals:
    """The pairs (left id, right id) sorted, who is left over, and the certificate.

    `most_pairs` bounds the number of pairs: `closed_set` names left people who together know only
    `len(closed_set) - (left people - most_pairs)` right people. `bound` is the most points any pairing with
    so many pairs could have; it follows from `prices`, one per right person in points. `gap` has no base
    weight in it.
    """

    pairs: tuple[tuple[str, str], ...]
    unpaired_left: tuple[str, ...]
    unpaired_right: tuple[str, ...]
    total: int
    bound: int
    most_pairs: int
    closed_set: tuple[str, ...]
    prices: dict[str, int]

    @property
    def gap(self) -> float:
        """How far the points can be below the optimum, as a fraction of the bound."""
        return 0.0 if self.bound <= 0 else (self.bound - self.total) / self.bound


def pair_people(
    left: Iterable[Person],
    right: Iterable[Person],
    *,
    rules: Rules | None = None,
    points: Points | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> PenPals:
    """Pair people of two sides: as many pairs as the hard rules allow, then as many points as can be found.

    Candidate pairs come from sorting both sides alike; a largest matching is completed until a closed set
    proves that nobody more can be paired; then everybody looks, at present prices, for better partners (in
    blocks of a common order that changes each round, in the end among all up to 32,000 a side), and an
    exact assignment over the pairs found decides. Each round can only improve. Under a limit per
    institution pair the number of pairs may fall short of `most_pairs`, which leaves the limit aside.

    `stop` is asked between rounds; when it answers True the best pairing so far is given. Without a stop the
    same people give the same pairs in whatever order they come; ids decide only between people who are alike
    in all that the rules and points see.

    Raises PairingError as `encode` does.

    **Source:** Hopcroft & Karp (1973); Goldberg & Kennedy (1995); column generation after Ford & Fulkerson
    (1958).
    """
    problem = Problem(*encode(left, right), rules or Rules(), points or Points())
    size = max(len(problem.left), len(problem.right))
    draw = np.random.default_rng(SEED)
    orders, in_blocks, among_all = EFFORT if size <= WHOLE else LARGE_EFFORT
    start = most_pairs(problem, judged(problem, neighbours(problem, orders, draw)))

    def tell(stage: str, mates: Index) -> None:
        if progress is not None:
            progress(Progress(stage, int((mates >= 0).sum()), problem.total(mates)))

    tell("everybody who can be paired", start.mates)
    if size <= SMALL and (best := best_of_all(problem)) is not None:
        end = Exchange(best, np.zeros(len(problem.right), dtype=np.int64))
        return _told(problem, end, start.closed, exact=True)
    end = polished(problem, start, draw, Effort(in_blocks, among_all, stop or (lambda: False), tell))
    return _told(problem, end, start.closed, exact=False)


def _told(problem: Problem, end: Exchange, closed: Index, *, exact: bool) -> PenPals:
    left, right = problem.left, problem.right
    rows = np.flatnonzero(end.mates >= 0)
    lone = np.setdiff1d(np.arange(len(right)), end.mates[rows])
    total = problem.total(end.mates)
    bound, prices = total, end.prices
    if not exact:
        whole = max(len(left), len(right)) <= WHOLE
        bound, prices = certified(problem, end.prices, len(rows), whole=whole)
    return PenPals(
        pairs=tuple(sorted((left.ids[row], right.ids[end.mates[row]]) for row in rows.tolist())),
        unpaired_left=tuple(sorted(left.ids[row] for row in np.flatnonzero(end.mates < 0).tolist())),
        unpaired_right=tuple(sorted(right.ids[column] for column in lone.tolist())),
        total=total,
        bound=bound,
        most_pairs=most_by(problem, closed),
        closed_set=tuple(sorted(left.ids[row] for row in closed.tolist())),
        prices=dict(zip(right.ids, prices.tolist(), strict=True)),
    )
