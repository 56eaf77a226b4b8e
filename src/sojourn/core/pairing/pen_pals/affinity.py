"""May two people be paired, and how many points would the pair be worth: for lists of pairs and for whole blocks."""

import numpy as np
from numpy.typing import NDArray

from sojourn.core.pairing.pen_pals.people import NO_MEDIUM, People
from sojourn.core.pairing.rules import Points, Rules

type Index = NDArray[np.int64]
type Verdict = tuple[NDArray[np.bool_], NDArray[np.int32]]


def judge_pairs(
    left: People, right: People, rows: Index, columns: Index, rules: Rules, points: Points
) -> Verdict:
    """Allowed or not, and points, of the pairs (rows[k], columns[k]); arrays of that length."""
    return _judge(left, right, rows, columns, rules, points)


def judge_block(
    left: People, right: People, rows: Index, columns: Index, rules: Rules, points: Points
) -> Verdict:
    """Allowed or not, and points, of each row with each column; arrays of shape (rows, columns)."""
    return _judge(left, right, rows[:, None], columns[None, :], rules, points)


def allowed_block(
    left: People, right: People, rows: Index, columns: Index, rules: Rules
) -> NDArray[np.bool_]:
    """Whether each row may be paired with each column, the limit per institution pair aside."""
    return _allowed(left, right, rows[:, None], columns[None, :], rules)


def _judge(left: People, right: People, rows: Index, columns: Index, rules: Rules, points: Points) -> Verdict:
    languages = _shared(left.languages, right.languages, rows, columns)
    allowed = (languages > 0) & _allowed_but_language(left, right, rows, columns, rules)
    media = left.media[rows]
    worth = _shared(left.tags, right.tags, rows, columns) * np.int32(points.shared_tag)
    worth += ((media == right.media[columns]) & (media != NO_MEDIUM)) * np.int32(points.same_medium)
    worth += (languages > 1) * np.int32(points.second_language)
    return allowed, worth


def _allowed(left: People, right: People, rows: Index, columns: Index, rules: Rules) -> NDArray[np.bool_]:
    common = np.zeros(np.broadcast_shapes(rows.shape, columns.shape), dtype=np.bool_)
    for word in range(left.languages.shape[1]):
        common |= (left.languages[rows, word] & right.languages[columns, word]) != 0
    return common & _allowed_but_language(left, right, rows, columns, rules)


def _allowed_but_language(
    left: People, right: People, rows: Index, columns: Index, rules: Rules
) -> NDArray[np.bool_]:
    ages, others = left.ages[rows], right.ages[columns]
    allowed: NDArray[np.bool_] = np.abs(ages - others) <= rules.max_age_gap
    allowed &= (ages >= rules.adult_age) == (others >= rules.adult_age)
    if not rules.same_region:
        allowed &= left.regions[rows] != right.regions[columns]
    return allowed


def _shared(
    ours: NDArray[np.unsignedinteger], theirs: NDArray[np.unsignedinteger], rows: Index, columns: Index
) -> NDArray[np.integer]:
    """How many words two sets share."""
    count = np.bitwise_count(ours[rows, 0] & theirs[columns, 0])
    for word in range(1, ours.shape[1]):
        count = count + np.bitwise_count(ours[rows, word] & theirs[columns, word]).astype(np.int16)
    return count
