"""A check of a matrix pairing that shares nothing with the solver: no improving path or cycle is left."""

import numpy as np
from numpy.typing import ArrayLike

from sojourn.core.pairing.matrix import MatrixPairs, Sense


def verify_matrix_pairs(weights: ArrayLike, outcome: MatrixPairs, *, sense: Sense = "max") -> list[str]:
    """Everything wrong with `outcome`, in words; an empty list means it is a best pairing.

    Rows and columns are used once, no cell is forbidden, the total is right, and no exchange along an
    alternating path or cycle gives more pairs, or as many with a better total: then none is better (Berge
    1957; Klein 1967).
    """
    matrix = np.array(weights, dtype=np.float64).reshape(len(np.atleast_1d(weights)), -1)
    rows, columns = [row for row, _ in outcome.pairs], [column for _, column in outcome.pairs]
    faults = []
    if len(set(rows)) < len(rows) or len(set(columns)) < len(columns):
        faults.append("a row or column is paired twice")
    if any(np.isnan(matrix[pair]) for pair in outcome.pairs):
        faults.append("a forbidden cell is paired")
    if not faults and not np.isclose(sum(matrix[pair] for pair in outcome.pairs), outcome.total, rtol=1e-9):
        faults.append(f"the total is not {outcome.total}")
    if not faults and matrix.size:
        faults += _improvements(matrix if sense == "max" else -matrix, rows, columns)
    return faults


def _improvements(gain: np.ndarray, rows: list[int], columns: list[int]) -> list[str]:
    """Bellman and Ford over exchanges between rows: row a gives up its place, row b takes over a's column."""
    height, width = gain.shape
    scale = np.nanmax(np.abs(gain), initial=1.0)
    more = (scale + 1.0) * 2 * (min(height, width) + 1)
    # Row `height` stands for "no row": a free column is its mate, and taking it costs one pair nowhere else.
    worth = np.full((height + 1, width + 1), -np.inf)
    worth[:height, :width] = np.where(np.isnan(gain), -np.inf, gain + more)
    worth[height, :] = worth[:, width] = 0.0
    partner = np.full(height, width)
    partner[rows] = columns
    free = [column for column in range(width) if column not in set(columns)]
    # change[a, b]: what is won when a moves from its own column to b's; column `height` is the best free one.
    change = np.full((height + 1, height + 1), -np.inf)
    own = worth[np.arange(height), partner]
    change[:height, :height] = worth[:height][:, partner] - own[:, None]
    change[:height, height] = np.maximum(worth[:height][:, free].max(axis=1, initial=-np.inf), 0.0) - own
    change[height, :height] = 0.0
    np.fill_diagonal(change, -np.inf)
    best = np.zeros(height + 1)
    slack = 1e-9 * more
    for _ in range(height + 2):
        better = np.maximum(best, (change + best[None, :]).max(axis=1))
        if np.all(better <= best + slack):
            return []
        best = better
    return ["another pairing is better: an improving path or cycle is left"]
