"""Candidate pairs: found by sorting both sides alike, kept as arrays, limited per pair of institutions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sojourn.core.pairing.pen_pals.people import BITS, OLDEST, People
from sojourn.core.pairing.pen_pals.problem import NOWHERE, Index, Problem

REACH = (-2, -1, 0, 1)
"""Each person meets these neighbours of the other side in a common order."""
LEADING_TAGS = 4
"""So many of a person's tags, the most important in a given order, decide the place in it."""


@dataclass(frozen=True, slots=True)
class Arcs:
    """Allowed pairs (rows[k], columns[k]) worth `worth[k]` points, each once, by row and then column."""

    rows: Index
    columns: Index
    worth: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.rows)

    def kept(self, chosen: NDArray[np.bool_]) -> "Arcs":
        """The arcs where `chosen` holds."""
        return Arcs(self.rows[chosen], self.columns[chosen], self.worth[chosen])


def judged(problem: Problem, codes: Index) -> Arcs:
    """The allowed ones among pairs coded as row x right people + column."""
    width = max(1, len(problem.right))
    codes = np.sort(codes)  # sorting needs a third of the time of np.unique here, and less memory
    codes = codes[np.diff(codes, prepend=-1) > 0]
    rows, columns = np.divmod(codes, width)
    allowed, worth = problem.judge(rows, columns)
    return Arcs(rows[allowed], columns[allowed], worth[allowed])


def merged(problem: Problem, *many: Arcs) -> Arcs:
    """The union of several sets of arcs."""
    width = max(1, len(problem.right))
    codes = np.concatenate([arcs.rows * width + arcs.columns for arcs in many])
    codes, first = np.unique(codes, return_index=True)
    return Arcs(codes // width, codes % width, np.concatenate([arcs.worth for arcs in many])[first])


def common_order(problem: Problem, draw: np.random.Generator) -> Index:
    """Both sides in one order in which likely partners stand close; right person k is left people + k.

    Sorted by one language each (the first of a random order that the person has), an age band with a random
    edge, tags in a random order of importance, medium; chance breaks ties.
    """
    left, right, gap = problem.left, problem.right, problem.rules.max_age_gap
    languages = draw.permutation(BITS * left.languages.shape[1])
    tags = draw.permutation(BITS * left.tags.shape[1]).astype(np.int32)
    shift = int(draw.integers(0, gap + 1))
    chance = draw.random(len(left) + len(right))
    ours, theirs = (_keys(side, languages, tags, shift, gap + 1) for side in (left, right))
    return np.lexsort([chance, *(np.concatenate(both) for both in zip(ours, theirs, strict=True))])


def neighbours(problem: Problem, orders: int, draw: np.random.Generator) -> Index:
    """Coded pairs of each left person with the nearest right people, in several common orders."""
    left_size, right_size = len(problem.left), len(problem.right)
    if not left_size or not right_size:
        return NOWHERE
    codes = []
    for _ in range(orders):
        order = common_order(problem, draw)
        is_left = order < left_size
        passed = np.cumsum(~is_left)[is_left]
        rights = order[~is_left] - left_size
        rows = order[is_left] * right_size
        codes += [rows + rights[np.clip(passed + step, 0, right_size - 1)] for step in REACH]
    return np.concatenate(codes)


def within_limit(problem: Problem, arcs: Arcs, mates: Index) -> Arcs:
    """Arcs under which no pairing whatever exceeds the limit per pair of institutions.

    For each such pair only so many left people, those now paired there first and then those worth most, keep
    their arcs into it.
    """
    limit = problem.rules.per_institution_pair
    if limit is None:
        return arcs
    group = problem.institution_pairs(arcs.rows, arcs.columns)
    now = mates[arcs.rows]
    settled = (now >= 0) & (group == problem.institution_pairs(arcs.rows, np.maximum(now, 0)))
    order = np.flatnonzero(group >= 0)
    number = np.unique(group[order], return_inverse=True)[1].reshape(-1)
    person = np.unique(number * len(problem.left) + arcs.rows[order], return_inverse=True)[1].reshape(-1)
    best_first = np.lexsort([-arcs.worth[order], ~settled[order]])
    # One arc speaks for each (institution pair, person); `person` is its number.
    speaker = order[best_first[np.unique(person[best_first], return_index=True)[1]]]
    rank = _rank_within(group[speaker], [arcs.rows[speaker], -arcs.worth[speaker], ~settled[speaker]])
    allowed = group < 0
    allowed[order] = (rank < limit)[person]
    return arcs.kept(allowed)


def _rank_within(group: Index, keys: list[NDArray[np.generic]]) -> Index:
    """The place of each item among those of its group, sorted by `keys`, the last of which counts most."""
    order = np.lexsort([*keys, group])
    _, start, counts = np.unique(group[order], return_index=True, return_counts=True)
    rank = np.empty(len(group), dtype=np.int64)
    rank[order] = np.arange(len(group)) - np.repeat(start, counts)
    return rank


def _keys(
    side: People, languages: Index, tags: NDArray[np.int32], shift: int, band_years: int
) -> list[Index]:
    """Sort keys, the least important first (as lexsort takes them)."""
    spoken = np.full(len(side), len(languages), dtype=np.int64)
    for place in range(len(languages) - 1, -1, -1):
        word, bit = divmod(int(languages[place]), BITS)
        spoken[(side.languages[:, word].astype(np.uint64) >> np.uint64(bit)) & np.uint64(1) == 1] = place
    ranks = np.sort(np.append(tags, np.int32(len(tags)))[np.minimum(side.tag_ranks, len(tags))], axis=1)
    interests = np.zeros(len(side), dtype=np.int64)
    for column in range(LEADING_TAGS):
        rank = ranks[:, column] if column < ranks.shape[1] else len(tags)
        interests = interests * (len(tags) + 1) + rank
    band = (side.ages.astype(np.int64) + shift) // band_years
    return [side.media.astype(np.int64), interests, spoken * (OLDEST + 2) + band]
