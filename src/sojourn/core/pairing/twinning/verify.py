"""A check of a twinning that shares nothing with the solver: capacities, weights, the bound anew."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from sojourn.core.pairing.twinning.problem import Edge, Institution, Twinning


def certified_bound(institutions: Sequence[Institution], edges: Sequence[Edge], outcome: Twinning) -> float:
    """The bound that the outcome's prices and blossoms prove, whatever they are (weak duality).

    Every twinning weighs at most: capacity x price over institutions, plus limit x price over blossoms,
    plus what each edge is worth beyond the prices that it pays.
    """
    capacity = {institution.id: institution.capacity for institution in institutions}
    bound = math.fsum(capacity[id_] * price for id_, price in outcome.prices.items())
    around: defaultdict[str, set[int]] = defaultdict(set)
    pays: defaultdict[frozenset[str], float] = defaultdict(float)
    for number, (members, teeth, price) in enumerate(outcome.blossoms):
        bound += price * ((sum(capacity[id_] for id_ in members) + len(teeth)) // 2)
        for id_ in members:
            around[id_].add(number)
        for one, other in teeth:
            pays[frozenset((one, other))] += price
    for one, other, _ in edges:
        blossoms = around[one] & around[other]
        pays[frozenset((one, other))] += sum(outcome.blossoms[number].price for number in blossoms)
        pays[frozenset((one, other))] += outcome.prices.get(one, 0.0) + outcome.prices.get(other, 0.0)
    return bound + math.fsum(max(0.0, weight - pays[frozenset((one, other))]) for one, other, weight in edges)


def verify_twinning(
    institutions: Sequence[Institution], edges: Sequence[Edge], outcome: Twinning
) -> list[str]:
    """Everything wrong with `outcome`, in words; empty when it is valid and its certificate holds."""
    weight = {frozenset((one, other)): weight for one, other, weight in edges}
    pairs = [frozenset(pair) for pair in outcome.pairs]
    faults = [f"{sorted(pair)} is not among the edges" for pair in pairs if pair not in weight]
    if len(set(pairs)) < len(pairs):
        faults.append("a pair is made twice")
    load = Counter(id_ for pair in pairs for id_ in pair)
    faults += [
        f"{id_!r} has {load[id_]} twins, more than {most}" for id_, most in institutions if load[id_] > most
    ]
    if not faults and not math.isclose(
        math.fsum(weight[pair] for pair in pairs), outcome.total, abs_tol=1e-6
    ):
        faults.append(f"the total is not {outcome.total}")
    if min([*outcome.prices.values(), *(blossom.price for blossom in outcome.blossoms), 0.0]) < 0:
        faults.append("a price is negative")
    for members, teeth, _ in outcome.blossoms:
        if len({frozenset(tooth) for tooth in teeth}) < len(teeth) or any(
            (a in members) == (b in members) for a, b in teeth
        ):
            faults.append("a tooth of a blossom does not leave it, or is counted twice")
    if not faults and certified_bound(institutions, edges, outcome) > outcome.certified * (1 + 1e-9) + 1e-6:
        faults.append(f"the prices do not prove the bound {outcome.certified}")
    if (
        outcome.bound > outcome.certified * (1 + 1e-9) + 1e-6
        or outcome.total > outcome.bound * (1 + 1e-9) + 1e-6
    ):
        faults.append("total, bound and certified bound are out of order")
    return faults
