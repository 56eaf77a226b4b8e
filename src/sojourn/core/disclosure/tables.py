"""Tables of counts as figures tied together by sums: the one form that every table, margin and edition takes.

A figure is named by what it counts, as sorted (axis, label) pairs: `(("month", "May"), ("region", "North"))`.
An axis that is totalled over everything is left out of the name, so the same fact has the same name in
every table and edition that shows it, and the grand total is `()`.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Cell = tuple[tuple[str, str], ...]

LARGEST = 10**9
"""The largest count that is accepted: all arithmetic up to it is exact."""


class TableError(ValueError):
    """A table that cannot be read: a count that is no whole number, a name given twice, a sum that is off."""


class ContradictionError(ValueError):
    """Published figures that no table of counts can have."""


class CannotProtectError(ValueError):
    """What was shown before gives away `cells`, whatever else is hidden now."""

    def __init__(self, cells: Sequence[Cell], k: int) -> None:
        self.cells = tuple(cells)
        named = ", ".join(name_of(cell) for cell in self.cells)
        super().__init__(
            f"figures that were shown before give away {named}: no choice of hidden figures leaves them "
            f"an interval {k} wide that reaches {k}; withdraw one of the earlier figures or publish less"
        )


@dataclass(frozen=True, slots=True)
class Sum:
    """One additive relation that every reader knows: `total` is the sum of `parts`."""

    total: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """The true counts of one or several linked tables, and every sum that ties them together."""

    counts: Mapping[Cell, int]
    sums: tuple[Sum, ...]

    def __post_init__(self) -> None:
        for cell, count in self.counts.items():
            _check_count(count, name_of(cell))
        for tie in self.sums:
            missing = [cell for cell in (tie.total, *tie.parts) if cell not in self.counts]
            if missing:
                raise TableError(f"{name_of(missing[0])} occurs in a sum but has no count; give it one")
            if len({tie.total, *tie.parts}) <= len(tie.parts):
                raise TableError(f"the sum for {name_of(tie.total)} names a figure twice; name each once")
            added = sum(self.counts[part] for part in tie.parts)
            if added != self.counts[tie.total]:
                raise TableError(
                    f"{name_of(tie.total)} is {self.counts[tie.total]} but its parts add up to {added}"
                )

    def shown_without(self, hidden: Iterable[Cell]) -> "Published":
        """The same tables as readers see them once `hidden` is blanked."""
        blank = frozenset(hidden)
        figures = {cell: None if cell in blank else count for cell, count in self.counts.items()}
        return Published(figures, self.sums)


@dataclass(frozen=True, slots=True)
class Published:
    """What readers see: each figure or None where it is hidden, and the sums that they know."""

    figures: Mapping[Cell, int | None]
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension of a table.

    `total` names the sum over `labels`. Leave it empty when the labels cover everything; give it a name
    (such as "January to March") when they do not, so that the totals of two editions stay apart.
    """

    name: str
    labels: tuple[str, ...]
    total: str = ""

    def __post_init__(self) -> None:
        if not self.name or not self.labels:
            raise TableError(f"axis {self.name!r} needs a name and at least one label")
        if "" in self.labels:
            raise TableError(f"a label of axis {self.name!r} is empty; give it a name")
        seen: set[str] = set()
        for label in (*self.labels, self.total):
            if label in seen:
                raise TableError(f"{self.name} {label!r} is given twice; name each once")
            seen.add(label)


def name_of(cell: Cell) -> str:
    """The words for a figure in messages: `month May, region North`, or `the grand total`."""
    return ", ".join(f"{axis} {label}" for axis, label in cell) or "the grand total"


def cube(axes: Sequence[Axis], counts: Any, within: Mapping[str, str] | None = None) -> Tables:
    """The table with these axes, with the totals over every set of its axes.

    `counts` is an array of whole numbers (0 to `LARGEST`), one dimension per axis in the given order.
    `within` names what the whole table is restricted to on axes that it does not have, for example
    `{"month": "January to March"}`; it becomes part of every figure's name.
    Raises TableError with the place of the first fault.
    """
    array = np.asarray(counts)
    shape = tuple(len(axis.labels) for axis in axes)
    if array.shape != shape:
        raise TableError(f"counts have the shape {array.shape}, the axes' labels ask for {shape}")
    names = [axis.name for axis in axes] + list(within or {})
    if len(set(names)) < len(names):
        raise TableError(f"the axes {names} are not distinct; name each once")
    full = _with_totals(axes, array)
    every = [range(length + 1) for length in shape]
    figures = {_cell(axes, place, within): full[place] for place in itertools.product(*every)}
    return Tables(figures, tuple(_sums_of(axes, shape, within)))


def linked(tables: Iterable[Tables]) -> Tables:
    """Several tables of the same facts as one: figures of the same name are the same figure.

    Raises TableError when two tables give one figure different counts.
    """
    counts: dict[Cell, int] = {}
    sums: dict[Sum, None] = {}
    for table in tables:
        for cell, count in table.counts.items():
            if counts.setdefault(cell, count) != count:
                raise TableError(
                    f"{name_of(cell)} is {counts[cell]} in one table and {count} in another; "
                    "give a revised figure or another population its own name"
                )
        sums.update(dict.fromkeys(table.sums))
    return Tables(counts, tuple(sums))


def _with_totals(axes: Sequence[Axis], array: Any) -> dict[tuple[int, ...], int]:
    """Every count by its index; the index one past the last stands for the total over that axis."""
    for place in np.ndindex(array.shape):
        named = (f"{axis.name} {axis.labels[at]}" for axis, at in zip(axes, place, strict=True))
        _check_count(array[place], ", ".join(named))
    whole = array.astype(np.int64)
    for dimension in range(whole.ndim):
        whole = np.concatenate([whole, whole.sum(axis=dimension, keepdims=True)], axis=dimension)
    return {place: int(whole[place]) for place in np.ndindex(whole.shape)}


def _cell(axes: Sequence[Axis], place: Sequence[int], within: Mapping[str, str] | None) -> Cell:
    pairs = dict(within or {})
    for axis, at in zip(axes, place, strict=True):
        label = (*axis.labels, axis.total)[at]
        if label:
            pairs[axis.name] = label
    return tuple(sorted(pairs.items()))


def _sums_of(axes: Sequence[Axis], shape: tuple[int, ...], within: Mapping[str, str] | None) -> Iterable[Sum]:
    for dimension, length in enumerate(shape):
        others = [range(1) if at == dimension else range(size + 1) for at, size in enumerate(shape)]
        for line in itertools.product(*others):
            cells = [
                _cell(axes, (*line[:dimension], at, *line[dimension + 1 :]), within)
                for at in range(length + 1)
            ]
            yield Sum(cells[-1], tuple(cells[:-1]))


def _check_count(count: object, place: str) -> None:
    if isinstance(count, bool | np.bool_) or not isinstance(count, int | np.integer):
        raise TableError(f"{place}: {count!r} is not a whole number; counts are whole")
    if not 0 <= count <= LARGEST:
        raise TableError(f"{place}: {count} is outside 0 to {LARGEST}")
