"""What is given and what comes back: institutions, edges, the twinning and its certificate."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from sojourn.core.pairing.rules import PairingError

LARGEST_CAPACITY = 1_000_000
LARGEST_WEIGHT = 1e9


class Institution(NamedTuple):
    """An institution and the largest number of twins it can take."""

    id: str
    capacity: int


class Edge(NamedTuple):
    """Two institutions that may become twins, and what the twinning would be worth (0 or more)."""

    one: str
    other: str
    weight: float


class Blossom(NamedTuple):
    """An odd set: of the edges inside `members` and the `teeth` that leave it, at most
    floor((capacities of members + number of teeth) / 2) can be chosen. `price` is its share of the bound."""

    members: tuple[str, ...]
    teeth: tuple[tuple[str, str], ...]
    price: float


@dataclass(frozen=True, slots=True)
class Twinning:
    """The twins chosen (each pair sorted, pairs in order), their weight, and the proof of how good that is.

    No twinning weighs more than `certified`, which follows from `prices` (one per institution that has one)
    and `blossoms` alone: see `certified_bound`. `bound` is the total itself where an exhaustive search of
    the edges that the prices leave open has also ended, else `certified`.
    """

    pairs: tuple[tuple[str, str], ...]
    total: float
    bound: float
    certified: float
    prices: dict[str, float]
    blossoms: tuple[Blossom, ...]

    @property
    def gap(self) -> float:
        """How far the total can be below the optimum, as a fraction of the bound."""
        return 0.0 if self.bound <= 0 else max(0.0, (self.bound - self.total) / self.bound)


@dataclass(frozen=True, slots=True)
class Graph:
    """The checked problem as arrays, in id order: node numbers of both ends, weights, capacities."""

    ids: tuple[str, ...]
    capacities: NDArray[np.int64]
    ends: NDArray[np.int64]
    weights: NDArray[np.float64]

    def incidence(self) -> sp.csr_array:
        """Institutions by edges: 1 where the edge ends at the institution."""
        edges = np.arange(len(self.weights))
        cells = (self.ends.T.ravel(), np.concatenate([edges, edges]))
        return sp.csr_array((np.ones(2 * len(edges)), cells), shape=(len(self.ids), len(edges)))


def checked_graph(institutions: Sequence[Institution], edges: Sequence[Edge]) -> Graph:
    """The problem as arrays, the same in whatever order it comes; PairingError for what cannot be meant."""
    number = _numbered(institutions)
    capacities = {institution.id: institution.capacity for institution in institutions}
    weight_of: dict[tuple[int, int], float] = {}
    for one, other, weight in edges:
        for end in (one, other):
            if end not in number:
                raise PairingError(
                    f"edge {one!r} - {other!r}: {end!r} is no institution: add it or drop the edge"
                )
        if one == other:
            raise PairingError(f"edge {one!r} - {other!r}: an institution cannot be its own twin")
        if not (math.isfinite(weight) and 0 <= weight <= LARGEST_WEIGHT):
            raise PairingError(
                f"edge {one!r} - {other!r}: weight {weight} is not between 0 and {LARGEST_WEIGHT:g}"
            )
        ends = (min(number[one], number[other]), max(number[one], number[other]))
        if ends in weight_of:
            raise PairingError(f"edge {one!r} - {other!r} is given twice: keep one")
        weight_of[ends] = float(weight)
    ordered = sorted(weight_of)
    return Graph(
        tuple(number),
        np.array([capacities[id_] for id_ in number], dtype=np.int64),
        np.array(ordered, dtype=np.int64).reshape(-1, 2),
        np.array([weight_of[ends] for ends in ordered], dtype=np.float64),
    )


def _numbered(institutions: Sequence[Institution]) -> dict[str, int]:
    seen: dict[str, str] = {}
    for institution in institutions:
        folded = unicodedata.normalize("NFKC", institution.id)
        if folded in seen:
            raise PairingError(
                f"institution {institution.id!r} is given twice (also as {seen[folded]!r}): make ids unique"
            )
        seen[folded] = institution.id
        if not 0 <= institution.capacity <= LARGEST_CAPACITY:
            raise PairingError(
                f"capacity of {institution.id!r} is {institution.capacity}, not in 0..{LARGEST_CAPACITY}"
            )
    return {id_: place for place, id_ in enumerate(sorted(seen.values()))}
