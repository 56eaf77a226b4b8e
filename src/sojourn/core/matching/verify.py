"""An assignment checked against the definition of stability, without any solver's code.

An applicant blocks with a post that they prefer to what they have if the post would choose them from among
those it has and them. A couple blocks with joint choices it prefers if each post would choose all of the
couple who would come, from among those it has, less the couple, and them.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from .certificate import BlockingPair, Breach, Certificate, Violation
from .problem import Couple, Post, Problem

Assignment = Mapping[str, str | None]


def verify_stable(problem: Problem, assignment: Assignment) -> Certificate:
    """Every violation and blocking pair of an assignment (applicant -> post, or None) to a checked problem.

    A post chooses those who fill its reserved seats first, then others by rank. In a region whose cap is
    reached, a free seat is no reason to block, unless the applicant already holds a place in the region and
    the move leaves the new post no further above its target than the old one. Blocking pairs are looked for
    among known ids only.

    **Source:** Gale & Shapley (1962); Hafalir, Yenmez & Yildirim (2013); Kamada & Kojima (2015), definition
    2; for couples Biro, Irving & Schlotter, Stable matching with couples: an empirical study (2011).
    """
    view = _View(problem, assignment)
    blocking = [*_blocking_singles(view), *_blocking_couples(view)]
    blocking.sort(key=lambda pair: (pair.members, [name or "" for name in pair.posts]))
    found = set(_violations(view, assignment))
    return Certificate(tuple(sorted(found)), tuple(blocking))


class _View:
    """The problem and the assignment, turned round for looking up."""

    def __init__(self, problem: Problem, assignment: Assignment) -> None:
        self.problem = problem
        self.rank = {
            name: {who: at for at, who in enumerate(post.ranking)} for name, post in problem.posts.items()
        }
        self.post_of = {who: assignment.get(who) for who in problem.everyone}
        self.admitted: dict[str, set[str]] = {name: set() for name in problem.posts}
        for who, name in self.post_of.items():
            if name in self.admitted and who in self.rank[name]:
                self.admitted[name].add(who)
        self.region_of = {post: name for name, region in problem.regions.items() for post in region.posts}

    @cached_property
    def coupled(self) -> set[str]:
        return {who for couple in self.problem.couples for who in couple.members}

    def size(self, region: str) -> int:
        return sum(len(self.admitted[post]) for post in self.problem.regions[region].posts)

    def excess(self, name: str) -> int:
        """How far a post of a region is above its target."""
        return len(self.admitted[name]) - self.problem.regions[self.region_of[name]].targets.get(name, 0)

    def would_take(
        self, name: str, newcomers: Collection[str], room: int, leaving: Collection[str] = ()
    ) -> bool:
        """Whether the post chooses all newcomers from among those it has, less those leaving, and them."""
        present = self.admitted[name].difference(leaving).union(newcomers)
        return chosen(self.problem.posts[name], self.rank[name], present, room).issuperset(newcomers)


def chosen(post: Post, rank: Mapping[str, int], people: Collection[str], room: int) -> set[str]:
    """Whom a post with this much room takes: by rank, all who fill one more reserved seat, then the rest."""
    line = sorted(people, key=rank.__getitem__)
    claiming: list[str] = []
    for who in line if post.reserves else ():
        if len(claiming) < room and reserved_seats_filled(post, [*claiming, who]) > len(claiming):
            claiming.append(who)
    rest = [who for who in line if who not in claiming]
    return {*claiming, *rest[: room - len(claiming)]}


def reserved_seats_filled(post: Post, people: Collection[str]) -> int:
    """The most reserved seats that these people can fill, one each."""
    seats = [r.members for r in post.reserves for _ in range(min(r.seats, len(people)))]
    if not seats:
        return 0
    fits = np.array([[who in members for members in seats] for who in people])
    return int((maximum_bipartite_matching(csr_array(fits)) >= 0).sum())


def _blocking_singles(view: _View) -> Iterator[BlockingPair]:
    # Of those in the same reserves of a post, the first it turns down speaks for all who are ranked after.
    turned_down: dict[tuple[str, frozenset[int]], int] = {}
    envious = [
        (view.rank[name][who], who, name)
        for who, choices in view.problem.applicants.items()
        if who not in view.coupled
        for name in _preferred(choices, view.post_of[who])
        if who in view.rank[name]
    ]
    for rank, who, name in sorted(envious):
        if name in view.region_of:
            blocks = _blocks_in_region(view, who, name)
        else:
            reserves = view.problem.posts[name].reserves
            kind = name, frozenset(at for at, reserve in enumerate(reserves) if who in reserve.members)
            blocks = rank < turned_down.get(kind, rank + 1) and view.would_take(
                name, [who], view.problem.posts[name].capacity
            )
            if not blocks:
                turned_down.setdefault(kind, rank)
        if blocks:
            yield BlockingPair((who,), (name,))


def _preferred[Choice](choices: Collection[Choice], held: Choice | None) -> Iterator[Choice]:
    """The choices before the one held."""
    for choice in choices:
        if choice == held:
            return
        yield choice


def _blocks_in_region(view: _View, who: str, name: str) -> bool:
    region, present = view.region_of[name], len(view.admitted[name])
    capacity = view.problem.posts[name].capacity
    if view.size(region) < view.problem.regions[region].cap:
        return view.would_take(name, [who], capacity)
    if view.would_take(name, [who], min(present, capacity)):
        return True
    left = view.post_of[who]
    moves_within = left is not None and view.region_of.get(left) == region
    return moves_within and present < capacity and view.excess(name) + 1 <= view.excess(left or name) - 1


def _blocking_couples(view: _View) -> Iterator[BlockingPair]:
    for couple in view.problem.couples:
        held = view.post_of[couple.members[0]], view.post_of[couple.members[1]]
        for joint in _preferred(couple.choices, held):
            if _would_take_couple(view, couple, joint):
                yield BlockingPair(couple.members, joint)


def _would_take_couple(view: _View, couple: Couple, joint: tuple[str | None, str | None]) -> bool:
    coming: dict[str, list[str]] = {}
    for who, name in zip(couple.members, joint, strict=True):
        if name is not None:
            coming.setdefault(name, []).append(who)
    return all(
        view.rank[name].keys() >= set(who)
        and view.would_take(name, who, view.problem.posts[name].capacity, leaving=couple.members)
        for name, who in coming.items()
    )


def _violations(view: _View, assignment: Assignment) -> Iterator[Violation]:
    problem = view.problem
    yield from (Violation(who, Breach.UNKNOWN) for who in assignment.keys() - view.post_of.keys())
    yield from (Violation(who, Breach.MISSING) for who in view.post_of.keys() - assignment.keys())
    for who, name in view.post_of.items():
        if name is None:
            continue
        if name not in problem.posts:
            yield Violation(who, Breach.UNKNOWN)
        elif who not in view.rank[name] or not (who in view.coupled or name in problem.applicants[who]):
            yield Violation(who, Breach.UNACCEPTABLE)
    for couple in problem.couples:
        held = view.post_of[couple.members[0]], view.post_of[couple.members[1]]
        if held != (None, None) and held not in couple.choices:
            yield from (Violation(who, Breach.UNACCEPTABLE) for who in couple.members)
    for name, post in problem.posts.items():
        if len(view.admitted[name]) > post.capacity:
            yield Violation(name, Breach.OVER_CAPACITY)
    for name, region in problem.regions.items():
        if view.size(name) > region.cap:
            yield Violation(name, Breach.OVER_CAP)
