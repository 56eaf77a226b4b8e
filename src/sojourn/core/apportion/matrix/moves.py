"""Moving one seat from column to column: what it costs, the cheapest chains of moves, and round trips that
gain.

Moving a seat from column j to k within row i multiplies the cost of a matrix by

    ((s[i,k] + 1/2) / w[i,k]) / ((s[i,j] - 1/2) / w[i,j]).

Divisors exist exactly when no round trip of such moves gains anything, that is, has a product below 1.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sojourn.core.apportion.matrix.outcome import Floats, Matrix, Whole

type Flags = npt.NDArray[np.bool_]

SURE = 1e-11
"""A round trip whose logarithm is below this, negated, gains beyond the doubt of floats."""


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """The cheapest moves of one seat between each two columns, as logarithms, and the row of each."""

    cost: Floats
    row: Whole
    gain: Floats
    loss: Floats

    @classmethod
    def of(cls, matrix: Matrix, seats: Whole) -> "Moves":
        """The moves that these seats allow; infinite where there is none."""
        with np.errstate(divide="ignore", invalid="ignore"):
            gain = np.log((seats + 0.5) / matrix.weights)
            loss = np.where(seats > 0, np.log((seats - 0.5) / matrix.weights), -np.inf)
        width = len(matrix.columns)
        cost, row = np.full((width, width), np.inf), np.zeros((width, width), dtype=np.int64)
        for source in range(width):
            steps = gain - loss[:, source, None]
            row[source] = steps.argmin(axis=0)
            cost[source] = steps[row[source], np.arange(width)]
        np.fill_diagonal(cost, np.inf)
        return cls(cost, row, gain, loss)


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Lengths of the shortest chains of moves between columns, and the next column on each."""

    length: Floats
    following: Whole

    @classmethod
    def through(cls, cost: Floats) -> "Paths":
        """All shortest chains (Floyd and Warshall); no round trip may gain."""
        length = cost.copy()
        np.fill_diagonal(length, 0)
        following = np.tile(np.arange(len(cost)), (len(cost), 1))
        for middle in range(len(cost)):
            detour = length[:, middle, None] + length[middle]
            shorter = detour < length
            if shorter.any():
                length = np.where(shorter, detour, length)
                following = np.where(shorter, following[:, middle, None], following)
        return cls(length, following)

    def chain(self, source: int, target: int) -> list[int]:
        """The columns from source to target, both included."""
        chain = [source]
        while chain[-1] != target and len(chain) <= len(self.length):
            chain.append(int(self.following[chain[-1], target]))
        return chain


def gaining_trip(cost: Floats) -> list[int] | None:
    """The columns of a round trip that gains beyond doubt, in order; None if there is none (Bellman and
    Ford).
    """
    level = np.zeros(len(cost))
    steps: list[Whole] = []
    for _ in range(len(cost)):
        arrival = level[:, None] + cost
        before = arrival.argmin(axis=0)
        lower = arrival[before, np.arange(len(cost))]
        better = lower < level - SURE
        if not better.any():
            return None
        steps.append(np.where(better, before, -1))
        level = np.where(better, lower, level)
    trail = [int(np.flatnonzero(better)[0])]
    for step in reversed(steps):
        before_last = int(step[trail[-1]])
        trail.append(trail[-1] if before_last < 0 else before_last)
    return loop(trail)


def loop(trail: list[int]) -> list[int]:
    """The first columns between two visits to the same one, turned from backwards to forwards."""
    seen: list[int] = []
    for column in trail:
        if seen and column == seen[-1]:
            continue
        if column in seen:
            return seen[seen.index(column) :][::-1]
        seen.append(column)
    raise ArithmeticError("a round trip was lost: the weights are too extreme for this method")
