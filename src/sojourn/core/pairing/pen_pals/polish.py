"""Make a pairing better without losing a pair: look for better partners at present prices, then exchange."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from sojourn.core.pairing.pen_pals.affinity import judge_block
from sojourn.core.pairing.pen_pals.arcs import NOWHERE, Arcs, common_order, institution_pairs, judged, merged, neighbours, within_limit
from sojourn.core.pairing.pen_pals.exchange import exchange
from sojourn.core.pairing.pen_pals.people import People
from sojourn.core.pairing.pen_pals.pricing import NEVER, Hunt, look
from sojourn.core.pairing.rules import Points, Rules

BLOCKS = (500, 500, 500, 500)
WHOLE_LOOKS = 2
KEEP = 8
ORDERS = 4
LOOKS = 3


def polished(
    left: People, right: People, mates: NDArray[np.int64], rules: Rules, points: Points,
    draw: np.random.Generator, *, stop: Callable[[], bool], arcs: Arcs | None = None,
    spent: NDArray[np.int64] = NOWHERE, whole: bool = False,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Better mates, as many as before, and the prices at which (nearly) nobody wants another of those looked at.

    Looks in blocks of a common order first, and with `whole` then among all until nobody gains or four times.
    """
    width = len(right)
    if arcs is None:
        orders = [common_order(left, right, draw, gap=rules.max_age_gap) for _ in range(ORDERS)]
        codes = np.concatenate([neighbours(order, len(left), width) for order in orders])
        arcs = judged(left, right, rules, points, codes)
    prices = np.zeros(width, dtype=np.int64)
    for block in (*BLOCKS, *(None,) * (WHOLE_LOOKS if whole else 0), -1):
        arcs = merged(left, right, arcs, _own(left, right, mates, rules, points))
        usable = within_limit(arcs, left, right, mates, rules.per_institution_pair, spent)
        step = exchange(usable, mates, width)
        mates, prices = step.mates, step.prices
        if block == -1 or stop():
            break
        arcs = merged(left, right, arcs, _own(left, right, mates, rules, points))
        now = np.full(len(left), NEVER, dtype=np.int64)
        own = arcs.columns == mates[arcs.rows]
        now[arcs.rows[own]] = arcs.worth[own] - prices[arcs.columns[own]]
        codes = _offers(left, right, prices, Hunt(now, KEEP, draw), rules, points, block)
        if not len(codes) and block is None:
            break
        promising = arcs.worth - prices[arcs.columns] >= now[arcs.rows] - 1
        arcs = merged(left, right, arcs.kept(promising | own), judged(left, right, rules, points, codes))
    return mates, prices


def best_of_all(left: People, right: People, rules: Rules, points: Points) -> NDArray[np.int64] | None:
    """The exact optimum, every pair looked at; None where it breaks the limit per institution pair."""
    rows, columns = np.arange(len(left)), np.arange(len(right))
    allowed, worth = judge_block(left, right, rows, columns, rules, points)
    dearer = (int(worth.max(initial=0)) + 1) * (min(allowed.shape) + 1)
    rows, columns = linear_sum_assignment(np.where(allowed, dearer + worth.astype(np.float64), 0.0), maximize=True)
    paired = allowed[rows, columns]
    mates = np.full(len(left), -1, dtype=np.int64)
    mates[rows[paired]] = columns[paired]
    used = institution_pairs(left, right, rows[paired], columns[paired])
    limit = rules.per_institution_pair
    if limit is not None and np.unique(used[used >= 0], return_counts=True)[1].max(initial=0) > limit:
        return None
    return mates


def _offers(
    left: People, right: People, prices: NDArray[np.int64], hunt: Hunt, rules: Rules, points: Points, block: int | None
) -> NDArray[np.int64]:
    """Pairs that somebody would gain from: looked for among all, or in blocks of several common orders."""
    if block is None:
        return look(left, right, prices, rules, points, hunt=hunt).codes
    found = []
    for _ in range(LOOKS):
        order = common_order(left, right, hunt.draw, gap=rules.max_age_gap)
        found.append(look(left, right, prices, rules, points, hunt=hunt, block=block, order=order).codes)
    return np.concatenate(found)


def _own(left: People, right: People, mates: NDArray[np.int64], rules: Rules, points: Points) -> Arcs:
    rows = np.flatnonzero(mates >= 0)
    return judged(left, right, rules, points, rows * max(1, len(right)) + mates[rows])
