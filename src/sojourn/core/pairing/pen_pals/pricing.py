"""Who would gain from an exchange at the present prices: every pair of a block is looked at."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sojourn.core.pairing.pen_pals.affinity import judge_block
from sojourn.core.pairing.pen_pals.people import People
from sojourn.core.pairing.rules import Points, Rules

type Group = tuple[NDArray[np.int64], NDArray[np.int64]]

NEVER = -(2**30)
CELLS = 1 << 18
"""Cells of a block looked at together; small enough for the processor's cache."""


@dataclass(frozen=True, slots=True)
class Hunt:
    """What to bring back: up to `keep` pairs for each left person whom more than `now` (points less price) is
    offered; chance (`draw`) decides among equals."""

    now: NDArray[np.int64]
    keep: int
    draw: np.random.Generator


@dataclass(frozen=True, slots=True)
class Offers:
    """Each row's best points less price (NEVER: no partner), and coded pairs at least as good as it has now."""

    best: NDArray[np.int64]
    codes: NDArray[np.int64]


def look(
    left: People, right: People, prices: NDArray[np.int64], rules: Rules, points: Points,
    *, hunt: Hunt | None = None, block: int | None = None, order: NDArray[np.int64] | None = None,
) -> Offers:
    """Offers over all pairs, or over blocks of `block` people that stand together in `order` (both sides).

    Without `hunt` only the best figures come back, no pairs.
    """
    best = np.full(len(left), NEVER, dtype=np.int64)
    codes = [np.empty(0, dtype=np.int64)]
    groups = _by_age(left, right, rules) if block is None or order is None else _blocks(order, len(left), block)
    for rows, columns in groups:
        height = max(1, CELLS // max(1, len(columns)))
        asked = prices[columns].astype(np.int32)
        for start in range(0, len(rows), height):
            part = rows[start : start + height]
            allowed, worth = judge_block(left, right, part, columns, rules, points)
            net = np.where(allowed, worth - asked, np.int32(NEVER))
            best[part] = net.max(axis=1, initial=NEVER)
            if hunt is None:
                continue
            hungry = (best[part] > hunt.now[part]) & (best[part] > NEVER)
            if hungry.any():
                codes.append(_leading(net[hungry], part[hungry], columns, hunt, len(right)))
    return Offers(best, np.concatenate(codes))


def _leading(
    worth: NDArray[np.int32], rows: NDArray[np.int64], columns: NDArray[np.int64], hunt: Hunt, width: int
) -> NDArray[np.int64]:
    """Coded pairs of each row with the columns that lead for it, as far as they reach what it has now."""
    chance = hunt.draw.random(worth.shape[1], dtype=np.float32) * np.float32(0.9)
    net = worth.astype(np.float32) + chance
    count = min(hunt.keep, net.shape[1])
    leading = np.argpartition(net, -count, axis=1)[:, -count:]
    good = np.take_along_axis(net, leading, axis=1) >= np.maximum(hunt.now[rows], NEVER + 1)[:, None]
    return (rows[:, None] * width + columns[leading])[good]


def _by_age(left: People, right: People, rules: Rules) -> Iterator[Group]:
    ours, theirs = np.argsort(left.ages, kind="stable"), np.argsort(right.ages, kind="stable")
    ages = right.ages[theirs]
    for age in np.unique(left.ages).tolist():
        first, last = np.searchsorted(left.ages[ours], [age, age + 1])
        low, high = np.searchsorted(ages, [age - rules.max_age_gap, age + rules.max_age_gap + 1])
        yield ours[first:last], theirs[low:high]


def _blocks(order: NDArray[np.int64], left_size: int, block: int) -> Iterator[Group]:
    for start in range(0, len(order), 2 * block):
        part = order[start : start + 2 * block]
        yield part[part < left_size], part[part >= left_size] - left_size
