"""Inequalities that every safe pattern satisfies, found by linear-programming duality.

A pattern is a 0/1 vector y over figures (1 = hidden). For a figure c, the most that c can rise or fall when
figure i may move by `capacity_i * y_i` is a linear program; its dual prices give an inequality
`coefficients @ y >= needed * y_c` that y violates exactly when c is not safe.
"""

from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from sojourn.core.disclosure.problem import Problem, Vector

VIOLATED = 1e-4
"""The least violation that makes a cut worth keeping."""

FAINT = 1e-3
"""Capacity left to shown figures while a cut is sought, so that it is tight at more than one pattern."""


def line_rules(problem: Problem) -> sparse.csr_array:
    """Each hidden figure of a sum needs another one in the same sum; rows r with r @ (y, z) >= 0.

    z has one entry per sum, at least y of each of its figures; a sum hides at least 2 z of them.
    """
    sums, count = problem.matrix.shape
    member = problem.matrix.tocoo()
    each = np.arange(member.nnz)
    covers = sparse.csr_array(
        (
            np.tile([1.0, -1.0], member.nnz),
            (np.repeat(each, 2), np.stack([member.row + count, member.col]).T.ravel()),
        ),
        shape=(member.nnz, count + sums),
    )
    two: sparse.csr_array = sparse.hstack([abs(problem.matrix), -2.0 * sparse.eye_array(sums)], format="csr")
    return sparse.csr_array(sparse.vstack([two, covers]))


def capacity_cut(problem: Problem, figure: int, pattern: Vector) -> Vector | None:
    """A row r with r @ y >= 0 for every safe y and r @ pattern < 0; None when there is none to be found.

    **Source:** the capacity constraints of Fischetti & Salazar 2001, for a sliding protection level: rise and
    fall together at least k. Coefficients larger than what is needed are cut down to it.
    """
    needed = float(problem.k)
    weights = _dual_prices(problem, figure, pattern, +1) + _dual_prices(problem, figure, pattern, -1)
    needed -= weights[figure]
    if needed <= VIOLATED:
        return None
    weights[figure] = 0
    cut = np.asarray(np.minimum(weights, needed) / needed)
    cut[~problem.may_hide] = 0
    cut[figure] = -1
    return cut if cut @ pattern < -VIOLATED else None


def _dual_prices(problem: Problem, figure: int, pattern: Vector, direction: int) -> Vector:
    """What each figure's being hidden is worth to the rise (+1) or fall (-1) of `figure`.

    A figure that can rise without end is worth at least k, whatever its price.
    """
    k, count = float(problem.k), len(problem.counts)
    usable = np.where(problem.may_hide, np.maximum(pattern, FAINT), 0)
    falls = np.minimum(problem.room, k * 2) * usable
    rises = k * 2 * usable
    falls[figure], rises[figure] = min(float(problem.room[figure]), k), k
    objective = np.zeros(count)
    objective[figure] = -direction
    matrix: Any = problem.matrix  # the stubs know dense matrices only
    found = linprog(
        objective,
        A_eq=matrix,
        b_eq=np.zeros(problem.matrix.shape[0]),
        bounds=np.column_stack([-falls, rises]).tolist(),
        method="highs",
    )
    fall_prices, rise_prices = found.lower.marginals, -found.upper.marginals
    worth = np.where(rise_prices > VIOLATED, k, 0) + problem.room * np.maximum(fall_prices, 0)
    worth[figure] = k if rise_prices[figure] > VIOLATED else worth[figure]
    return np.asarray(worth, dtype=float)
