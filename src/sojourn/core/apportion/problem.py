"""The numbers of an apportionment, checked: every fault is found at once, each with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isfinite, lcm
from numbers import Integral, Rational

import numpy as np
import numpy.typing as npt

from sojourn.core.apportion.outcome import ApportionmentError, Place

type Number = int | Fraction | Decimal | float
type Seats = npt.NDArray[np.int64]

MOST_SEATS = 10**15
WIDEST_RATIO = 10**250
_MOST_DIGITS = 300
_LARGEST = 10**_MOST_DIGITS
_MOST_DENOMINATOR_BITS = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Checked input, one array entry per party, in the order given.

    The exact weight of party i is `weights[i] / denominator`; `shares` is the same relative to the largest,
    as floats in [0, 1]. `floor <= seats of a party <= cap`: a party under the threshold has floor and cap 0,
    one without weight a cap equal to its floor. `order` ranks the names for ties; None is the order of the
    names themselves.
    """

    seats: int
    names: tuple[str, ...]
    weights: tuple[int, ...]
    denominator: int
    shares: npt.NDArray[np.float64]
    floor: Seats
    cap: Seats
    qualified: npt.NDArray[np.bool_]
    order: Mapping[str, int] | None

    def rank(self, party: int) -> tuple[int, str]:
        """The place of a party in the declared tie order, as a sorting key."""
        name = self.names[party]
        return (0 if self.order is None else self.order[name], name)


def read_problem(
    seats: int,
    weights: Mapping[str, Number],
    *,
    floor: int | Mapping[str, int],
    cap: Mapping[str, int] | None,
    threshold: Number | None,
    tie_order: Sequence[str] | None,
) -> Problem:
    """The checked input. Raises ApportionmentError with every fault."""
    faults: list[tuple[Place, str]] = []
    names = tuple(weights)
    if not names:
        faults.append((("weights",), "nobody to give seats to: name at least one party"))
    exact = [_read_weight(name, weight, faults) for name, weight in weights.items()]
    house = read_count(("seats",), seats, faults)
    known = frozenset(names)
    floors = _read_bounds("floor", floor, names, faults, default=0)
    caps = _read_bounds("cap", {} if cap is None else cap, names, faults, default=MOST_SEATS)
    share = Fraction(0) if threshold is None else _read_threshold(threshold, faults)
    order = None if tie_order is None else _read_order(tie_order, known, faults)
    faults += [
        (("floor", name), f"the floor {low} is above the cap {high}")
        for name, low, high in zip(names, floors, caps, strict=True)
        if low > high and not faults
    ]
    if faults:
        raise ApportionmentError(faults)
    return _assemble(
        house=house, names=names, exact=exact, floors=floors, caps=caps, threshold=share, order=order
    )


def _assemble(
    *,
    house: int,
    names: tuple[str, ...],
    exact: Sequence[int | Fraction],
    floors: Sequence[int],
    caps: Sequence[int],
    threshold: Fraction,
    order: Mapping[str, int] | None,
) -> Problem:
    whole, denominator = common_denominator(exact)
    shares = relative(whole)
    qualified = np.ones(len(names), dtype=bool)
    if threshold:
        bar = threshold * sum(whole)
        qualified = np.fromiter((weight >= bar for weight in whole), dtype=bool, count=len(whole))
    lows = np.where(qualified, _bounded(floors, house), 0)
    highs = np.where(qualified & (shares > 0), np.minimum(_bounded(caps, house), house), lows)
    promised = sum(floor for floor, holds in zip(floors, qualified.tolist(), strict=True) if holds)
    _require_room(house, promised, highs)
    return Problem(house, names, tuple(whole), denominator, shares, lows, highs, qualified, order)


def _bounded(bounds: Sequence[int], house: int) -> Seats:
    """Bounds as an array; those above the house, which can never be met, are cut to house + 1."""
    if len(set(bounds)) == 1:
        return np.full(len(bounds), min(bounds[0], house + 1), dtype=np.int64)
    return np.fromiter((min(bound, house + 1) for bound in bounds), dtype=np.int64, count=len(bounds))


def _require_room(house: int, promised: int, cap: Seats) -> None:
    room = sum(cap.tolist())
    if promised > house:
        message = f"the floors add up to {promised}, more than the {house} seats: lower them or add seats"
        raise ApportionmentError([(("floor",), message)])
    if room < house:
        message = (
            f"only {room} of the {house} seats can be given: the caps, the threshold or weights of zero"
            " leave no room for the others"
        )
        raise ApportionmentError([(("seats",), message)])


def common_denominator(weights: Sequence[int | Fraction]) -> tuple[list[int], int]:
    """The same weights as whole numbers over one denominator. Raises ApportionmentError if that is out of
    reach."""
    if all(type(weight) is int for weight in weights):
        return [int(weight) for weight in weights], 1
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
    if min((weight for weight in weights if weight), default=1) * WIDEST_RATIO < largest:
        message = (
            "the largest weight is more than 10**250 times the smallest above zero: give that one as zero"
        )
        raise ApportionmentError([(("weights",), message)])
    if largest < 1 << 53:
        return np.array(weights, dtype=np.float64) / largest
    return np.array([weight / largest for weight in weights])


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


def _read_weight(name: object, weight: Number, faults: list[tuple[Place, str]]) -> int | Fraction:
    if type(weight) is int and type(name) is str and 0 <= weight < _LARGEST:
        return weight
    place = ("weights", str(name))
    if not isinstance(name, str):
        faults.append((place, f"a party is named by text, not by {type(name).__name__}"))
    exact = as_exact(weight)
    if exact is None:
        faults.append((place, "not a finite number of at most 300 digits"))
        return 0
    if exact < 0:
        faults.append((place, "a weight cannot be negative"))
    return exact


def read_count(place: Place, number: object, faults: list[tuple[Place, str]]) -> int:
    """A whole number of seats, 0 to 10**15; anything else adds a fault and reads as 0."""
    if isinstance(number, bool | np.bool_) or not isinstance(number, Integral):
        faults.append((place, "a number of seats is a whole number"))
        return 0
    count = int(number)
    if count < 0:
        faults.append((place, "a number of seats cannot be negative"))
    elif count > MOST_SEATS:
        faults.append((place, "more than 10**15 seats: too many to apportion"))
    return count


def _read_bounds(
    what: str,
    bounds: int | Mapping[str, int],
    names: tuple[str, ...],
    faults: list[tuple[Place, str]],
    *,
    default: int,
) -> list[int]:
    if not isinstance(bounds, Mapping):
        return [read_count((what,), bounds, faults)] * len(names)
    faults += [
        ((what, str(name)), "has no weight: every name here must be among the weights")
        for name in sorted(map(str, bounds.keys() - set(names)))
    ]
    given = {name: read_count((what, str(name)), bound, faults) for name, bound in bounds.items()}
    return [given.get(name, default) for name in names] if given else [default] * len(names)


def _read_threshold(threshold: Number, faults: list[tuple[Place, str]]) -> Fraction:
    exact = as_exact(threshold)
    if exact is None or not 0 <= exact <= 1:
        faults.append((("threshold",), "a threshold is a share of all weight, from 0 to 1"))
        return Fraction(0)
    return Fraction(exact)


def _read_order(
    tie_order: Sequence[str], known: frozenset[str], faults: list[tuple[Place, str]]
) -> Mapping[str, int]:
    order = {name: position for position, name in enumerate(tie_order)}
    if len(order) < len(tie_order):
        faults.append((("tie_order",), "names somebody twice"))
    if order.keys() != known:
        strangers = sorted(str(name) for name in order.keys() ^ known)
        faults.append(
            (("tie_order",), f"must name every party and nobody else; look at {', '.join(strangers[:5])}")
        )
    return order
