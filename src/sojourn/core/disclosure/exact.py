"""The cheapest safe pattern: an integer program over patterns, cut until its answer is safe."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from sojourn.core.disclosure.cuts import capacity_cut, line_rules
from sojourn.core.disclosure.greedy import protect
from sojourn.core.disclosure.moves import cheapest_spread
from sojourn.core.disclosure.problem import Mask, Problem, Vector, Witnesses

SAME = 1e-7
"""Losses closer than this are the same."""

ROUGH = 0.02
"""Relative gap at which the program over patterns stops when there is one round only."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A safe set of hidden figures, its proof, and how far its loss is from the least possible."""

    hidden: Mask
    witnesses: Witnesses
    loss: float
    bound: float


def cheapest_pattern(problem: Problem, first: Pattern, rounds: int) -> Pattern:
    """The cheapest safe pattern, or the best one found when `rounds` of cutting do not prove it.

    Each round solves the integer program over the cuts known so far: its loss is a lower bound, and its
    pattern, when safe, is the answer. When it is not, each figure that fails gives a cut, and
    the pattern mended by the greedy heuristic may become the best so far.

    **Source:** Fischetti & Salazar 2001, Solving the cell suppression problem on tabular data with linear
    constraints, Management Science 47.
    """
    best, bound = first, first.bound
    cuts: list[Vector] = []
    pool = Witnesses(problem)
    for move in first.witnesses.moves:
        pool.add(move)
    for rounds_left in reversed(range(rounds)):
        chosen, bound = _master(problem, cuts, bound, thorough=rounds > 1)
        if bound >= best.loss - SAME:
            break
        if rounds_left:
            proof, found = _examine(problem, chosen, pool)
            if not found:
                return Pattern(chosen, proof, problem.loss(chosen), bound)
            cuts += found
        mended, proof = protect(problem, chosen)
        for move in proof.moves:
            pool.add(move)
        if problem.loss(mended) < best.loss - SAME:
            best = Pattern(mended, proof, problem.loss(mended), bound)
    return Pattern(best.hidden, best.witnesses, best.loss, min(bound, best.loss))


def _master(problem: Problem, cuts: list[Vector], bound: float, *, thorough: bool) -> tuple[Mask, float]:
    """The cheapest pattern that satisfies the cuts, and the bound that it proves."""
    sums, count = problem.matrix.shape
    rules = [line_rules(problem)]
    if cuts:
        rules.append(sparse.csr_array(np.pad(np.array(cuts), ((0, 0), (0, sums)))))
    found = milp(
        np.pad(problem.cost, (0, sums)),
        integrality=np.repeat([1, 0], [count, sums]),
        bounds=Bounds(
            np.pad(problem.primary.astype(float), (0, sums)),
            np.pad(problem.may_hide.astype(float), (0, sums), constant_values=1.0),
        ),
        constraints=LinearConstraint(sparse.vstack(rules).tocsr(), 0, np.inf),
        options={
            "mip_rel_gap": 0.0 if thorough else ROUGH,
            "node_limit": 2000 if thorough else 20,
        },
    )
    dual = found.mip_dual_bound
    chosen = problem.primary if found.x is None else found.x[:count] > 0.5
    return np.asarray(chosen), bound if dual is None else max(bound, float(dual))


def _examine(problem: Problem, hidden: Mask, pool: Witnesses) -> tuple[Witnesses, list[Vector]]:
    """The proof that a pattern is safe, or cuts that it violates."""
    proof, cuts = pool.within(hidden), []
    pattern = hidden.astype(float)
    for figure in np.flatnonzero(hidden).tolist():
        if not proof.still_needed()[figure]:
            continue
        cut = capacity_cut(problem, figure, pattern)
        pair = None
        if cut is None:
            pair = cheapest_spread(problem, figure, problem.cost, hidden)
            if pair is None:  # safe only over fractions: it needs one more hidden figure, whichever
                cut = (problem.may_hide & ~hidden).astype(float)
                cut[figure] = -1
        for move in pair or ():
            proof.add(move)
            pool.add(move)
        if cut is not None:
            cuts.append(cut)
    return proof, cuts
