"""Applicant-proposing deferred acceptance for plain markets, in rounds of whole arrays."""

from bisect import insort
from dataclasses import dataclass
from itertools import chain

import numpy as np

from .market import NOBODY, Flags, Ints, Market

FEW = 100
"""Below this many proposals in a round, taking them one at a time beats the overhead of array operations."""


def deferred_acceptance(market: Market) -> Ints:
    """The applicant-optimal stable matching: the edge that each applicant holds, or -1.

    In each round every applicant without a place applies to the next post that could still take them, and
    each post keeps the best so far. A post that is full turns away everyone ranked after the last it keeps
    (its cutoff), so that hopeless proposals cost no sorting. When few proposals are left they are taken one
    at a time; the outcome does not depend on the order (McVitie & Wilson 1970). Reserves and regions of the
    market are not looked at: see `flexible_deferred_acceptance`. There are no ties to break.

    **Source:** Gale & Shapley, College admissions and the stability of marriage (1962); Roth & Sotomayor,
    Two-Sided Matching (1990), ch. 5.
    """
    seats = _Seats.empty(market)
    first = market.start[:-1]
    edges = seats.live(first[first < market.start[1:]])
    while edges.size > FEW:
        edges = seats.live(seats.next_choices(seats.admit(edges)))
    seats.admit_one_by_one(edges)
    return seats.held()


@dataclass(frozen=True, slots=True)
class _Seats:
    """All seats of all posts, post after post, each post's holders in order of rank.

    A seat holds one sortable number made of post, rank and edge, so that one sort of plain integers puts
    every post's candidates in order; an empty seat holds the largest number of its post. `stop[a]` ends a's
    choices, `cutoff[p]` is the rank that a newcomer must beat at post p.
    """

    market: Market
    stop: Ints
    capacity: Ints
    start: Ints
    keys: Ints
    cutoff: Ints
    edge_bits: int
    rank_bits: int

    @classmethod
    def empty(cls, market: Market) -> "_Seats":
        """Nobody admitted yet; a capacity beyond the number of choices is cut to that number."""
        posts = market.capacity.size
        capacity = np.minimum(market.capacity, np.bincount(market.post, minlength=posts))
        edge_bits = market.edges.bit_length()
        rank_bits = (int(market.rank.max(initial=0)) + 1).bit_length()
        low = edge_bits + rank_bits
        return cls(
            market,
            stop=market.start[1:],
            capacity=capacity,
            start=np.concatenate(([0], np.cumsum(capacity))),
            keys=(np.repeat(np.arange(posts), capacity) << low) | ((1 << low) - 1),
            cutoff=np.where(capacity > 0, (1 << rank_bits) - 1, -1),
            edge_bits=edge_bits,
            rank_bits=rank_bits,
        )

    @property
    def _no_edge(self) -> int:
        return (1 << self.edge_bits) - 1

    @property
    def _no_rank(self) -> int:
        return (1 << self.rank_bits) - 1

    def live(self, edges: Ints) -> Ints:
        """Per applicant at these edges, the first choice from there on whose post could still take them."""
        market, found = self.market, [edges[:0]]
        stop = self.stop[market.applicant[edges]]
        while edges.size:
            alive = market.rank[edges] < self.cutoff[market.post[edges]]
            found.append(edges[alive])
            edges, stop = edges[~alive] + 1, stop[~alive]
            left = edges < stop
            edges, stop = edges[left], stop[left]
        return np.concatenate(found)

    def next_choices(self, rejected: Ints) -> Ints:
        """The choices after the rejected ones, for applicants who have any left."""
        return (rejected + 1)[rejected + 1 < self.stop[self.market.applicant[rejected]]]

    def admit(self, edges: Ints) -> Ints:
        """Let every post choose among its holders and these newcomers; gives the rejected edges."""
        post = self.market.post[edges].astype(np.int64)
        newcomers = np.bincount(post, minlength=self.capacity.size)
        touched = np.flatnonzero(newcomers)
        newcomers, capacity = newcomers[touched], self.capacity[touched]
        seats = self._seats_of(touched)

        rank = self.market.rank[edges]
        candidates = np.concatenate(
            (self.keys[seats], (((post << self.rank_bits) | rank) << self.edge_bits) | edges)
        )
        candidates.sort()
        end = np.cumsum(capacity + newcomers) - newcomers
        kept: Flags = np.arange(candidates.size) < np.repeat(end, capacity + newcomers)
        self.keys[seats] = candidates[kept]
        self.cutoff[touched] = (candidates[end - 1] >> self.edge_bits) & self._no_rank
        rejected: Ints = candidates[~kept] & self._no_edge
        seated: Flags = rejected != self._no_edge
        return rejected[seated]

    def admit_one_by_one(self, edges: Ints) -> None:
        """The same until nobody is left to apply; plain integers and lists, as arrays are slow one by one."""
        market, starts = self.market, self.start.tolist()
        post, rank, applicant = memoryview(market.post), memoryview(market.rank), memoryview(market.applicant)
        stop, cutoff = memoryview(self.stop), self.cutoff.tolist()
        edge_bits, rank_bits, no_edge, no_rank = self.edge_bits, self.rank_bits, self._no_edge, self._no_rank
        rows: dict[int, list[int]] = {}
        waiting: list[int] = edges.tolist()
        while waiting:
            edge = waiting.pop()
            last = stop[applicant[edge]]
            while edge < last and rank[edge] >= cutoff[post[edge]]:
                edge += 1
            if edge == last:
                continue
            here = post[edge]
            row = rows.get(here)
            if row is None:
                row = rows[here] = self.keys[starts[here] : starts[here + 1]].tolist()
            insort(row, (((here << rank_bits) | rank[edge]) << edge_bits) | edge)
            rejected = row.pop() & no_edge
            cutoff[here] = (row[-1] >> edge_bits) & no_rank
            if rejected != no_edge:
                waiting.append(rejected)
        changed = np.fromiter(rows, dtype=np.int64, count=len(rows))
        self.keys[self._seats_of(changed)] = list(chain.from_iterable(rows.values()))

    def _seats_of(self, posts: Ints) -> Ints:
        """The numbers of these posts' seats, post after post."""
        capacity = self.capacity[posts]
        seats = np.repeat(self.start[posts] - (np.cumsum(capacity) - capacity), capacity)
        return seats + np.arange(seats.size)

    def held(self) -> Ints:
        """The edge that each applicant holds, or -1."""
        edges = self.keys & self._no_edge
        edges = edges[edges != self._no_edge]
        held = np.full(self.market.applicants, NOBODY)
        held[self.market.applicant[edges]] = edges
        return held
