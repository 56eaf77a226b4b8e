"""What applicants are told about each of their choices."""

from random import Random

import pytest

from core.matching_reference import random_problem
from sojourn.core.matching import (
    Because,
    Couple,
    Post,
    Problem,
    Region,
    Reserve,
    reasons,
    solve,
    verify_stable,
)


def told(problem, who):
    outcome = solve(problem)
    return reasons(problem, outcome.assignment, outcome.certificate)[who]


def test_outranked_then_admitted_then_not_needed():
    problem = Problem(
        {"a": ["p", "q", "r"], "b": ["p"]},
        {"p": Post(1, ["b", "a"]), "q": Post(1, ["a"]), "r": Post(1, ["a"])},
    )
    first, second, third = told(problem, "a")
    assert (first.post, first.choice, first.because) == ("p", 1, Because.OUTRANKED)
    assert (first.own_rank, first.last_admitted_rank, first.seats, first.admitted) == (2, 1, 1, 1)
    assert (second.choice, second.because) == (2, Because.ADMITTED)
    assert (third.because, third.last_admitted_rank) == (Because.BETTER_CHOICE, None)


def test_a_reserved_seat_passes_a_better_rank_by():
    problem = Problem(
        {who: ["p"] for who in "xyz"}, {"p": Post(2, ["x", "y", "z"], [Reserve(frozenset("z"), 1)])}
    )
    (reason,) = told(problem, "y")
    assert reason.because is Because.RESERVED
    assert (reason.own_rank, reason.last_admitted_rank, reason.last_open_rank) == (2, 3, 1)


@pytest.mark.parametrize(
    ("problem", "because"),
    [
        (Problem({"a": ["p"]}, {"p": Post(1, [])}), Because.NOT_RANKED),
        (Problem({"a": ["p"]}, {"p": Post(0, ["a"])}), Because.NO_SEATS),
        (Problem({"a": ["p"]}, {"p": Post(1, ["a"])}, regions={"r": Region(["p"], 0)}), Because.REGION_FULL),
        (
            Problem({}, {"p": Post(1, ["a"]), "q": Post(0, ["b"])}, [Couple(("a", "b"), [("p", "q")])]),
            Because.PARTNER,
        ),
    ],
)
def test_other_causes_have_a_code_of_their_own(problem, because):
    assert [reason.because for reason in told(problem, "a")] == [because]


def test_an_unstable_outcome_says_so():
    lists = {"a": ["p"], "b": ["p", "q"], "c": ["q"]}
    problem = Problem(lists, {"p": Post(1, ["b", "a"]), "q": Post(1, ["b", "c"])})
    assert [reason.because for reason in told(problem, "b")] == [Because.ADMITTED, Because.BETTER_CHOICE]
    swapped = {"a": "p", "b": "q", "c": None}
    rows = reasons(problem, swapped, verify_stable(problem, swapped))["b"]
    assert [row.because for row in rows] == [Because.BLOCKING, Because.ADMITTED]


def test_everyone_is_told_about_every_choice_and_no_rank_contradicts_the_reason():
    for seed in range(200):
        problem = random_problem(Random(seed), people=6, reserves=2)
        outcome = solve(problem)
        for who, rows in reasons(problem, outcome.assignment, outcome.certificate).items():
            assert [row.post for row in rows] == list(problem.applicants[who])
            assert [row.post for row in rows if row.because is Because.ADMITTED] == [
                name for name in [outcome.assignment[who]] if name
            ]
            for row in rows:
                if row.because is Because.OUTRANKED:
                    assert row.own_rank > row.last_admitted_rank
                if row.because is Because.RESERVED:
                    assert row.own_rank < row.last_admitted_rank
                    assert row.own_rank > (row.last_open_rank or 0)
