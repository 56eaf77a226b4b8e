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
    """The cheapest move that lifts each figure in `targets` by exactly its amount; None when none was found.

    `price` is paid per unit of change; only `usable` figures change. For a single target None means that
    there is no such move; for several it may also mean that the linear program's answer is fractional.
    """
    columns = np.flatnonzero(usable)
    place = np.full(len(problem.counts), -1)
    place[columns] = np.arange(len(columns))
    lifted = place[list(targets)]
    if (lifted < 0).any():
        return None
    low = np.zeros(2 * len(columns))
    high = np.concatenate([np.full(len(columns), np.inf), problem.room[columns]])
    low[lifted] = high[lifted] = list(targets.values())
    high[lifted + len(columns)] = 0
    found = _whole_solution(
        np.tile(price[columns], 2),
        Bounds(low, high),
        [LinearConstraint(_rises_and_falls(problem, columns), 0, 0)],
        insist=len(targets) == 1,
    )
    return None if found is None else _spread(problem, columns, found)


def cheapest_spread(problem: Problem, figure: int, price: Vector, usable: Mask) -> tuple[Whole, Whole] | None:
    """Two moves that set one figure at least k apart, the upper one reaching k; None when there are none."""
    columns = np.flatnonzero(usable)
    count = len(columns)
    at = int(np.searchsorted(columns, figure))
    if at == count or columns[at] != figure:
        return None
    one = _rises_and_falls(problem, columns)
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
        insist=True,
    )
    if found is None:
        return None
    return _spread(problem, columns, found[: 2 * count]), _spread(problem, columns, found[2 * count :])


def _rises_and_falls(problem: Problem, columns: NDArray[np.intp]) -> sparse.csr_array:
    """The sums over the rises and falls of some figures."""
    part = problem.matrix[:, columns]
    return sparse.hstack([part, -part]).tocsr()


def _whole_solution(
    cost: Vector, bounds: Bounds, constraints: list[LinearConstraint], *, insist: bool
) -> Vector | None:
    """The cheapest solution if it is whole; else, if one insists, a whole one, near it if there is one there.

    Where the low bound is 0, so may be the high one.
    """
    relaxed = milp(cost, bounds=bounds, constraints=constraints).x
    if relaxed is None:
        return None
    if np.abs(relaxed - np.rint(relaxed)).max() < WHOLE:
        return np.asarray(np.rint(relaxed))
    near = (cost <= cost.min()) | (relaxed > WHOLE)
    for high in (np.where(near, bounds.ub, 0), bounds.ub) if insist else ():
        found = milp(
            cost,
            integrality=np.ones(len(cost), dtype=np.int64),
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
