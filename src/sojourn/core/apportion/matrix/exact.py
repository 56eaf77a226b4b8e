"""Exact column divisors where floats cannot tell a round trip that gains from a tie, or a tie from neither.

A cost bounds the ratio of two divisors, divisor[source] <= divisor[target] * cost, which is linear in the
divisors: any mean of two solutions is a solution.
"""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from sojourn.core.apportion.matrix.moves import SURE, Flags, Moves, Paths, loop
from sojourn.core.apportion.matrix.outcome import Matrix, Whole


def settle_groups(
    matrix: Matrix, seats: Whole, moves: Moves, paths: Paths, *, divisors: list[Fraction], near: float
) -> tuple[Flags, list[int] | None]:
    """Make the divisors exact among columns that may be tied; or find a round trip that gains."""
    free = np.ones(len(divisors), dtype=np.bool_)
    round_trip = paths.length + paths.length.T
    for root in range(len(divisors)):
        group = np.flatnonzero(round_trip[root] < near).tolist()
        if len(group) == 1 or group[0] < root:
            continue
        ratios = _exact_ratios(matrix, seats, moves, group)
        trip = _settle_group(divisors, ratios, [paths.chain(root, column) for column in group[1:]])
        if trip is not None:
            return free, trip
        free[group] = False
    return free, None


type _Ratios = dict[tuple[int, int], Fraction]


def _settle_group(divisors: list[Fraction], ratios: _Ratios, chains: Iterable[list[int]]) -> list[int] | None:
    """Make the divisors of a group exact, from the chains that floats found; a round trip where that is
    impossible.
    """
    for chain in chains:
        product = divisors[chain[0]]
        for step in pairwise(chain):
            product /= ratios.get(step, Fraction(1))
        divisors[chain[-1]] = product
    solution = dict(enumerate(divisors))
    trip = _raise(solution, ratios)
    if trip is None:
        _keep_apart(solution, ratios)
        divisors[:] = solution.values()
    return trip


def _raise(divisors: dict[int, Fraction], ratios: _Ratios) -> list[int] | None:
    """Raise divisors until every ratio is kept (Bellman and Ford); the round trip that gains if there is no
    end.
    """
    columns = len({column for pair in ratios for column in pair})
    before: dict[int, int] = {}
    last = -1
    for _ in range(columns + 1):
        raised = False
        for (source, target), ratio in ratios.items():
            if divisors[source] > divisors[target] * ratio:
                divisors[target] = divisors[source] / ratio
                before[target], last, raised = source, target, True
        if not raised:
            return None
    trail = [last]
    while trail[-1] in before and len(trail) <= 2 * columns:
        trail.append(before[trail[-1]])
    return loop(trail[columns:])


def _keep_apart(divisors: dict[int, Fraction], ratios: _Ratios) -> None:
    """Meet no bound that is not part of a tie: the mean of the least solutions, one for each set of tied
    columns.
    """
    columns = sorted({column for pair in ratios for column in pair})
    place = {column: position for position, column in enumerate(columns)}
    tight = [pair for pair, ratio in ratios.items() if divisors[pair[0]] == divisors[pair[1]] * ratio]
    ends = ([place[source] for source, _ in tight], [place[target] for _, target in tight])
    graph = csr_array((np.ones(len(tight)), ends), shape=(len(columns), len(columns)))
    sets, member_of = connected_components(graph, connection="strong")
    if sets == 1:
        return
    total = dict.fromkeys(columns, Fraction(0))
    for number in range(sets):
        root = columns[int((member_of == number).argmax())]
        least = {column: divisors[root] if column == root else Fraction(0) for column in columns}
        _raise(least, ratios)
        for column in columns:
            total[column] += least[column] / sets
    divisors.update(total)


def _exact_ratios(matrix: Matrix, seats: Whole, moves: Moves, group: list[int]) -> _Ratios:
    """The exact cost of the cheapest move between each two columns of the group; `moves.row` becomes exact
    with it.
    """
    ratios: _Ratios = {}
    for source in group:
        for target in group:
            if source == target or not np.isfinite(moves.cost[source, target]):
                continue
            steps = moves.gain[:, target] - moves.loss[:, source]
            near = np.flatnonzero(steps <= moves.cost[source, target] + SURE)
            costs = {_cost(matrix, seats, row, source, target): row for row in near[::-1].tolist()}
            cheapest = min(costs)
            ratios[source, target] = cheapest
            moves.row[source, target] = costs[cheapest]
    return ratios


def _cost(matrix: Matrix, seats: Whole, row: int, source: int, target: int) -> Fraction:
    line = matrix.exact[row]
    gained, lost = 2 * int(seats[row, target]) + 1, 2 * int(seats[row, source]) - 1
    return Fraction(gained * line[source], line[target] * lost)
