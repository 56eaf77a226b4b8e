"""Slow and obvious matching by enumeration, and seeded random problems, to hold the fast code against."""

from itertools import combinations, permutations, product
from random import Random

from sojourn.core.matching import Couple, Post, Problem, Region, Reserve

Assignment = dict[str, str | None]


def random_problem(
    rng: Random,
    people: int = 4,
    posts: int = 3,
    *,
    reserves: int = 0,
    couples: int = 0,
    regions: bool = False,
) -> Problem:
    """Partial, one-sided lists; small capacities, some of them 0."""
    names = [f"a{i}" for i in range(people)]
    places = [f"p{i}" for i in range(posts)]
    capacity = {p: rng.choice([0, 1, 1, 1, 2, 2, 3]) for p in places}
    offered = {
        p: Post(capacity[p], _some(rng, names), _reserves(rng, names, capacity[p], reserves)) for p in places
    }
    paired = rng.sample(names, 2 * couples)
    joint: list[tuple[str | None, str | None]] = [
        (p, q) for p in [*places, None] for q in [*places, None] if (p, q) != (None, None)
    ]
    return Problem(
        applicants={a: [] if a in paired else _some(rng, places) for a in names},
        posts=offered,
        couples=[
            Couple((paired[2 * i], paired[2 * i + 1]), rng.sample(joint, rng.randint(1, 5)))
            for i in range(couples)
        ],
        regions=_regions(rng, capacity) if regions else {},
    )


def _some(rng: Random, names: list[str]) -> list[str]:
    return rng.sample(names, rng.randint(len(names) // 2, len(names)))


def _reserves(rng: Random, names: list[str], capacity: int, most: int) -> list[Reserve]:
    rows = []
    for _ in range(rng.randint(0, most)):
        seats = rng.randint(0, capacity)
        capacity -= seats
        rows.append(Reserve(frozenset(rng.sample(names, rng.randint(0, len(names)))), seats))
    return rows


def _regions(rng: Random, capacity: dict[str, int]) -> dict[str, Region]:
    inside = rng.sample(sorted(capacity), rng.randint(1, len(capacity)))
    cap = rng.randint(0, sum(capacity[p] for p in inside))
    targets, left = {}, cap
    for post in inside:
        targets[post] = rng.randint(0, min(left, capacity[post]))
        left -= targets[post]
    return {"r": Region(inside, cap, targets)}


def choice(post: Post, people: set[str]) -> set[str]:
    """Of all ways to fill the seats: most reserved seats filled, most people, then the best ranks."""
    rank = {who: at for at, who in enumerate(post.ranking)}
    size = min(post.capacity, len(people))
    return set(
        max(
            combinations(sorted(people, key=rank.__getitem__), size),
            key=lambda group: (seats_filled(post, group), [-rank[who] for who in group]),
        )
    )


def seats_filled(post: Post, people: tuple[str, ...]) -> int:
    seats = [reserve.members for reserve in post.reserves for _ in range(reserve.seats)]
    seats += [frozenset()] * max(0, len(people) - len(seats))
    return max(
        (sum(who in seat for who, seat in zip(people, order, strict=False)) for order in permutations(seats)),
        default=0,
    )


def units(problem: Problem) -> dict[tuple[str, ...], list[tuple[str | None, ...]]]:
    """Each unit's options that its posts rank, best first."""
    coupled = {who for couple in problem.couples for who in couple.members}
    rows: dict[tuple[str, ...], list[tuple[str | None, ...]]] = {
        (who,): [(name,) for name in choices]
        for who, choices in problem.applicants.items()
        if who not in coupled
    }
    rows |= {couple.members: list(couple.choices) for couple in problem.couples}
    return {
        unit: [
            option
            for option in options
            if all(
                name is None or who in problem.posts[name].ranking
                for who, name in zip(unit, option, strict=True)
            )
        ]
        for unit, options in rows.items()
    }


def stable_matchings(problem: Problem) -> list[Assignment]:
    """Every stable matching without regional caps, by trying all assignments."""
    options = units(problem)
    found = []
    for picks in product(*([*rows, None] for rows in options.values())):
        picked = dict(zip(options, picks, strict=True))
        assignment: Assignment = {
            who: name
            for unit, pick in picked.items()
            for who, name in zip(unit, pick or (None,) * len(unit), strict=True)
        }
        preferred = {u: rows[: rows.index(picked[u])] if picked[u] else rows for u, rows in options.items()}
        if _feasible(problem, assignment) and not any(
            _takes(problem, assignment, unit, option) for unit, rows in preferred.items() for option in rows
        ):
            found.append(assignment)
    return found


def _feasible(problem: Problem, assignment: Assignment) -> bool:
    return all(list(assignment.values()).count(name) <= post.capacity for name, post in problem.posts.items())


def _takes(
    problem: Problem, assignment: Assignment, unit: tuple[str, ...], option: tuple[str | None, ...]
) -> bool:
    for name in {name for name in option if name is not None}:
        coming = {who for who, at in zip(unit, option, strict=True) if at == name}
        there = {who for who, at in assignment.items() if at == name and who not in unit}
        if not coming <= choice(problem.posts[name], there | coming):
            return False
    return True


def one_at_a_time(problem: Problem, rng: Random) -> Assignment:
    """Kamada and Kojima's flexible deferred acceptance as printed: one applicant at a time, in any order."""
    region = problem.regions["r"]
    left = {who: list(choices) for who, choices in problem.applicants.items()}
    at: Assignment = dict.fromkeys(problem.applicants)
    while free := sorted(who for who in at if at[who] is None and left[who]):
        who = rng.choice(free)
        name = left[who].pop(0)
        if who not in problem.posts[name].ranking:
            continue
        at[who] = name
        posts = region.posts if name in region.posts else [name]
        cap = region.cap if name in region.posts else problem.posts[name].capacity
        lines = {p: sorted((w for w in at if at[w] == p), key=problem.posts[p].ranking.index) for p in posts}
        target = region.targets if name in region.posts else {}
        kept = {p: lines[p][: min(target.get(p, 0), problem.posts[p].capacity)] for p in posts}
        for _ in range(len(at)):
            for p in posts:
                total = sum(map(len, kept.values()))
                if total < cap and len(kept[p]) < min(problem.posts[p].capacity, len(lines[p])):
                    kept[p].append(lines[p][len(kept[p])])
        for p in posts:
            for loser in set(lines[p]) - set(kept[p]):
                at[loser] = None
    return at
