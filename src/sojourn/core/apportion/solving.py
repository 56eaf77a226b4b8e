"""The front door: seats in proportion to weights by the method that the rules name."""

from collections.abc import Mapping, Sequence

from sojourn.core.apportion.divisor import apportion_by_divisor
from sojourn.core.apportion.exact import Number
from sojourn.core.apportion.methods import DIVISOR_METHODS
from sojourn.core.apportion.outcome import Apportionment, ApportionmentError, MethodName
from sojourn.core.apportion.problem import Problem, read_problem
from sojourn.core.apportion.remainder import apportion_by_remainder

METHODS: tuple[MethodName, ...] = ("webster", "dhondt", "huntington-hill", "hamilton", "adams", "dean")


def apportion(
    seats: int,
    weights: Mapping[str, Number],
    *,
    method: MethodName = "webster",
    floor: int | Mapping[str, int] = 0,
    cap: Mapping[str, int] | None = None,
    threshold: Number | None = None,
    tie_order: Sequence[str] | None = None,
) -> Apportionment:
    """Seats for each party in proportion to its weight, exactly.

    Args:
        seats: whole number of seats, 0 to 10**15.
        weights: a non-negative number for each party; a float counts as the decimal that it prints.
        method: `webster` (Sainte-Lague), `dhondt` (Jefferson), `huntington-hill` (equal proportions),
            `hamilton` (largest remainder; see `alabama_paradox`), `adams` or `dean`.
        floor: seats that a party has at least: one number for all, or a number by name (0 for the others).
        cap: seats that a party has at most, by name; no limit for the others.
        threshold: share of all weight, 0 to 1, below which a party takes no part: no seat, no floor.
        tie_order: every name once, the first in line for a tied seat first; by default the names in code
            point order.

    A party of weight zero gets its floor and no more. Divisor methods round weight / divisor and keep it
    between floor and cap. Adams, Huntington-Hill and Dean give everyone with a weight one seat; where there
    are fewer seats than that, the larger weights have them. Names are told apart code point by code point.
    Neither the order of the weights nor their unit changes the seats.

    Raises:
        ApportionmentError: with every fault: a weight that is negative or not finite, an unknown name, a
            floor above its cap, floors above the seats, caps below them, everybody under the threshold.

    **Source:** M. L. Balinski and H. P. Young, *Fair Representation* (2nd ed., Brookings, 2001).
    """
    _require_method(method)
    problem = read_problem(seats, weights, floor=floor, cap=cap, threshold=threshold, tie_order=tie_order)
    return solve(problem, method)


def solve(problem: Problem, method: MethodName) -> Apportionment:
    """The apportionment of a checked problem."""
    if method == "hamilton":
        divisor = None
        given, tie = apportion_by_remainder(problem)
    else:
        given, divisor, tie = apportion_by_divisor(problem, DIVISOR_METHODS[method])
    by_name = dict(zip(problem.names, given.tolist(), strict=True))
    return Apportionment(method, by_name, divisor, () if tie is None else (tie,))


def alabama_paradox(
    seats: int,
    weights: Mapping[str, Number],
    *,
    floor: int | Mapping[str, int] = 0,
    cap: Mapping[str, int] | None = None,
    threshold: Number | None = None,
    tie_order: Sequence[str] | None = None,
) -> dict[str, tuple[int, int]]:
    """Who would lose under Hamilton's method if the house grew by one: seats now and then, by name; usually
    nobody.

    Takes the arguments of `apportion` and raises as it does.

    **Source:** Balinski and Young, *Fair Representation*, chapter 5 (Alabama: 8 of 299 seats, 7 of 300).
    """
    now, then = (
        solve(
            read_problem(house, weights, floor=floor, cap=cap, threshold=threshold, tie_order=tie_order),
            "hamilton",
        ).seats
        for house in (seats, seats + 1)
    )
    return {name: (now[name], then[name]) for name in sorted(now) if then[name] < now[name]}


def _require_method(method: str) -> None:
    if method not in METHODS:
        known = ", ".join(METHODS)
        raise ApportionmentError([(("method",), f"unknown method {method!r}: choose one of {known}")])
