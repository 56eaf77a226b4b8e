"""One pairing problem: both sides, the hard rules and the points; and what any pair is worth under them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sojourn.core.pairing.pen_pals.people import NO_MEDIUM, People
from sojourn.core.pairing.rules import Points, Rules

type Index = NDArray[np.int64]
type Bits = NDArray[np.unsignedinteger]

NOBODY = -1
NOWHERE: Index = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Problem:
    """Who is on each side, who may be paired, and what a pair is worth."""

    left: People
    right: People
    rules: Rules
    points: Points

    def part(self, rows: Index, columns: Index) -> "Problem":
        """The same problem for some people of each side."""
        return Problem(self.left.take(rows), self.right.take(columns), self.rules, self.points)

    def mirrored(self) -> "Problem":
        """The same problem with the sides exchanged."""
        return Problem(self.right, self.left, self.rules, self.points)

    def judge(self, rows: Index, columns: Index) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
        """Allowed or not, and points, for every pair of a row with a column as the two arrays broadcast.

        The limit per institution pair is left aside: it is not about one pair.
        """
        left, right = self.left, self.right
        languages = _shared(left.languages, right.languages, rows, columns)
        media = left.media[rows]
        worth = _shared(left.tags, right.tags, rows, columns) * np.int32(self.points.shared_tag)
        worth += ((media == right.media[columns]) & (media != NO_MEDIUM)) * np.int32(self.points.same_medium)
        worth += (languages > 1) * np.int32(self.points.second_language)
        return (languages > 0) & self._allowed_but_language(rows, columns), worth

    def allowed(self, rows: Index, columns: Index) -> NDArray[np.bool_]:
        """Whether the hard rules allow each pair; as `judge`, and quicker."""
        common = np.zeros(np.broadcast_shapes(rows.shape, columns.shape), dtype=np.bool_)
        for word in range(self.left.languages.shape[1]):
            common |= (self.left.languages[rows, word] & self.right.languages[columns, word]) != 0
        return common & self._allowed_but_language(rows, columns)

    def total(self, mates: Index) -> int:
        """The points of a pairing."""
        rows = np.flatnonzero(mates >= 0)
        return int(self.judge(rows, mates[rows])[1].sum(dtype=np.int64))

    def institution_pairs(self, rows: Index, columns: Index) -> Index:
        """A code for the two institutions of each pair; -1 where one is not known (then no limit applies)."""
        ours = self.left.institutions[rows].astype(np.int64)
        theirs = self.right.institutions[columns].astype(np.int64)
        return np.where((ours >= 0) & (theirs >= 0), (ours << 32) + theirs, -1)

    def _allowed_but_language(self, rows: Index, columns: Index) -> NDArray[np.bool_]:
        ages, others = self.left.ages[rows], self.right.ages[columns]
        allowed: NDArray[np.bool_] = np.abs(ages - others) <= self.rules.max_age_gap
        allowed &= (ages >= self.rules.adult_age) == (others >= self.rules.adult_age)
        if not self.rules.same_region:
            allowed &= self.left.regions[rows] != self.right.regions[columns]
        return allowed


def partners(mates: Index, right_size: int) -> Index:
    """The same pairing seen from the right: each right person's mate, -1 for none."""
    partner = np.full(right_size, NOBODY, dtype=np.int64)
    partner[mates[mates >= 0]] = np.flatnonzero(mates >= 0)
    return partner


def _shared(ours: Bits, theirs: Bits, rows: Index, columns: Index) -> NDArray[np.integer]:
    """How many words two sets share."""
    count: NDArray[np.integer] = np.bitwise_count(ours[rows, 0] & theirs[columns, 0])
    for word in range(1, ours.shape[1]):
        count = count + np.bitwise_count(ours[rows, word] & theirs[columns, word]).astype(np.int16)
    return count
