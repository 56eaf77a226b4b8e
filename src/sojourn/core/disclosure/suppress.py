"""Which figures to hide so that no reader can work out a small count, and what readers then know."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sojourn.core.disclosure.attack import Interval, attack
from sojourn.core.disclosure.exact import Pattern, cheapest_pattern
from sojourn.core.disclosure.greedy import protect
from sojourn.core.disclosure.problem import Problem, Witnesses
from sojourn.core.disclosure.tables import Axis, Cell, Published, TableError, Tables, cube

ROUNDS = 60
"""Rounds of cutting at most; a yearly table of 31 regions needs fewer than ten."""

EXACT_UP_TO = 800
"""Figures up to which the cheapest pattern is sought; above, one round mends the greedy one."""

MOST_FIGURES = 50_000
"""Figures, totals included, beyond which a publication must be cut up."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Linked tables made safe.

    `published` shows None where a figure is hidden; `hidden` are those, `primary` the small ones among
    them. `witnesses` are other whole counts of the hidden figures that fit everything shown: with the true
    counts they prove every interval at least k wide and reaching k. They are as secret as the counts.
    `loss` is the cost of the pattern and `bound` the least that any safe pattern costs: equal when the
    pattern is proved cheapest.
    """

    published: Published
    hidden: frozenset[Cell]
    primary: frozenset[Cell]
    witnesses: tuple[dict[Cell, int], ...]
    loss: float
    bound: float


@dataclass(frozen=True, slots=True)
class SuppressedTable:
    """One table of rows and columns made safe; None where a figure is hidden.

    `suppressed` holds the (row, column) of each hidden inner figure in the given order; `intervals` what an
    attacker can work out about each; `total_intervals` the same for hidden totals, under
    (row, None), (None, column) or (None, None). `tables` is what `verify_disclosure` asks for.
    """

    table: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    grand_total: int | None
    suppressed: tuple[tuple[str, str], ...]
    intervals: dict[tuple[str, str], Interval]
    total_intervals: dict[tuple[str | None, str | None], Interval]
    tables: Tables
    outcome: Suppressed


def suppress(
    tables: Tables, k: int, *, shown_before: Collection[Cell] = (), zeros_known: bool = True
) -> Suppressed:
    """The figures of (linked) tables to hide so that nobody can work out a count of 1 to k - 1.

    Primary suppression hides every count, inner or total, of 1 to k - 1. Complementary suppression hides
    others, as few as possible: first as few totals, then as few figures, then as few people as possible;
    remaining ties fall by the order of names. Afterwards an attacker who knows every shown figure, every
    sum, and that counts are whole and not negative is left, for **every** hidden figure, with an interval
    at least k wide that reaches k.

    Zeros are always shown: they say that there is nobody, not who somebody is. Readers can know that rule,
    and with `zeros_known` (the default) the attacker does: to him a hidden figure is at least 1.
    `shown_before` names figures that an earlier edition showed: they stay shown and are taken into
    account; give the sums of the earlier edition in `tables` too. The same facts in any order give the same
    answer; above `EXACT_UP_TO` figures the pattern is a heuristic one and `bound` tells how good it is.

    Raises TableError for a k below 1 or an unknown name in `shown_before`, CannotProtectError when
    earlier editions give a small count away already.

    **Source:** Fischetti & Salazar 2001, Solving the cell suppression problem on tabular data with linear
    constraints, Management Science 47; Hundepool et al. 2012, Statistical Disclosure Control, chapter 4.
    """
    _check(tables, k, shown_before)
    problem = Problem.of(tables, k, least_hidden=int(zeros_known), shown_before=shown_before)
    hidden, proof = protect(problem, problem.primary)
    pattern = Pattern(hidden, proof, problem.loss(hidden), problem.loss(problem.primary))
    pattern = cheapest_pattern(problem, pattern, ROUNDS if len(problem.cells) <= EXACT_UP_TO else 1)
    chosen = frozenset(problem.cells[at] for at in np.flatnonzero(pattern.hidden))
    return Suppressed(
        published=tables.shown_without(chosen),
        hidden=chosen,
        primary=frozenset(problem.cells[at] for at in np.flatnonzero(problem.primary)),
        witnesses=_other_tables(problem, pattern.witnesses),
        loss=pattern.loss,
        bound=pattern.bound,
    )


def suppress_table(
    rows: Sequence[str], columns: Sequence[str], cells: Any, k: int, *, zeros_known: bool = True
) -> SuppressedTable:
    """One table of counts made safe, with its row, column and grand totals; rules and errors as `suppress`.

    `cells` holds one list per row of `rows`, one whole number (0 to 10**9) per column of `columns`. A table
    of one row (or column) has each figure as its own column (row) total: the two are hidden together.
    Intervals are those of an attacker who knows the totals and that counts are whole and not negative.
    """
    tables = cube((Axis("row", tuple(rows)), Axis("column", tuple(columns))), cells)
    outcome = suppress(tables, k, zeros_known=zeros_known)
    figures = outcome.published.figures
    intervals = attack(outcome.published)
    inner, totals = {}, {}
    for row in (*rows, None):
        for column in (*columns, None):
            interval = intervals.get(_named(row, column))
            if interval is not None and row is not None and column is not None:
                inner[row, column] = interval
            elif interval is not None:
                totals[row, column] = interval
    return SuppressedTable(
        table=tuple(tuple(figures[_named(row, column)] for column in columns) for row in rows),
        row_totals=tuple(figures[_named(row, None)] for row in rows),
        column_totals=tuple(figures[_named(None, column)] for column in columns),
        grand_total=figures[()],
        suppressed=tuple(inner),
        intervals=inner,
        total_intervals=totals,
        tables=tables,
        outcome=outcome,
    )


def _named(row: str | None, column: str | None) -> Cell:
    pairs = (("column", column), ("row", row))
    return tuple((axis, label) for axis, label in pairs if label is not None)


def _check(tables: Tables, k: int, shown_before: Collection[Cell]) -> None:
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise TableError(f"k is {k!r}; give the smallest count that may be shown, a whole number from 1")
    if len(tables.counts) > MOST_FIGURES:
        raise TableError(f"{len(tables.counts)} figures are more than {MOST_FIGURES}; publish fewer at once")
    unknown = sorted(frozenset(shown_before) - tables.counts.keys())
    if unknown:
        raise TableError(
            f"{unknown[0]!r} was shown before but has no count; add the tables of the earlier edition"
        )


def _other_tables(problem: Problem, proof: Witnesses) -> tuple[dict[Cell, int], ...]:
    return tuple(
        {problem.cells[at]: int(problem.counts[at] + move[at]) for at in np.flatnonzero(move).tolist()}
        for move in proof.moves
    )
