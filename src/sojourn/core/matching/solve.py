"""From a problem to its outcome: the right method, its certificate and what to report."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from .blocking import blocking_edges
from .certificate import BlockingPair, Certificate
from .check import Fault, InvalidProblemError, check
from .compiled import Compiled, OneSided, compiled
from .couples import insert_couples, insertion_orders
from .deferred import deferred_acceptance
from .exact import Existence, search_stable
from .flexible import flexible_deferred_acceptance
from .market import Ints, Market
from .problem import Objective, Problem
from .reserve import filled_reserves
from .split import reserve_deferred_acceptance
from .verify import verify_stable
from .weight import max_weight

Weights = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class ReserveFill:
    """How far one reserve of a post was filled; each person admitted counts for one reserve at most."""

    post: str
    number: int
    seats: int
    filled: int

    @property
    def unmet(self) -> int:
        """Reserved seats that no member took."""
        return self.seats - self.filled


@dataclass(frozen=True, slots=True)
class Outcome:
    """A matching and everything that is to be said about it.

    `method` names what computed it; `assignment` gives every applicant a post or None; `certificate` is the
    independent check; `existence` says whether a stable matching exists at all, as far as is known.
    """

    method: str
    assignment: dict[str, str | None]
    certificate: Certificate
    reserves: tuple[ReserveFill, ...]
    ignored: tuple[OneSided, ...]
    existence: Existence


def solve(
    problem: Problem, objective: Objective = Objective.STABLE, *, weights: Weights | None = None
) -> Outcome:
    """Match applicants to posts.

    STABLE gives the outcome of applicant-proposing deferred acceptance: the stable matching that every
    applicant likes best, with soft reserves and regional caps where given. With couples a stable matching
    need not exist: Roth and Peranson's insertion is tried in several orders, then an exact search in small
    markets; failing that, the matching with the fewest blocking pairs found is given with those pairs.
    MAX_WEIGHT gives the greatest sum of `weights` (applicant -> post -> whole number; by default the length
    of the longest list for a first choice, then one less each), stable or not.

    Ties: rankings are strict. Between equally good insertions the earlier order wins, between equally heavy
    matchings the flow's own; both work on ids in sorted order, so that the order of the input does not
    matter.

    Raises InvalidProblemError, with every fault, for a problem that contradicts itself (`check`).
    """
    check(problem)
    arrays = compiled(problem)
    if objective is Objective.MAX_WEIGHT:
        return _heaviest(problem, arrays, weights)
    if weights is not None:
        raise InvalidProblemError(
            [Fault(("weights",), "weights play no part in a stable matching: drop them")]
        )
    if problem.couples:
        return _with_couples(problem, arrays)
    plain = arrays.market.reserves is None and arrays.market.regions is None
    method = "deferred acceptance" if plain else "flexible deferred acceptance"
    held = _deferred(arrays.market)
    return _outcome(problem, arrays, method, arrays.assignment(held), _certified(problem, arrays, held))


def _deferred(market: Market) -> Ints:
    """By the fastest way that the market allows."""
    if market.regions is not None or _overlapping(market):
        return flexible_deferred_acceptance(market)
    return deferred_acceptance(market) if market.reserves is None else reserve_deferred_acceptance(market)


def _overlapping(market: Market) -> bool:
    """Whether someone is in two reserves of one post."""
    return market.reserves is not None and bool(np.any(market.reserves.per_edge > 1))


def _certified(problem: Problem, arrays: Compiled, held: Ints) -> Certificate:
    """In arrays where these can tell, else by the definition itself."""
    market = arrays.market
    if _overlapping(market) or market.regions is not None:
        return verify_stable(problem, arrays.assignment(held))
    pairs = (
        BlockingPair((arrays.people[market.applicant[edge]],), (arrays.posts[market.post[edge]],))
        for edge in blocking_edges(market, held).tolist()
    )
    return Certificate(blocking_pairs=tuple(sorted(pairs, key=lambda pair: (pair.members, str(pair.posts)))))


def _with_couples(problem: Problem, arrays: Compiled) -> Outcome:
    singles = arrays.assignment(_deferred(arrays.market))
    best: Outcome | None = None
    for order in insertion_orders(problem):
        assignment = insert_couples(problem, singles, order)
        certificate = verify_stable(problem, assignment)
        found = _outcome(problem, arrays, "Roth-Peranson insertion", assignment, certificate)
        if certificate.stable:
            return found
        if best is None or len(certificate.blocking_pairs) < len(best.certificate.blocking_pairs):
            best = found
    existence, assignment = search_stable(problem)
    if existence is Existence.EXISTS or best is None:
        certificate = verify_stable(problem, assignment)
        return _outcome(problem, arrays, "exact search", assignment, certificate)
    return replace(best, existence=existence)


def _heaviest(problem: Problem, arrays: Compiled, weights: Weights | None) -> Outcome:
    if problem.couples:
        raise InvalidProblemError(
            [Fault(("couples",), "a heaviest matching cannot keep couples together: drop them")]
        )
    market = arrays.market
    gain = None if weights is None else _weights(problem, arrays, weights)
    held = max_weight(market, gain)
    return _outcome(problem, arrays, "max-weight", arrays.assignment(held), _certified(problem, arrays, held))


def _weights(problem: Problem, arrays: Compiled, weights: Weights) -> Ints:
    """One weight per edge; every choice that both sides hold needs one."""
    faults = []
    for who, row in weights.items():
        for name, weight in row.items():
            path = ("weights", who, name)
            if name not in problem.applicants.get(who, ()):
                faults.append(Fault(path, "weighs what is not among the applicant's choices: drop it"))
            elif isinstance(weight, bool) or not isinstance(weight, int) or not 0 <= weight <= 10**9:
                faults.append(
                    Fault(path, f"{weight!r} is not a whole number from 0 to 1,000,000,000: give one")
                )
    market = arrays.market
    ends = [
        (arrays.people[who], arrays.posts[post])
        for who, post in zip(market.applicant.tolist(), market.post.tolist(), strict=True)
    ]
    missing = [(who, name) for who, name in ends if name not in weights.get(who, {})]
    faults += [Fault(("weights", who, name), "has no weight: give one") for who, name in missing]
    if faults:
        raise InvalidProblemError(faults)
    return np.array([weights[who][name] for who, name in ends], dtype=np.int64)


def _outcome(
    problem: Problem,
    arrays: Compiled,
    method: str,
    assignment: dict[str, str | None],
    certificate: Certificate,
) -> Outcome:
    exists = certificate.stable or not problem.couples
    return Outcome(
        method=method,
        assignment=assignment,
        certificate=certificate,
        reserves=_fills(problem, assignment),
        ignored=arrays.ignored,
        existence=Existence.EXISTS if exists else Existence.UNKNOWN,
    )


def _fills(problem: Problem, assignment: Mapping[str, str | None]) -> tuple[ReserveFill, ...]:
    admitted: dict[str, set[str]] = {name: set() for name, post in problem.posts.items() if post.reserves}
    for who, held in assignment.items():
        if held in admitted:
            admitted[held].add(who)
    fills = []
    for name in sorted(admitted):
        post = problem.posts[name]
        taken = list(filled_reserves(post, [who for who in post.ranking if who in admitted[name]]).values())
        fills += [ReserveFill(name, at, r.seats, taken.count(at)) for at, r in enumerate(post.reserves)]
    return tuple(fills)
