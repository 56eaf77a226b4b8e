"""The linear relaxation of a b-matching, tightened by Edmonds' odd-set inequalities."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse.csgraph import connected_components

from sojourn.core.pairing.twinning.problem import Graph

WHOLE = 1e-6
"""Closer than this to 0 or 1 is whole: the tolerance of the linear solver, with room."""


@dataclass(frozen=True, slots=True)
class OddSet:
    """Nodes inside, edges inside and of the teeth, and how many of these edges can be chosen."""

    members: NDArray[np.int64]
    inside: NDArray[np.int64]
    teeth: NDArray[np.int64]
    most: int


@dataclass(frozen=True, slots=True)
class Relaxation:
    """An optimum of the relaxation: each edge's fraction, the prices of its rows, the rows themselves."""

    fractions: NDArray[np.float64]
    prices: NDArray[np.float64]
    rows: sp.csr_array
    limits: NDArray[np.float64]
    odd_sets: tuple[OddSet, ...]
    surplus: NDArray[np.float64]
    bound: float

    def split(self, tolerance: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Edges the prices decide for, and edges left open: surplus within `tolerance`, or not whole."""
        torn = (self.fractions > WHOLE) & (self.fractions < 1 - WHOLE)
        still_open = torn | (np.abs(self.surplus) <= tolerance)
        return (self.surplus > 0) & ~still_open, still_open


def relax(graph: Graph, rounds: int) -> Relaxation:
    """Solve the relaxation; then, up to `rounds` times, forbid the odd sets that it breaks and solve again.

    Without odd sets its optimum equals half that of the bipartite double cover and its fractions are halves.
    **Source:** Edmonds (1965), Maximum matching and a polyhedron with 0,1-vertices; Padberg & Rao (1982), Odd
    minimum cut-sets and b-matchings; Schrijver (2003), Combinatorial Optimization, chapters 31 and 33.
    """
    odd_sets: list[OddSet] = []
    relaxation = _solved(graph, odd_sets)
    for _ in range(rounds):
        broken = _broken_odd_sets(graph, relaxation.fractions)
        if not broken:
            break
        odd_sets += broken
        relaxation = _solved(graph, odd_sets)
    return relaxation


def _solved(graph: Graph, odd_sets: list[OddSet]) -> Relaxation:
    scale = max(1.0, float(graph.weights.max(initial=0.0))) / 100
    rows = sp.vstack([graph.incidence(), _rows(odd_sets, len(graph.weights))]).tocsr()
    limits = np.concatenate([graph.capacities, [odd.most for odd in odd_sets]]).astype(np.float64)
    solution = linprog(  # type: ignore[call-overload]  # the stubs do not know sparse rows, SciPy does
        -graph.weights / scale, A_ub=rows, b_ub=limits, bounds=(0, 1), method="highs"
    )
    if solution.status != 0:
        raise RuntimeError(f"the relaxation of {len(graph.weights)} edges was not solved: {solution.message}")
    prices = np.maximum(0.0, -solution.ineqlin.marginals * scale)
    surplus = graph.weights - rows.T @ prices
    bound = float(limits @ prices + np.maximum(0.0, surplus).sum())
    return Relaxation(solution.x, prices, rows, limits, tuple(odd_sets), surplus, bound)


def _rows(odd_sets: list[OddSet], edges: int) -> sp.csr_array:
    numbers = [np.concatenate([odd.inside, odd.teeth]) for odd in odd_sets]
    columns = np.concatenate([np.empty(0, dtype=np.int64), *numbers])
    rows = np.repeat(np.arange(len(odd_sets)), [len(number) for number in numbers])
    return sp.csr_array((np.ones(len(columns)), (rows, columns)), shape=(len(odd_sets), edges))


def _broken_odd_sets(graph: Graph, fractions: NDArray[np.float64]) -> list[OddSet]:
    """Components joined by torn edges, with the chosen edges that leave them, where these are too many."""
    torn = (fractions > WHOLE) & (fractions < 1 - WHOLE)
    one, other = graph.ends.T
    joined = sp.coo_array((np.ones(torn.sum()), (one[torn], other[torn])), shape=(len(graph.ids),) * 2)
    count, labels = connected_components(joined, directed=False)
    component = labels.astype(np.int64)
    ours, theirs = component[one], component[other]
    inside, leaving = ours == theirs, (fractions >= 1 - WHOLE) & (ours != theirs)
    teeth = np.bincount(ours[leaving], minlength=count) + np.bincount(theirs[leaving], minlength=count)
    capacity = np.bincount(component, graph.capacities, minlength=count).astype(np.int64)
    chosen = np.bincount(ours[inside], fractions[inside], minlength=count) + teeth
    broken = (chosen > (capacity + teeth) // 2 + WHOLE) & (np.bincount(component, minlength=count) > 2)
    if not broken.any():
        return []
    members = _grouped(component, np.arange(len(component)), broken)
    edges = np.arange(len(ours))
    within = _grouped(ours[inside], edges[inside], broken)
    outward = _grouped(np.concatenate([ours[leaving], theirs[leaving]]), np.tile(edges[leaving], 2), broken)
    return [
        OddSet(members[name], within[name], outward[name], int((capacity[name] + teeth[name]) // 2))
        for name in np.flatnonzero(broken).tolist()
    ]


def _grouped(
    names: NDArray[np.int64], values: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> dict[int, NDArray[np.int64]]:
    """The values of each wanted name."""
    kept = wanted[names]
    order = np.argsort(names[kept], kind="stable")
    cuts = np.searchsorted(names[kept][order], np.flatnonzero(wanted)[1:])
    return dict(zip(np.flatnonzero(wanted).tolist(), np.split(values[kept][order], cuts), strict=True))
