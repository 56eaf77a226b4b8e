"""Make a pairing better without losing a pair: look for better partners at present prices, then exchange."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sojourn.core.pairing.pen_pals.arcs import NOWHERE, Arcs, common_order, judged, merged, neighbours, within_limit
from sojourn.core.pairing.pen_pals.exchange import exchange
from sojourn.core.pairing.pen_pals.people import People
from sojourn.core.pairing.pen_pals.pricing import NEVER, look
from sojourn.core.pairing.rules import Points, Rules

BLOCKS = (500, 500, 1_000)
WHOLE_LOOKS = 4
KEEP = 8
ORDERS = 4


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
        order = None if block is None else common_order(left, right, draw, gap=rules.max_age_gap)
        offers = look(left, right, prices, now, rules, points, keep=KEEP, draw=draw, block=block, order=order)
        if not len(offers.codes) and block is None:
            break
        promising = arcs.worth - prices[arcs.columns] >= now[arcs.rows] - 1
        arcs = merged(left, right, arcs.kept(promising | own), judged(left, right, rules, points, offers.codes))
    return mates, prices


def _own(left: People, right: People, mates: NDArray[np.int64], rules: Rules, points: Points) -> Arcs:
    rows = np.flatnonzero(mates >= 0)
    return judged(left, right, rules, points, rows * max(1, len(right)) + mates[rows])
