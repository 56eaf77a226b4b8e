"""A safe pattern quickly: figure by figure, the cheapest move that protects it decides what else to hide."""

import numpy as np

from sojourn.core.disclosure.moves import cheapest_rise, cheapest_spread
from sojourn.core.disclosure.problem import Mask, Problem, Vector, Whole, Witnesses
from sojourn.core.disclosure.tables import CannotProtectError

FREE = 1e-4
"""The price of moving a figure that is hidden already: next to nothing, so that moves stay short."""


TOGETHER = 16
"""How many figures one move protects at most: more make the programs slow and the pattern no better."""


def protect(problem: Problem, start: Mask) -> tuple[Mask, Witnesses]:
    """A safe set of hidden figures that holds `start`, with the witnesses that prove it safe.

    Several figures that share no sum are protected by one move (the smallest counts first, ties by
    name). Raises CannotProtectError when a primary figure, or one that must be hidden with it, cannot be made
    safe because of what was shown before.

    **Source:** the network-flow heuristic of Kelly, Golden & Assad 1992, Cell suppression: disclosure
    protection for sensitive tabular data, Networks 22; here with linear programs.
    """
    exposed = problem.primary & ~problem.may_hide
    if exposed.any():
        raise CannotProtectError([problem.cells[at] for at in np.flatnonzero(exposed)], problem.k)
    hidden, witnesses = start.copy(), Witnesses(problem)
    while True:
        needed = np.where(hidden, witnesses.still_needed(), 0)
        waiting = np.flatnonzero(needed)
        if not len(waiting):
            return hidden, witnesses
        price = np.where(hidden, FREE, problem.cost)
        batch = _apart(problem, waiting[np.argsort(problem.counts[waiting], kind="stable")])
        for move in _protecting_moves(problem, batch, needed, price):
            witnesses.add(move)
            hidden |= move != 0


def _apart(problem: Problem, figures: Whole) -> list[int]:
    """The first of `figures` and each later one that shares no sum with those before it."""
    columns = problem.matrix.tocsc()
    taken: set[int] = set()
    batch = []
    for figure in figures.tolist():
        ties = columns.indices[columns.indptr[figure] : columns.indptr[figure + 1]].tolist()
        if taken.isdisjoint(ties):
            taken.update(ties)
            batch.append(figure)
    return batch[:TOGETHER]


def _protecting_moves(problem: Problem, batch: list[int], needed: Whole, price: Vector) -> tuple[Whole, ...]:
    """Moves after which as many of `batch` as go together, at least its first figure, are safe."""
    size = len(batch)
    while size:
        targets = {figure: int(needed[figure]) for figure in batch[:size]}
        move = cheapest_rise(problem, targets, price, problem.may_hide)
        if move is not None:
            return (move,)
        size //= 2
    pair = cheapest_spread(problem, batch[0], price, problem.may_hide)
    if pair is None:
        raise CannotProtectError([problem.cells[batch[0]]], problem.k)
    return pair
