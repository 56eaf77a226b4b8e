"""Who would gain from an exchange at the present prices: every pair of a block is looked at."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sojourn.core.pairing.pen_pals.problem import NOWHERE, Index, Problem

type Group = tuple[Index, Index]

NEVER = -(2**30)
CELLS = 1 << 18
"""Cells of a block looked at together; small enough for the processor's cache."""


@dataclass(frozen=True, slots=True)
class Hunt:
    """What to bring back: up to `keep` pairs for each left person who is offered more than `now`.

    `now` is points less price; chance (`draw`) decides among equal offers.
    """

    now: Index
    keep: int
    draw: np.random.Generator


@dataclass(frozen=True, slots=True)
class Offers:
    """Each row's best points less price (NEVER: no partner), and the coded pairs brought back."""

    best: Index
    codes: Index


def look(problem: Problem, prices: Index, groups: Iterator[Group], hunt: Hunt | None = None) -> Offers:
    """Offers over all pairs within each group of rows and columns; without `hunt` the best figures only."""
    best = np.full(len(problem.left), NEVER, dtype=np.int64)
    codes = [NOWHERE]
    for rows, columns in groups:
        height = max(1, CELLS // max(1, len(columns)))
        asked = prices[columns].astype(np.int32)
        for start in range(0, len(rows) if len(columns) else 0, height):
            part = rows[start : start + height]
            allowed, worth = problem.judge(part[:, None], columns[None, :])
            net = np.where(allowed, worth - asked, np.int32(NEVER))
            best[part] = net.max(axis=1)
            if hunt is None:
                continue
            hungry = (best[part] > hunt.now[part]) & (best[part] > NEVER)
            if hungry.any():
                codes.append(_leading(net[hungry], part[hungry], columns, hunt, len(problem.right)))
    return Offers(best, np.concatenate(codes))


def everybody(problem: Problem) -> Iterator[Group]:
    """Groups that hold every pair within the age gap: the left people of each age, and whom they may meet."""
    ours = np.argsort(problem.left.ages, kind="stable")
    theirs = np.argsort(problem.right.ages, kind="stable")
    gap = problem.rules.max_age_gap
    for age in np.unique(problem.left.ages).tolist():
        first, last = np.searchsorted(problem.left.ages[ours], [age, age + 1])
        low, high = np.searchsorted(problem.right.ages[theirs], [age - gap, age + gap + 1])
        yield ours[first:last], theirs[low:high]


def blocks(order: Index, left_size: int, block: int) -> Iterator[Group]:
    """Groups of about `block` people a side who stand together in a common order."""
    for start in range(0, len(order), 2 * block):
        part = order[start : start + 2 * block]
        yield part[part < left_size], part[part >= left_size] - left_size


def _leading(net: NDArray[np.int32], rows: Index, columns: Index, hunt: Hunt, width: int) -> Index:
    """Coded pairs of each row with the columns that lead for it, as far as they reach what it has now."""
    chance = hunt.draw.random(net.shape[1], dtype=np.float32) * np.float32(0.9)
    offer = net.astype(np.float32) + chance
    count = min(hunt.keep, net.shape[1])
    leading = np.argpartition(offer, -count, axis=1)[:, -count:]
    good = np.take_along_axis(offer, leading, axis=1) >= np.maximum(hunt.now[rows], NEVER + 1)[:, None]
    return (rows[:, None] * width + columns[leading])[good]
