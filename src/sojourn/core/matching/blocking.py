"""The certificate of a large market in a few array operations."""

import numpy as np

from .market import NOBODY, Flags, Ints, Market, Reserves


def blocking_edges(market: Market, held: Ints) -> Ints:
    """The edges along which an applicant and a post would both rather be matched; none certifies stability.

    `held` (A) is the edge that each applicant holds, or -1. Reserves are regarded, as long as nobody is in
    two reserves of one post; regional caps and couples are not (see `verify_stable`).

    Raises ValueError if `held` is no matching of this market: a wrong length, someone else's edge, too many
    at a post; or if reserves overlap.
    """
    _check_matching(market, held)
    edges = held[held != NOBODY]
    post, rank = market.post[edges], market.rank[edges]
    posts = market.capacity.size
    beyond = int(market.rank.max(initial=0)) + 1
    protected = np.zeros(edges.size, dtype=bool)
    if market.reserves is not None:
        protected = _protected(market.reserves, edges)
    last = _greatest(posts, post[~protected], rank[~protected])
    exchangeable = last >= 0
    last[np.bincount(post, minlength=posts) < market.capacity] = beyond

    preferred = _preferred(market, held)
    limit = last[market.post[preferred]]
    if market.reserves is not None:
        worst = _worst_members(market, market.reserves, edges, exchangeable)
        inside, reserve = _members(market.reserves, preferred)
        limit[inside] = np.maximum(limit[inside], worst[reserve])
    return preferred[market.rank[preferred] < limit]


def _check_matching(market: Market, held: Ints) -> None:
    if held.shape != (market.applicants,) or np.any(held >= market.edges) or np.any(held < NOBODY):
        raise ValueError("held must give each applicant an edge of the market, or -1")
    who = np.flatnonzero(held != NOBODY)
    if np.any(market.applicant[held[who]] != who):
        raise ValueError("held gives an applicant somebody else's choice")
    if np.any(np.bincount(market.post[held[who]], minlength=market.capacity.size) > market.capacity):
        raise ValueError("held puts more at a post than it has seats")
    if market.reserves is not None and np.any(market.reserves.per_edge > 1):
        raise ValueError("reserves overlap: use verify_stable")


def _preferred(market: Market, held: Ints) -> Ints:
    """The edges before the one that its applicant holds."""
    first = market.start[:-1]
    many = np.where(held == NOBODY, market.start[1:], held) - first
    return np.repeat(first - (np.cumsum(many) - many), many) + np.arange(many.sum())


def _greatest(groups: int, group: Ints, value: Ints) -> Ints:
    """The greatest value in each group, -1 in an empty one."""
    greatest = np.full(groups, -1)
    np.maximum.at(greatest, group, value)
    return greatest


def _members(reserves: Reserves, edges: Ints) -> tuple[Flags, Ints]:
    """Which of these edges are a member's, and of which reserve (for those that are)."""
    member: Flags = reserves.per_edge[edges] == 1
    return member, reserves.member[reserves.start[edges[member]]]


def _protected(reserves: Reserves, edges: Ints) -> Flags:
    """Admitted members whose reserve has none to spare: no outsider can take their seat."""
    member, reserve = _members(reserves, edges)
    count = np.bincount(reserve, minlength=reserves.seats.size)
    protected = member.copy()
    protected[member] = (count <= reserves.seats)[reserve]
    return protected


def _worst_members(market: Market, reserves: Reserves, edges: Ints, exchangeable: Flags) -> Ints:
    """Per reserve, the rank that a member must beat to displace someone: any while the reserve is short."""
    member, reserve = _members(reserves, edges)
    count = np.bincount(reserve, minlength=reserves.seats.size)
    worst = _greatest(reserves.seats.size, reserve, market.rank[edges[member]])
    worst[(count < reserves.seats) & exchangeable[reserves.post]] = int(market.rank.max(initial=0)) + 1
    return worst
