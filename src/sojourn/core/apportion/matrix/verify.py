"""Is a published biproportional apportionment right? Exact arithmetic from the definition; nothing of the
solver.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from sojourn.core.apportion.matrix.outcome import Biproportional

type _Number = int | Fraction | Decimal | float


def verify_biproportional(
    weights: Mapping[str, Mapping[str, _Number]],
    rows: Mapping[str, int],
    columns: Mapping[str, int],
    outcome: Biproportional,
) -> list[str]:
    """What is wrong with a biproportional apportionment, one sentence each; an empty list when it is right.

    Checks the sums of rows and columns, that every divisor is positive, that every quotient rounds to the
    seats, and that the ties are exactly the cells whose quotient lies on a signpost. By the theorem of
    Balinski and Demange the seats are then the only ones possible, but for those ties.
    """
    seats, by_row, by_column = outcome.seats, outcome.row_divisors, outcome.column_divisors
    if not seats.keys() == by_row.keys() == rows.keys() or by_column.keys() != columns.keys():
        return ["the rows and columns are not those that have seats"]
    if any(line.keys() != columns.keys() for line in seats.values()):
        return ["a row lacks a column, or has one too many"]
    wrong = [
        f"row {row} has {sum(seats[row].values())} seats, not {due}"
        for row, due in rows.items()
        if sum(seats[row].values()) != due
    ]
    wrong += [
        f"column {column} has {got} seats, not {due}"
        for column, due in columns.items()
        if (got := sum(line[column] for line in seats.values())) != due
    ]
    named = {**by_row, **by_column}
    wrong += [f"the divisor of {name} is not positive" for name, divisor in named.items() if divisor <= 0]
    return wrong or _wrong_cells(weights, outcome)


def _wrong_cells(weights: Mapping[str, Mapping[str, _Number]], outcome: Biproportional) -> list[str]:
    wrong, ties = [], set(outcome.ties)
    for row, line in outcome.seats.items():
        for column, got in line.items():
            weight = _exact(weights.get(row, {}).get(column, 0))
            divisor = outcome.row_divisors[row] * outcome.column_divisors[column]
            # Twice the quotient against its two signposts, multiplied out: fractions are slow to divide.
            doubled = 2 * weight.numerator * divisor.denominator
            step = weight.denominator * divisor.numerator
            if got < 0 or not (2 * got - 1) * step <= doubled <= (2 * got + 1) * step:
                wrong.append(f"{row}, {column}: {float(weight / divisor)} does not round to {got}")
            if (doubled in ((2 * got - 1) * step, (2 * got + 1) * step)) != ((row, column) in ties):
                wrong.append(
                    f"{row}, {column}: a tie is claimed where there is none, or not where there is one"
                )
    return wrong


def _exact(number: _Number) -> Fraction:
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)
