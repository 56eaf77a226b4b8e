"""Soft reserves as split seats: a plain market whose outcome is the reserved one's."""

from dataclasses import replace

import numpy as np

from .deferred import deferred_acceptance
from .market import NOBODY, Ints, Market, Reserves, check_size


def reserve_deferred_acceptance(market: Market) -> Ints:
    """Deferred acceptance with reserves that do not overlap: the edge that each applicant holds, or -1.

    Each post is split into one part per reserve, where members come before all others, and an open part. A
    member applies to the own reserve's part first, then to the open one, then to seats that other reserves
    cannot fill; others apply to the open part first. The outcome is that of `flexible_deferred_acceptance`,
    sooner.

    Raises ValueError if someone is in two reserves of one post, or if the split market is too large.

    **Source:** Hafalir, Yenmez & Yildirim, Effective affirmative action in school choice, Theoretical
    Economics 8 (2013), section 3: a school with a minority reserve as two schools.
    """
    if market.reserves is None:
        return deferred_acceptance(market)
    if np.any(market.reserves.per_edge > 1):
        raise ValueError("reserves overlap: use flexible_deferred_acceptance")
    split, whole_edge = _split(market, market.reserves)
    held = deferred_acceptance(split)
    return np.where(held == NOBODY, NOBODY, whole_edge[held] if whole_edge.size else NOBODY)


def _split(market: Market, reserves: Reserves) -> tuple[Market, Ints]:
    """The split market, and for each of its edges the edge that it is a part of.

    Parts are numbered like posts: post p's open part is p, reserve r's part is P + r.
    """
    posts = market.capacity.size
    per_post = np.bincount(reserves.post, minlength=posts)
    by_post = np.argsort(reserves.post, kind="stable")
    place = np.empty(by_post.size, dtype=np.int64)
    place[by_post] = np.arange(by_post.size)
    first = np.cumsum(per_post) - per_post

    parts = 1 + per_post[market.post]
    start_of_edge = np.concatenate(([0], np.cumsum(parts)))
    edge = np.repeat(np.arange(market.edges), parts)
    number = np.arange(edge.size) - start_of_edge[edge]

    own = np.full(market.edges, NOBODY)
    member = reserves.per_edge == 1
    own_reserve = reserves.member[reserves.start[:-1][member]]
    own[member] = place[own_reserve] - first[reserves.post[own_reserve]]
    at = _order_of_parts(number, own[edge])

    is_open = at == NOBODY
    post = market.post[edge].astype(np.int64)
    post[~is_open] = posts + by_post[first[post[~is_open]] + at[~is_open]]
    beyond = int(market.rank.max(initial=0)) + 1
    rank = market.rank[edge] + np.where(is_open | (at == own[edge]), 0, beyond)
    capacity = market.capacity - np.bincount(reserves.post, reserves.seats, posts).astype(np.int64)
    check_size(posts + reserves.seats.size, 2 * beyond, edge.size)
    split = replace(
        market,
        start=start_of_edge[market.start],
        post=post.astype(np.int32),
        rank=rank.astype(np.int32),
        capacity=np.concatenate((capacity, reserves.seats)),
        applicant=market.applicant[edge],
        reserves=None,
    )
    return split, edge


def _order_of_parts(number: Ints, own: Ints) -> Ints:
    """Which part (a reserve's place, or -1 the open one) is number-th for a member of `own` (-1: of none)."""
    for_others = number - 1
    for_members = np.where(number >= 2, number - 2 + (number - 2 >= own), np.where(number == 0, own, NOBODY))
    return np.where(own == NOBODY, for_others, for_members)
