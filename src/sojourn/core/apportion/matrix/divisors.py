"""Divisors to print: short decimals that lie safely inside their ranges, exact fractions where a range is a
point.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, exp, floor, inf, log

import numpy as np

from sojourn.core.apportion.matrix.moves import Flags
from sojourn.core.apportion.matrix.outcome import Floats, Matrix, Whole

_SAFE = 1e-11
"""Distance of a logarithm from both ends of its range beyond which float error cannot matter."""
_MOST_DIGITS = 15
_TEN = log(10)


@dataclass(frozen=True, slots=True)
class RowDivisors:
    """A divisor for each row, and the rows whose range is a single point: those with cells on a signpost."""

    divisors: list[Fraction]
    forced: list[int]


def divide_rows(matrix: Matrix, seats: Whole, columns: list[Fraction]) -> RowDivisors | None:
    """Divisors for the rows, given those of the columns; None if some row has none.

    Each is the shortest decimal inside its range; where floats cannot vouch for that, the exact middle.
    """
    low, high = _ranges(matrix, seats, columns)
    divisors, forced = [], []
    for row, (lowest, highest) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
        divisor = _decimal_between(*_bounded(lowest, highest))
        if divisor is None:
            least, most = _exact_range(matrix, seats, columns, row)
            if least > most:
                return None
            if least == most:
                forced.append(row)
            divisor = (least + most) / 2
        divisors.append(divisor)
    return RowDivisors(divisors, forced)


def shortened(matrix: Matrix, seats: Whole, columns: list[Fraction], free: Flags) -> list[Fraction]:
    """The column divisors with as few digits as leave each row at least half of its range, up to a
    thousandth.

    Only divisors marked free are shortened; the others keep the exact ratios that ties demand.
    """
    low, high = _ranges(matrix, seats, columns)
    enough = np.minimum(high - low, 1e-3) / 2 - _SAFE / 10
    for digits in range(2, _MOST_DIGITS + 1):
        short = [
            _decimal(_logarithm(divisor), digits) if loose else divisor
            for divisor, loose in zip(columns, free.tolist(), strict=True)
        ]
        low, high = _ranges(matrix, seats, short)
        if bool((high - low >= enough).all()):
            return short
    return columns


def _ranges(matrix: Matrix, seats: Whole, columns: list[Fraction]) -> tuple[Floats, Floats]:
    """The logarithms of the smallest and largest divisor of each row; infinite where nothing bounds it."""
    scale = _logarithm(max(map(max, matrix.exact)) * matrix.unit) if matrix.weights.any() else 0.0
    by_column = np.array([_logarithm(divisor) for divisor in columns])
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.log(matrix.weights) + scale - by_column
        low = (quotient - np.log(seats + 0.5)).max(axis=1)
        high = np.where(seats > 0, quotient - np.log(seats - 0.5), inf).min(axis=1)
    return low, high


def _exact_range(
    matrix: Matrix, seats: Whole, columns: list[Fraction], row: int
) -> tuple[Fraction, Fraction]:
    """The smallest and largest divisor of a row that has seats."""
    cells = list(zip(matrix.exact[row], seats[row].tolist(), columns, strict=True))
    least = max(2 * weight * matrix.unit / (column * (2 * got + 1)) for weight, got, column in cells)
    most = min(2 * weight * matrix.unit / (column * (2 * got - 1)) for weight, got, column in cells if got)
    return least, most


def _bounded(low: float, high: float) -> tuple[float, float]:
    """A range with two ends, where seats or weights of zero leave one open."""
    if low == -inf:
        return (-1.0, 1.0) if high == inf else (high - 1, high)
    return low, min(high, low + 1)


def _decimal_between(low: float, high: float) -> Fraction | None:
    """The shortest decimal whose logarithm is near the middle of this range and surely inside; None if none
    is sure.
    """
    if not high - low > 4 * _SAFE:
        return None
    middle = (low + high) / 2
    for digits in range(max(1, ceil(-log(high - low) / _TEN)), _MOST_DIGITS + 1):
        decimal = _decimal(middle, digits)
        if low + _SAFE < _logarithm(decimal) < high - _SAFE:
            return decimal
    return None


def _decimal(logarithm: float, digits: int) -> Fraction:
    """exp(logarithm) to so many significant decimal digits."""
    tens = floor(logarithm / _TEN) - digits + 1
    whole = round(exp(logarithm - tens * _TEN))
    return Fraction(whole * 10**tens) if tens >= 0 else Fraction(whole, 10**-tens)


def _logarithm(number: Fraction) -> float:
    return log(number.numerator) - log(number.denominator)
