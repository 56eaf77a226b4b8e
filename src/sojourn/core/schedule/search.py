"""The best set of choices: a linear program for the bound, a greedy pass for a start, CP-SAT for the rest."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.sat.python import cp_model
from scipy.optimize import linprog

from sojourn.core.schedule.options import Flags, Floats, Ints, Options

BANDS = (2_500, 10_000)
"""How many of the best-priced choices CP-SAT searches, one attempt after another."""

STRATEGIES = 6
"""Strategies that CP-SAT interleaves (so that the answer does not depend on timing) where not everybody has a
place yet; where everybody has, one proves the optimum soonest."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A set of choices, its worth, and a bound that no set exceeds."""

    choice: Flags
    value: int
    bound: int


def best_choices(options: Options, effort: float, start: Flags | None = None) -> Chosen:
    """The choices of greatest worth, or the best found within `effort` (units of deterministic time).

    The linear program gives the bound and a price for each choice: what the bound falls by when that
    choice is forced. CP-SAT searches the best-priced choices, hinted with the greedy schedule, then more of
    them; an attempt that left out only choices too dear to improve the best schedule proves it optimal.
    `start` is a schedule to be at least as good as.
    """
    if not len(options.worth):
        return Chosen(np.zeros(0, dtype=bool), 0, 0)
    relaxed, ceiling, price = _relaxation(options)
    by_worth = np.lexsort((options.week, -options.worth))
    starts = [
        add_greedily(options, by_worth),
        add_greedily(options, np.lexsort((options.week, -price, -np.round(relaxed, 6)))),
    ]
    if start is not None:
        starts.append(add_greedily(options, by_worth, start))
    best = max(starts, key=lambda choice: int(options.worth[choice].sum()))
    bound = ceiling
    by_price = np.argsort(-price, kind="stable")
    for attempt, size in enumerate(BANDS):
        value = int(options.worth[best].sum())
        if value >= bound or effort <= 0:
            break
        improving = price > value - ceiling - 1
        searched = np.zeros_like(best)
        searched[by_price[:size]] = True
        searched = searched & improving | best
        share = effort / (len(BANDS) - attempt) if _everybody(options, best) else effort
        best, limit, used = _search(options, np.flatnonzero(searched), best, share)
        effort -= used
        if not (improving & ~searched).any():
            bound = min(bound, max(limit, int(options.worth[best].sum())))
            break
    value = int(options.worth[best].sum())
    return Chosen(best, value, max(bound, value))


def carried_over(options: Options, chosen: Flags, wider: Options) -> Flags:
    """The chosen ones of `options` among `wider`, which holds them all."""
    triples = (options.cohort[chosen], options.host[chosen], options.week[chosen])
    known = set(zip(*(part.tolist() for part in triples), strict=True))
    every = zip(wider.cohort.tolist(), wider.host.tolist(), wider.week.tolist(), strict=True)
    return np.array([triple in known for triple in every], dtype=bool)


def add_greedily(options: Options, order: Ints, chosen: Flags | None = None) -> Flags:
    """Walk the choices in `order` and keep each that still fits beside `chosen` and those kept before."""
    kept = np.zeros(len(options.worth), dtype=bool) if chosen is None else chosen.copy()
    left = options.supply - options.use @ kept
    placed = set(options.cohort[kept].tolist())
    columns = options.use.tocsc()
    starts = columns.indptr.tolist()
    for choice, cohort in zip(order.tolist(), options.cohort[order].tolist(), strict=True):
        if cohort in placed:
            continue
        span = slice(starts[choice], starts[choice + 1])
        rows, amounts = columns.indices[span], columns.data[span]
        if (left[rows] >= amounts).all():
            left[rows] -= amounts
            kept[choice] = True
            placed.add(cohort)
    return kept


def _everybody(options: Options, chosen: Flags) -> bool:
    """Whether each cohort that has a choice at all has one among the chosen."""
    return bool(chosen.sum() == len(np.unique(options.cohort)))


def _relaxation(options: Options) -> tuple[Floats, int, Floats]:
    """The linear program's choices, its bound rounded down, and each choice's price against it."""
    worth = options.worth.astype(float)
    scale = worth.max()
    use: Any = options.use  # the stubs know dense matrices only
    supply = options.supply.astype(float)
    found = linprog(-worth / scale, A_ub=use, b_ub=supply, bounds=(0, 1), method="highs")
    duals = np.minimum(found.ineqlin.marginals, 0)
    price = worth + scale * (options.use.T @ duals)
    safe = -scale * float(duals @ options.supply) + float(np.maximum(price, 0).sum())
    return np.asarray(found.x), int(np.floor(safe * (1 + 1e-12) + 1e-3)), np.minimum(price, 0)


def _search(options: Options, searched: Ints, hint: Flags, effort: float) -> tuple[Flags, int, float]:
    """CP-SAT over some choices: the best found, its bound there, and the effort used."""
    model = cp_model.CpModel()
    literals = [model.new_bool_var("") for _ in searched]
    use = options.use[:, searched].tocsr()
    for row, supply in enumerate(options.supply.tolist()):
        span = slice(use.indptr[row], use.indptr[row + 1])
        amounts = use.data[span].astype(np.int64)
        here = [literals[at] for at in use.indices[span]]
        if supply == 1 and (amounts == 1).all():
            model.add_at_most_one(here)
        elif amounts.sum() > supply:
            model.add(cp_model.LinearExpr.weighted_sum(here, amounts.tolist()) <= supply)
    model.maximize(cp_model.LinearExpr.weighted_sum(literals, options.worth[searched].tolist()))
    for literal, hinted in zip(literals, hint[searched].tolist(), strict=True):
        model.add_hint(literal, hinted)
    solver = cp_model.CpSolver()
    strategies = 1 if _everybody(options, hint) else STRATEGIES
    solver.parameters.num_workers = strategies
    solver.parameters.interleave_search = True
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = effort / strategies  # each strategy spends that much
    status = solver.solve(model)
    chosen = hint.copy()
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        found = np.array([solver.boolean_value(literal) for literal in literals], dtype=bool)
        if options.worth[searched][found].sum() > options.worth[hint].sum():
            chosen = np.zeros_like(hint)
            chosen[searched] = found
    return chosen, int(np.floor(solver.best_objective_bound)), solver.response_proto.deterministic_time
