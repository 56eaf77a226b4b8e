"""Stable matching: 30,000 applicants x 15 choices x 3,000 posts; peers `matching` and `algmatch`."""

import tracemalloc
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from statistics import median
from time import perf_counter

import numpy as np
from bench.row import Row
from numpy.typing import NDArray

from sojourn.core.matching import (
    NOBODY,
    Market,
    Post,
    Problem,
    Reserves,
    blocking_edges,
    deferred_acceptance,
    max_weight,
    reserve_deferred_acceptance,
    solve,
)

SEED = 20260101

Peer = Callable[[Problem], dict[str, str]]


def measure() -> Iterator[Row]:
    """Plenty of seats, exactly enough, too few; then reserves, the heaviest matching, ids and peers."""
    size = "30,000 x 15 x 3,000"
    for seats in (11, 10, 9):
        market = random_market(30_000, 15, 3_000, seats)
        seconds, held = timed(lambda m=market: deferred_acceptance(m))
        yield Row(
            "stable matching",
            f"{size}, {seats} seats each",
            seconds,
            limit_s=0.03,
            memory_mib=peak_mib(lambda m=market: deferred_acceptance(m)),
            quality=f"{np.count_nonzero(held != NOBODY):,} placed",
        )
        seconds, blocking = timed(lambda m=market, h=held: blocking_edges(m, h))
        quality = f"{blocking.size} blocking pairs"
        yield Row("its certificate", f"{size}, {seats} seats each", seconds, limit_s=0.01, quality=quality)
    yield from constrained(size)
    yield from by_id()


def constrained(size: str) -> Iterator[Row]:
    """A third of each post's seats reserved; and the heaviest matching."""
    market = with_reserves(random_market(30_000, 15, 3_000, 9), 3)
    seconds, held = timed(lambda: reserve_deferred_acceptance(market), repeats=5)
    quality = f"{blocking_edges(market, held).size} blocking pairs"
    yield Row("with reserves", f"{size}, 9 seats, 3 reserved", seconds, quality=quality)
    plain = random_market(30_000, 15, 3_000, 10)
    seconds, held = timed(lambda: max_weight(plain), repeats=3)
    placed = f"{np.count_nonzero(held != NOBODY):,} placed"
    yield Row("max-weight", f"{size}, 10 seats each", seconds, limit_s=0.24, quality=placed)


def by_id() -> Iterator[Row]:
    """From dictionaries of ids to a checked, solved and certified outcome; against peers where installed."""
    peers = {name: run for name, run in PEERS.items() if find_spec(name)}
    for applicants, choices, posts in ((200, 5, 20), (1_000, 8, 100)):
        size = f"{applicants:,} x {choices} x {posts}"
        problem = as_problem(random_market(applicants, choices, posts, 10))
        seconds, outcome = timed(lambda p=problem: solve(p), repeats=5)
        for name, run in peers.items():
            label, peer_s = attempt(name, run, problem, outcome.assignment)
            yield Row("ids to certified outcome", size, seconds, peer=label, peer_s=peer_s)
        if not peers:
            yield Row("ids to certified outcome", size, seconds)
    national = as_problem(random_market(30_000, 15, 3_000, 10))
    seconds, _ = timed(lambda: solve(national), repeats=1)
    yield Row("ids to certified outcome", "30,000 x 15 x 3,000", seconds)


def attempt(name: str, run: Peer, problem: Problem, ours: dict[str, str | None]) -> tuple[str, float | None]:
    """The peer's time, or in its label how it failed; its answer must be ours."""
    try:
        seconds, theirs = timed(lambda: run(problem), repeats=1)
    except RecursionError:
        return f"{name} (RecursionError)", None
    assert theirs == {who: post for who, post in ours.items() if post}
    return name, seconds


def random_market(applicants: int, choices: int, posts: int, seats: int) -> Market:
    """Uniform choices; each post ranks by lot those who chose it."""
    rng = np.random.default_rng(SEED)
    post = distinct_choices(rng, applicants, choices, posts).ravel()
    order = np.lexsort((rng.random(post.size), post))
    rank = np.empty(post.size, dtype=np.int64)
    rank[order] = np.arange(post.size) - np.searchsorted(post[order], post[order])
    return Market.of(np.arange(applicants + 1) * choices, post, rank, np.full(posts, seats))


def distinct_choices(
    rng: np.random.Generator, applicants: int, choices: int, posts: int
) -> NDArray[np.int64]:
    """Rows of different posts: rows with a repetition are drawn again."""
    rows = rng.integers(posts, size=(applicants, choices))
    while (repeated := (np.diff(np.sort(rows, axis=1), axis=1) == 0).any(axis=1)).any():
        rows[repeated] = rng.integers(posts, size=(np.count_nonzero(repeated), choices))
    return rows


def with_reserves(market: Market, seats: int) -> Market:
    """One reserve per post; each applicant is a member everywhere or nowhere, one in five."""
    posts = market.capacity.size
    chosen = np.random.default_rng(SEED).random(market.applicants) < 0.2
    member = chosen[market.applicant]
    start = np.concatenate(([0], np.cumsum(member)))
    reserves = Reserves(np.arange(posts), np.full(posts, seats), start, market.post[member])
    return Market.of(market.start, market.post, market.rank, market.capacity, reserves=reserves)


def as_problem(market: Market) -> Problem:
    """The same with names."""
    who, post = [f"a{i:05}" for i in market.applicant], [f"p{i:04}" for i in market.post]
    applicants: dict[str, list[str]] = {name: [] for name in who}
    for name, choice in zip(who, post, strict=True):
        applicants[name].append(choice)
    rankings: dict[str, list[str]] = {name: [] for name in post}
    for edge in np.lexsort((market.rank, market.post)).tolist():
        rankings[post[edge]].append(who[edge])
    seats = int(market.capacity[0])
    return Problem(applicants, {name: Post(seats, ranking) for name, ranking in rankings.items()})


def by_matching(problem: Problem) -> dict[str, str]:
    """The peer `matching` 1.4 on the same problem."""
    from matching.games import HospitalResident  # noqa: PLC0415 -- an optional peer

    residents = {who: list(row) for who, row in problem.applicants.items()}
    hospitals = {name: list(post.ranking) for name, post in problem.posts.items()}
    capacities = {name: post.capacity for name, post in problem.posts.items()}
    game = HospitalResident.create_from_dictionaries(residents, hospitals, capacities)
    return {r.name: h.name for h, row in game.solve(optimal="resident").items() for r in row}


def by_algmatch(problem: Problem) -> dict[str, str]:
    """The peer `algmatch` 1.5 on the same problem, whose ids are numbers."""
    from algmatch import HospitalResidentsProblem  # noqa: PLC0415 -- an optional peer

    people, posts = sorted(problem.applicants), sorted(problem.posts)
    person = {name: number for number, name in enumerate(people, start=1)}
    place = {name: number for number, name in enumerate(posts, start=1)}
    residents = {person[who]: [place[name] for name in row] for who, row in problem.applicants.items()}
    hospitals = {
        place[name]: {"capacity": post.capacity, "preferences": [person[who] for who in post.ranking]}
        for name, post in problem.posts.items()
    }
    solver = HospitalResidentsProblem(dictionary={"residents": residents, "hospitals": hospitals})
    found = solver.get_stable_matching()["resident_sided"]
    return {people[int(r[1:]) - 1]: posts[int(h[1:]) - 1] for r, h in found.items() if h}


PEERS: dict[str, Peer] = {"matching": by_matching, "algmatch": by_algmatch}


def timed[Answer](run: Callable[[], Answer], repeats: int = 9) -> tuple[float, Answer]:
    """The median time, and the answer."""
    times = []
    for _ in range(repeats):
        start = perf_counter()
        answer = run()
        times.append(perf_counter() - start)
    return median(times), answer


def peak_mib(run: Callable[[], object]) -> float:
    """The most memory held at once during the run."""
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20
