"""What an apportionment gives back: the seats, the divisors that produce them, and the ties that were
broken."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Literal

type MethodName = Literal["webster", "dhondt", "huntington-hill", "hamilton", "adams", "dean"]
type Place = tuple[str, ...]
"""Where in the arguments a fault is: `("floor", "North")`."""


class ApportionmentError(ValueError):
    """The numbers given cannot be apportioned; `faults` holds every place and what is wrong there."""

    def __init__(self, faults: Sequence[tuple[Place, str]]) -> None:
        super().__init__("; ".join(f"{'.'.join(place)}: {message}" for place, message in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class DivisorRange:
    """Every divisor that gives the published seats: `low <= divisor ** power <= high`, in exact fractions.

    `power` is 2 for Huntington-Hill, whose signposts are square roots, and 1 otherwise. `high` is None when
    any larger divisor does as well (nobody holds more than a floor). The two ends meet exactly when the last
    seat was tied.
    """

    low: Fraction
    high: Fraction | None
    power: int = 1

    def contains(self, divisor: Fraction) -> bool:
        """Whether this divisor gives the published seats, a tie being settled by the declared order."""
        raised = divisor**self.power
        return divisor > 0 and self.low <= raised and (self.high is None or raised <= self.high)

    def published(self) -> Fraction:
        """The divisor with the fewest decimal digits inside the range: the customary one to print.

        Where the range is one irrational point (a tie under Huntington-Hill), its nearest fraction to 30
        digits.
        """
        if self.high is None:
            return Fraction(_root(self.low, self.power, 0) + 1)
        digits = -_magnitude(self.high) // self.power
        last = digits + 31
        while True:
            divisor = Fraction(_root(self.high, self.power, digits)) / Fraction(10) ** digits
            if self.contains(divisor):
                return divisor
            if digits >= last and self.low == self.high:
                return self.low if self.power == 1 else divisor
            digits += 1


def _magnitude(number: Fraction) -> int:
    """At least the number of digits before the decimal point; below zero for so many zeros behind it."""
    if number >= 1:
        return len(str(int(number)))
    return 1 - len(str(int(1 / number)))


def _root(number: Fraction, power: int, digits: int) -> int:
    """The largest whole number whose `power`, in units of 10**-digits, does not pass `number`."""
    scaled = number * Fraction(10) ** (digits * power)
    whole = scaled.numerator // scaled.denominator
    return whole if power == 1 else isqrt(whole)


@dataclass(frozen=True, slots=True)
class Tie:
    """Parties with exactly equal claims to fewer seats than there are parties.

    `parties` stand in the declared order; the first `seats` of them received one seat each.
    """

    parties: tuple[str, ...]
    seats: int

    @property
    def winners(self) -> tuple[str, ...]:
        """Those to whom the declared order gave the seat."""
        return self.parties[: self.seats]


@dataclass(frozen=True, slots=True)
class Apportionment:
    """Seats by party, in the order in which the weights were given.

    `divisor` is None for Hamilton's method, which has none, and where fewer seats than parties are to be had
    under a method that gives everybody a first seat. `ties` is empty unless the declared order decided
    something.
    """

    method: MethodName
    seats: dict[str, int]
    divisor: DivisorRange | None
    ties: tuple[Tie, ...]
