"""An upper bound on the points of any pairing with a given number of pairs, from prices on the right people.

For any prices p, a pair (i, j) is worth at most g(i) + p(j), where g(i) is the best of worth(i, j') - p(j')
over all j' that i may be paired with. A pairing of N pairs uses N different people of each side; so its
points are at most the N largest g plus the N largest p. That holds for every p; good prices make it tight
(linear duality).
"""

import numpy as np

from sojourn.core.pairing.pen_pals.index import best_by_index
from sojourn.core.pairing.pen_pals.people import NO_MEDIUM, People
from sojourn.core.pairing.pen_pals.pricing import NEVER, everybody, look
from sojourn.core.pairing.pen_pals.problem import Index, Problem
from sojourn.core.pairing.rules import Points


def certified(problem: Problem, prices: Index, pairs: int, *, whole: bool) -> tuple[int, Index]:
    """The best bound at hand, and the prices that prove it; with `whole` all pairs are looked at."""
    nothing, free = np.zeros(len(problem.left), dtype=np.int64), np.zeros(len(problem.right), dtype=np.int64)
    tried = [
        (_potentials(problem.left, problem.points), free),
        (nothing, _potentials(problem.right, problem.points)),
    ]
    if whole:
        tried.append((look(problem, prices, everybody(problem)).best, prices))
    else:
        tried += _by_index(problem, prices)
    bounds = [_bound(best, asked, pairs) for best, asked in tried]
    least = bounds.index(min(bounds))
    return bounds[least], tried[least][1]


def _by_index(problem: Problem, prices: Index) -> list[tuple[Index, Index]]:
    """Bounds from the prices as they are, and from the lowest at which their g still holds."""
    if not len(problem.left) or not len(problem.right):
        return []
    best = best_by_index(problem, prices)
    if best is None:
        return []
    lowest = best_by_index(problem.mirrored(), best)
    return [(best, prices)] if lowest is None else [(best, prices), (best, lowest)]


def _bound(best: Index, prices: Index, pairs: int) -> int:
    """The bound of this module's first lines; `best` is g, NEVER where nobody may be a partner."""
    return _largest(np.maximum(best, NEVER), pairs) + _largest(prices, pairs)


def _potentials(side: People, points: Points) -> Index:
    """What each person could get at the very best: all own tags shared, the medium, a second language."""
    tags = np.bitwise_count(side.tags).sum(axis=1, dtype=np.int64) * points.shared_tag
    languages = (np.bitwise_count(side.languages).sum(axis=1, dtype=np.int64) > 1) * points.second_language
    worth: Index = tags + languages + (side.media != NO_MEDIUM) * points.same_medium
    return worth


def _largest(values: Index, count: int) -> int:
    return int(np.sort(values)[len(values) - count :].sum())
