"""The numbers of a biproportional apportionment, checked: every fault at once, each with its place."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from sojourn.core.apportion.exact import Number, as_exact, common_denominator, plain_whole, relative
from sojourn.core.apportion.matrix.outcome import Matrix, Table, Whole
from sojourn.core.apportion.outcome import ApportionmentError, Place
from sojourn.core.apportion.problem import read_count

MOST_CELLS = 1_000_000
MOST_SEATS = 1_000_000_000
"""Beyond this, one seat more or less changes a cost by less than floats can carry through the flow."""


def read_matrix(weights: Table[Number], rows: Mapping[str, int], columns: Mapping[str, int]) -> Matrix:
    """The checked matrix. Raises ApportionmentError with every fault."""
    faults: list[tuple[Place, str]] = []
    supply = _read_totals("rows", rows, faults)
    demand = _read_totals("columns", columns, faults)
    if len(supply) * len(demand) > MOST_CELLS:
        faults.append((("weights",), f"more than {MOST_CELLS} cells: too large a matrix"))
        raise ApportionmentError(faults)
    faults += _strangers(weights, supply, demand)
    flat = _read_cells(weights, list(supply), list(demand), faults)
    if not faults and sum(supply.values()) > MOST_SEATS:
        faults.append((("rows",), f"more than {MOST_SEATS} seats in all: too many for a table"))
    if not faults and sum(supply.values()) != sum(demand.values()):
        message = f"the rows have {sum(supply.values())} seats and the columns {sum(demand.values())}"
        faults.append((("rows",), f"{message}: both must come to the same"))
    if faults:
        raise ApportionmentError(faults)
    whole, denominator = common_denominator(flat)
    width = len(demand)
    return Matrix(
        rows=tuple(supply),
        columns=tuple(demand),
        exact=tuple(tuple(whole[start : start + width]) for start in range(0, len(whole), width)),
        unit=Fraction(1, denominator),
        weights=relative(whole).reshape(len(supply), width),
        supply=_array(supply),
        demand=_array(demand),
    )


def _array(totals: Mapping[str, int]) -> Whole:
    return np.fromiter(totals.values(), dtype=np.int64, count=len(totals))


def _read_totals(what: str, totals: Mapping[str, int], faults: list[tuple[Place, str]]) -> dict[str, int]:
    """Seats by name, in the order of the names."""
    if not totals:
        faults.append(((what,), "at least one is needed"))
    counts = {str(name): read_count((what, str(name)), count, faults) for name, count in totals.items()}
    faults += [((what, str(name)), "is named by text") for name in totals if not isinstance(name, str)]
    return dict(sorted(counts.items()))


def _strangers(
    weights: Table[Number], supply: Mapping[str, int], demand: Mapping[str, int]
) -> list[tuple[Place, str]]:
    """Rows and columns of the weights that have no seats declared."""
    unknown_rows: list[tuple[Place, str]] = [
        (("weights", str(row)), "no such row: give its seats under rows")
        for row in weights
        if row not in supply
    ]
    unknown_columns: list[tuple[Place, str]] = [
        (("weights", str(row), str(column)), "no such column: give its seats under columns")
        for row, line in weights.items()
        for column in line
        if column not in demand
    ]
    return unknown_rows + unknown_columns


def _read_cells(
    weights: Table[Number], rows: list[str], columns: list[str], faults: list[tuple[Place, str]]
) -> list[int | Fraction]:
    """The weights row by row."""
    given = [line.get(column, 0) for line in (weights.get(row, {}) for row in rows) for column in columns]
    plain = plain_whole(given)
    if plain is not None:
        return plain
    exact = [as_exact(weight) for weight in given]
    for cell, weight in enumerate(exact):
        if weight is None or weight < 0:
            row, column = divmod(cell, len(columns))
            message = "a weight is a finite number, not negative, of at most 300 digits"
            faults.append((("weights", rows[row], columns[column]), message))
    return [weight or 0 for weight in exact]
