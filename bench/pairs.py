"""Pen pals, person to person, and the exact matrix; the matrix's peer is lapx, where installed."""

import importlib
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from unittest import mock

import numpy as np
from bench.crowd import people
from bench.row import Row

from sojourn.core.pairing import pair_matrix, pair_people
from sojourn.core.pairing.pen_pals import solve

SMALL, LARGE = 20_000, 250_000


def measure() -> Iterator[Row]:
    yield _matrix(2_000)
    yield _pen_pals(SMALL, 5.0)
    yield _pen_pals(LARGE, 60.0)


def _timed[T](work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    answer = work()
    return answer, time.perf_counter() - start


def _matrix(size: int) -> Row:
    weights = np.random.default_rng(0).random((size, size))
    ours = sorted(_timed(lambda: pair_matrix(weights))[1] for _ in range(3))[1]
    try:
        lapx = importlib.import_module("lap")
    except ImportError:
        return Row("pairs, matrix", f"{size} a side", ours, quality="exact")
    peer = sorted(_timed(lambda: lapx.lapjv(-weights))[1] for _ in range(3))[1]
    return Row("pairs, matrix", f"{size} a side", ours, quality="exact", peer="lapx", peer_s=peer)


def _pen_pals(size: int, limit_s: float) -> Row:
    """Measured in a process of its own, so that the memory is its own too."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as alone:
        outcome, seconds, mebibytes = alone.submit(_solved, size).result()
    pairs, gap, reached = outcome
    quality = f"{pairs} pairs, the most there can be; gap {gap:.2%}"
    if reached:
        quality += f", at least {reached:.2%} of the optimum (bound of a run of twelve more rounds)"
    return Row("pairs, people", f"{size} a side", seconds, limit_s, mebibytes, quality)


def _solved(size: int) -> tuple[tuple[int, float, float], float, float]:
    left = list(people(size, "l", range(31), seed=0))
    right = list(people(size, "r", range(26, 45), seed=0))
    outcome, seconds = _timed(lambda: pair_people(left, right))
    if len(outcome.pairs) != outcome.most_pairs:
        raise AssertionError("somebody who can be paired is not")
    mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reached = 0.0
    if size <= SMALL:
        with mock.patch.object(solve, "EFFORT", (6, 6, 12)):
            reached = outcome.total / min(outcome.bound, pair_people(left, right).bound)
    return (len(outcome.pairs), outcome.gap, reached), seconds, mebibytes


if __name__ == "__main__":
    for row in measure():
        print(row)
