"""The same problem as arrays: choices in compressed rows, one edge per choice that both sides hold."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.integer]
Flags = NDArray[np.bool_]

NOBODY = -1
"""Stands in an array of edges for an applicant without a place."""

KEY_BITS = 62
"""Bits for one sortable key of post, rank and edge; the sign bit and one spare are left out."""


@dataclass(frozen=True, slots=True)
class Reserves:
    """Reserved seats: reserve r keeps `seats[r]` of post `post[r]` for its members.

    Edge e is a member's of the reserves `member[start[e]:start[e + 1]]`, all of them at the edge's own post.
    """

    post: Ints
    seats: Ints
    start: Ints
    member: Ints

    @property
    def per_edge(self) -> Ints:
        """In how many reserves of its post each edge's applicant is."""
        return np.diff(self.start)


@dataclass(frozen=True, slots=True)
class Regions:
    """Regional caps: post p counts against `cap[of[p]]`, has a target, and takes its turn in order `turn[p]`.

    `of[p]` is -1 for a post outside every region.
    """

    of: Ints
    cap: Ints
    target: Ints
    turn: Ints


@dataclass(frozen=True, slots=True)
class Market:
    """A many-to-one market as arrays.

    Applicant a's choices are the edges `start[a]:start[a + 1]`, best first; edge e leads to `post[e]`, which
    ranks the applicant `rank[e]` (0 and up, lower is better, no two alike at one post). `applicant[e]` is the
    way back. Build one with `Market.of`, which refuses arrays that do not fit together.
    """

    start: Ints
    post: Ints
    rank: Ints
    capacity: Ints
    applicant: Ints
    reserves: Reserves | None = None
    regions: Regions | None = None

    @classmethod
    def of(
        cls,
        start: ArrayLike,
        post: ArrayLike,
        rank: ArrayLike,
        capacity: ArrayLike,
        *,
        reserves: Reserves | None = None,
        regions: Regions | None = None,
    ) -> Self:
        """The market of these rows; raises ValueError when they do not fit together.

        `start` (A + 1), `post` and `rank` (E each), `capacity` (P): whole numbers, as described above.
        """
        rows, posts, ranks, seats = (
            _whole(values, name)
            for values, name in ((start, "start"), (post, "post"), (rank, "rank"), (capacity, "capacity"))
        )
        _check_rows(rows, posts, ranks, seats)
        applicant = np.repeat(np.arange(rows.size - 1, dtype=np.int32), np.diff(rows))
        _check_distinct(applicant, posts, "an applicant lists the same post twice")
        _check_distinct(posts, ranks, "a post gives two applicants the same rank")
        if reserves is not None:
            _check_reserves(reserves, posts, seats)
        if regions is not None:
            _check_regions(regions, seats)
        narrow = (posts.astype(np.int32), ranks.astype(np.int32))
        return cls(rows, *narrow, seats, applicant, reserves, regions)

    @property
    def applicants(self) -> int:
        """How many applicants there are."""
        return self.start.size - 1

    @property
    def edges(self) -> int:
        """How many choices there are in all."""
        return self.post.size


def _whole(values: ArrayLike, name: str) -> NDArray[np.int64]:
    array = np.asarray(values)
    if array.ndim != 1 or (array.size and not np.issubdtype(array.dtype, np.integer)):
        raise ValueError(f"{name} must be a one-dimensional array of whole numbers, not {array.dtype}")
    return array.astype(np.int64)


def _check_rows(start: Ints, post: Ints, rank: Ints, capacity: Ints) -> None:
    if start.size == 0 or start[0] != 0 or start[-1] != post.size or np.any(np.diff(start) < 0):
        raise ValueError("start must rise from 0 to the number of choices")
    if post.size != rank.size:
        raise ValueError(f"post has {post.size} entries but rank has {rank.size}: give one rank per choice")
    if np.any((post < 0) | (post >= capacity.size)):
        raise ValueError(f"post must lie between 0 and {capacity.size - 1}")
    if np.any(rank < 0) or np.any(capacity < 0):
        raise ValueError("rank and capacity must not be negative")
    check_size(capacity.size, int(rank.max(initial=0)) + 1, post.size)


def check_size(posts: int, ranks: int, edges: int) -> None:
    """Refuse a market whose posts, ranks and edges do not fit into one sortable number."""
    if sum(n.bit_length() for n in (posts, ranks, edges)) > KEY_BITS or ranks >= 2**31:
        raise ValueError(
            "the market is too large for one run: split it or number the ranks from 0 without gaps"
        )


def _check_reserves(reserves: Reserves, post: Ints, capacity: Ints) -> None:
    if reserves.post.shape != reserves.seats.shape or reserves.start.shape != (post.size + 1,):
        raise ValueError(
            "reserves need one post and one number of seats each, and one start per choice and one more"
        )
    if np.any((reserves.post < 0) | (reserves.post >= capacity.size)) or np.any(reserves.seats < 0):
        raise ValueError("reserves must be at posts of the market and have 0 seats or more")
    if np.any(np.bincount(reserves.post, reserves.seats, capacity.size) > capacity):
        raise ValueError("reserves hold more seats than their post: reserve fewer or raise the capacity")
    edge = np.repeat(np.arange(post.size), reserves.per_edge)
    if edge.size != reserves.member.size or np.any(reserves.post[reserves.member] != post[edge]):
        raise ValueError("a choice can be a member's of reserves at its own post only")


def _check_regions(regions: Regions, capacity: Ints) -> None:
    if any(column.shape != capacity.shape for column in (regions.of, regions.target, regions.turn)):
        raise ValueError("regions need one region, target and turn per post")
    if np.any((regions.of < NOBODY) | (regions.of >= regions.cap.size)) or np.any(regions.cap < 0):
        raise ValueError("each post must name a region or -1, and no cap may be negative")
    inside = regions.of >= 0
    aimed = np.bincount(regions.of[inside], regions.target[inside], regions.cap.size)
    if np.any((regions.target < 0) | (regions.target > capacity)) or np.any(aimed > regions.cap):
        raise ValueError(
            "targets must lie between 0 and the capacity and add up to the cap of the region at most"
        )


def _check_distinct(group: Ints, value: Ints, message: str) -> None:
    if group.size:
        pairs = np.sort(group.astype(np.int64) * (int(value.max()) + 1) + value)
        if np.any(pairs[1:] == pairs[:-1]):
            raise ValueError(message)
