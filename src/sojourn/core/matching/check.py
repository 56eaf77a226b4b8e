"""What is wrong with a problem: every fault at once, each with its place."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from .problem import Couple, Post, Problem, Region

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """One fault: where, as a path of keys and indices into the problem, and what to do about it."""

    path: Path
    message: str


class InvalidProblemError(ValueError):
    """The problem contradicts itself and is not solved; `faults` holds all that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, path))}: {message}" for path, message in faults))
        self.faults = tuple(faults)


def check(problem: Problem) -> None:
    """Refuse a problem that contradicts itself.

    Raises InvalidProblemError with every fault: unknown or repeated ids, ids that look alike (equal under
    Unicode NFKC), negative seats, reserves that hold more than their post, overlapping regions, someone in
    two couples.
    """
    faults = list(_faults(problem))
    if faults:
        raise InvalidProblemError(faults)


def _faults(problem: Problem) -> Iterator[Fault]:
    people = _known_people(problem)
    yield from _look_alikes(people, "applicants")
    yield from _look_alikes(problem.posts, "posts")
    for applicant, choices in problem.applicants.items():
        yield from _listed(choices, problem.posts, ("applicants", applicant), "post")
    for name, post in problem.posts.items():
        yield from _post_faults(post, people, ("posts", name))
    yield from _couple_faults(problem, people)
    yield from _region_faults(problem)


def _known_people(problem: Problem) -> set[str]:
    """Applicants, and members of couples that some post ranks."""
    ranked = {who for post in problem.posts.values() for who in post.ranking}
    members = {who for couple in problem.couples for who in couple.members}
    return {*problem.applicants, *(members & ranked)}


def _look_alikes(ids: Iterable[str], path: str) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name in sorted(ids):
        first = seen.setdefault(unicodedata.normalize("NFKC", name), name)
        if first != name:
            yield Fault((path, name), f"looks the same as {first!a} but is spelt {name!a}: rename one")


def _listed(ids: Sequence[str], known: Iterable[str], path: Path, kind: str) -> Iterator[Fault]:
    """Unknown and repeated ids of one list."""
    known = known if isinstance(known, set | Mapping) else set(known)
    seen: set[str] = set()
    for index, name in enumerate(ids):
        if name not in known:
            yield Fault((*path, index), f"unknown {kind} {name!r}: add it or take it off the list")
        elif name in seen:
            yield Fault((*path, index), f"{name!r} is listed twice: keep one")
        seen.add(name)


def _post_faults(post: Post, people: set[str], path: Path) -> Iterator[Fault]:
    unfit = list(_whole(post.capacity, (*path, "capacity")))
    yield from _listed(post.ranking, people, (*path, "ranking"), "applicant")
    for index, reserve in enumerate(post.reserves):
        here = (*path, "reserves", index)
        unfit += _whole(reserve.seats, (*here, "seats"))
        for unknown in sorted(reserve.members - people):
            yield Fault((*here, "members"), f"unknown applicant {unknown!r}: add it or take it off the list")
    yield from unfit
    reserved = 0 if unfit else sum(reserve.seats for reserve in post.reserves)
    if not unfit and reserved > post.capacity:
        yield Fault(
            (*path, "reserves"),
            f"{reserved} seats are reserved but the capacity is {post.capacity}: "
            "reserve fewer or raise the capacity",
        )


def _whole(number: int, path: Path) -> Iterator[Fault]:
    if isinstance(number, bool) or not isinstance(number, int):
        yield Fault(path, f"{number!r} is not a whole number: give one")
    elif number < 0:
        yield Fault(path, f"{number} is negative: give 0 or more")


def _couple_faults(problem: Problem, people: set[str]) -> Iterator[Fault]:
    taken: set[str] = set()
    for index, couple in enumerate(problem.couples):
        path: Path = ("couples", index)
        for place, member in enumerate(couple.members):
            if member not in people:
                yield Fault(
                    (*path, "members", place), f"unknown applicant {member!r}: add it or drop the couple"
                )
            elif member in taken:
                yield Fault((*path, "members", place), f"{member!r} is already in a couple: keep one")
            taken.add(member)
        yield from _joint_faults(couple, problem.posts, path)
    if problem.couples and problem.regions:
        yield Fault(("regions",), "couples and regional caps cannot be solved together: drop one of them")


def _joint_faults(couple: Couple, posts: Mapping[str, Post], path: Path) -> Iterator[Fault]:
    seen: set[tuple[str | None, str | None]] = set()
    for index, joint in enumerate(couple.choices):
        here = (*path, "choices", index)
        for place, name in enumerate(joint):
            if name is not None and name not in posts:
                yield Fault((*here, place), f"unknown post {name!r}: add it or take it off the list")
        if joint == (None, None):
            yield Fault(here, "places neither member: leave it out, it always comes last")
        if joint in seen:
            yield Fault(here, "is listed twice: keep one")
        seen.add(joint)


def _region_faults(problem: Problem) -> Iterator[Fault]:
    home: dict[str, str] = {}
    for name, region in problem.regions.items():
        path: Path = ("regions", name)
        yield from _listed(region.posts, problem.posts, (*path, "posts"), "post")
        for index, post in enumerate(region.posts):
            if home.setdefault(post, name) != name:
                yield Fault(
                    (*path, "posts", index), f"{post!r} is already in region {home[post]!r}: keep one"
                )
        yield from _target_faults(region, problem.posts, path)


def _target_faults(region: Region, posts: Mapping[str, Post], path: Path) -> Iterator[Fault]:
    unfit = list(_whole(region.cap, (*path, "cap")))
    for post, target in region.targets.items():
        here = (*path, "targets", post)
        unfit += _whole(target, here)
        if post not in region.posts:
            yield Fault(here, f"{post!r} is not a post of this region: add it or drop its target")
        elif not unfit and post in posts and target > posts[post].capacity:
            yield Fault(here, f"the target {target} exceeds the capacity {posts[post].capacity}: lower it")
    yield from unfit
    total = 0 if unfit else sum(region.targets.values())
    if not unfit and total > region.cap:
        yield Fault(
            (*path, "targets"), f"targets add up to {total}, above the cap of {region.cap}: lower them"
        )
