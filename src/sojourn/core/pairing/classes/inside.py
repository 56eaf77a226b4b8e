"""Pupils of two classes: one to one, and trios for those whom the larger class has more."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from sojourn.core.pairing.pen_pals.problem import Index, Problem


def pupils_paired(
    problem: Problem, rows: Index, columns: Index, *, plain: bool = False
) -> tuple[list[tuple[int, int]], int]:
    """Who writes to whom for the most points, everybody at least once; and the points.

    Each pupil of the smaller class has two seats, of which the first must be taken; each of the larger
    takes one. With `plain` the pupils are seated in the order given, without a search.
    """
    _, worth = problem.judge(rows[:, None], columns[None, :])
    larger_left = len(rows) >= len(columns)
    seats = worth if larger_left else worth.T
    many, few = seats.shape
    if plain:
        seated, taken = np.arange(many), np.arange(many)
    else:
        first = (int(worth.max(initial=0)) + 1) * (many + 1)
        seated, taken = linear_sum_assignment(np.hstack([seats + first, seats]), maximize=True)
    partner = taken % few
    total = int(seats[seated, partner].sum())
    if larger_left:
        return list(zip(rows[seated].tolist(), columns[partner].tolist(), strict=True)), total
    return list(zip(rows[partner].tolist(), columns[seated].tolist(), strict=True)), total
