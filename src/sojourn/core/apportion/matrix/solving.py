"""The front door of biproportional apportionment."""

from collections.abc import Mapping
from fractions import Fraction
from math import inf

import numpy as np

from sojourn.core.apportion.exact import Number
from sojourn.core.apportion.matrix.divisors import RowDivisors, divide_rows, shortened
from sojourn.core.apportion.matrix.flow import cheapest_seats
from sojourn.core.apportion.matrix.outcome import Biproportional, Matrix, Table, Whole
from sojourn.core.apportion.matrix.potentials import NEAR, settle_columns
from sojourn.core.apportion.matrix.reading import read_matrix
from sojourn.core.apportion.matrix.ties import cells_on_signposts, first_in_order


def biproportional(
    weights: Table[Number], rows: Mapping[str, int], columns: Mapping[str, int]
) -> Biproportional:
    """Seats in proportion to the weights of a table, whose rows and columns have their totals already.

    Args:
        weights: a non-negative number for each row and column; one that is left out is zero, and a cell of
            weight zero has no seats. A float counts as the decimal that it prints.
        rows: seats of each row, at most 10**9 in all.
        columns: seats of each column, of the same sum. At most a million cells in all.

    Every cell is weight / (row divisor * column divisor), rounded to the nearest whole number (Webster's rule
    in both directions). Such a matrix is unique but for ties. Of tied ones, the answer gives the most to the
    first column of the first row, then to its second column, and so on row by row, in the code point order of
    the names; so neither the order nor the unit of the weights changes it.

    Raises:
        ApportionmentError: with every fault: a weight that is negative or not finite, a row or column without
            a total, sums that differ, rows whose weights lie only in columns with too few seats.

    **Source:** M. L. Balinski and G. Demange, "An axiomatic approach to proportionality between matrices",
    Mathematics of Operations Research 14 (1989) 700-719; S. Maier, P. Zachariassen and M. Zachariasen,
    "Divisor-based biproportional apportionment in electoral systems", Management Science 56 (2010) 373-387.
    """
    matrix = read_matrix(weights, rows, columns)
    if len(matrix.rows) >= len(matrix.columns):
        seats, by_row, by_column, ties = _solve(matrix, upright=True)
    else:
        seats, by_column, by_row, ties = _solve(matrix.transposed(), upright=False)
        seats = seats.T
    table = {
        name: dict(zip(matrix.columns, line, strict=True))
        for name, line in zip(matrix.rows, seats.tolist(), strict=True)
    }
    divided_rows = dict(zip(matrix.rows, by_row, strict=True))
    divided_columns = dict(zip(matrix.columns, by_column, strict=True))
    return Biproportional(
        seats={row: {column: table[row][column] for column in columns} for row in rows},
        row_divisors={row: divided_rows[row] for row in rows},
        column_divisors={column: divided_columns[column] for column in columns},
        ties=tuple((matrix.rows[row], matrix.columns[column]) for row, column in ties),
    )


type _Solution = tuple[Whole, list[Fraction], list[Fraction], list[tuple[int, int]]]


def _solve(matrix: Matrix, *, upright: bool) -> _Solution:
    """Seats, divisors and tied cells of a matrix with no more columns than rows.

    Cells are named (row, column) of the table as it was given, which is on its side unless `upright`.
    """
    seats, by_row, by_column = _divide(matrix, cheapest_seats(matrix))
    more, less = cells_on_signposts(matrix, seats, by_row.forced, (by_row.divisors, by_column))
    here = zip(*(index.tolist() for index in np.nonzero(more | less)), strict=True)
    given = sorted(cell if upright else cell[::-1] for cell in here)
    seats = first_in_order(seats, more, less, (cell if upright else cell[::-1] for cell in given))
    return seats, by_row.divisors, by_column, given


def _divide(matrix: Matrix, seats: Whole) -> tuple[Whole, RowDivisors, list[Fraction]]:
    """Seats with exact divisors: compared exactly where columns may be tied or, should that not do,
    everywhere.
    """
    for near in (NEAR, inf):
        seats, columns, free = settle_columns(matrix, seats, near)
        for by_column in (shortened(matrix, seats, columns, free), columns):
            by_row = divide_rows(matrix, seats, by_column)
            if by_row is not None:
                return seats, by_row, by_column
    raise ArithmeticError("no divisors were found: the weights are too extreme for this method")
