"""An upper bound on the points of any pairing with a given number of pairs, from prices on the right people.

For any prices p, a pair (i, j) is worth at most g(i) + p(j), where g(i) is the best of worth(i, j') - p(j') over all
j' that i may be paired with. A pairing of N pairs uses N different people of each side; so its points are at most
the N largest g plus the N largest p. That holds for every p; good prices make it tight (linear duality).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sojourn.core.pairing.pen_pals.people import BITS, NO_MEDIUM, People
from sojourn.core.pairing.pen_pals.pricing import NEVER
from sojourn.core.pairing.rules import Points, Rules

MOST_SUBSETS = 8_000_000
FAR = 2**30


def bound_from(best: NDArray[np.int64], prices: NDArray[np.int64], pairs: int) -> int:
    """The bound of this module's first lines; `best` is g, NEVER for people whom nobody may be paired with."""
    if pairs == 0:
        return 0
    return int(_largest(np.maximum(best, NEVER), pairs) + _largest(prices, pairs))


def potentials(side: People, points: Points) -> NDArray[np.int64]:
    """What each person could get at the very best: all own tags shared, the medium, a second language."""
    tags = np.bitwise_count(side.tags).sum(axis=1, dtype=np.int64) * points.shared_tag
    languages = (np.bitwise_count(side.languages).sum(axis=1, dtype=np.int64) > 1) * points.second_language
    return tags + languages + (side.media != NO_MEDIUM) * points.same_medium


def best_by_index(
    left: People, right: People, prices: NDArray[np.int64], rules: Rules, points: Points
) -> NDArray[np.int64] | None:
    """g for all left people at once, region and institution aside (so possibly too large, never too small).

    Points for shared tags are the best over subsets of a person's own tags, of what somebody who has them all
    asks: so the right people are entered under every subset of their tags, and nobody compares two people. None
    where there would be too many subsets.
    """
    index = _SubsetIndex.of(left, right, points)
    if index is None:
        return None
    best = np.full(len(left), NEVER, dtype=np.int64)
    for extra, ours, theirs in _groups(left, right, points):
        if not len(ours) or not len(theirs):
            continue
        reached = index.best(left, right, prices, ours, theirs, rules)
        best[ours] = np.maximum(best[ours], np.where(reached > NEVER // 2, reached + extra, NEVER))
    return best


def smoothed(right: People, prices: NDArray[np.int64]) -> NDArray[np.int64]:
    """Prices explained by what people offer (tags, how many, age, languages, medium), to whole points.

    Prices found in many separate shards are noisy, and a bound suffers from the lowest of many noisy prices; a
    least-squares fit keeps what they have in common.
    """
    tags = [
        (right.tags[:, word].astype(np.uint64) >> np.uint64(bit)) & np.uint64(1)
        for word in range(right.tags.shape[1])
        for bit in range(right.tags.dtype.itemsize * 8)
    ]
    kinds = (
        np.bitwise_count(right.tags).sum(axis=1),
        right.ages,
        right.media,
        *(right.languages[:, word] for word in range(right.languages.shape[1])),
    )
    indicators = []
    for kind in kinds:
        names, number, counts = np.unique(kind, return_inverse=True, return_counts=True)
        common = np.flatnonzero(counts * 1_000 >= len(right))[:100]
        indicators += [number.reshape(-1) == name for name in common.tolist() if len(names) > 1]
    design = np.column_stack([*tags, *indicators, np.ones(len(right))]).astype(np.float32)
    square = (design.T @ design).astype(np.float64) + 1e-3 * np.eye(design.shape[1])
    weights = np.linalg.solve(square, design.T.astype(np.float64) @ prices)
    return np.rint(design @ weights).astype(np.int64)


def _groups(
    left: People, right: People, points: Points
) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.int64]]]:
    """People of both sides who share a language (or two) and possibly the medium, with the points for that."""
    words = left.languages.shape[1]
    speak = [
        [(side.languages[:, bit // BITS].astype(np.uint64) >> np.uint64(bit % BITS)) & np.uint64(1) == 1 for side in (left, right)]
        for bit in range(words * BITS)
    ]
    speak = [pair for pair in speak if pair[0].any() and pair[1].any()]
    shared = [(0, ours, theirs) for ours, theirs in speak]
    if points.second_language:
        shared += [
            (points.second_language, speak[a][0] & speak[b][0], speak[a][1] & speak[b][1])
            for a in range(len(speak))
            for b in range(a)
        ]
    media = np.intersect1d(left.media, right.media) if points.same_medium else np.empty(0, dtype=np.int32)
    for extra, ours, theirs in shared:
        yield extra, np.flatnonzero(ours), np.flatnonzero(theirs)
        for medium in media[media != NO_MEDIUM].tolist():
            both = (np.flatnonzero(ours & (left.media == medium)), np.flatnonzero(theirs & (right.media == medium)))
            yield extra + points.same_medium, *both


class _SubsetIndex:
    """All subsets of all tag sets in use: entry k says that subset `subset[k]` is within tag set `tag_set[k]`."""

    def __init__(self, sets: NDArray[np.uint64], of: NDArray[np.int64], left_size: int, points: Points) -> None:
        pieces = list(_subsets(sets))
        self.tag_set = np.concatenate([piece[0] for piece in pieces])
        bits = np.concatenate([piece[1] for piece in pieces])
        order = np.argsort(self.tag_set, kind="stable")
        self.tag_set = self.tag_set[order]
        names, self.subset = np.unique(bits[order], return_inverse=True)
        self.subset = self.subset.reshape(-1)
        self.worth = np.bitwise_count(names).astype(np.int64) * points.shared_tag
        self.of_left, self.of_right = of[:left_size], of[left_size:]
        self.sets = len(sets)

    @staticmethod
    def of(left: People, right: People, points: Points) -> "_SubsetIndex | None":
        if left.tags.shape[1] > 1:
            return None
        tags = np.concatenate([left.tags[:, 0], right.tags[:, 0]]).astype(np.uint64)
        sets, of = np.unique(tags if points.shared_tag else np.zeros_like(tags), return_inverse=True)
        if (1 << np.minimum(np.bitwise_count(sets), 40).astype(np.int64)).sum() > MOST_SUBSETS:
            return None
        return _SubsetIndex(sets, of.reshape(-1), len(left), points)

    def best(
        self, left: People, right: People, prices: NDArray[np.int64], ours: NDArray[np.int64],
        theirs: NDArray[np.int64], rules: Rules,
    ) -> NDArray[np.int64]:
        """The best of points for tags less price that each of `ours` can get among `theirs`."""
        first = int(min(left.ages[ours].min(), right.ages[theirs].min()))
        ages = int(max(left.ages[ours].max(), right.ages[theirs].max())) - first + 1
        asked = np.full((self.sets, ages), FAR, dtype=np.int32)
        np.minimum.at(asked, (self.of_right[theirs], right.ages[theirs] - first), prices[theirs].astype(np.int32))
        here = np.zeros(self.sets, dtype=np.bool_)
        here[self.of_right[theirs]] = True
        cheapest = np.full((len(self.worth), ages), FAR, dtype=np.int32)
        entries = np.flatnonzero(here[self.tag_set])
        entries = entries[np.argsort(self.subset[entries], kind="stable")]
        start = np.flatnonzero(np.diff(self.subset[entries], prepend=-1))
        cheapest[self.subset[entries[start]]] = np.minimum.reduceat(asked[self.tag_set[entries]], start, axis=0)
        net = self.worth[:, None].astype(np.int32) - _within_age_gap(cheapest, first, rules)
        wanted = np.zeros(self.sets, dtype=np.bool_)
        wanted[self.of_left[ours]] = True
        entries = np.flatnonzero(wanted[self.tag_set])
        start = np.flatnonzero(np.diff(self.tag_set[entries], prepend=-1))
        got = np.full((self.sets, ages), NEVER, dtype=np.int32)
        got[self.tag_set[entries[start]]] = np.maximum.reduceat(net[self.subset[entries]], start, axis=0)
        return got[self.of_left[ours], left.ages[ours] - first].astype(np.int64)


def _subsets(sets: NDArray[np.uint64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint64]]]:
    """Number of the set, and one of its subsets; the empty one too."""
    sizes = np.bitwise_count(sets)
    for size in np.unique(sizes).tolist():
        numbers = np.flatnonzero(sizes == size)
        rest, subsets = sets[numbers], np.zeros((len(numbers), 1), dtype=np.uint64)
        for _ in range(size):
            lowest = rest & (~rest + np.uint64(1))
            rest = rest ^ lowest
            subsets = np.concatenate([subsets, subsets | lowest[:, None]], axis=1)
        yield np.repeat(numbers, subsets.shape[1]), subsets.reshape(-1)


def _within_age_gap(cheapest: NDArray[np.int32], first: int, rules: Rules) -> NDArray[np.int32]:
    """The least price within the age gap of each age, minors and adults apart."""
    ages = np.arange(cheapest.shape[1]) + first
    least = np.empty_like(cheapest)
    for place, age in enumerate(ages.tolist()):
        near = (np.abs(ages - age) <= rules.max_age_gap) & ((ages >= rules.adult_age) == (age >= rules.adult_age))
        least[:, place] = cheapest[:, near].min(axis=1)
    return least


def _largest(values: NDArray[np.int64], count: int) -> int:
    return int(np.sort(values)[len(values) - count :].sum())
