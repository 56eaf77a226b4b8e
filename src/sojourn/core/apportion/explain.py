"""Why each party has its seats: the quotient, what held it, and the claim that the next seat would have
taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from sojourn.core.apportion.divisor import priority
from sojourn.core.apportion.exact import Number
from sojourn.core.apportion.methods import DIVISOR_METHODS
from sojourn.core.apportion.outcome import Apportionment, MethodName
from sojourn.core.apportion.problem import Problem, read_problem
from sojourn.core.apportion.remainder import qualified_weight, quota_claim
from sojourn.core.apportion.solving import apportion

type Held = Literal["quotient", "floor", "cap", "threshold", "no weight", "tie won", "tie lost"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one party has its seats.

    `quotient` is the weight over the published divisor, or the quota under Hamilton; None where no divisor
    exists. `last_claim` and `next_claim` are the exact claims to the last seat won and to the next: weight
    over signpost (for Huntington-Hill its square), or quota less seats before it under Hamilton; None where
    the claim has no bound (the free first seat) or the floor or cap leaves none to make. `bar` is the weakest
    claim of anyone that won a seat: the next claim had to pass it. `held_by` says what settled the number.
    """

    seats: int
    weight: Fraction
    share: Fraction
    floor: int
    cap: int
    quotient: Fraction | None
    last_claim: Fraction | None
    next_claim: Fraction | None
    bar: Fraction | None
    held_by: Held


def explain(
    seats: int,
    weights: Mapping[str, Number],
    *,
    method: MethodName = "webster",
    floor: int | Mapping[str, int] = 0,
    cap: Mapping[str, int] | None = None,
    threshold: Number | None = None,
    tie_order: Sequence[str] | None = None,
) -> dict[str, Reason]:
    """The reason of each party, by name, for the apportionment that these same arguments give.

    Takes the arguments of `apportion` and raises as it does. Shares are of all weight, whoever takes part.
    """
    outcome = apportion(
        seats, weights, method=method, floor=floor, cap=cap, threshold=threshold, tie_order=tie_order
    )
    problem = read_problem(seats, weights, floor=floor, cap=cap, threshold=threshold, tie_order=tie_order)
    claims = _Claims(problem, outcome)
    everything = sum(problem.weights) or 1
    return {
        name: Reason(
            seats=outcome.seats[name],
            weight=Fraction(problem.weights[party], problem.denominator),
            share=Fraction(problem.weights[party], everything),
            floor=int(problem.floor[party]),
            cap=int(problem.cap[party]),
            quotient=claims.quotient(party),
            last_claim=claims.last(party),
            next_claim=claims.next(party),
            bar=claims.bar,
            held_by=claims.held_by(party),
        )
        for party, name in enumerate(problem.names)
    }


class _Claims:
    """The exact claims of the parties around the seats that they were given."""

    def __init__(self, problem: Problem, outcome: Apportionment) -> None:
        self.problem, self.outcome = problem, outcome
        self.method = DIVISOR_METHODS.get(outcome.method)
        self.total = qualified_weight(problem)
        self.divisor = outcome.divisor.published() if outcome.divisor else None
        parties = range(len(problem.names))
        met = [claim for party in parties if (claim := self.last(party)) is not None]
        refused = [claim for party in parties if (claim := self.next(party)) is not None]
        self.bar = min(met, default=None)
        self.level = max(refused, default=self.bar or Fraction(0))
        self.tied = {name: name in tie.winners for tie in outcome.ties for name in tie.parties}

    def seats(self, party: int) -> int:
        return self.outcome.seats[self.problem.names[party]]

    def quotient(self, party: int) -> Fraction | None:
        if self.method is None:
            return quota_claim(self.problem, self.total, party, 1)
        if self.divisor is None:
            return None
        return Fraction(self.problem.weights[party], self.problem.denominator) / self.divisor

    def claim(self, party: int, seat: int) -> Fraction | None:
        if self.method is None:
            return quota_claim(self.problem, self.total, party, seat)
        if self.method.signpost(seat - 1)[0] == 0:
            return None
        return priority(self.problem, self.method, party, seat)

    def last(self, party: int) -> Fraction | None:
        seats = self.seats(party)
        return self.claim(party, seats) if seats > self.problem.floor[party] else None

    def next(self, party: int) -> Fraction | None:
        seats = self.seats(party)
        return self.claim(party, seats + 1) if seats < self.problem.cap[party] else None

    def held_by(self, party: int) -> Held:
        problem, seats = self.problem, self.seats(party)
        name = problem.names[party]
        if not problem.qualified[party]:
            return "threshold"
        if not problem.weights[party]:
            return "no weight"
        if name in self.tied:
            return "tie won" if self.tied[name] else "tie lost"
        if seats == problem.cap[party] < problem.seats and self._wants(party, seats + 1):
            return "cap"
        if seats == problem.floor[party] > 0 and not self._wants(party, seats):
            return "floor"
        return "quotient"

    def _wants(self, party: int, seat: int) -> bool:
        """Whether the quotient alone, without floor and cap, would reach this seat."""
        claim = self.claim(party, seat)
        return claim is None or claim > self.level
