"""Hamilton's method: the whole part of each quota, then one seat each to the largest remainders.

It is here because laws prescribe it, with its faults named. Alabama paradox: a party may lose a seat because
the house grows (`alabama_paradox` finds who). Population paradox: a party that grows may lose a seat to one
that shrinks. New states paradox: a party that joins with its fair seats may move a seat between two others.
No divisor method has them.

**Source:** Balinski and Young, *Fair Representation*, chapters 5 and 7.
"""

from fractions import Fraction

import numpy as np

from sojourn.core.apportion.outcome import Tie
from sojourn.core.apportion.problem import Problem, Seats
from sojourn.core.apportion.settle import NARROW, bisect_level, settle, whole


def apportion_by_remainder(problem: Problem) -> tuple[Seats, Tie | None]:
    """Seats of each party and the tie between equal remainders at the last seat, if there is one.

    The n-th seat of a party is claimed with quota - (n - 1), and the strongest claims win above the floors
    and below the caps: the seats nearest to the quotas in the sum of squares, which without bounds is
    Hamilton's rule.
    """
    total = qualified_weight(problem)
    free = np.flatnonzero(problem.cap > problem.floor)
    sure, possible = problem.floor.copy(), problem.floor.copy()
    left = problem.seats - int(problem.floor.sum())
    if left and free.size:
        share = float(Fraction(max(problem.weights), total))
        quotas = problem.shares[free] * (share * problem.seats)
        low, high = problem.floor[free], problem.cap[free]
        widest = float(quotas.max()) + 2.0 * problem.seats + 4
        margin = widest * NARROW
        target = left + int(low.sum())
        # The level is shifted by `widest` so that it stays positive: claims of quota - (n - 1) may be
        # negative.
        small, large = bisect_level(
            lambda level: int(_count(quotas, level - widest, low, high).sum()),
            target,
            bracket=(widest / 4, 3 * widest),
            nearer=lambda level, reached: level + (reached - target) / free.size if reached else widest + 0.5,
        )
        sure[free] = _count(quotas, large - widest + 2 * margin, low, high)
        possible[free] = _count(quotas, small - widest - 2 * margin, low, high)
    return settle(problem, sure, possible, lambda party, seat: quota_claim(problem, total, party, seat))


def qualified_weight(problem: Problem) -> int:
    """The weight of all who take part, in units of the problem's denominator; at least 1."""
    if problem.qualified.all():
        return sum(problem.weights) or 1
    return sum(problem.weights[party] for party in np.flatnonzero(problem.qualified).tolist()) or 1


def quota_claim(problem: Problem, total: int, party: int, seat: int) -> Fraction:
    """The exact claim to the `seat`-th seat: the quota less the seats before it."""
    return Fraction(problem.weights[party] * problem.seats, total) - (seat - 1)


def _count(
    quotas: np.ndarray[tuple[int, ...], np.dtype[np.float64]], level: float, low: Seats, high: Seats
) -> Seats:
    """How many seats each party claims with at least this strength."""
    return np.minimum(np.maximum(whole(np.floor(quotas - level)) + 1, low), high)
