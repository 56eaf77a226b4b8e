"""Which of several equally right matrices is the answer: the first row's first column comes first.

A cell whose quotient lies on a signpost may be rounded either way, if others make up for it. Cell by cell, in
the order of rows and then columns, each gets the higher number if some rounding of the cells after it allows
that.
"""

from collections import deque
from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from sojourn.core.apportion.matrix.moves import Flags
from sojourn.core.apportion.matrix.outcome import Matrix, Whole


def cells_on_signposts(
    matrix: Matrix, seats: Whole, rows: Iterable[int], divisors: tuple[list[Fraction], list[Fraction]]
) -> tuple[Flags, Flags]:
    """Cells that may have one seat more, and cells that may have one less, by exact comparison in the given
    rows.
    """
    by_row, by_column = divisors
    more = np.zeros(seats.shape, dtype=np.bool_)
    less = np.zeros(seats.shape, dtype=np.bool_)
    for row in rows:
        for column, (weight, got) in enumerate(zip(matrix.exact[row], seats[row].tolist(), strict=True)):
            doubled = 2 * weight * matrix.unit / (by_row[row] * by_column[column])
            more[row, column] = weight > 0 and doubled == 2 * got + 1
            less[row, column] = got > 0 and doubled == 2 * got - 1
    return more, less


def first_in_order(seats: Whole, more: Flags, less: Flags, cells: Iterable[tuple[int, int]]) -> Whole:
    """The seats that put the earliest cells first; `cells` names those on signposts, in their order."""
    rounding = _Rounding(seats, more, less)
    for row, column in cells:
        if rounding.more[row, column]:
            rounding.raise_cell(row, column)
        rounding.fix(row, column)
    return rounding.seats


class _Rounding:
    """A choice of rounding; in `ways[j, k]` rows it can still be changed by a seat from column j to k."""

    def __init__(self, seats: Whole, more: Flags, less: Flags) -> None:
        self.seats, self.more, self.less = seats.copy(), more.copy(), less.copy()
        self.ways = less.T.astype(np.int64) @ more.astype(np.int64)

    def fix(self, row: int, column: int) -> None:
        """Let this cell be as it is."""
        self._set(row, column, more=False, less=False)

    def raise_cell(self, row: int, column: int) -> None:
        """One seat more in this cell, if some round trip allows it."""
        givers = set(np.flatnonzero(self.less[row]).tolist())
        chain = self._chain(column, givers)
        if chain is None:
            return
        steps = [(self._row_that_can(source, target), source, target) for source, target in chain]
        giver = chain[-1][1] if chain else column
        for changed, source, target in [*steps, (row, giver, column)]:
            self.seats[changed, source] -= 1
            self.seats[changed, target] += 1
            self._set(changed, source, more=True, less=False)
            self._set(changed, target, more=False, less=True)

    def _chain(self, start: int, goals: set[int]) -> list[tuple[int, int]] | None:
        """Moves that carry a seat from the start to one of the goals (breadth first)."""
        came_from: dict[int, int] = {start: start}
        waiting = deque([start])
        while waiting:
            column = waiting.popleft()
            if column in goals:
                return _steps(came_from, column)
            for following in np.flatnonzero(self.ways[column]).tolist():
                if following not in came_from:
                    came_from[following] = column
                    waiting.append(following)
        return None

    def _row_that_can(self, source: int, target: int) -> int:
        return int((self.less[:, source] & self.more[:, target]).argmax())

    def _set(self, row: int, column: int, *, more: bool, less: bool) -> None:
        self.ways -= np.outer(self.less[row], self.more[row])
        self.more[row, column], self.less[row, column] = more, less
        self.ways += np.outer(self.less[row], self.more[row])


def _steps(came_from: dict[int, int], end: int) -> list[tuple[int, int]]:
    steps: list[tuple[int, int]] = []
    while came_from[end] != end:
        steps.append((came_from[end], end))
        end = came_from[end]
    return steps[::-1]
