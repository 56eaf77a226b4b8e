"""Column divisors from the seats: as far from every signpost as the cheapest moves between columns allow."""

from fractions import Fraction
from itertools import pairwise
from math import exp, log

import numpy as np

from sojourn.core.apportion.matrix.exact import settle_groups
from sojourn.core.apportion.matrix.moves import Flags, Moves, Paths, gaining_trip
from sojourn.core.apportion.matrix.outcome import Floats, Matrix, Whole

NEAR = 1e-9
"""Columns joined by a round trip shorter than this are compared exactly."""


def settle_columns(matrix: Matrix, seats: Whole, near: float = NEAR) -> tuple[Whole, list[Fraction], Flags]:
    """Seats that no round trip improves, exact column divisors for them, and which divisors float error
    leaves free.

    The divisors keep as far from every signpost as the round trips allow, so that a quotient lies on a
    signpost only where it must. Columns joined by a round trip shorter than `near` are compared exactly, and
    are not free.
    """
    while True:
        moves = Moves.of(matrix, seats)
        trip = gaining_trip(moves.cost)
        if trip is None:
            paths = Paths.through(moves.cost)
            divisors = [_exponential(-level) for level in _central(moves.cost, paths.length).tolist()]
            free, trip = settle_groups(matrix, seats, moves, paths, divisors=divisors, near=near)
            if trip is None:
                return seats, divisors, free
        seats = _moved(seats, moves, trip)


def _moved(seats: Whole, moves: Moves, trip: list[int]) -> Whole:
    """The seats after one round trip."""
    seats = seats.copy()
    for source, target in pairwise([*trip, trip[0]]):
        row = moves.row[source, target]
        seats[row, source] -= 1
        seats[row, target] += 1
    return seats


def _central(cost: Floats, length: Floats) -> Floats:
    """Levels y with y[k] - y[j] <= cost[j, k], strictly wherever they can be: the mean over all starting
    columns.
    """
    if not np.isfinite(length).all():
        wide = 1 + 2 * np.abs(length[np.isfinite(length)]).max(initial=0)
        length = Paths.through(np.minimum(cost, wide)).length
    level: Floats = length.mean(axis=0)
    return level - level.mean()


def _exponential(level: float) -> Fraction:
    """exp(level) to the last place of a float, however large."""
    doublings = round(level / log(2))
    return Fraction(exp(level - doublings * log(2))) * Fraction(2) ** doublings
