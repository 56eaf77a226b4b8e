"""The numbers of an apportionment, checked: every fault is found at once, each with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral

import numpy as np
import numpy.typing as npt

from sojourn.core.apportion.exact import Number, as_exact, common_denominator, plain_whole, relative
from sojourn.core.apportion.outcome import ApportionmentError, Place

type Seats = npt.NDArray[np.int64]

MOST_SEATS = 10**15


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
    exact = _read_weights(weights, faults)
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
    if int(lows.sum()) > house or int(highs.sum()) < house:
        promised = sum(floor for floor, holds in zip(floors, qualified.tolist(), strict=True) if holds)
        raise ApportionmentError([_no_room(house, promised, int(highs.sum()))])
    return Problem(house, names, tuple(whole), denominator, shares, lows, highs, qualified, order)


def _bounded(bounds: Sequence[int], house: int) -> Seats:
    """Bounds as an array; those above the house, which can never be met, are cut to house + 1."""
    if len(set(bounds)) == 1:
        return np.full(len(bounds), min(bounds[0], house + 1), dtype=np.int64)
    return np.fromiter((min(bound, house + 1) for bound in bounds), dtype=np.int64, count=len(bounds))


def _no_room(house: int, promised: int, room: int) -> tuple[Place, str]:
    if promised > house:
        return (
            "floor",
        ), f"the floors add up to {promised}, more than the {house} seats: lower them or add seats"
    return ("seats",), (
        f"only {room} of the {house} seats can be given: the caps, the threshold or weights of zero"
        " leave no room for the others"
    )


def _read_weights(weights: Mapping[str, Number], faults: list[tuple[Place, str]]) -> list[int | Fraction]:
    if set(map(type, weights)) != {str}:
        faults += [
            (("weights", str(name)), f"a party is named by text, not by {type(name).__name__}")
            for name in weights
            if not isinstance(name, str)
        ]
    plain = plain_whole(list(weights.values()))
    if plain is not None:
        return plain
    return [_read_weight(name, weight, faults) for name, weight in weights.items()]


def _read_weight(name: object, weight: Number, faults: list[tuple[Place, str]]) -> int | Fraction:
    place = ("weights", str(name))
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
