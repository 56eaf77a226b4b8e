"""Moves: changes of hidden figures that keep every sum, found by linear and integer programs (HiGHS).

A move leads from the true table to another whole table with the same shown figures; the figures that it
changes are those that must be hidden for a reader to be unable to tell the two apart.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from sojourn.core.disclosure.problem import Mask, Problem, Vector, Whole

WHOLE = 1e-6
"""How far from a whole number a solution may be and still be read as one."""

CLOSE = 0.1
"""Relative gap at which the search for a whole move stops: a near-cheapest one serves as well."""


def cheapest_rise(problem: Problem, targets: Mapping[int, int], price: Vector, usable: Mask) -> Whole | None:
    """The cheapest move that lifts each figure in `targets` by exactly its amount; None when there is none.

    `price` is paid per unit of change; only `usable` figures change. A linear program first; an
    integer program only where its vertex is fractional.
    """
    columns = np.flatnonzero(usable)
    place = {int(column): at for at, column in enumerate(columns)}
    if any(figure not in place for figure in targets):
        return None
    low, high = (
        np.zeros(2 * len(columns)),
        np.concatenate([np.full(len(columns), np.inf), problem.room[columns]]),
    )
    for figure, amount in targets.items():
        low[place[figure]] = high[place[figure]] = amount
        high[place[figure] + len(columns)] = 0
    part = problem.matrix[:, columns]
    both = sparse.hstack([part, -part]).tocsr()
    found = _whole_solution(
        np.concatenate([price[columns], price[columns]]), Bounds(low, high), [LinearConstraint(both, 0, 0)]
    )
    return None if found is None else _spread(problem, columns, found)


def cheapest_spread(problem: Problem, figure: int, price: Vector, usable: Mask) -> tuple[Whole, Whole] | None:
    """Two moves that set one figure at least k apart, the upper one reaching k; None when there are none."""
    columns = np.flatnonzero(usable)
    count = len(columns)
    at = int(np.searchsorted(columns, figure))
    if at == count or columns[at] != figure:
        return None
    part = problem.matrix[:, columns]
    one = sparse.hstack([part, -part]).tocsr()
    apart = np.zeros(4 * count)
    apart[[at, at + 3 * count]], apart[[at + count, at + 2 * count]] = 1, -1
    upper = np.where(np.arange(4 * count) < 2 * count, apart, 0)
    found = _whole_solution(
        np.tile(price[columns], 4),
        Bounds(0, np.tile(np.concatenate([np.full(count, np.inf), problem.room[columns]]), 2)),
        [
            LinearConstraint(sparse.block_diag([one, one]).tocsr(), 0, 0),
            LinearConstraint(apart, problem.k, np.inf),
            LinearConstraint(upper, problem.k - problem.counts[figure], np.inf),
        ],
    )
    if found is None:
        return None
    return _spread(problem, columns, found[: 2 * count]), _spread(problem, columns, found[2 * count :])


def _whole_solution(cost: Vector, bounds: Bounds, constraints: list[LinearConstraint]) -> Vector | None:
    """The cheapest solution; where that is fractional, a whole one, near its support if there is one there.

    `bounds` must allow 0 wherever the low bound is not above it.
    """
    relaxed = milp(cost, bounds=bounds, constraints=constraints).x
    if relaxed is None or np.abs(relaxed - np.rint(relaxed)).max() < WHOLE:
        return None if relaxed is None else np.asarray(np.rint(relaxed))
    cheap = cost <= cost[relaxed > WHOLE].min()
    for high in (np.where(cheap | (relaxed > WHOLE), bounds.ub, 0), bounds.ub):
        found = milp(
            cost,
            integrality=np.ones(len(cost)),
            bounds=Bounds(bounds.lb, high),
            constraints=constraints,
            options={"mip_rel_gap": CLOSE},
        ).x
        if found is not None:
            return np.asarray(np.rint(found))
    return None


def _spread(problem: Problem, columns: NDArray[np.intp], found: Vector) -> Whole:
    """A solution over (rises, falls) of some columns as one move over all figures."""
    move = np.zeros_like(problem.counts)
    rises, falls = np.split(found, 2)
    move[columns] = (rises - falls).astype(np.int64)
    return move
