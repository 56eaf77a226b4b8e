"""Numbers taken exactly as they are written, and the same as floats that are right to the last place."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import isfinite, lcm
from numbers import Integral, Rational
from typing import cast

import numpy as np
import numpy.typing as npt

from sojourn.core.apportion.outcome import ApportionmentError

type Number = int | Fraction | Decimal | float

WIDEST_RATIO = 10**250
_MOST_DIGITS = 300
_LARGEST = 10**_MOST_DIGITS
_MOST_DENOMINATOR_BITS = 1 << 16


def as_exact(number: object) -> int | Fraction | None:
    """A number as it is written, exactly; None if it is not a finite number within 300 digits of 1.

    A float stands for the shortest decimal that prints it: 0.04 is 4/100.
    """
    if type(number) is int:
        exact: int | Fraction = number
    elif isinstance(number, bool | np.bool_):
        return None
    elif isinstance(number, Integral):
        exact = int(number)
    elif isinstance(number, Rational):
        exact = Fraction(number)
    elif isinstance(number, float | np.floating):
        exact = Fraction(repr(float(number))) if isfinite(number) else _LARGEST
    elif isinstance(number, Decimal):
        tame = number.is_finite() and (not number or abs(number.adjusted()) <= _MOST_DIGITS)
        exact = Fraction(number) if tame and len(number.as_tuple().digits) <= 2 * _MOST_DIGITS else _LARGEST
    else:
        return None
    return exact if abs(exact) < _LARGEST and exact.denominator < _LARGEST**2 else None


def plain_whole(numbers: list[Number]) -> list[int | Fraction] | None:
    """The same list if all are whole numbers that can be taken as they are; else None, to look at each."""
    whole = set(map(type, numbers)) == {int} and min(numbers) >= 0 and max(numbers) < _LARGEST
    return cast("list[int | Fraction]", numbers) if whole else None


def common_denominator(weights: Sequence[int | Fraction]) -> tuple[list[int], int]:
    """The same weights as whole numbers over one denominator. Raises ApportionmentError if that is out of
    reach."""
    if set(map(type, weights)) <= {int}:
        return cast("list[int]", list(weights)), 1
    denominator = 1
    for weight in weights:
        denominator = lcm(denominator, weight.denominator)
        if denominator.bit_length() > _MOST_DENOMINATOR_BITS:
            message = "these fractions have no common denominator of reasonable size: round them first"
            raise ApportionmentError([(("weights",), message)])
    return [int(weight * denominator) for weight in weights], denominator


def relative(weights: Sequence[int]) -> npt.NDArray[np.float64]:
    """Weights divided by the largest: floats in [0, 1], each correct to the last place."""
    largest = max(weights)
    if largest == 0:
        return np.zeros(len(weights))
    if largest > WIDEST_RATIO and min(weight for weight in weights if weight) * WIDEST_RATIO < largest:
        message = (
            "the largest weight is more than 10**250 times the smallest above zero: give that one as zero"
        )
        raise ApportionmentError([(("weights",), message)])
    if largest < 1 << 53:
        return np.array(weights, dtype=np.float64) / largest
    return np.array([weight / largest for weight in weights])
