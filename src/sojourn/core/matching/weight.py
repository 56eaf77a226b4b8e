"""The heaviest matching, by one min-cost flow."""

import numpy as np
from numpy.typing import ArrayLike
from ortools.graph.python import min_cost_flow

from .market import NOBODY, Ints, Market


def preference_weights(market: Market) -> Ints:
    """Weights from the choices alone: the length of the longest list for a first one, then one less each."""
    length = np.diff(market.start)
    position = np.arange(market.edges) - np.repeat(market.start[:-1], length)
    return int(length.max(initial=0)) - position


def max_weight(market: Market, weights: ArrayLike | None = None) -> Ints:
    """The edge that each applicant holds, or -1, in a matching of greatest total weight, stable or not.

    `weights` (E, whole, 0 and up) defaults to `preference_weights`. Capacities and regional caps hold; as
    many reserved seats as possible over the whole market are filled by members before any other weight
    counts. Ranks and targets play no part. Among matchings of equal weight the flow's own is given, which
    depends on nothing but the order of applicants and posts in the market.

    Raises ValueError for weights that are negative, not whole, or too large for the flow's 64-bit costs.

    **Source:** Ahuja, Magnanti & Orlin, Network Flows (1993), ch. 9-12; OR-Tools SimpleMinCostFlow.
    """
    gain = _checked(market, preference_weights(market) if weights is None else np.asarray(weights))
    return _Network(market, gain).solve()


def _checked(market: Market, weights: Ints) -> Ints:
    if weights.shape != (market.edges,):
        raise ValueError(f"weights must have one entry per choice: {market.edges}, not {weights.shape}")
    if weights.size and not np.issubdtype(weights.dtype, np.integer):
        raise ValueError(f"weights must be whole numbers, not {weights.dtype}: scale and round them first")
    if np.any(weights < 0):
        raise ValueError("weights must not be negative: leave out a choice that should not be taken")
    nodes = market.applicants + market.capacity.size + market.edges + 2
    if int(weights.max(initial=0)) * (market.applicants + 1) * nodes >= 2**60:
        raise ValueError("weights are too large for 64-bit arithmetic: scale them down")
    return weights.astype(np.int64)


class _Network:
    """Applicants -> (reserves ->) posts -> (regions ->) sink, or from applicants straight to the sink.

    Each applicant sends one unit, so that raising the cost of all their arcs alike changes nothing: a choice
    costs what it falls short of the best weight, and all but reserved seats cost a surcharge above any sum of
    weights.
    """

    def __init__(self, market: Market, gain: Ints) -> None:
        self.market = market
        self.flow = min_cost_flow.SimpleMinCostFlow()
        reserves = 0 if market.reserves is None else market.reserves.seats.size
        regions = 0 if market.regions is None else market.regions.cap.size
        self.first_post = market.applicants
        self.first_reserve = self.first_post + market.capacity.size
        self.first_region = self.first_reserve + reserves
        self.sink = self.first_region + regions
        best = int(gain.max(initial=0))
        self._choices(best - gain, best, surcharge=1 + market.applicants * best if reserves else 0)
        self._reserved_seats()
        self._seats()

    def _arcs(self, tails: Ints, heads: Ints | int, capacities: Ints | int, costs: Ints | int) -> None:
        columns = np.broadcast_arrays(tails, heads, capacities, costs)
        self.flow.add_arcs_with_capacity_and_unit_cost(
            *(np.ascontiguousarray(c, dtype=np.int64) for c in columns)
        )

    def _choices(self, shortfall: Ints, worst: int, surcharge: int) -> None:
        """One arc per edge to its post, one per membership to the reserve, one per applicant past all."""
        market = self.market
        self.edge_of_arc = np.arange(market.edges)
        self._arcs(market.applicant, self.first_post + market.post, 1, shortfall + surcharge)
        if market.reserves is not None:
            member_edge = np.repeat(np.arange(market.edges), market.reserves.per_edge)
            self.edge_of_arc = np.concatenate((self.edge_of_arc, member_edge))
            reserve = self.first_reserve + market.reserves.member
            self._arcs(market.applicant[member_edge], reserve, 1, shortfall[member_edge])
        self._arcs(np.arange(market.applicants), self.sink, 1, worst + surcharge)

    def _reserved_seats(self) -> None:
        if self.market.reserves is not None:
            reserves = self.market.reserves
            tails = self.first_reserve + np.arange(reserves.seats.size)
            self._arcs(tails, self.first_post + reserves.post, reserves.seats, 0)

    def _seats(self) -> None:
        market = self.market
        posts = self.first_post + np.arange(market.capacity.size)
        exits = np.full(market.capacity.size, self.sink)
        if market.regions is not None:
            exits = np.where(market.regions.of >= 0, self.first_region + market.regions.of, self.sink)
            regions = self.first_region + np.arange(market.regions.cap.size)
            self._arcs(regions, self.sink, market.regions.cap, 0)
        self._arcs(posts, exits, np.minimum(market.capacity, market.applicants), 0)

    def solve(self) -> Ints:
        market = self.market
        held = np.full(market.applicants, NOBODY)
        if market.edges == 0:
            return held
        people = np.arange(market.applicants)
        self.flow.set_nodes_supplies(people, np.ones_like(people))
        self.flow.set_node_supply(self.sink, -market.applicants)
        status = self.flow.solve()
        if (
            status != self.flow.OPTIMAL
        ):  # every applicant may go straight to the sink, so a flow always exists
            raise ArithmeticError(f"the flow ended with status {status!r}")
        used = self.edge_of_arc[self.flow.flows(np.arange(self.edge_of_arc.size)) > 0]
        held[market.applicant[used]] = used
        return held
