"""Is a published apportionment right? Recomputed from the definitions alone; nothing of the solver is
used."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from sojourn.core.apportion.outcome import Apportionment

type _Number = int | Fraction | Decimal | float

_SIGNPOSTS: dict[str, Callable[[int], Fraction]] = {
    "webster": lambda n: Fraction(2 * n + 1, 2),
    "dhondt": lambda n: Fraction(n + 1),
    "adams": Fraction,
    "huntington-hill": lambda n: Fraction(n * (n + 1)),  # squared, as are the weights
    "dean": lambda n: Fraction(n * (n + 1)) / (n + Fraction(1, 2)),
}


def verify_apportionment(
    seats: int,
    weights: Mapping[str, _Number],
    apportionment: Apportionment,
    *,
    floor: int | Mapping[str, int] = 0,
    cap: Mapping[str, int] | None = None,
    threshold: _Number | None = None,
    tie_order: Sequence[str] | None = None,
) -> list[str]:
    """What is wrong with an apportionment, one sentence each; an empty list when it is right.

    Checks the sum, floors, caps and threshold; that no refused claim is stronger than one that was met; that
    equal claims went by the declared order and were reported as a tie; and that the divisors given are
    exactly those that work. The arguments are those of `apportion`; the method is the one that the
    apportionment names.
    """
    given = apportionment.seats
    if given.keys() != weights.keys():
        return [f"the seats name other parties than the weights: {sorted(given.keys() ^ weights.keys())}"]
    exact = {name: _exact(weight) for name, weight in weights.items()}
    bar = _exact(threshold or 0) * sum(exact.values())
    low = {name: floor if isinstance(floor, int) else floor.get(name, 0) for name in exact}
    high = {name: seats if cap is None else min(seats, cap.get(name, seats)) for name in exact}
    for name, weight in exact.items():
        low[name] = low[name] if weight >= bar else 0
        high[name] = high[name] if weight >= bar and weight > 0 else low[name]
    taking_part = {name: weight for name, weight in exact.items() if weight >= bar}
    claims = _claims(seats, apportionment, taking_part, low, high)
    order = {name: place for place, name in enumerate(tie_order or sorted(exact))}
    return _wrong_bounds(seats, given, low, high) or [
        *_wrong_order(*claims, order),
        *_wrong_ties(apportionment, *claims, order),
        *_wrong_divisor(apportionment, *claims),
    ]


type _Claim = tuple[int, Fraction]
"""A claim; (1, weight) is the unbounded claim to a first seat, stronger than any (0, claim)."""
type _Claims = dict[str, _Claim]


def _exact(number: _Number) -> Fraction:
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)


def _claims(
    seats: int,
    apportionment: Apportionment,
    weights: Mapping[str, Fraction],
    low: Mapping[str, int],
    high: Mapping[str, int],
) -> tuple[_Claims, _Claims]:
    """The claim to the last seat of whoever is above the floor; to the next of whoever is below the cap."""
    signpost = _SIGNPOSTS.get(apportionment.method)
    power = 2 if apportionment.method == "huntington-hill" else 1
    total = sum(weights.values()) or 1

    def claim(name: str, before: int) -> _Claim:
        if signpost is None:
            return (0, weights[name] * seats / total - before)
        post = signpost(before)
        return (0, weights[name] ** power / post) if post else (1, weights[name])

    given = apportionment.seats
    met = {name: claim(name, given[name] - 1) for name in weights if given[name] > low[name]}
    refused = {name: claim(name, given[name]) for name in weights if given[name] < high[name]}
    return met, refused


def _wrong_bounds(
    seats: int, given: Mapping[str, int], low: Mapping[str, int], high: Mapping[str, int]
) -> list[str]:
    wrong = [
        f"{name} has {given[name]} seats, not from {low[name]} to {high[name]}"
        for name in given
        if not low[name] <= given[name] <= high[name]
    ]
    if sum(given.values()) != seats:
        wrong.append(f"{sum(given.values())} seats were given, not {seats}")
    return wrong


def _wrong_order(met: _Claims, refused: _Claims, order: Mapping[str, int]) -> list[str]:
    if not met or not refused:
        return []
    weakest = max(met, key=lambda name: ((-met[name][0], -met[name][1]), order[name]))
    strongest = min(refused, key=lambda name: ((-refused[name][0], -refused[name][1]), order[name]))
    if refused[strongest] > met[weakest]:
        return [f"{strongest} has the stronger claim to the last seat of {weakest}"]
    if refused[strongest] == met[weakest] and order[strongest] < order[weakest]:
        return [f"{strongest} and {weakest} are tied, and {strongest} comes first in the declared order"]
    return []


def _wrong_ties(
    apportionment: Apportionment, met: _Claims, refused: _Claims, order: Mapping[str, int]
) -> list[str]:
    level = max(refused.values(), default=None)
    winners = [name for name in met if met[name] == level]
    losers = [name for name in refused if refused[name] == level]
    tied = (tuple(sorted(winners + losers, key=order.__getitem__)), len(winners))
    expected = [tied] if winners else []
    if [(tie.parties, tie.seats) for tie in apportionment.ties] != expected:
        return [f"the ties reported are not the ties there are: {expected}"]
    return []


def _wrong_divisor(apportionment: Apportionment, met: _Claims, refused: _Claims) -> list[str]:
    unbounded = any(rank for rank, _ in refused.values())
    divisor = apportionment.divisor
    if apportionment.method == "hamilton" or unbounded:
        return [] if divisor is None else ["a divisor is given where none exists"]
    low = max((claim for _, claim in refused.values()), default=Fraction(0))
    high = min((claim for rank, claim in met.values() if not rank), default=None)
    power = 2 if apportionment.method == "huntington-hill" else 1
    if divisor is None or (divisor.low, divisor.high, divisor.power) != (low, high, power):
        return [f"the divisors that give these seats run from {low} to {high}, not as stated"]
    return []
