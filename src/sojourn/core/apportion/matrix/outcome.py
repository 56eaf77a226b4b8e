"""What a biproportional apportionment gives back, and the matrix that it works on."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.float64]
type Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Biproportional:
    """Seats by row and column, and the divisors that give them.

    In every cell, weight / (row divisor * column divisor) rounds to the seats. `ties` names the cells (row,
    column) whose quotient lies exactly on a signpost, so that it may be rounded either way; empty in the
    usual case, where the seats are the only ones possible.
    """

    seats: dict[str, dict[str, int]]
    row_divisors: dict[str, Fraction]
    column_divisors: dict[str, Fraction]
    ties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Checked input with rows and columns in the order of their names.

    The exact weight of a cell is `exact[row][column] * unit`; `weights` is the same relative to the largest,
    in [0, 1]. `supply` and `demand` are the seats of rows and columns, of equal sum.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    exact: tuple[tuple[int, ...], ...]
    unit: Fraction
    weights: Floats
    supply: Whole
    demand: Whole

    def transposed(self) -> "Matrix":
        """The same with rows and columns exchanged."""
        exact = tuple(zip(*self.exact, strict=True))
        return Matrix(
            self.columns, self.rows, exact, self.unit, self.weights.T.copy(), self.demand, self.supply
        )


type Table[Number] = Mapping[str, Mapping[str, Number]]
