"""The suppression problem in arrays, and the whole tables that show a hidden figure to be safe."""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sojourn.core.disclosure.tables import Cell, Sum, Tables

Vector = NDArray[np.float64]
Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Problem:
    """One suppression problem; every array is indexed by figure, in the order of the figures' names.

    `cost` is what hiding a figure loses; `room` how far its count can fall before readers would notice
    (0 where it cannot be hidden); `matrix @ counts == 0` are the sums.
    """

    cells: tuple[Cell, ...]
    counts: Whole
    matrix: sparse.csr_array
    cost: Vector
    room: Whole
    primary: Mask
    may_hide: Mask
    k: int

    @classmethod
    def of(cls, tables: Tables, k: int, least_hidden: int, shown_before: Collection[Cell]) -> "Problem":
        """The problem of hiding figures of `tables`; figures shown before stay shown."""
        cells = tuple(sorted(tables.counts))
        counts = np.array([tables.counts[cell] for cell in cells], dtype=np.int64)
        before = frozenset(shown_before)
        may_hide = (counts > 0) & np.array([cell not in before for cell in cells], dtype=bool)
        return cls(
            cells=cells,
            counts=counts,
            matrix=_incidence(cells, tables.sums),
            cost=_losses(cells, counts, tables.sums),
            room=np.where(may_hide, counts - least_hidden, 0),
            primary=(counts > 0) & (counts < k),
            may_hide=may_hide,
            k=k,
        )

    def loss(self, hidden: Mask) -> float:
        """What hiding these figures costs in all."""
        return float(self.cost[hidden].sum())


@dataclass(slots=True)
class Witnesses:
    """Whole tables that agree with everything shown, as moves away from the true counts.

    Together with the truth they prove how wide each figure's interval is at least.
    """

    problem: Problem
    moves: list[Whole] = field(default_factory=list)
    low: Whole = field(init=False)
    high: Whole = field(init=False)

    def __post_init__(self) -> None:
        self.low = np.zeros_like(self.problem.counts)
        self.high = np.zeros_like(self.problem.counts)

    def add(self, move: Whole) -> None:
        """Keep a move if it widens any figure's interval."""
        if (move > self.high).any() or (move < self.low).any():
            self.moves.append(move)
            np.maximum(self.high, move, out=self.high)
            np.minimum(self.low, move, out=self.low)

    def still_needed(self) -> Whole:
        """By how much each figure must yet be able to rise above its true count to be safe."""
        k, counts = self.problem.k, self.problem.counts
        target = np.maximum(k + self.low, k - counts)
        return np.where(self.high >= target, 0, target)

    def within(self, hidden: Mask) -> "Witnesses":
        """Those that leave every figure outside `hidden` as it is."""
        kept = Witnesses(self.problem)
        for move in self.moves:
            if not move[~hidden].any():
                kept.add(move)
        return kept


def _incidence(cells: tuple[Cell, ...], sums: Collection[Sum]) -> sparse.csr_array:
    place = {cell: at for at, cell in enumerate(cells)}
    ordered = sorted(sums, key=lambda tie: (tie.total, tie.parts))
    rows, columns, signs = [], [], []
    for row, tie in enumerate(ordered):
        for sign, cell in ((-1.0, tie.total), *((1.0, part) for part in sorted(tie.parts))):
            rows.append(row)
            columns.append(place[cell])
            signs.append(sign)
    return sparse.csr_array((signs, (rows, columns)), shape=(len(ordered), len(cells)))


def _losses(cells: tuple[Cell, ...], counts: Whole, sums: Collection[Sum]) -> Vector:
    """Fewest totals first (higher ones dearer), then fewest figures, then fewest people hidden."""
    level = dict.fromkeys(cells, 0)
    for _ in range(len(sums) + 1):
        raised = False
        for tie in sums:
            above = 1 + max((level[part] for part in tie.parts), default=0)
            if level[tie.total] < above:
                level[tie.total], raised = above, True
        if not raised:
            break
    levels = np.array([level[cell] for cell in cells], dtype=float)
    figures = np.where(levels == 0, 1.0, levels * ((levels == 0).sum() + 1))
    return np.asarray(figures + counts / (2.0 * max(1, int(counts.sum()))))
