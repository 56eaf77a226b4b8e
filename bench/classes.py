"""Class to class: 8,000 classes a side."""

import multiprocessing
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from bench.crowd import classes
from bench.row import Row

from sojourn.core.pairing import pair_classes

COUNT = 8_000


def measure() -> Iterator[Row]:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
        seconds, mebibytes, quality = alone.submit(_solved, COUNT).result()
    yield Row("pairs, classes", f"{COUNT} a side", seconds, 10.0, mebibytes, quality)


def _solved(count: int) -> tuple[float, float, str]:
    left = classes(count, "l", range(31), seed=0)
    right = classes(count, "r", range(26, 45), seed=0)
    start = time.perf_counter()
    outcome = pair_classes(left, right)
    seconds = time.perf_counter() - start
    letters = sum(len(pair.pupils) for pair in outcome.pairs)
    quality = (
        f"{len(outcome.pairs)} class pairs, {letters} letters, {outcome.total / letters:.2f} points each"
    )
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, quality


if __name__ == "__main__":
    for row in measure():
        print(row)
