"""Candidate pairs: found by sorting both sides alike, kept as arrays, limited per pair of institutions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sojourn.core.pairing.pen_pals.affinity import judge_pairs
from sojourn.core.pairing.pen_pals.people import BITS, OLDEST, People
from sojourn.core.pairing.rules import Points, Rules

NOWHERE = np.empty(0, dtype=np.int64)

REACH = (-2, -1, 0, 1)
"""Each person meets these neighbours of the other side in a common order."""


@dataclass(frozen=True, slots=True)
class Arcs:
    """Allowed pairs (rows[k], columns[k]) worth `worth[k]` points, each once, by row and then column."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    worth: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.rows)

    def kept(self, chosen: NDArray[np.bool_]) -> "Arcs":
        """The arcs where `chosen` holds."""
        return Arcs(self.rows[chosen], self.columns[chosen], self.worth[chosen])


def judged(left: People, right: People, rules: Rules, points: Points, codes: NDArray[np.int64]) -> Arcs:
    """The allowed ones among pairs coded as row x len(right) + column."""
    codes = np.unique(codes)
    rows, columns = codes // max(1, len(right)), codes % max(1, len(right))
    allowed, worth = judge_pairs(left, right, rows, columns, rules, points)
    return Arcs(rows[allowed], columns[allowed], worth[allowed])


def merged(left: People, right: People, *many: Arcs) -> Arcs:
    """The union of several sets of arcs."""
    width = max(1, len(right))
    codes = np.concatenate([arcs.rows * width + arcs.columns for arcs in many])
    codes, first = np.unique(codes, return_index=True)
    return Arcs(codes // width, codes % width, np.concatenate([arcs.worth for arcs in many])[first])


def common_order(left: People, right: People, draw: np.random.Generator, *, gap: int) -> NDArray[np.int64]:
    """Both sides in one order in which likely partners stand close; right person k is len(left) + k.

    Sorted by one language each (the first of a random order that the person has), an age band with a random edge,
    tags in a random order of importance, medium; chance breaks ties.
    """
    languages = draw.permutation(BITS * left.languages.shape[1])
    tags = draw.permutation(_tag_count(left)).astype(np.int32)
    shift = int(draw.integers(0, gap + 1))
    keys = [
        np.concatenate(columns)
        for columns in zip(*(_keys(side, languages, tags, shift, gap) for side in (left, right)), strict=True)
    ]
    return np.lexsort([draw.random(len(left) + len(right)), *keys])


def neighbours(order: NDArray[np.int64], left_size: int, right_size: int) -> NDArray[np.int64]:
    """Coded pairs of each left person with the nearest right people in a common order."""
    if not left_size or not right_size:
        return np.empty(0, dtype=np.int64)
    is_left = order < left_size
    passed = np.cumsum(~is_left)[is_left]
    rights = order[~is_left] - left_size
    rows = order[is_left] * right_size
    return np.concatenate([rows + rights[np.clip(passed + step, 0, right_size - 1)] for step in REACH])


def institution_pairs(
    left: People, right: People, rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.int64]:
    """A code for the two institutions of each pair; -1 where one of them is not known (then no limit applies)."""
    ours, theirs = left.institutions[rows].astype(np.int64), right.institutions[columns].astype(np.int64)
    return np.where((ours >= 0) & (theirs >= 0), (ours << 32) + theirs, -1)


def within_limit(
    arcs: Arcs, left: People, right: People, mates: NDArray[np.int64], limit: int | None, spent: NDArray[np.int64]
) -> Arcs:
    """Arcs under which no pairing whatever exceeds the limit per pair of institutions.

    For each such pair only so many left people, those now paired there first and then those worth most, keep
    their arcs into it. `spent` holds the codes of institution pairs of pairs made elsewhere, sorted.
    """
    if limit is None:
        return arcs
    group = institution_pairs(left, right, arcs.rows, arcs.columns)
    order = np.flatnonzero(group >= 0)
    settled = np.zeros(len(arcs), dtype=np.bool_)
    paired = np.flatnonzero(mates[arcs.rows] >= 0)
    settled[paired] = group[paired] == institution_pairs(left, right, arcs.rows[paired], mates[arcs.rows[paired]])
    person = np.unique(np.column_stack([group[order], arcs.rows[order]]), axis=0, return_inverse=True)[1].reshape(-1)
    first = np.lexsort([-arcs.worth[order], ~settled[order]])
    _, opening = np.unique(person[first], return_index=True)
    leader = order[first[opening]]  # one arc for each (institution pair, person), by person number
    ranked = np.lexsort([arcs.rows[leader], -arcs.worth[leader], ~settled[leader], group[leader]])
    _, start, counts = np.unique(group[leader[ranked]], return_index=True, return_counts=True)
    rank = np.empty(len(leader), dtype=np.int64)
    rank[ranked] = np.arange(len(leader)) - np.repeat(start, counts)
    used = np.searchsorted(spent, group[leader], side="right") - np.searchsorted(spent, group[leader])
    allowed = group < 0
    allowed[order] = (rank < limit - used)[person]
    return arcs.kept(allowed)


def _tag_count(people: People) -> int:
    return people.tags.shape[1] * BITS


def _keys(
    side: People, languages: NDArray[np.int64], tags: NDArray[np.int32], shift: int, gap: int
) -> list[NDArray[np.int64]]:
    """Sort keys, the least important first (as lexsort takes them)."""
    spoken = np.full(len(side), len(languages), dtype=np.int64)
    for place in range(len(languages) - 1, -1, -1):
        word, bit = divmod(int(languages[place]), BITS)
        spoken[(side.languages[:, word].astype(np.uint64) >> np.uint64(bit)) & np.uint64(1) == 1] = place
    ranks = np.sort(np.append(tags, np.int32(len(tags)))[np.minimum(side.tag_ranks, len(tags))], axis=1)
    interests = np.zeros(len(side), dtype=np.int64)
    for column in range(4):
        rank = ranks[:, column] if column < ranks.shape[1] else len(tags)
        interests = interests * (len(tags) + 1) + rank
    band = (side.ages.astype(np.int64) + shift) // (gap + 1)
    return [side.media.astype(np.int64), interests, spoken * (OLDEST + 2) + band]
