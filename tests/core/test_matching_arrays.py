"""The array level of matching: every path against the plainest one, and arrays that do not fit."""

import numpy as np
import pytest

from sojourn.core.matching import (
    Market,
    Regions,
    Reserves,
    blocking_edges,
    deferred_acceptance,
    flexible_deferred_acceptance,
    max_weight,
    reserve_deferred_acceptance,
)


def random_market(seed, applicants=400, posts=40, choices=8, seats=9, *, reserved=0):
    rng = np.random.default_rng(seed)
    post = np.concatenate([rng.permutation(posts)[:choices] for _ in range(applicants)])
    rank = rng.permutation(applicants * choices)
    market = Market.of(np.arange(applicants + 1) * choices, post, rank, np.full(posts, seats))
    if not reserved:
        return market
    member = rng.random(post.size) < 0.3
    reserves = Reserves(
        post=np.arange(posts),
        seats=np.full(posts, reserved),
        start=np.concatenate(([0], np.cumsum(member))),
        member=post[member],
    )
    return Market.of(market.start, post, rank, market.capacity, reserves=reserves)


@pytest.mark.parametrize("seats", [0, 1, 7, 9, 10, 11, 400])
def test_rounds_and_single_steps_agree(seats, monkeypatch):
    market = random_market(seats, seats=seats)
    held = deferred_acceptance(market)
    assert np.array_equal(flexible_deferred_acceptance(market), held)
    for few in (0, 10**9):
        monkeypatch.setattr("sojourn.core.matching.deferred.FEW", few)
        assert np.array_equal(deferred_acceptance(market), held)
    assert blocking_edges(market, held).size == 0


def plainly_blocking(market, held):
    """By the definition, edge by edge."""
    found = []
    for edge in range(market.edges):
        who, post = int(market.applicant[edge]), int(market.post[edge])
        admitted = [int(market.rank[e]) for e in held if e >= 0 and market.post[e] == post]
        envies = held[who] < 0 or edge < held[who]
        if envies and (
            len(admitted) < market.capacity[post] or market.rank[edge] < max(admitted, default=-1)
        ):
            found.append(edge)
    return found


def test_certificate_finds_exactly_the_blocking_pairs_of_a_tampered_matching():
    market = random_market(1, applicants=60, posts=12, choices=5, seats=4)
    rng = np.random.default_rng(2)
    for _ in range(30):
        held = deferred_acceptance(market).copy()
        held[rng.integers(60, size=3)] = -1
        assert blocking_edges(market, held).tolist() == plainly_blocking(market, held)
        assert blocking_edges(market, held).size > 0


@pytest.mark.parametrize("reserved", [1, 4, 9])
def test_certificate_knows_reserves(reserved):
    market = random_market(3, reserved=reserved)
    held = flexible_deferred_acceptance(market)
    assert np.array_equal(reserve_deferred_acceptance(market), held)
    assert blocking_edges(market, held).size == 0
    assert blocking_edges(market, deferred_acceptance(market)).size > 0


def test_certificate_refuses_what_is_no_matching():
    market = random_market(4)
    held = deferred_acceptance(market)
    with pytest.raises(ValueError, match="give each applicant"):
        blocking_edges(market, held[:-1])
    with pytest.raises(ValueError, match="somebody else"):
        blocking_edges(market, np.roll(held, 1))
    crowded = np.arange(0, market.edges, 8)
    with pytest.raises(ValueError, match="than it has seats"):
        blocking_edges(market, crowded)


def test_regions_keep_their_cap():
    plain = random_market(5)
    regions = Regions(
        of=np.arange(40) % 4 - 1, cap=np.array([50, 0, 10**6]), target=np.zeros(40, int), turn=np.arange(40)
    )
    market = Market.of(plain.start, plain.post, plain.rank, plain.capacity, regions=regions)
    held = flexible_deferred_acceptance(market)
    region = regions.of[market.post[held[held >= 0]]]
    assert np.bincount(region[region >= 0], minlength=3).tolist() == [50, 0, 90]


@pytest.mark.parametrize(
    ("start", "post", "rank", "capacity", "message"),
    [
        ([1], [], [], [1], "start must rise"),
        ([0, 2, 1], [0], [0], [1], "start must rise"),
        ([0, 1], [0], [], [1], "one rank per choice"),
        ([0, 1], [1], [0], [1], "post must lie"),
        ([0, 1], [0], [-1], [1], "must not be negative"),
        ([0, 1], [0], [0], [-1], "must not be negative"),
        ([0, 1], [0], [0.5], [1], "whole numbers"),
        ([0, 1], [0], [float("nan")], [1], "whole numbers"),
        ([0, 2], [0, 0], [0, 1], [1], "same post twice"),
        ([0, 1, 2], [0, 0], [3, 3], [1], "same rank"),
        ([0, 1], [0], [2**40], [1], "too large"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(start, post, rank, capacity, message):
    with pytest.raises(ValueError, match=message):
        Market.of(start, post, rank, capacity)


@pytest.mark.parametrize(
    ("post", "seats", "member", "message"),
    [
        ([0], [1, 1], [0], "one number of seats each"),
        ([5], [1], [0], "at posts of the market"),
        ([0], [-1], [0], "0 seats or more"),
        ([0], [2], [0], "more seats than their post"),
        ([1], [1], [0], "at its own post"),
    ],
)
def test_reserves_that_do_not_fit_are_refused(post, seats, member, message):
    reserves = Reserves(np.array(post), np.array(seats), np.array([0, 1, 1]), np.array(member))
    with pytest.raises(ValueError, match=message):
        Market.of([0, 2], [0, 1], [0, 0], [1, 1], reserves=reserves)


@pytest.mark.parametrize(
    ("of", "cap", "target", "message"),
    [
        ([0], [1], [0, 0], "per post"),
        ([0, 1], [1], [0, 0], "name a region"),
        ([0, -1], [-1], [0, 0], "no cap may be negative"),
        ([0, 0], [1], [1, 1], "targets must lie"),
    ],
)
def test_regions_that_do_not_fit_are_refused(of, cap, target, message):
    regions = Regions(np.array(of), np.array(cap), np.array(target), np.arange(2))
    with pytest.raises(ValueError, match=message):
        Market.of([0, 2], [0, 1], [0, 0], [1, 1], regions=regions)


@pytest.mark.parametrize(
    ("weights", "message"),
    [([1], "one entry"), ([1.5, 1.0], "whole"), ([-1, 1], "negative"), ([2**58, 1], "too large")],
)
def test_weights_that_do_not_fit_are_refused(weights, message):
    market = Market.of([0, 2], [0, 1], [0, 0], [1, 1])
    with pytest.raises(ValueError, match=message):
        max_weight(market, np.array(weights))
