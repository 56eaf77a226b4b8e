"""Twinning of 10,000 institutions: near neighbours with mixed weights, and random candidates."""

import time
from collections.abc import Iterator

import numpy as np
from bench.row import Row
from scipy.spatial import cKDTree

from sojourn.core.pairing import Edge, Institution, twin

SIZE, NEIGHBOURS = 10_000, 16


def measure() -> Iterator[Row]:
    for kind, edges in (("neighbours", _near()), ("random", _random())):
        institutions = [Institution(f"s{number:05}", 1 + number % 3) for number in range(SIZE)]
        start = time.perf_counter()
        outcome = twin(institutions, edges)
        seconds = time.perf_counter() - start
        size = f"{SIZE} institutions, {len(edges)} edges, {kind}"
        yield Row("twinning", size, seconds, 30.0, quality=f"gap {outcome.gap:.3%}")


def _near() -> list[Edge]:
    """Schools on a map; nearness weighs most, and something else besides."""
    draw = np.random.default_rng(0)
    places = draw.random((SIZE, 2))
    distances, numbers = cKDTree(places).query(places, NEIGHBOURS + 1)
    worth = 100 / (1 + distances[:, 1:] * SIZE**0.5)
    return _edges(np.repeat(np.arange(SIZE), NEIGHBOURS), numbers[:, 1:].ravel(), worth.ravel(), draw)


def _random() -> list[Edge]:
    draw = np.random.default_rng(1)
    one, other = np.repeat(np.arange(SIZE), NEIGHBOURS // 2), draw.integers(0, SIZE, SIZE * NEIGHBOURS // 2)
    return _edges(one, other, np.zeros(len(one)), draw)


def _edges(one: np.ndarray, other: np.ndarray, worth: np.ndarray, draw: np.random.Generator) -> list[Edge]:
    weights = {}
    for a, b, value in zip(one.tolist(), other.tolist(), worth.tolist(), strict=True):
        if a != b:
            weights.setdefault((min(a, b), max(a, b)), round(value + float(draw.integers(1, 21)), 1))
    return [Edge(f"s{a:05}", f"s{b:05}", weight) for (a, b), weight in weights.items()]


if __name__ == "__main__":
    for row in measure():
        print(row)
