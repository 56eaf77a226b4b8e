"""Exact pairing on a matrix of weights with forbidden cells, up to a few thousand a side."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linear_sum_assignment

from sojourn.core.pairing.rules import PairingError

type Sense = Literal["min", "max"]

LARGEST_SIDE = 5_000
LARGEST_WEIGHT = 1e11
"""Whole weights up to here stay exact at every size that is accepted."""


@dataclass(frozen=True, slots=True)
class MatrixPairs:
    """Pairs (row, column) in row order, and the exact sum of their weights."""

    pairs: tuple[tuple[int, int], ...]
    total: float


def pair_matrix(weights: ArrayLike, *, sense: Sense = "max") -> MatrixPairs:
    """The best pairing of rows with columns: as many pairs as possible first, then the best total weight.

    `weights` has shape (rows, columns); NaN marks a forbidden cell. Weights of either sign are allowed, up to
    1e11 in size. The optimum is exact for whole weights (for others, to the rounding of a sum). Several best
    pairings have the same number of pairs and total; which one is given is fixed by the matrix as it stands.

    Raises PairingError for an infinite or too large weight, a ragged or too large matrix.

    **Source:** H. W. Kuhn (1955), The Hungarian method; D. F. Crouse (2016), On implementing 2D rectangular
    assignment algorithms (the shortest augmenting paths of SciPy).
    """
    matrix = _checked(weights)
    forbidden = np.isnan(matrix)
    if matrix.size == 0 or forbidden.all():
        return MatrixPairs((), 0.0)
    costs = -matrix if sense == "max" else matrix
    lowest, highest = float(np.nanmin(costs)), float(np.nanmax(costs))
    dearer_than_all = (highest - lowest + 1.0) * (min(matrix.shape) + 1)
    rows, columns = linear_sum_assignment(np.where(forbidden, dearer_than_all, costs - lowest))
    kept = ~forbidden[rows, columns]
    pairs = tuple(zip(rows[kept].tolist(), columns[kept].tolist(), strict=True))
    return MatrixPairs(pairs, math.fsum(matrix[row, column] for row, column in pairs))


def _checked(weights: ArrayLike) -> NDArray[np.float64]:
    try:
        matrix = np.array(weights, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise PairingError("weights must be numbers in rows of equal length; NaN forbids a cell") from error
    if matrix.ndim == 1 and matrix.size == 0:
        matrix = matrix.reshape(0, 0)
    if matrix.ndim != 2:
        raise PairingError(f"weights must have rows and columns, not {matrix.ndim} dimensions")
    if max(matrix.shape) > LARGEST_SIDE:
        raise PairingError(f"{max(matrix.shape)} on a side is too large for a matrix: at most {LARGEST_SIDE}")
    wrong = np.argwhere(np.isinf(matrix) | (np.abs(matrix) > LARGEST_WEIGHT))
    if len(wrong):
        row, column = wrong[0].tolist()
        where = f"row {row}, column {column}"
        raise PairingError(
            f"weight {matrix[row, column]} in {where}: give one of size up to {LARGEST_WEIGHT:g}"
        )
    return matrix
