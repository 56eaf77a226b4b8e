"""The attacker: what anyone can work out about hidden figures from everything that was published."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from sojourn.core.disclosure.tables import Cell, ContradictionError, Published, Sum, name_of

Vector = NDArray[np.float64]

WHOLE = 1e-6
"""How far from a whole number a solution may be and still be read as one."""


class Interval(NamedTuple):
    """The least and the greatest count that a hidden figure can have; None: no upper end."""

    low: int
    high: int | None

    def protects(self, k: int) -> bool:
        """Whether the interval is at least `k` wide and reaches `k`."""
        return self.high is None or (self.high >= k and self.high - self.low >= k)


def attack(*published: Published, least_hidden: int = 0) -> dict[Cell, Interval]:
    """The sharpest interval for every figure that is hidden in all of `published` taken together.

    The attacker knows every shown figure of every table and edition, every sum, and that counts are whole
    and not negative. With `least_hidden=1` he has also read that zeros are never hidden, so that
    a hidden figure is at least 1. Intervals are exact: both ends are reached by some table of whole counts.
    Keys come in the order of the figures' names. Raises ContradictionError when no table fits.

    **Source:** Fischetti & Salazar 2001, Solving the cell suppression problem on tabular data with linear
    constraints, Management Science 47 (the attacker's subproblems).
    """
    shown, hidden, sums = _together(published)
    system = _System.of(hidden, sums, shown, least_hidden)
    endless = system.without_upper_end()
    return {
        cell: Interval(system.extreme(at, -1), None if endless[at] else system.extreme(at, +1))
        for at, cell in enumerate(hidden)
    }


def _together(published: Sequence[Published]) -> tuple[dict[Cell, int], list[Cell], list[Sum]]:
    shown: dict[Cell, int] = {}
    named: set[Cell] = set()
    sums: dict[Sum, None] = {}
    for view in published:
        sums.update(dict.fromkeys(view.sums))
        for cell, count in view.figures.items():
            named.add(cell)
            if count is not None and shown.setdefault(cell, count) != count:
                raise ContradictionError(
                    f"{name_of(cell)} is published as {shown[cell]} and as {count}; "
                    "give a revised figure its own name"
                )
    named.update(cell for tie in sums for cell in (tie.total, *tie.parts))
    return shown, sorted(named - shown.keys()), sorted(sums, key=lambda tie: (tie.total, tie.parts))


@dataclass(frozen=True, slots=True)
class _System:
    """The linear system over hidden figures: `matrix @ x = rhs`, `x >= least`; x whole."""

    cells: Sequence[Cell]
    matrix: sparse.csr_array
    rhs: Vector
    least: int

    @classmethod
    def of(
        cls, hidden: Sequence[Cell], sums: Sequence[Sum], shown: Mapping[Cell, int], least: int
    ) -> "_System":
        place = {cell: at for at, cell in enumerate(hidden)}
        rows: dict[tuple[tuple[int, int], ...], int] = {}
        for tie in sums:
            signed = [(tie.total, -1), *((part, 1) for part in tie.parts)]
            terms = tuple(sorted((place[cell], sign) for cell, sign in signed if cell in place))
            constant = -sum(sign * shown[cell] for cell, sign in signed if cell in shown)
            if rows.setdefault(terms, constant) != constant or (not terms and constant):
                raise ContradictionError(f"the published parts of {name_of(tie.total)} do not add up to it")
        matrix = sparse.lil_array((len(rows), len(hidden)))
        for row, terms in enumerate(rows):
            for column, sign in terms:
                matrix[row, column] = sign
        return cls(hidden, matrix.tocsr(), np.array(list(rows.values()), dtype=float), least)

    def extreme(self, at: int, sign: int) -> int:
        """The least (sign -1) or greatest (+1) whole count of one figure."""
        cost = np.zeros(len(self.cells))
        cost[at] = -sign
        for integral in (0, 1):
            found = milp(
                cost,
                integrality=np.full(len(cost), integral),
                bounds=Bounds(self.least, np.inf),
                constraints=LinearConstraint(self.matrix, self.rhs, self.rhs),
            )
            if found.x is None:
                raise ContradictionError(f"no table of counts has these figures ({name_of(self.cells[at])})")
            if np.abs(found.x - np.rint(found.x)).max() < WHOLE:
                break
        return round(float(np.asarray(found.x)[at]))

    def without_upper_end(self) -> NDArray[np.bool_]:
        """Which figures can grow for ever: the support of the recession cone, by one linear program.

        Maximises the sum of z over directions x = z + w, 0 <= z <= 1, w >= 0 of the cone.
        """
        count = len(self.cells)
        if not count:
            return np.zeros(0, dtype=bool)
        found = milp(
            np.concatenate([-np.ones(count), np.zeros(count)]),
            bounds=Bounds(0, np.concatenate([np.ones(count), np.full(count, math.inf)])),
            constraints=LinearConstraint(sparse.hstack([self.matrix, self.matrix]).tocsr(), 0, 0),
        )
        return np.asarray(found.x)[:count] > 0.5
