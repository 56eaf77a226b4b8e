"""The heaviest twinning: prices decide most edges, a mixed-integer search the few that they leave open."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from sojourn.core.pairing.twinning.problem import Blossom, Edge, Graph, Institution, Twinning, checked_graph
from sojourn.core.pairing.twinning.relaxation import Relaxation, relax

SMALL = 3_000
"""Up to so many edges the search is always over all that the prices leave open: the answer is the optimum."""
ROUNDS = 4
FIRST_OPEN = 0.10
"""A large problem is first searched over the tenth of the edges whose surplus is nearest to zero."""


def twin(
    institutions: Sequence[Institution],
    edges: Sequence[Edge],
    *,
    seconds: float = 10.0,
    target_gap: float = 5e-4,
) -> Twinning:
    """The twinning of greatest total weight within capacities; each edge is used at most once.

    Up to 3,000 edges the answer is a proven optimum. Beyond, the search ends once the gap is at most
    `target_gap`, or after about `seconds` in each of its two searches, with the best answer so far; the
    bound holds either way. The order of the input does not matter. Among equally heavy twinnings the one
    found is fixed by the ids in sorted order, unless the time limit cuts a search. An edge of weight 0 adds
    nothing and may be left out.

    Raises PairingError for ids that repeat, are unknown or look alike, self-pairs, repeated edges, weights
    that are negative, not finite or above 1e9.

    **Source:** as for `relax`; fixing by reduced costs: Dantzig, Fulkerson & Johnson (1954).
    """
    graph = checked_graph(institutions, edges)
    if not len(graph.weights):
        return Twinning((), 0.0, 0.0, 0.0, {}, ())
    small = len(graph.weights) <= SMALL
    relaxation = relax(graph, ROUNDS)
    chosen = _filled(graph, relaxation.fractions)
    patience = math.inf if small else seconds
    complete = False
    for tolerance in _tolerances(graph, relaxation, small=small):
        reach = max(0.0, relaxation.bound - float(graph.weights[chosen].sum()))
        if reach <= (0.0 if small else target_gap) * relaxation.bound:
            break
        width = min(reach, tolerance) + 1e-9 * relaxation.bound
        found, ended = _searched(graph, relaxation, width, patience)
        chosen = max(found, chosen, key=lambda edges: (float(graph.weights[edges].sum()), len(edges)))
        complete = ended and width >= reach
    return _told(graph, relaxation, chosen, complete=complete)


def _tolerances(graph: Graph, relaxation: Relaxation, *, small: bool) -> list[float]:
    if small:
        return [math.inf]
    near = float(np.quantile(np.abs(relaxation.surplus), FIRST_OPEN))
    return [near, 4 * near + float(graph.weights.mean()) / 50]


def _searched(
    graph: Graph, relaxation: Relaxation, tolerance: float, patience: float
) -> tuple[NDArray[np.int64], bool]:
    """The best choice of open edges, the decided ones being kept; and whether the search has ended."""
    taken, still_open = relaxation.split(tolerance)
    numbers = np.flatnonzero(still_open)
    left = relaxation.limits - relaxation.rows[:, np.flatnonzero(taken)].sum(axis=1)
    scale = max(1.0, float(graph.weights.max())) / 100
    search = milp(
        -graph.weights[numbers] / scale,
        constraints=LinearConstraint(relaxation.rows[:, numbers], -np.inf, left),
        integrality=np.ones(len(numbers), dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0, "time_limit": patience},
    )
    fractions = taken.astype(np.float64)
    if search.x is not None:
        fractions[numbers] = search.x
    return _filled(graph, fractions), search.status == 0


def _filled(graph: Graph, fractions: NDArray[np.float64]) -> NDArray[np.int64]:
    """Edges by falling fraction, then weight, while both ends have room: nothing more fits then."""
    room = graph.capacities.tolist()
    ends = graph.ends.tolist()
    chosen = []
    for edge in np.lexsort((np.arange(len(fractions)), -graph.weights, -fractions.round(6))).tolist():
        one, other = ends[edge]
        if room[one] > 0 and room[other] > 0:
            room[one] -= 1
            room[other] -= 1
            chosen.append(edge)
    return np.array(sorted(chosen), dtype=np.int64)


def _told(graph: Graph, relaxation: Relaxation, chosen: NDArray[np.int64], *, complete: bool) -> Twinning:
    named = [(graph.ids[one], graph.ids[other]) for one, other in graph.ends.tolist()]
    total = math.fsum(graph.weights[chosen])
    nodes = len(graph.ids)
    prices = {
        graph.ids[node]: float(relaxation.prices[node]) for node in np.flatnonzero(relaxation.prices[:nodes])
    }
    blossoms = tuple(
        Blossom(
            tuple(graph.ids[node] for node in odd.members.tolist()),
            tuple(named[edge] for edge in odd.teeth.tolist()),
            float(price),
        )
        for odd, price in zip(relaxation.odd_sets, relaxation.prices[nodes:], strict=True)
        if price > 0
    )
    certified = max(relaxation.bound, total)
    return Twinning(
        tuple(named[edge] for edge in chosen.tolist()),
        total,
        total if complete else certified,
        certified,
        prices,
        blossoms,
    )
