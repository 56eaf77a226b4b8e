"""Divisor methods: one divisor for all, every quotient rounded, floors and caps kept.

The divisor is bisected in floats over all parties at once. Seats whose quotient is clear of it by more than
the floats' error are decided; the few others are ordered by exact fractions. Nothing is left to rounding.
"""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from sojourn.core.apportion.methods import DivisorMethod, Floats
from sojourn.core.apportion.outcome import DivisorRange, Tie
from sojourn.core.apportion.problem import Problem, Seats
from sojourn.core.apportion.settle import NARROW, bisect_level, settle, whole


def apportion_by_divisor(
    problem: Problem, method: DivisorMethod
) -> tuple[Seats, DivisorRange | None, Tie | None]:
    """Seats of each party, the range of divisors that give them, and the tie at the last seat if there is
    one."""
    floor = problem.floor
    if method.first_seat_is_free:
        first = (floor == 0) & (problem.cap > 0)
        if problem.seats - int(floor.sum()) < int(first.sum()):
            seats, tie = settle(problem, floor, floor + first, lambda party, _: problem.weights[party])
            return seats, None, tie
        floor = floor + first
    sure, possible = _bracket(problem, method, floor)
    seats, tie = settle(problem, sure, possible, lambda party, seat: priority(problem, method, party, seat))
    return seats, _divisors(problem, method, seats, floor), tie


def priority(problem: Problem, method: DivisorMethod, party: int, seat: int) -> Fraction:
    """The exact claim of a party to its `seat`-th seat: weight over signpost, raised to the method's
    power."""
    numerator, denominator = method.signpost(seat - 1)
    weight, unit = problem.weights[party], problem.denominator
    return Fraction(weight**method.power * denominator, numerator * unit**method.power)


def _bracket(problem: Problem, method: DivisorMethod, floor: Seats) -> tuple[Seats, Seats]:
    """Seats that everybody surely has and seats that they may have: together no more and no less than the
    house."""
    free = np.flatnonzero(problem.cap > floor)
    sure, possible = floor.copy(), floor.copy()
    left = problem.seats - int(floor.sum())
    if left == 0 or not free.size:
        return sure, possible
    shares, low, high = (
        problem.shares[free],
        floor[free].astype(np.float64),
        problem.cap[free].astype(np.float64),
    )

    def count(quotients: Floats) -> Floats:
        return np.minimum(np.maximum(method.count(quotients), low), high)

    target = left + int(low.sum())
    first = float(shares.sum()) / target
    small, large = bisect_level(
        lambda divisor: int(count(shares / divisor).sum()),
        target,
        bracket=(float(shares.min()) / (4 * target + 4), 4.0),
        nearer=lambda divisor, reached: divisor * reached / target if reached else first,
    )
    sure[free] = whole(count(shares / large * (1 - NARROW)))
    possible[free] = whole(count(shares / small * (1 + NARROW)))
    return sure, possible


def _divisors(problem: Problem, method: DivisorMethod, seats: Seats, floor: Seats) -> DivisorRange:
    """From the strongest claim that was refused to the weakest that was met."""
    refused = np.flatnonzero(seats < problem.cap)
    met = np.flatnonzero(seats > floor)
    low, high = Fraction(0), None
    if refused.size:
        claims = problem.shares[refused] / method.approximate_signpost(seats[refused].astype(np.float64))
        near = refused[claims >= claims.max() * (1 - NARROW)]
        low = max(priority(problem, method, party, seats_of + 1) for party, seats_of in _pairs(near, seats))
    if met.size:
        claims = problem.shares[met] / method.approximate_signpost(seats[met].astype(np.float64) - 1)
        near = met[claims <= claims.min() * (1 + NARROW)]
        high = min(priority(problem, method, party, seats_of) for party, seats_of in _pairs(near, seats))
    return DivisorRange(low, high, method.power)


def _pairs(parties: Seats, seats: Seats) -> Iterator[tuple[int, int]]:
    return zip(parties.tolist(), seats[parties].tolist(), strict=True)
