"""As many pairs as possible: matchings on candidate pairs, repaired until a closed set proves that no more exist."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import maximum_bipartite_matching

from sojourn.core.pairing.pen_pals.affinity import allowed_block
from sojourn.core.pairing.pen_pals.arcs import NOWHERE, Arcs, judged, merged, within_limit
from sojourn.core.pairing.pen_pals.people import People
from sojourn.core.pairing.rules import Points, Rules

CHUNK = 128


@dataclass(frozen=True, slots=True)
class Kinds:
    """People whom the hard rules cannot tell apart, as one kind: `of[k]` is the kind of person k."""

    of: NDArray[np.int64]
    first: NDArray[np.int64]
    members: tuple[NDArray[np.int64], ...]


def most_pairs(
    left: People, right: People, arcs: Arcs, rules: Rules, points: Points
) -> tuple[NDArray[np.int64], Arcs, NDArray[np.int64]]:
    """Mates of the left people (-1: none) in a largest pairing, the arcs grown on the way, and the proof.

    The proof is a set of left people: they know too few right people for more of them to be paired (Hall 1935,
    König 1931). Under a limit per institution pair the pairing respects the limit and the proof leaves it aside.

    **Source:** Hopcroft & Karp (1973), An n^(5/2) algorithm for maximum matchings in bipartite graphs.
    """
    mates = np.full(len(left), -1, dtype=np.int64)
    kinds = (_kinds(left), _kinds(right))
    while True:
        usable = within_limit(arcs, left, right, mates, rules.per_institution_pair, NOWHERE)
        grown = _largest(usable, mates, len(right))
        gained = (grown >= 0).sum() > (mates >= 0).sum()
        mates = grown if gained else mates
        reached, codes, found = _alternating(left, right, mates, kinds, rules)
        more = judged(left, right, rules, points, codes)
        known = len(arcs)
        arcs = merged(left, right, arcs, more)
        if not found or (not gained and len(arcs) == known):
            return mates, arcs, reached
        if not gained and rules.per_institution_pair is not None:
            return mates, arcs, reached


def _largest(arcs: Arcs, mates: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    """A largest matching on the arcs; -1 for people without a mate."""
    if not len(arcs):
        return mates
    graph = sp.csr_array((np.ones(len(arcs), dtype=np.int8), (arcs.rows, arcs.columns)), shape=(len(mates), width))
    return maximum_bipartite_matching(graph, perm_type="column").astype(np.int64)


def _kinds(people: People) -> Kinds:
    seen = np.column_stack([people.ages, people.regions, people.languages.astype(np.uint64).view(np.int64)])
    _, first, of = np.unique(seen, axis=0, return_index=True, return_inverse=True)
    of = of.reshape(-1).astype(np.int64)
    order = np.argsort(of, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(of))[:-1]) if len(people) else []
    return Kinds(of, first, tuple(members))


def _alternating(
    left: People, right: People, mates: NDArray[np.int64], kinds: tuple[Kinds, Kinds], rules: Rules
) -> tuple[NDArray[np.int64], NDArray[np.int64], bool]:
    """Search from all unpaired left people at once, over every allowed pair.

    Gives back the left people reached, coded pairs that carry the search onward, and whether it met a right
    person without a mate: if not, the left people reached prove that no larger pairing exists.
    """
    ours, theirs = kinds
    partner = np.full(len(right), -1, dtype=np.int64)
    partner[mates[mates >= 0]] = np.flatnonzero(mates >= 0)
    unseen = np.arange(len(theirs.first))
    seen_left = np.zeros(len(left), dtype=np.bool_)
    kind_done = np.zeros(len(ours.first), dtype=np.bool_)
    frontier = np.flatnonzero(mates < 0)
    codes: list[NDArray[np.int64]] = []
    found = False
    while len(frontier) and len(unseen) and not found:
        seen_left[frontier] = True
        callers: list[NDArray[np.int64]] = []
        waiting = np.unique(ours.of[frontier])
        waiting = waiting[~kind_done[waiting]]
        kind_done[waiting] = True
        speaker = dict(zip(ours.of[frontier[::-1]].tolist(), frontier[::-1].tolist(), strict=True))
        for start in range(0, len(waiting), CHUNK):
            batch = waiting[start : start + CHUNK]
            open_ = allowed_block(left, right, ours.first[batch], theirs.first[unseen], rules)
            hit = open_.any(axis=0)
            who = batch[open_.argmax(axis=0)]
            for kind, caller in zip(unseen[hit].tolist(), who[hit].tolist(), strict=True):
                members = theirs.members[kind]
                codes.append(speaker[caller] * len(right) + members)
                callers.append(members)
            unseen = unseen[~hit]
        met = np.concatenate([np.empty(0, dtype=np.int64), *callers])
        found = bool((partner[met] < 0).any())
        frontier = np.setdiff1d(partner[met][partner[met] >= 0], np.flatnonzero(seen_left))
    return np.flatnonzero(seen_left), np.concatenate([np.empty(0, dtype=np.int64), *codes]), found


def most_by(left: People, right: People, closed: NDArray[np.int64], rules: Rules) -> int:
    """The most pairs that the closed set allows: those outside it, and those whom its people may be paired with."""
    ours, theirs = _kinds(left), _kinds(right)
    asking = np.unique(ours.of[closed])
    known = np.zeros(len(theirs.first), dtype=np.bool_)
    for start in range(0, len(asking), CHUNK):
        rest = np.flatnonzero(~known)
        rows = ours.first[asking[start : start + CHUNK]]
        known[rest] = allowed_block(left, right, rows, theirs.first[rest], rules).any(axis=0)
    met = int(known[theirs.of].sum()) if len(right) else 0
    return min(len(left), len(right), len(left) - len(closed) + met)
