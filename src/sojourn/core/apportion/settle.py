"""The last seats: claims so close that floats cannot tell them apart are ordered exactly, then by the
declared order."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

from sojourn.core.apportion.methods import Floats
from sojourn.core.apportion.outcome import Tie
from sojourn.core.apportion.problem import Problem, Seats

NARROW = 2.0**-46
"""Relative width within which two floats of a few operations each may stand in the wrong order."""


def settle(
    problem: Problem, sure: Seats, possible: Seats, claim: Callable[[int, int], Fraction | int]
) -> tuple[Seats, Tie | None]:
    """Seats of everybody, given those that are `sure` and those that are still `possible`.

    `claim(party, n)` is the exact strength of a party's claim to its n-th seat, falling in n. Equal claims to
    fewer seats than claimants are a tie, settled by the order of the problem.
    """
    left = problem.seats - int(sure.sum())
    contested = [
        (claim(party, seat), party)
        for party in np.flatnonzero(possible > sure).tolist()
        for seat in range(int(sure[party]) + 1, int(possible[party]) + 1)
    ]
    contested.sort(key=lambda entry: (-entry[0], problem.rank(entry[1])))
    seats = sure.copy()
    for _, party in contested[:left]:
        seats[party] += 1
    return seats, _tie(problem, contested, left)


def _tie(problem: Problem, contested: Sequence[tuple[Fraction | int, int]], left: int) -> Tie | None:
    if not 0 < left < len(contested) or contested[left - 1][0] != contested[left][0]:
        return None
    bar = contested[left][0]
    equal = [place for place, (claim, _) in enumerate(contested) if claim == bar]
    names = tuple(problem.names[contested[place][1]] for place in equal)
    return Tie(names, left - equal[0])


def bisect_level(
    total: Callable[[float], int],
    target: int,
    bracket: tuple[float, float],
    nearer: Callable[[float, int], float],
) -> tuple[float, float]:
    """Two levels with `total(high) <= target <= total(low)`: equal, or as near as floats go.

    `total` falls as the positive level rises; the bracket must hold at the start. `nearer(level, reached)`
    proposes the next level; every third step halves the bracket, so that bad proposals cost little.
    """
    low, high = bracket
    level, step = nearer(high, 0), 0
    while high > low * (1 + NARROW / 4):
        if step % 3 == 2 or not low < level < high:
            level = low**0.5 * high**0.5
        reached = total(level)
        if reached == target:
            return level, level
        if reached > target:
            low = level
        else:
            high = level
        level, step = nearer(level, reached), step + 1
    return low, high


def whole(numbers: Floats) -> Seats:
    """Whole floats as integers."""
    return numbers.astype(np.int64)
