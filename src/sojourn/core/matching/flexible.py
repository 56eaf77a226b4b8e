"""Deferred acceptance with soft reserves and regional caps."""

import numpy as np

from .market import NOBODY, Flags, Ints, Market, Regions, Reserves
from .reserve import claims


def flexible_deferred_acceptance(market: Market) -> Ints:
    """The applicant-proposing outcome under reserves and caps: the edge that each applicant holds, or -1.

    A post ranks its candidates in one line: first those who fill its reserved seats, then the rest, each by
    rank. It never takes more than its capacity. A region first lets each of its posts fill its target from
    the head of its line; the posts then take turns, one candidate each, in the region's order, until the cap
    is reached. A post outside regions has its capacity as its only cap. Those turned away apply to their next
    choice and never again to this one. These choices are substitutable, so that the order of proposals does
    not matter and there are no ties to break.

    **Source:** Hafalir, Yenmez & Yildirim, Effective affirmative action in school choice, Theoretical
    Economics 8 (2013); Ehlers, Hafalir, Yenmez & Yildirim, JET 153 (2014), soft bounds; Kamada & Kojima,
    Efficient matching under distributional constraints, AER 105 (2015), flexible deferred acceptance.
    """
    group = _groups(market)
    stop = market.start[1:]
    held = np.full(market.applicants, NOBODY)
    edges = market.start[:-1][market.start[:-1] < stop]
    while edges.size:
        called = np.zeros(int(group.max()) + 1, dtype=bool)
        called[group[market.post[edges]]] = True
        present = held[held != NOBODY]
        present = present[called[group[market.post[present]]]]
        candidates = np.concatenate((present, edges))
        taken = _chosen(market, group, candidates)
        kept, rejected = candidates[taken], candidates[~taken]
        held[market.applicant[rejected]] = NOBODY
        held[market.applicant[kept]] = kept
        edges = (rejected + 1)[rejected + 1 < stop[market.applicant[rejected]]]
    return held


def _groups(market: Market) -> Ints:
    """Per post, the number of its region, or a number of its own."""
    own = np.arange(market.capacity.size)
    if market.regions is None:
        return own
    return np.where(market.regions.of >= 0, market.regions.of, market.regions.cap.size + own)


def _chosen(market: Market, group: Ints, candidates: Ints) -> Flags:
    """Which of these candidate edges are taken; every group among them is there in full."""
    post = market.post[candidates]
    reserved = _claiming(market, candidates)
    line = _place_within(post, np.lexsort((market.rank[candidates], ~reserved, post)))
    taken = line < market.capacity[post]
    if market.regions is not None:
        taken[taken] = _within_caps(market.regions, group[post[taken]], post[taken], line[taken])
    return taken


def _within_caps(regions: Regions, group: Ints, post: Ints, line: Ints) -> Flags:
    """Which of these places in the posts' lines fit under the caps; posts outside regions have none."""
    turn = np.maximum(line - regions.target[post] + 1, 0)
    place = _place_within(group, np.lexsort((line, regions.turn[post], turn, group)))
    capped = regions.of[post] >= 0
    room = np.full(place.size, np.iinfo(np.int64).max)
    room[capped] = regions.cap[regions.of[post[capped]]]
    fits: Flags = place < room
    return fits


def _claiming(market: Market, candidates: Ints) -> Flags:
    """Which candidates fill a reserved seat of their post."""
    reserves = market.reserves
    claiming = np.zeros(candidates.size, dtype=bool)
    if reserves is None:
        return claiming
    post = market.post[candidates]
    single = np.flatnonzero(reserves.per_edge[candidates] == 1)
    reserve = reserves.member[reserves.start[candidates[single]]]
    place = _place_within(reserve, np.lexsort((market.rank[candidates[single]], reserve)))
    claiming[single] = place < reserves.seats[reserve]

    for overlapping in np.unique(post[reserves.per_edge[candidates] > 1]).tolist():
        here = np.flatnonzero(post == overlapping)
        here = here[np.argsort(market.rank[candidates[here]])]
        claiming[here] = _claiming_at(reserves, overlapping, candidates[here])
    return claiming


def _claiming_at(reserves: Reserves, post: int, line: Ints) -> list[bool]:
    """The same at one post whose reserves overlap, for its candidates in order of rank."""
    member_of = {
        edge: reserves.member[reserves.start[edge] : reserves.start[edge + 1]].tolist()
        for edge in line.tolist()
    }
    seats = {
        reserve: int(reserves.seats[reserve]) for reserve in np.flatnonzero(reserves.post == post).tolist()
    }
    filled = claims(line.tolist(), member_of, seats)
    return [edge in filled for edge in line.tolist()]


def _place_within(group: Ints, order: Ints) -> Ints:
    """Each element's place (0 and up) within its group, when `order` lists the elements group by group."""
    place = np.empty(order.size, dtype=np.int64)
    if order.size:
        in_order = group[order]
        heads = np.flatnonzero(np.concatenate(([True], in_order[1:] != in_order[:-1])))
        place[order] = np.arange(order.size) - np.repeat(heads, np.diff(heads, append=order.size))
    return place
