"""Seats as a flow from rows to columns: the n-th seat of a cell costs log((n - 1/2) / weight), and the
cheapest flow is the apportionment.

**Source:** N. Gaffke and F. Pukelsheim, "Divisor methods for proportional representation systems: an
optimization approach to vector and matrix apportionment problems", Mathematical Social Sciences 56 (2008)
166-184; the scaling of `_refined` follows D. S. Hochbaum and J. G. Shanthikumar, J. ACM 37 (1990) 843-862.
"""

from dataclasses import dataclass
from math import log

import numpy as np
from ortools.graph.python import min_cost_flow
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow
from scipy.special import gammaln

from sojourn.core.apportion.matrix.outcome import Floats, Matrix, Whole
from sojourn.core.apportion.outcome import ApportionmentError

_ROUNDS_OF_SCALING = 60
_RECENTRINGS = 3
_MOST_WINDOWS = 64


def cheapest_seats(matrix: Matrix) -> Whole:
    """Seats of every cell, rows by columns, optimal to about ten digits of the costs.

    Raises ApportionmentError when no matrix of seats with zeros where the weights are zero has these sums.
    """
    row, column = np.nonzero(matrix.weights)
    log_fitted = _fitted(matrix)[row, column]
    cells = _Cells(matrix, row, column, log_fitted)
    total = int(matrix.supply.sum())
    guess = np.floor(np.exp(np.clip(log_fitted, None, log(total + 1)))).astype(np.int64)
    seats = _near(cells, guess, total)
    table = np.zeros(matrix.weights.shape, dtype=np.int64)
    table[row, column] = seats
    return table


def _fitted(matrix: Matrix) -> Floats:
    """Logarithms of the weights, scaled towards the sums as far as that goes (iterative proportional
    fitting).
    """
    by_row, by_column = np.ones(len(matrix.rows)), np.ones(len(matrix.columns))
    with np.errstate(all="ignore"):
        for _ in range(_ROUNDS_OF_SCALING):
            by_row = matrix.supply / (matrix.weights @ by_column)
            by_column = matrix.demand / (by_row @ matrix.weights)
            fitted = matrix.weights * by_row[:, None] * by_column
            if not np.abs(fitted.sum(axis=1) - matrix.supply).max(initial=0) > 0.01:
                break
        log_row, log_column = (np.nan_to_num(np.log(by), neginf=0, posinf=0) for by in (by_row, by_column))
        return np.log(matrix.weights) + log_row[:, None] + log_column


def _near(cells: "_Cells", guess: Whole, total: int) -> Whole:
    """The cheapest seats, looked for near a guess, which moves along a few times before the slower search."""
    for _ in range(_RECENTRINGS):
        seats = cells.solve(_Segments.around(guess, total))
        if seats is None:
            raise ApportionmentError([(("weights",), _why_impossible(cells.matrix))])
        if not bool(((seats < guess) | (seats > guess + 2)).any()):
            return seats
        guess = np.maximum(seats - 1, 0)
    return _refined(cells, guess)


@dataclass(frozen=True, slots=True, eq=False)
class _Segments:
    """The cost of a cell as a rising staircase: `capacity` units at each `price`, cells by segments, from
    `start`.
    """

    start: Whole
    capacity: Whole
    price: Floats

    @classmethod
    def around(cls, centre: Whole, total: int) -> "_Segments":
        """Two exact steps above the centre; below and above them one step each, exact at its near end."""
        steps = [np.maximum(centre, 1) - 0.5, centre + 0.5, centre + 1.5, centre + 2.5]
        one = np.ones_like(centre)
        return cls(
            start=np.zeros_like(centre),
            capacity=np.stack([centre, one, one, np.full_like(centre, total)], axis=1),
            price=np.log(np.stack(steps, axis=1)),
        )

    @classmethod
    def within(cls, centre: Whole, step: int) -> "_Segments":
        """Only as far as two steps from the centre, on the grid of multiples of the step."""
        start = np.maximum(centre // step - 2, 0) * step
        grid = start[:, None] + step * np.arange(6)
        cost = gammaln(grid + 0.5)
        capacity = np.full((len(centre), 5), step, dtype=np.int64)
        return cls(start, capacity, np.diff(cost, axis=1) / step)


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """The cells with a weight: where they are, and the logarithms of their weights, rows and columns scaled
    at will.
    """

    matrix: Matrix
    row: Whole
    column: Whole
    log_weight: Floats

    def solve(self, segments: _Segments) -> Whole | None:
        """The cheapest seats of the cells on this staircase; None where the sums cannot be met."""
        matrix, height = self.matrix, len(self.matrix.rows)
        width = segments.capacity.shape[1]
        prices = segments.price - self.log_weight[:, None]
        spread = max(float(np.abs(prices).max(initial=0)), 1.0)
        unit = min(1e11, 2.0**58 / (spread * (height + len(matrix.columns) + 2)))
        flow = min_cost_flow.SimpleMinCostFlow()
        arcs = flow.add_arcs_with_capacity_and_unit_cost(
            np.repeat(self.row, width),
            np.repeat(self.column + height, width),
            segments.capacity.ravel(),
            np.rint(prices * unit).astype(np.int64).ravel(),
        )
        supply = matrix.supply - np.bincount(self.row, segments.start, height).astype(np.int64)
        demand = matrix.demand - np.bincount(self.column, segments.start, len(matrix.columns)).astype(
            np.int64
        )
        flow.set_nodes_supplies(np.arange(height + len(demand)), np.concatenate([supply, -demand]))
        if flow.solve() != flow.OPTIMAL:
            return None
        seats: Whole = segments.start + np.asarray(flow.flows(arcs)).reshape(-1, width).sum(axis=1)
        return seats


def _refined(cells: _Cells, seats: Whole) -> Whole:
    """From any seats to the cheapest: ever smaller steps, each repeated until no cell is held back by its
    window.
    """
    step = 1 << max(int(seats.max(initial=0)).bit_length() - 2, 0)
    while step:
        for _ in range(_MOST_WINDOWS):
            segments = _Segments.within(seats, step)
            better = cells.solve(segments)
            if better is None:
                raise ArithmeticError(
                    "no flow where one was known: the numbers are too large for this method"
                )
            end = segments.start + segments.capacity.sum(axis=1)
            held = ((better == segments.start) & (better > 0)) | (better == end)
            settled = bool((better == seats).all()) or not bool(held.any())
            seats = better
            if settled:
                break
        step //= 2
    return seats


def _why_impossible(matrix: Matrix) -> str:
    """Rows that need more seats than the columns open to them hold, named (a minimum cut)."""
    height, width = matrix.weights.shape
    source, sink = height + width, height + width + 1
    row, column = np.nonzero(matrix.weights)
    tail = np.concatenate([row, np.full(height, source), np.arange(height, source)])
    head = np.concatenate([column + height, np.arange(height), np.full(width, sink)])
    most = int(matrix.supply.sum())
    capacity = np.concatenate([np.full(len(row), most), matrix.supply, matrix.demand])
    capacity = np.minimum(capacity, np.iinfo(np.int32).max)
    graph = csr_array((capacity.astype(np.int32), (tail, head)), shape=(sink + 1, sink + 1))
    residual = graph - maximum_flow(graph, source, sink).flow
    residual.eliminate_zeros()
    reached = breadth_first_order(residual, source, return_predecessors=False)
    rows = sorted(node for node in reached.tolist() if node < height)
    columns = sorted(node - height for node in reached.tolist() if height <= node < source)
    need, room = int(matrix.supply[rows].sum()), int(matrix.demand[columns].sum())
    return (
        f"{_some([matrix.rows[row] for row in rows])} must have {need} seats, but have weights only in"
        f" {_some([matrix.columns[column] for column in columns])}, which hold {room}: move seats or weights"
    )


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:5]) or "no column"
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"
