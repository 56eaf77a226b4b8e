"""The best partner at given prices for everybody at once, without comparing people: by tag subsets.

Points for shared tags are the best, over the subsets of a person's own tags, of their worth less what the
cheapest person asks who has them all. So the right people are entered under every subset of their tags, and
the left people look up every subset of theirs. A shared language, a second one and a shared medium are
treated group by group.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sojourn.core.pairing.pen_pals.people import BITS, NO_MEDIUM
from sojourn.core.pairing.pen_pals.pricing import NEVER
from sojourn.core.pairing.pen_pals.problem import Index, Problem
from sojourn.core.pairing.rules import Rules

MOST_SUBSETS = 8_000_000
FAR = 2**30


@dataclass(frozen=True, slots=True)
class _Group:
    """Left and right people who share something, and the points for that."""

    worth: int
    rows: Index
    columns: Index


@dataclass(frozen=True, slots=True)
class _Subsets:
    """Entry k says that subset `subset[k]` lies within tag set `tag_set[k]`; in order of tag sets.

    `worth` is by subset; `left` and `right` give each person's tag set, of which there are `count`.
    """

    tag_set: Index
    subset: Index
    worth: NDArray[np.int32]
    left: Index
    right: Index
    count: int


def best_by_index(problem: Problem, prices: Index) -> Index | None:
    """Each left person's best points less price, region and institution aside; None where tags are too many.

    Possibly more than the truth, never less; NEVER where nobody is near in age and language.
    """
    subsets = _indexed(problem)
    if subsets is None:
        return None
    best = np.full(len(problem.left), NEVER, dtype=np.int64)
    for group in _groups(problem):
        if len(group.rows) and len(group.columns):
            reached = _best_in(subsets, problem, prices, group)
            reached = np.where(reached > NEVER // 2, reached + group.worth, NEVER)
            best[group.rows] = np.maximum(best[group.rows], reached)
    return best


def _indexed(problem: Problem) -> _Subsets | None:
    if problem.left.tags.shape[1] > 1:
        return None
    tags = np.concatenate([problem.left.tags[:, 0], problem.right.tags[:, 0]]).astype(np.uint64)
    sets, of = np.unique(tags if problem.points.shared_tag else np.zeros_like(tags), return_inverse=True)
    if (1 << np.minimum(np.bitwise_count(sets), 40).astype(np.int64)).sum() > MOST_SUBSETS:
        return None
    tag_set, bits = (np.concatenate(parts) for parts in zip(*_subsets(sets), strict=True))
    order = np.argsort(tag_set, kind="stable")
    names, subset = np.unique(bits[order], return_inverse=True)
    worth = np.bitwise_count(names).astype(np.int32) * np.int32(problem.points.shared_tag)
    size, of = len(problem.left), of.reshape(-1)
    return _Subsets(tag_set[order], subset.reshape(-1), worth, of[:size], of[size:], len(sets))


def _subsets(sets: NDArray[np.uint64]) -> Iterator[tuple[Index, NDArray[np.uint64]]]:
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
        near = (np.abs(ages - age) <= rules.max_age_gap) & (
            (ages >= rules.adult_age) == (age >= rules.adult_age)
        )
        least[:, place] = cheapest[:, near].min(axis=1)
    return least


def _groups(problem: Problem) -> Iterator[_Group]:
    """Everybody who shares a language, or two, and possibly the medium besides."""
    left, right, points = problem.left, problem.right, problem.points
    speakers = []
    for word, bit in np.ndindex(left.languages.shape[1], BITS):
        both = [
            (side.languages[:, word].astype(np.uint64) >> np.uint64(bit)) & np.uint64(1) == 1
            for side in (left, right)
        ]
        if both[0].any() and both[1].any():
            speakers.append(both)
    shared = [(0, ours, theirs) for ours, theirs in speakers]
    if points.second_language:
        for number, (ours, theirs) in enumerate(speakers):
            others = speakers[:number]
            shared += [(points.second_language, ours & one, theirs & other) for one, other in others]
    media = np.intersect1d(left.media, right.media) if points.same_medium else left.media[:0]
    for worth, ours, theirs in shared:
        yield _Group(worth, np.flatnonzero(ours), np.flatnonzero(theirs))
        for medium in media[media != NO_MEDIUM].tolist():
            rows, columns = (
                np.flatnonzero(ours & (left.media == medium)),
                np.flatnonzero(theirs & (right.media == medium)),
            )
            yield _Group(worth + points.same_medium, rows, columns)


def _best_in(subsets: _Subsets, problem: Problem, prices: Index, group: _Group) -> Index:
    """The best of points for tags less price that each row of the group can get among its columns."""
    ages, others = problem.left.ages[group.rows], problem.right.ages[group.columns]
    first = int(min(ages.min(), others.min()))
    span = int(max(ages.max(), others.max())) - first + 1
    asked = np.full((subsets.count, span), FAR, dtype=np.int32)
    own = subsets.right[group.columns]
    np.minimum.at(asked, (own, others - first), prices[group.columns].astype(np.int32))
    entries = _entries_of(subsets, own)
    entries = entries[np.argsort(subsets.subset[entries], kind="stable")]
    start = np.flatnonzero(np.diff(subsets.subset[entries], prepend=-1))
    cheapest = np.full((len(subsets.worth), span), FAR, dtype=np.int32)
    cheapest[subsets.subset[entries[start]]] = np.minimum.reduceat(
        asked[subsets.tag_set[entries]], start, axis=0
    )
    net = subsets.worth[:, None] - _within_age_gap(cheapest, first, problem.rules)
    entries = _entries_of(subsets, subsets.left[group.rows])
    start = np.flatnonzero(np.diff(subsets.tag_set[entries], prepend=-1))
    got = np.full((subsets.count, span), NEVER, dtype=np.int32)
    got[subsets.tag_set[entries[start]]] = np.maximum.reduceat(net[subsets.subset[entries]], start, axis=0)
    return got[subsets.left[group.rows], ages - first].astype(np.int64)


def _entries_of(subsets: _Subsets, tag_sets: Index) -> Index:
    wanted = np.zeros(subsets.count, dtype=np.bool_)
    wanted[tag_sets] = True
    return np.flatnonzero(wanted[subsets.tag_set])
