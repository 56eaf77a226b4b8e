"""The best pairing on the arcs at hand, with as many pairs as now, and prices that explain it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from sojourn.core.pairing.pen_pals.arcs import Arcs
from sojourn.core.pairing.pen_pals.problem import Index, partners

STEPS = 60
"""Rounds of price relaxation; prices that have not settled by then still give a valid, weaker bound."""
LARGE_PART = 0.05
"""Share of all people from which a set apart is solved by itself."""
DOORS = 6
"""How many paired people each unpaired one may replace directly; chains reach further."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Mates of the left people (-1: none), and a price for each right person in points."""

    mates: Index
    prices: Index


def exchange(arcs: Arcs, mates: Index, right_size: int) -> Exchange:
    """The pairing of greatest points on `arcs` with as many pairs as `mates`; these must be among the arcs.

    Everybody unpaired gets a stand-in on the other side, which some of the paired may take in turn: so an
    unpaired person can enter and another leave, while the number of pairs stays.

    **Source:** Goldberg & Kennedy (1995), An efficient cost scaling algorithm for the assignment problem
    (OR-Tools); prices by Bellman & Ford on the alternating graph.
    """
    rows, columns, worth, size = _with_stand_ins(arcs, mates, right_size)
    if not size:
        return Exchange(mates, np.zeros(right_size, dtype=np.int64))
    taken = np.empty(size, dtype=np.int64)
    for arcs_of, ours, theirs in _parts(rows, columns, size):
        row, column = _places(ours, size)[rows[arcs_of]], _places(theirs, size)[columns[arcs_of]]
        taken[ours] = theirs[_assigned(row, column, worth[arcs_of])]
    prices = _prices(rows, columns, worth, taken)
    found = taken[: len(mates)]
    return Exchange(np.where(found < right_size, found, -1), prices[:right_size])


def _parts(rows: Index, columns: Index, size: int) -> Iterator[tuple[Index, Index, Index]]:
    """Arcs, rows and columns of each large set of people whom no arc joins to others; small sets together.

    Minors and adults are always apart, and the solver's time grows faster than what it is given.
    """
    graph = coo_array((np.ones(len(rows), dtype=np.int8), (rows, columns + size)), shape=(2 * size, 2 * size))
    label = connected_components(graph, directed=False)[1]
    large = np.bincount(label) >= LARGE_PART * 2 * size
    part = np.where(large, np.arange(len(large)), -1)[label]
    for name in np.unique(part).tolist():
        here = np.flatnonzero(part == name)
        yield np.flatnonzero(part[rows] == name), here[here < size], here[here >= size] - size


def _places(chosen: Index, size: int) -> Index:
    """The place of each chosen number among them."""
    places = np.empty(size, dtype=np.int64)
    places[chosen] = np.arange(len(chosen))
    return places


def _assigned(rows: Index, columns: Index, worth: Index) -> Index:
    """The column of each row in the assignment of greatest worth."""
    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    solver.add_arcs_with_cost(rows.astype(np.int32), columns.astype(np.int32), -worth.astype(np.int64))
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError(
            "the assignment solver found no pairing although the present one is among its arcs"
        )
    size = solver.num_nodes()
    return np.fromiter((solver.right_mate(row) for row in range(size)), dtype=np.int64, count=size)


def _with_stand_ins(arcs: Arcs, mates: Index, right_size: int) -> tuple[Index, Index, Index, int]:
    """Rows, columns, worth of a problem in which all can be paired, and its size."""
    partner = partners(mates, right_size)
    lone_left, lone_right = np.flatnonzero(mates < 0), np.flatnonzero(partner < 0)
    left_doors = _doors(arcs.rows, partner[arcs.columns], mates < 0)
    right_doors = _doors(arcs.columns, mates[arcs.rows], partner < 0)
    stand_in_right = np.full(len(mates), -1, dtype=np.int64)
    stand_in_right[lone_left] = right_size + np.arange(len(lone_left))
    stand_in_left = np.full(right_size, -1, dtype=np.int64)
    stand_in_left[lone_right] = len(mates) + np.arange(len(lone_right))
    rows = [arcs.rows, lone_left, left_doors[1], stand_in_left[lone_right], stand_in_left[right_doors[0]]]
    columns = [
        arcs.columns,
        stand_in_right[lone_left],
        stand_in_right[left_doors[0]],
        lone_right,
        right_doors[1],
    ]
    extra = sum(len(part) for part in rows[1:])
    worth = np.concatenate([arcs.worth.astype(np.int64), np.zeros(extra, dtype=np.int64)])
    return np.concatenate(rows), np.concatenate(columns), worth, len(mates) + len(lone_right)


def _doors(lone: Index, rival: Index, is_lone: NDArray[np.bool_]) -> tuple[Index, Index]:
    """Unpaired people with up to DOORS rivals each: the mates of those whom they could be paired with."""
    here = np.flatnonzero(is_lone[lone] & (rival >= 0))
    order = here[np.lexsort([rival[here], lone[here]])]
    _, start, counts = np.unique(lone[order], return_index=True, return_counts=True)
    place = np.arange(len(order)) - np.repeat(start, counts)
    order = order[place < DOORS]
    return lone[order], rival[order]


def _prices(rows: Index, columns: Index, worth: Index, taken: Index) -> Index:
    """Raise prices until nobody would gain by taking another's mate at the price asked."""
    order = np.argsort(columns, kind="stable")
    rows, columns, worth = rows[order], columns[order], worth[order]
    start = np.flatnonzero(np.diff(columns, prepend=-1))
    asked = columns[start]
    own = np.zeros(len(taken), dtype=np.int64)
    is_own = taken[rows] == columns
    own[rows[is_own]] = worth[is_own]
    lead, source = worth - own[rows], taken[rows]
    prices = np.zeros(len(taken), dtype=np.int64)
    for _ in range(STEPS):
        raised = np.maximum.reduceat(prices[source] + lead, start)
        if np.all(raised <= prices[asked]):
            break
        prices[asked] = np.maximum(prices[asked], raised)
    return prices
