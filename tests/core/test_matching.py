"""Matching: fast against brute force, and what must hold for any problem."""

from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.matching_reference import one_at_a_time, random_problem, stable_matchings, units
from sojourn.core.matching import (
    Couple,
    Existence,
    Objective,
    Post,
    Problem,
    Region,
    Reserve,
    solve,
    verify_stable,
)

seeds = st.integers(0, 2**32 - 1)


def best_for_everyone(problem, matchings):
    """The one of these matchings that every applicant likes at least as much as any other."""

    def place(who, matching):
        row = [name for (name,) in units(problem)[who,]]
        return row.index(matching[who]) if matching[who] else len(row)

    best = [m for m in matchings if all(place(w, m) <= place(w, n) for w in m for n in matchings)]
    assert len(best) == 1
    return best[0]


@pytest.mark.parametrize("reserves", [0, 1, 3])
def test_outcome_is_the_best_stable_matching_for_every_applicant(reserves):
    for seed in range(500):
        problem = random_problem(Random(seed), reserves=reserves)
        stable = stable_matchings(problem)
        assert solve(problem).assignment == best_for_everyone(problem, stable), seed
        assert solve(problem).certificate.stable, seed


@pytest.mark.parametrize("reserves", [0, 3])
def test_verifier_accepts_exactly_the_stable_matchings(reserves):
    rng = Random(5)
    for seed in range(150):
        problem = random_problem(Random(seed), reserves=reserves)
        stable = stable_matchings(problem)
        for _ in range(10):
            options = units(problem)
            assignment = {who: (rng.choice([*rows, (None,)]))[0] for (who,), rows in options.items()}
            assert verify_stable(problem, assignment).stable == (assignment in stable), (seed, assignment)


@pytest.mark.parametrize(("couples", "reserves"), [(1, 0), (2, 0), (1, 2)])
def test_couples_get_a_stable_matching_where_one_exists(couples, reserves):
    known = {True: Existence.EXISTS, False: Existence.NONE}
    seen = {True: 0, False: 0}
    for seed in range(350):
        problem = random_problem(Random(seed), couples=couples, reserves=reserves)
        stable = stable_matchings(problem)
        outcome = solve(problem)
        assert not outcome.certificate.violations, seed
        assert outcome.certificate.stable == (outcome.assignment in stable), seed
        if not reserves:
            assert outcome.certificate.stable == bool(stable), seed
            assert outcome.existence is known[bool(stable)], seed
        seen[outcome.certificate.stable] += 1
    assert all(seen.values()) or reserves


def test_regional_caps_follow_the_printed_algorithm_in_any_order():
    for seed in range(700):
        rng = Random(seed)
        problem = random_problem(rng, people=6, regions=True)
        outcome = solve(problem)
        assert outcome.assignment == one_at_a_time(problem, rng), seed
        assert outcome.certificate.stable, (seed, outcome.certificate)


def test_regional_caps_and_reserves_together_are_certified():
    for seed in range(300):
        outcome = solve(random_problem(Random(seed), people=6, regions=True, reserves=2))
        assert outcome.certificate.stable, (seed, outcome.certificate)


def test_reserve_shortfall_is_reported_and_seats_stay_open_to_others():
    problem = Problem(
        applicants={"a": ["p"], "b": ["p"], "girl": ["q", "p"]},
        posts={"p": Post(2, ["a", "b", "girl"], [Reserve(frozenset({"girl"}), 1)]), "q": Post(1, ["girl"])},
    )
    outcome = solve(problem)
    assert outcome.assignment == {"a": "p", "b": "p", "girl": "q"}
    (fill,) = outcome.reserves
    assert (fill.post, fill.seats, fill.filled, fill.unmet) == ("p", 1, 0, 1)


def test_overlapping_reserves_are_filled_as_far_as_people_can_be_dealt_out():
    reserves = [Reserve(frozenset("xy"), 1), Reserve(frozenset("x"), 1)]
    problem = Problem({who: ["p"] for who in "xyz"}, {"p": Post(2, ["x", "z", "y"], reserves)})
    outcome = solve(problem)
    assert outcome.assignment == {"x": "p", "y": "p", "z": None}
    assert [fill.unmet for fill in outcome.reserves] == [0, 0]


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_order_of_the_input_does_not_matter(seed):
    rng = Random(seed)
    problem = random_problem(rng, people=6, reserves=2, couples=rng.randint(0, 2))
    shuffled = Problem(
        dict(rng.sample(sorted(problem.applicants.items()), len(problem.applicants))),
        dict(rng.sample(sorted(problem.posts.items()), len(problem.posts))),
        rng.sample(list(problem.couples), len(problem.couples)),
    )
    assert solve(shuffled) == solve(problem)


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_renaming_renames_the_outcome(seed):
    rng = Random(seed)
    problem = random_problem(rng, people=6, reserves=2)
    names = [*problem.applicants, *problem.posts]
    new = dict(zip(names, (f"n{i}" for i in rng.sample(range(100), len(names))), strict=True))
    renamed = Problem(
        {new[a]: [new[p] for p in row] for a, row in problem.applicants.items()},
        {
            new[p]: Post(
                post.capacity,
                [new[a] for a in post.ranking],
                [Reserve(frozenset(new[a] for a in r.members), r.seats) for r in post.reserves],
            )
            for p, post in problem.posts.items()
        },
    )
    expected = {new[a]: new[p] if p else None for a, p in solve(problem).assignment.items()}
    assert solve(renamed).assignment == expected


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_more_seats_never_hurt_an_applicant(seed):
    problem = random_problem(Random(seed), people=6)
    more = Problem(
        problem.applicants, {n: replace(p, capacity=p.capacity + 1) for n, p in problem.posts.items()}
    )
    before, after = solve(problem).assignment, solve(more).assignment
    for who, choices in problem.applicants.items():
        position = {name: at for at, name in enumerate([*choices, None])}
        assert position[after[who]] <= position[before[who]]


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_a_swapped_pair_is_caught(seed):
    rng = Random(seed)
    problem = random_problem(rng, people=6, reserves=1)
    assignment = dict(solve(problem).assignment)
    one, other = rng.sample(sorted(assignment), 2)
    assignment[one], assignment[other] = assignment[other], assignment[one]
    verdict = verify_stable(problem, assignment).stable
    assert verdict == (assignment in stable_matchings(problem))


def weight_of(problem, assignment):
    longest = max(
        len([n for n in row if a in problem.posts[n].ranking]) for a, row in problem.applicants.items()
    )
    rows = {a: [n for n in row if a in problem.posts[n].ranking] for a, row in problem.applicants.items()}
    return sum(longest - rows[a].index(p) for a, p in assignment.items() if p)


def test_max_weight_is_the_heaviest_of_all_matchings():
    for seed in range(150):
        problem = random_problem(Random(seed))
        outcome = solve(problem, Objective.MAX_WEIGHT)
        rows = {a: [n for n in row if a in problem.posts[n].ranking] for a, row in problem.applicants.items()}
        everything = (
            dict(zip(rows, pick, strict=True)) for pick in product(*([*r, None] for r in rows.values()))
        )
        heaviest = max(
            weight_of(problem, m)
            for m in everything
            if all(list(m.values()).count(n) <= post.capacity for n, post in problem.posts.items())
        )
        assert weight_of(problem, outcome.assignment) == heaviest, seed
        assert outcome.certificate == verify_stable(problem, outcome.assignment)


def test_max_weight_respects_caps_and_fills_reserves_first():
    problem = Problem(
        {"a": ["p"], "b": ["p"], "c": ["q"]},
        {"p": Post(1, ["a", "b"], [Reserve(frozenset("b"), 1)]), "q": Post(1, ["c"])},
        regions={"r": Region(["p", "q"], 1)},
    )
    weights = {"a": {"p": 100}, "b": {"p": 1}, "c": {"q": 50}}
    outcome = solve(problem, Objective.MAX_WEIGHT, weights=weights)
    assert outcome.assignment == {"a": None, "b": "p", "c": None}
    assert outcome.method == "max-weight"


def test_one_sided_entries_are_left_out_and_reported():
    problem = Problem({"a": ["p", "q"], "b": []}, {"p": Post(1, ["b"]), "q": Post(1, ["a"])})
    outcome = solve(problem)
    assert outcome.assignment == {"a": "q", "b": None}
    assert [(e.side, e.by, e.entry) for e in outcome.ignored] == [
        ("applicants", "a", "p"),
        ("posts", "p", "b"),
    ]


def test_a_couple_shares_one_post_or_splits_with_one_staying_out():
    couple = Couple(("a", "b"), [("p", "p"), ("q", None)])
    posts = {"p": Post(2, ["c", "a", "b"]), "q": Post(1, ["a"])}
    assert solve(Problem({"c": []}, posts, [couple])).assignment == {"a": "p", "b": "p", "c": None}
    assert solve(Problem({"c": ["p"]}, posts, [couple])).assignment == {"a": "q", "b": None, "c": "p"}


def test_an_empty_problem_is_solved():
    assert solve(Problem({}, {})).assignment == {}
    assert solve(Problem({"a": []}, {})).assignment == {"a": None}
    assert solve(Problem({}, {"p": Post(10**30, [])}), Objective.MAX_WEIGHT).assignment == {}


def test_a_huge_capacity_admits_everybody():
    people = [f"a{i}" for i in range(300)]
    outcome = solve(Problem({who: ["p"] for who in people}, {"p": Post(10**30, people)}))
    assert set(outcome.assignment.values()) == {"p"}


def test_national_scale_array_types_are_plain_strings_in_the_outcome():
    rng = np.random.default_rng(3)
    posts = [f"p{i:02}" for i in range(40)]
    people = [f"a{i:03}" for i in range(500)]
    applicants = {a: [posts[i] for i in rng.permutation(40)[:6]] for a in people}
    offered = {p: Post(10, [people[i] for i in rng.permutation(500)]) for p in posts}
    problem = Problem(applicants, offered)
    outcome = solve(problem)
    assert verify_stable(problem, outcome.assignment).stable
    assert {type(name) for name in outcome.assignment.values()} <= {str, type(None)}
