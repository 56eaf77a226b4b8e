"""Person-to-person pairing at national size: everybody who can be paired, then the most points, then a bound."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sojourn.core.pairing.pen_pals.affinity import judge_pairs
from sojourn.core.pairing.pen_pals.arcs import NOWHERE, common_order, institution_pairs, judged, neighbours
from sojourn.core.pairing.pen_pals.bound import best_by_index, bound_from, potentials, smoothed
from sojourn.core.pairing.pen_pals.cardinality import most_by, most_pairs
from sojourn.core.pairing.pen_pals.people import People, Person, encode
from sojourn.core.pairing.pen_pals.polish import best_of_all, polished
from sojourn.core.pairing.pen_pals.pricing import look
from sojourn.core.pairing.rules import Points, Rules

SEED = 20_260_101
"""Fixed: chance only decides where to look first, and the same people must always get the same pairs."""
SMALL = 2_000
"""Up to so many a side the answer is the exact optimum, unless the limit per institution pair binds."""
SHARD = 16_000
WHOLE = 32_000
"""Up to so many a side everybody is looked at with everybody."""
START_ORDERS = 6
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pairing has come: pairs and points so far can only grow."""

    stage: str
    pairs: int
    points: int


@dataclass(frozen=True, slots=True)
class PenPals:
    """The pairs (left id, right id) sorted, who is left over, and the certificate.

    `most_pairs` bounds the number of pairs: `closed_set` names left people who together know only
    `len(closed_set) - (left people - most_pairs)` right people. `bound` is the most points any pairing with so
    many pairs could have; it follows from `prices`, one per right person in points. `gap` has no base weight in it.
    """

    pairs: tuple[tuple[str, str], ...]
    unpaired_left: tuple[str, ...]
    unpaired_right: tuple[str, ...]
    total: int
    bound: int
    most_pairs: int
    closed_set: tuple[str, ...]
    prices: dict[str, int]

    @property
    def gap(self) -> float:
        """How far the points can be below the optimum, as a fraction of the bound."""
        return 0.0 if self.bound <= 0 else (self.bound - self.total) / self.bound


def pair_people(
    left: Iterable[Person],
    right: Iterable[Person],
    *,
    rules: Rules | None = None,
    points: Points | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> PenPals:
    """Pair the people of two sides: as many pairs as the hard rules allow, then as many points as can be found.

    Candidate pairs come from sorting both sides alike; a largest matching is completed until a closed set proves
    that nobody more can be paired; then everybody looks, at present prices, for better partners (in blocks of a
    common order that changes each round, in the end among all up to 32,000 a side), and an exact assignment over
    the pairs found decides. Each round can only improve. Under a limit per institution pair the number of pairs
    may fall short of `most_pairs`, which leaves the limit aside.

    `stop` is asked between rounds; when it answers True the best pairing so far is given. Otherwise the same
    people give the same pairs in whatever order they come; ids decide only between people who are alike in all
    that the rules and points see.

    Raises BadPairing as `encode` does.

    **Source:** Hopcroft & Karp (1973); Goldberg & Kennedy (1995); column generation after Ford & Fulkerson (1958).
    """
    rules, points = rules or Rules(), points or Points()
    stop = stop or (lambda: False)
    ours, theirs = encode(left, right)
    draw = np.random.default_rng(SEED)
    orders = [common_order(ours, theirs, draw, gap=rules.max_age_gap) for _ in range(START_ORDERS)]
    codes = np.concatenate([neighbours(order, len(ours), len(theirs)) for order in orders])
    mates, arcs, reached = most_pairs(ours, theirs, judged(ours, theirs, rules, points, codes), rules, points)

    def tell(stage: str) -> None:
        if progress is not None:
            progress(Progress(stage, int((mates >= 0).sum()), _total(ours, theirs, mates, rules, points)))

    tell("everybody who can be paired")
    exact = False
    if max(len(ours), len(theirs)) <= SMALL and (best := best_of_all(ours, theirs, rules, points)) is not None:
        mates, exact, prices = best, True, np.zeros(len(theirs), dtype=np.int64)
    elif max(len(ours), len(theirs)) <= WHOLE:
        mates, prices = polished(ours, theirs, mates, rules, points, draw, stop=stop, arcs=arcs, whole=True)
    else:
        prices = np.zeros(len(theirs), dtype=np.int64)
        del arcs, codes
        for number in range(ROUNDS):
            if stop():
                break
            mates, prices = _round(ours, theirs, mates, prices, rules, points, draw, by_left=number % 2 == 0, stop=stop)
            tell(f"round {number + 1} of {ROUNDS}")
    return _told(ours, theirs, mates, prices, reached, rules, points, exact=exact)


def _round(
    left: People, right: People, mates: NDArray[np.int64], prices: NDArray[np.int64], rules: Rules,
    points: Points, draw: np.random.Generator, *, by_left: bool, stop: Callable[[], bool],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Regroup all pairs into shards along one side's order, and polish each shard by itself."""
    mates, prices = mates.copy(), prices.copy()
    order = common_order(left, right, draw, gap=rules.max_age_gap)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    ours, theirs = place[: len(left)], place[len(left) :]
    paired = np.flatnonzero(mates >= 0)
    if by_left:
        theirs[mates[paired]] = ours[paired]
    else:
        ours[paired] = theirs[mates[paired]]
    shards = max(1, round(max(len(left), len(right)) / SHARD))
    cuts = np.linspace(0, len(order), shards + 1)[1:-1]
    left_shard, right_shard = np.searchsorted(cuts, ours, side="right"), np.searchsorted(cuts, theirs, side="right")
    for shard in range(shards):
        if stop():
            break
        rows, columns = np.flatnonzero(left_shard == shard), np.flatnonzero(right_shard == shard)
        if not len(rows) or not len(columns):
            continue
        inner = np.full(len(right), -1, dtype=np.int64)
        inner[columns] = np.arange(len(columns))
        own = np.where(mates[rows] >= 0, inner[mates[rows]], -1)
        spent = NOWHERE
        if rules.per_institution_pair is not None:
            outside = np.flatnonzero((mates >= 0) & (left_shard != shard))
            spent = np.sort(institution_pairs(left, right, outside, mates[outside]))
        found, asked = polished(left.take(rows), right.take(columns), own, rules, points, draw, stop=stop, spent=spent)
        mates[rows] = np.where(found >= 0, columns[found], -1)
        prices[columns] = asked
    return mates, prices


def _total(left: People, right: People, mates: NDArray[np.int64], rules: Rules, points: Points) -> int:
    rows = np.flatnonzero(mates >= 0)
    return int(judge_pairs(left, right, rows, mates[rows], rules, points)[1].sum(dtype=np.int64))


def _certified(
    left: People, right: People, prices: NDArray[np.int64], pairs: int, rules: Rules, points: Points
) -> tuple[int, NDArray[np.int64]]:
    """The best bound at hand, and the prices that prove it."""
    free, nothing = np.zeros(len(right), dtype=np.int64), np.zeros(len(left), dtype=np.int64)
    tried = [(potentials(left, points), free), (nothing, potentials(right, points))]
    if max(len(left), len(right)) <= WHOLE:
        tried.append((look(left, right, prices, rules, points).best, prices))
    else:
        tried += _indexed(left, right, prices, rules, points)
    bounds = [bound_from(best, asked, pairs) for best, asked in tried]
    least = bounds.index(min(bounds))
    return bounds[least], tried[least][1]


def _indexed(
    left: People, right: People, prices: NDArray[np.int64], rules: Rules, points: Points
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    smooth = smoothed(right, prices)
    best = best_by_index(left, right, smooth, rules, points)
    if best is None:
        return []
    tight = best_by_index(right, left, best, rules, points)
    return [(best, smooth)] if tight is None else [(best, smooth), (best, tight)]


def _told(
    left: People, right: People, mates: NDArray[np.int64], prices: NDArray[np.int64],
    reached: NDArray[np.int64], rules: Rules, points: Points, *, exact: bool,
) -> PenPals:
    rows = np.flatnonzero(mates >= 0)
    lone_right = np.setdiff1d(np.arange(len(right)), mates[rows])
    total = _total(left, right, mates, rules, points)
    if exact:
        bound = total
    else:
        bound, prices = _certified(left, right, prices, len(rows), rules, points)
    return PenPals(
        pairs=tuple(sorted((left.ids[row], right.ids[mates[row]]) for row in rows.tolist())),
        unpaired_left=tuple(sorted(left.ids[row] for row in np.flatnonzero(mates < 0).tolist())),
        unpaired_right=tuple(sorted(right.ids[column] for column in lone_right.tolist())),
        total=total,
        bound=bound,
        most_pairs=most_by(left, right, reached, rules),
        closed_set=tuple(sorted(left.ids[row] for row in reached.tolist())),
        prices=dict(zip(right.ids, prices.tolist(), strict=True)),
    )
