"""Make a pairing better without losing a pair: look for better partners at present prices, then exchange."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from sojourn.core.pairing.pen_pals.arcs import Arcs, common_order, judged, merged, within_limit
from sojourn.core.pairing.pen_pals.cardinality import Largest
from sojourn.core.pairing.pen_pals.exchange import Exchange, exchange
from sojourn.core.pairing.pen_pals.pricing import NEVER, Hunt, blocks, everybody, look
from sojourn.core.pairing.pen_pals.problem import NOBODY, Index, Problem

BLOCK = 500
LOOKS = 3
"""Common orders whose blocks are looked at before each exchange."""
KEEP = 8


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to go on: rounds of looking in blocks, then rounds of looking among all.

    `stop` is asked before each, and `tell` hears the round's name and the mates after it.
    """

    block_rounds: int
    whole_rounds: int
    stop: Callable[[], bool]
    tell: Callable[[str, Index], None]


def polished(problem: Problem, start: Largest, draw: np.random.Generator, effort: Effort) -> Exchange:
    """Better mates, as many as at the start, and prices at which nearly nobody wants another."""
    arcs, step = start.arcs, _exchanged(problem, start.arcs, start.mates)
    for number in range(effort.block_rounds + effort.whole_rounds):
        effort.tell(f"exchange {number + 1}", step.mates)
        if effort.stop():
            break
        own = arcs.columns == step.mates[arcs.rows]
        now = np.full(len(problem.left), NEVER, dtype=np.int64)
        now[arcs.rows[own]] = arcs.worth[own] - step.prices[arcs.columns[own]]
        whole = number >= effort.block_rounds
        codes = _offers(problem, step.prices, Hunt(now, KEEP, draw), whole=whole)
        if whole and not len(codes):
            break
        promising = arcs.worth - step.prices[arcs.columns] >= now[arcs.rows] - 1
        arcs = merged(problem, arcs.kept(promising | own), judged(problem, codes))
        step = _exchanged(problem, arcs, step.mates)
    effort.tell("last exchange", step.mates)
    return step


def _exchanged(problem: Problem, arcs: Arcs, mates: Index) -> Exchange:
    return exchange(within_limit(problem, arcs, mates), mates, len(problem.right))


def best_of_all(problem: Problem) -> Index | None:
    """The exact optimum, every pair looked at; None where it breaks the limit per institution pair."""
    allowed, worth = problem.judge(
        np.arange(len(problem.left))[:, None], np.arange(len(problem.right))[None, :]
    )
    dearer = (int(worth.max(initial=0)) + 1) * (min(allowed.shape) + 1)
    rows, columns = linear_sum_assignment(
        np.where(allowed, dearer + worth.astype(np.float64), 0.0), maximize=True
    )
    paired = allowed[rows, columns]
    mates = np.full(len(problem.left), NOBODY, dtype=np.int64)
    mates[rows[paired]] = columns[paired]
    used = problem.institution_pairs(rows[paired], columns[paired])
    limit = problem.rules.per_institution_pair
    if limit is not None and np.unique(used[used >= 0], return_counts=True)[1].max(initial=0) > limit:
        return None
    return mates


def _offers(problem: Problem, prices: Index, hunt: Hunt, *, whole: bool) -> Index:
    """Pairs that somebody would gain from: looked for among all, or in blocks of several common orders."""
    if whole:
        return look(problem, prices, everybody(problem), hunt).codes
    orders = [common_order(problem, hunt.draw) for _ in range(LOOKS)]
    found = [look(problem, prices, blocks(order, len(problem.left), BLOCK), hunt).codes for order in orders]
    return np.concatenate(found)
