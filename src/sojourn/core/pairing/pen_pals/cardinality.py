"""As many pairs as possible: a matching on candidates, completed until a closed set proves it largest."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import maximum_bipartite_matching

from sojourn.core.pairing.pen_pals.arcs import Arcs, judged, merged, within_limit
from sojourn.core.pairing.pen_pals.people import People
from sojourn.core.pairing.pen_pals.problem import NOBODY, NOWHERE, Index, Problem, partners

CHUNK = 128
"""Kinds of people compared with all others at a time."""


@dataclass(frozen=True, slots=True)
class Largest:
    """A largest pairing, the arcs grown on the way, and the closed set of left people that proves it."""

    mates: Index
    arcs: Arcs
    closed: Index


@dataclass(frozen=True, slots=True)
class _Kinds:
    """People whom the hard rules cannot tell apart: the kind of each person, and one of each kind."""

    of: Index
    first: Index
    members: tuple[Index, ...]


@dataclass(frozen=True, slots=True)
class _Search:
    """Left people reached from the unpaired, coded pairs that lead on, and whether a free mate was met."""

    reached: Index
    codes: Index
    found: bool


def most_pairs(problem: Problem, arcs: Arcs) -> Largest:
    """A pairing with as many pairs as the hard rules allow, starting from candidates.

    The closed set holds left people who together know too few right people for more of them to be paired
    (Hall 1935, König 1931). Under a limit per institution pair the pairing respects the limit, may
    therefore be smaller than the largest, and the proof leaves the limit aside.

    **Source:** Hopcroft & Karp (1973), An n^(5/2) algorithm for maximum matchings in bipartite graphs.
    """
    mates = np.full(len(problem.left), NOBODY, dtype=np.int64)
    kinds = (_kinds(problem.left), _kinds(problem.right))
    while True:
        grown = _largest_on(within_limit(problem, arcs, mates), mates, len(problem.right))
        gained = bool((grown >= 0).sum() > (mates >= 0).sum())
        mates = grown if gained else mates
        search = _search(problem, mates, kinds)
        known = len(arcs)
        arcs = merged(problem, arcs, judged(problem, search.codes))
        limited = problem.rules.per_institution_pair is not None
        if not search.found or (not gained and (limited or len(arcs) == known)):
            return Largest(mates, arcs, search.reached)


def most_by(problem: Problem, closed: Index) -> int:
    """The most pairs a closed set allows: left people outside it, right people whom its own may meet."""
    ours, theirs = _kinds(problem.left), _kinds(problem.right)
    asking = np.unique(ours.of[closed])
    known = np.zeros(len(theirs.first), dtype=np.bool_)
    for start in range(0, len(asking), CHUNK):
        rest = np.flatnonzero(~known)
        rows = ours.first[asking[start : start + CHUNK]]
        known[rest] = problem.allowed(rows[:, None], theirs.first[rest][None, :]).any(axis=0)
    left_size, right_size = len(problem.left), len(problem.right)
    met = int(known[theirs.of].sum()) if right_size else 0
    return min(left_size, right_size, left_size - len(closed) + met)


def _largest_on(arcs: Arcs, mates: Index, width: int) -> Index:
    """A largest matching on the arcs alone."""
    if not len(arcs):
        return mates
    ones = np.ones(len(arcs), dtype=np.int8)
    graph = sp.csr_array((ones, (arcs.rows, arcs.columns)), shape=(len(mates), width))
    return maximum_bipartite_matching(graph, perm_type="column").astype(np.int64)


def _kinds(people: People) -> _Kinds:
    languages = people.languages.astype(np.uint64).view(np.int64)
    seen = np.column_stack([people.ages, people.regions, languages])
    _, first, of = np.unique(seen, axis=0, return_index=True, return_inverse=True)
    of = of.reshape(-1).astype(np.int64)
    members = np.split(np.argsort(of, kind="stable"), np.cumsum(np.bincount(of))[:-1]) if len(people) else []
    return _Kinds(of, first, tuple(members))


def _search(problem: Problem, mates: Index, kinds: tuple[_Kinds, _Kinds]) -> _Search:
    """Alternating search from all unpaired left people at once, over every allowed pair, kind by kind."""
    ours, theirs = kinds
    partner = partners(mates, len(problem.right))
    unseen = np.arange(len(theirs.first))
    seen = np.zeros(len(problem.left), dtype=np.bool_)
    asked = np.zeros(len(ours.first), dtype=np.bool_)
    frontier, codes, found = np.flatnonzero(mates < 0), [NOWHERE], False
    while len(frontier) and not found:
        seen[frontier] = True
        speaker = np.full(len(ours.first), NOBODY, dtype=np.int64)
        speaker[ours.of[frontier[::-1]]] = frontier[::-1]
        asking = np.flatnonzero((speaker >= 0) & ~asked)
        asked[asking] = True
        callers, met_kinds, unseen = _met(problem, kinds, asking, unseen)
        met = [theirs.members[kind] for kind in met_kinds.tolist()]
        people = np.concatenate([NOWHERE, *met])
        caller_of = np.repeat(speaker[callers], [len(members) for members in met])
        codes.append(caller_of * len(problem.right) + people)
        found = bool((partner[people] < 0).any())
        mates_met = partner[people][partner[people] >= 0]
        frontier = mates_met[~seen[mates_met]]
    return _Search(np.flatnonzero(seen), np.concatenate(codes), found)


def _met(
    problem: Problem, kinds: tuple[_Kinds, _Kinds], asking: Index, unseen: Index
) -> tuple[Index, Index, Index]:
    """Right kinds met for the first time, each after the left kind that met it; and those still unseen."""
    ours, theirs = kinds
    callers, met = [NOWHERE], [NOWHERE]
    for start in range(0, len(asking), CHUNK):
        batch = asking[start : start + CHUNK]
        allowed = problem.allowed(ours.first[batch][:, None], theirs.first[unseen][None, :])
        hit = allowed.any(axis=0)
        callers.append(batch[allowed[:, hit].argmax(axis=0)])
        met.append(unseen[hit])
        unseen = unseen[~hit]
    return np.concatenate(callers), np.concatenate(met), unseen
