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
    """Bounds from smoothed prices, and from the lowest prices at which their g still holds."""
    if not len(problem.left) or not len(problem.right):
        return []
    smooth = _smoothed(problem.right, prices)
    best = best_by_index(problem, smooth)
    if best is None:
        return []
    tight = best_by_index(problem.mirrored(), best)
    return [(best, smooth)] if tight is None else [(best, smooth), (best, tight)]


def _bound(best: Index, prices: Index, pairs: int) -> int:
    """The bound of this module's first lines; `best` is g, NEVER where nobody may be a partner."""
    return _largest(np.maximum(best, NEVER), pairs) + _largest(prices, pairs)


def _potentials(side: People, points: Points) -> Index:
    """What each person could get at the very best: all own tags shared, the medium, a second language."""
    tags = np.bitwise_count(side.tags).sum(axis=1, dtype=np.int64) * points.shared_tag
    languages = (np.bitwise_count(side.languages).sum(axis=1, dtype=np.int64) > 1) * points.second_language
    worth: Index = tags + languages + (side.media != NO_MEDIUM) * points.same_medium
    return worth


def _smoothed(right: People, prices: Index) -> Index:
    """Prices explained by what people offer (tags, how many, age, languages, medium), to whole points.

    Prices found in many separate shards are noisy, and a bound suffers from the lowest of many noisy
    prices; a least-squares fit keeps what they have in common.
    """
    tags = [
        (right.tags[:, word].astype(np.uint64) >> np.uint64(bit)) & np.uint64(1)
        for word in range(right.tags.shape[1])
        for bit in range(right.tags.dtype.itemsize * 8)
    ]
    kinds = (
        np.bitwise_count(right.tags).sum(axis=1),
        right.ages,
        right.media,
        *(right.languages[:, word] for word in range(right.languages.shape[1])),
    )
    indicators = []
    for kind in kinds:
        names, number, counts = np.unique(kind, return_inverse=True, return_counts=True)
        common = np.flatnonzero(counts * 1_000 >= len(right))[:100]
        indicators += [number.reshape(-1) == name for name in common.tolist() if len(names) > 1]
    design = np.column_stack([*tags, *indicators, np.ones(len(right))]).astype(np.float32)
    square = (design.T @ design).astype(np.float64) + 1e-3 * np.eye(design.shape[1])
    weights = np.linalg.solve(square, design.T.astype(np.float64) @ prices)
    return np.rint(design @ weights).astype(np.int64)


def _largest(values: Index, count: int) -> int:
    return int(np.sort(values)[len(values) - count :].sum())
