"""Large problems in shards: pairs regrouped along a new order each round, each shard polished alone."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from sojourn.core.pairing.pen_pals.arcs import common_order
from sojourn.core.pairing.pen_pals.exchange import Exchange
from sojourn.core.pairing.pen_pals.polish import Effort, polished
from sojourn.core.pairing.pen_pals.problem import NOBODY, NOWHERE, Index, Problem

SHARD = 16_000
EFFORT = (2, 0)
"""Rounds of looking in blocks and among all within a shard."""
AHEAD = 4
"""Shards handed out before their turn: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Rows and columns of the whole problem that are polished together, and the seed of their chance."""

    rows: Index
    columns: Index
    seed: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Round:
    """One regrouping: its number, and whether pairs stand where their left or their right person does."""

    seed: int
    number: int

    @property
    def by_left(self) -> bool:
        """Sides take turns."""
        return self.number % 2 == 0


def one_round(
    problem: Problem, now: Exchange, round_: Round, stop: Callable[[], bool], executor: Executor | None
) -> Exchange:
    """The pairing after every shard has been polished once, or as many as there was time for.

    Under a limit per institution pair the shards are polished one after another, each told what the others
    have used of it; otherwise `executor` may work on several at a time.
    """
    mates, prices = now.mates.copy(), now.prices.copy()
    shards = _shards(problem, mates, round_)
    if executor is None or problem.rules.per_institution_pair is not None:
        finished = _one_by_one(problem, mates, shards, stop)
    else:
        finished = _ahead(problem, mates, shards, stop, executor)
    for shard, found in finished:
        mates[shard.rows] = np.where(found.mates >= 0, shard.columns[found.mates], NOBODY)
        prices[shard.columns] = found.prices
    return Exchange(mates, prices)


def _shards(problem: Problem, mates: Index, round_: Round) -> list[Shard]:
    draw = np.random.default_rng((round_.seed, round_.number))
    order = common_order(problem, draw)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    ours, theirs = place[: len(problem.left)], place[len(problem.left) :]
    paired = np.flatnonzero(mates >= 0)
    if round_.by_left:
        theirs[mates[paired]] = ours[paired]
    else:
        ours[paired] = theirs[mates[paired]]
    count = max(1, round(max(len(ours), len(theirs)) / SHARD))
    cuts = np.linspace(0, len(order), count + 1)[1:-1]
    left_shard, right_shard = (np.searchsorted(cuts, side, side="right") for side in (ours, theirs))
    shards = [
        Shard(
            np.flatnonzero(left_shard == k), np.flatnonzero(right_shard == k), (round_.seed, round_.number, k)
        )
        for k in range(count)
    ]
    return [shard for shard in shards if len(shard.rows) and len(shard.columns)]


def _inner_mates(problem: Problem, mates: Index, shard: Shard) -> Index:
    """Mates in numbers of the shard; pairs never straddle shards."""
    inner = np.full(len(problem.right), NOBODY, dtype=np.int64)
    inner[shard.columns] = np.arange(len(shard.columns))
    return np.where(mates[shard.rows] >= 0, inner[mates[shard.rows]], NOBODY)


def _one_by_one(
    problem: Problem, mates: Index, shards: list[Shard], stop: Callable[[], bool]
) -> Iterator[tuple[Shard, Exchange]]:
    """`mates` is read anew before each shard: the caller has by then written down the last one."""
    for shard in shards:
        if stop():
            return
        spent = NOWHERE
        if problem.rules.per_institution_pair is not None:
            elsewhere = mates.copy()
            elsewhere[shard.rows] = NOBODY
            others = np.flatnonzero(elsewhere >= 0)
            spent = np.sort(problem.institution_pairs(others, elsewhere[others]))
        part = problem.part(shard.rows, shard.columns)
        yield shard, _polished_shard(part, _inner_mates(problem, mates, shard), shard.seed, spent)


def _ahead(
    problem: Problem, mates: Index, shards: list[Shard], stop: Callable[[], bool], executor: Executor
) -> Iterator[tuple[Shard, Exchange]]:
    waiting = []
    for shard in shards:
        if stop():
            break
        part = problem.part(shard.rows, shard.columns)
        inner = _inner_mates(problem, mates, shard)
        waiting.append((shard, executor.submit(_polished_shard, part, inner, shard.seed, NOWHERE)))
        if len(waiting) > AHEAD:
            done, future = waiting.pop(0)
            yield done, future.result()
    for done, future in waiting:
        yield done, future.result()


def _polished_shard(part: Problem, mates: Index, seed: tuple[int, int, int], spent: Index) -> Exchange:
    return polished(part, mates, np.random.default_rng(seed), Effort(*EFFORT, _never), spent=spent)


def _never() -> bool:
    return False
