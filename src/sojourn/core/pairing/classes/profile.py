"""What a class looks like from outside, and which classes fit together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import maximum_bipartite_matching

from sojourn.core.pairing.pen_pals.arcs import Arcs
from sojourn.core.pairing.pen_pals.people import BITS, NO_MEDIUM, People, Person
from sojourn.core.pairing.pen_pals.problem import NOBODY, NOWHERE
from sojourn.core.pairing.rules import Points, Rules

NEAREST = 24
"""Candidates kept for each class on the sparse graph."""
SPREAD = 24
"""Fitting classes kept besides, whatever their estimate."""
FITS = 256
"""Fitting classes looked at for each class: the next ones after its own place, round and round."""
ROWS = 64
"""Classes compared with all others at a time: bounds the memory."""
TRIO = 2
"""The larger class may have at most so many pupils for each of the smaller."""


class Enrolled(Protocol):
    """A class as its pupils see it."""

    @property
    def id(self) -> str: ...  # noqa: D102 -- a protocol's fields are named, not told
    @property
    def pupils(self) -> tuple[Person, ...]: ...  # noqa: D102 -- likewise


@dataclass(frozen=True, slots=True)
class Profiles:
    """One side's classes, in id order: row k of every array is the class `ids[k]`.

    `members` are rows of `people`; `languages` those that all pupils speak, as bits; `counts` how many pupils
    have each tag, and after these each medium.
    """

    ids: tuple[str, ...]
    people: People
    members: tuple[NDArray[np.int64], ...]
    sizes: NDArray[np.int64]
    youngest: NDArray[np.int16]
    oldest: NDArray[np.int16]
    languages: NDArray[np.unsignedinteger]
    regions: NDArray[np.int32]
    tags: NDArray[np.int16]
    media: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.ids)


def profiles(classes: Sequence[Enrolled], people: People) -> Profiles:
    """The classes' profiles; `people` holds all their pupils."""
    row_of = {id_: row for row, id_ in enumerate(people.ids)}
    members = tuple(np.array([row_of[pupil.id] for pupil in one.pupils], dtype=np.int64) for one in classes)
    sizes = np.array([len(member) for member in members], dtype=np.int64)
    rows = np.concatenate([np.empty(0, dtype=np.int64), *members])
    start = np.cumsum(sizes) - sizes
    number = np.repeat(np.arange(len(classes)), sizes)
    width = people.tags.shape[1] * BITS + 1
    tags = np.zeros((len(classes), width), dtype=np.int16)
    held = people.tag_ranks[rows]
    np.add.at(tags, (np.repeat(number, held.shape[1]), np.minimum(held.reshape(-1), width - 1)), 1)
    media = np.zeros((len(classes), int(people.media.max(initial=NO_MEDIUM)) + 2), dtype=np.int16)
    np.add.at(media, (number, people.media[rows]), 1)
    empty = not len(classes)
    return Profiles(
        ids=tuple(one.id for one in classes),
        people=people,
        members=members,
        sizes=sizes,
        youngest=people.ages[:0] if empty else np.minimum.reduceat(people.ages[rows], start),
        oldest=people.ages[:0] if empty else np.maximum.reduceat(people.ages[rows], start),
        languages=people.languages[:0]
        if empty
        else np.bitwise_and.reduceat(people.languages[rows], start, axis=0),
        regions=people.regions[rows[start]],
        tags=tags[:, :-1],
        media=media[:, :-1],
    )


def fitting(ours: Profiles, theirs: Profiles, rules: Rules, points: Points) -> tuple[Arcs, NDArray[np.int64]]:
    """The candidate graph with the estimated points of each class pair, and a largest pairing on it.

    For each left class the graph holds the fitting classes of highest estimate and a fixed sample of all
    that fit; for a class of the right that few of these reach, all that were looked at.
    """
    nothing = Arcs(NOWHERE, NOWHERE, NOWHERE.astype(np.int32))
    parts = [(nothing, np.zeros(0, dtype=np.bool_))]
    parts += [_looked_at(ours, theirs, rows, rules, points) for rows in _chunks(len(ours))]
    rows, columns, worth = (
        np.concatenate([getattr(arcs, field) for arcs, _ in parts]) for field in ("rows", "columns", "worth")
    )
    kept = np.concatenate([chosen for _, chosen in parts])
    rare = np.bincount(columns[kept], minlength=len(theirs)) < SPREAD
    arcs = Arcs(rows, columns, worth).kept(kept | rare[columns])
    mates = np.full(len(ours), NOBODY, dtype=np.int64)
    if len(arcs):
        ones = np.ones(len(arcs), dtype=np.int8)
        graph = sp.csr_array((ones, (arcs.rows, arcs.columns)), shape=(len(ours), len(theirs)))
        mates = maximum_bipartite_matching(graph, perm_type="column").astype(np.int64)
    return arcs, mates


def _looked_at(
    ours: Profiles, theirs: Profiles, rows: NDArray[np.int64], rules: Rules, points: Points
) -> tuple[Arcs, NDArray[np.bool_]]:
    """Fitting classes of some rows with the estimate, and which of them lead or are in the sample."""
    pairs = _fits(ours, theirs, rows, rules)
    worth = _estimates(ours, theirs, pairs, points)
    row, column = pairs.T
    chance = (row * 40_503 + column * 2_654_435_761) & 0xFFFFFFFF
    chosen = _first(row, [column, -worth], NEAREST) | _first(row, [column, chance], SPREAD)
    return Arcs(row, column, worth.astype(np.int32)), chosen


def _first(group: NDArray[np.int64], keys: list[NDArray[np.int64]], count: int) -> NDArray[np.bool_]:
    """Which items are among the first of their group, sorted by `keys`, the last of which counts most."""
    order = np.lexsort([*keys, group])
    _, start, sizes = np.unique(group[order], return_index=True, return_counts=True)
    first = np.zeros(len(group), dtype=np.bool_)
    first[order] = np.arange(len(group)) - np.repeat(start, sizes) < count
    return first


def _chunks(size: int) -> Iterator[NDArray[np.int64]]:
    for start in range(0, size, ROWS):
        yield np.arange(start, min(size, start + ROWS))


def _fits(ours: Profiles, theirs: Profiles, rows: NDArray[np.int64], rules: Rules) -> NDArray[np.int64]:
    """Pairs (row, column) of classes that fit, at most FITS for each row."""
    at = rows[:, None]
    fit = np.zeros((len(rows), len(theirs)), dtype=np.bool_)
    for word in range(ours.languages.shape[1]):
        fit |= (ours.languages[at, word] & theirs.languages[None, :, word]) != 0
    fit &= ours.oldest[at] - theirs.youngest <= rules.max_age_gap
    fit &= theirs.oldest - ours.youngest[at] <= rules.max_age_gap
    minors = np.maximum(ours.oldest[at], theirs.oldest) < rules.adult_age
    fit &= minors | (np.minimum(ours.youngest[at], theirs.youngest) >= rules.adult_age)
    if not rules.same_region:
        fit &= ours.regions[at] != theirs.regions
    fit &= (ours.sizes[at] <= TRIO * theirs.sizes) & (theirs.sizes <= TRIO * ours.sizes[at])
    turned = (np.arange(len(theirs)) + at * max(1, len(theirs)) // max(1, len(ours))) % max(1, len(theirs))
    fit = np.take_along_axis(fit, turned, axis=1)
    row, place = np.nonzero(fit & (np.cumsum(fit, axis=1) <= FITS))
    pairs = np.column_stack([rows[row], turned[row, place]])
    return pairs[np.lexsort([pairs[:, 1], pairs[:, 0]])]


def _estimates(
    ours: Profiles, theirs: Profiles, pairs: NDArray[np.int64], points: Points
) -> NDArray[np.int64]:
    """Points if every tag and medium were shared by as many as have it on both sides."""
    rows, columns = pairs.T
    held = np.flatnonzero((ours.tags.sum(axis=0) > 0) & (theirs.tags.sum(axis=0) > 0))
    tags = np.minimum(ours.tags[:, held][rows], theirs.tags[:, held][columns]).sum(axis=1, dtype=np.int64)
    width = min(ours.media.shape[1], theirs.media.shape[1])
    media = np.minimum(ours.media[rows, :width], theirs.media[columns, :width]).sum(axis=1, dtype=np.int64)
    worth: NDArray[np.int64] = tags * points.shared_tag + media * points.same_medium
    return worth
