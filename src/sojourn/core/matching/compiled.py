"""From ids to arrays and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .market import NOBODY, Ints, Market, Regions, Reserves
from .problem import Problem


@dataclass(frozen=True, slots=True)
class OneSided:
    """An entry without effect: `by` lists `entry` in vain.

    `side` says where: in `applicants` (the post does not rank them), in `posts` (the applicant did not choose
    it), in `reserves` (the member does not compete for the post), or in `couples` (an own choice of a member,
    who goes by the couple's joint choices).
    """

    side: str
    by: str
    entry: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """A problem in arrays: applicant i is `people[i]`, post j is `posts[j]`, both in order of id."""

    people: list[str]
    posts: list[str]
    market: Market
    ignored: tuple[OneSided, ...]

    def assignment(self, held: Ints) -> dict[str, str | None]:
        """Applicant -> post, or None, from the edges held."""
        posts = np.where(held == NOBODY, NOBODY, self.market.post[held] if self.market.edges else NOBODY)
        named = zip(self.people, posts.tolist(), strict=True)
        return {who: None if post == NOBODY else self.posts[post] for who, post in named}


def compiled(problem: Problem) -> Compiled:
    """The arrays of a checked problem; members of couples have no choices of their own in them."""
    people, posts = problem.everyone, sorted(problem.posts)
    post_number = {name: number for number, name in enumerate(posts)}
    rank = {name: {who: at for at, who in enumerate(problem.posts[name].ranking)} for name in posts}
    coupled = {who for couple in problem.couples for who in couple.members}
    rows = [
        [] if who in coupled else [p for p in problem.applicants[who] if who in rank[p]] for who in people
    ]
    start = np.concatenate(([0], np.cumsum([len(row) for row in rows], dtype=np.int64)))
    edges = [(who, name) for who, row in zip(people, rows, strict=True) for name in row]
    most = len(people)  # more seats than people change nothing, and fit into 64 bits
    market = Market.of(
        start,
        _ints(post_number[name] for _, name in edges),
        _ints(rank[name][who] for who, name in edges),
        _ints(min(problem.posts[name].capacity, most) for name in posts),
        reserves=_reserves(problem, post_number, edges),
        regions=_regions(problem, post_number, most),
    )
    return Compiled(people, posts, market, _one_sided(problem, coupled, rank))


def _ints(values: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(values, dtype=np.int64)


def _reserves(
    problem: Problem, post_number: Mapping[str, int], edges: Sequence[tuple[str, str]]
) -> Reserves | None:
    numbered = [(name, reserve) for name in post_number for reserve in problem.posts[name].reserves]
    if not numbered:
        return None
    at: dict[str, list[int]] = {}
    for number, (name, _) in enumerate(numbered):
        at.setdefault(name, []).append(number)
    rows = [[r for r in at.get(name, ()) if who in numbered[r][1].members] for who, name in edges]
    return Reserves(
        post=_ints(post_number[name] for name, _ in numbered),
        seats=_ints(min(reserve.seats, len(reserve.members)) for _, reserve in numbered),
        start=np.concatenate(([0], np.cumsum([len(row) for row in rows], dtype=np.int64))),
        member=_ints(r for row in rows for r in row),
    )


def _regions(problem: Problem, post_number: Mapping[str, int], most: int) -> Regions | None:
    if not problem.regions:
        return None
    of, target, turn = (np.full(len(post_number), fill) for fill in (-1, 0, 0))
    for number, name in enumerate(sorted(problem.regions)):
        region = problem.regions[name]
        for at, post in enumerate(region.posts):
            here = post_number[post]
            of[here], target[here], turn[here] = number, min(region.targets.get(post, 0), most), at
    caps = _ints(min(problem.regions[name].cap, most) for name in sorted(problem.regions))
    return Regions(of, caps, target, turn)


def _one_sided(
    problem: Problem, coupled: set[str], rank: Mapping[str, Mapping[str, int]]
) -> tuple[OneSided, ...]:
    wanted = {who: set(row) for who, row in problem.applicants.items() if who not in coupled}
    for couple in problem.couples:
        for index, member in enumerate(couple.members):
            wanted[member] = {name for joint in couple.choices if (name := joint[index]) is not None}
    own = {who: row for who, row in problem.applicants.items() if who in coupled}
    nothing: set[str] = set()

    found = [
        OneSided("applicants", w, name) for w, row in wanted.items() for name in row if w not in rank[name]
    ]
    found += [
        OneSided("posts", name, w)
        for name, row in rank.items()
        for w in row
        if name not in wanted.get(w, nothing)
    ]
    found += [
        OneSided("reserves", name, who)
        for name, post in problem.posts.items()
        for who in {who for reserve in post.reserves for who in reserve.members}
        if name not in wanted.get(who, nothing) or who not in rank[name]
    ]
    found += [OneSided("couples", who, name) for who, row in own.items() for name in row]
    return tuple(sorted(found, key=lambda entry: (entry.side, entry.by, entry.entry)))
