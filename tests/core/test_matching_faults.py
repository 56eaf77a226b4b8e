"""Problems that contradict themselves: every fault at once, each with its place; and the same as JSON."""

import json
import re
from pathlib import Path

import pytest

from sojourn.cli.solve.faults import FaultyInput
from sojourn.cli.solve.stable import solve as solve_json
from sojourn.core.matching import (
    Breach,
    InvalidProblemError,
    Objective,
    Post,
    Problem,
    Violation,
    solve,
    verify_stable,
)

GOOD = {"applicants": {"a": ["p"], "b": []}, "posts": {"p": {"capacity": 1, "ranking": ["a", "b"]}}}


def changed(**parts):
    return {**json.loads(json.dumps(GOOD)), **parts}


def post(**parts):
    return {"p": {"capacity": 1, "ranking": ["a", "b"], **parts}}


def region(**parts):
    return {"r": {"posts": ["p"], "cap": 1, **parts}}


@pytest.mark.parametrize(
    ("payload", "paths"),
    [
        ([], ["$"]),
        (None, ["$"]),
        ({}, ["$.applicants", "$.posts"]),
        (changed(extra=1), ["$.extra"]),
        (changed(objective="best"), ["$.objective"]),
        (changed(applicants={"a": ["p", "p"], "b": []}), ["$.applicants.a[1]"]),
        (changed(applicants={"a": ["z"], "b": ["y"]}), ["$.applicants.a[0]", "$.applicants.b[0]"]),
        (changed(applicants={"a": "p", "b": []}), ["$.applicants.a"]),
        (changed(applicants={"a": [], "b": [], "\u00e9": [], "e\u0301": []}), ["$.applicants.\u00e9"]),
        (changed(posts=post(capacity=-1)), ["$.posts.p.capacity"]),
        (changed(posts=post(capacity=True)), ["$.posts.p.capacity"]),
        (changed(posts=post(capacity=1.0)), ["$.posts.p.capacity"]),
        (changed(posts=post(capacity=float("nan"))), ["$.posts.p.capacity"]),
        (changed(posts=post(capacity=float("inf"))), ["$.posts.p.capacity"]),
        (changed(posts=post(ranking=["a", "a", "c"])), ["$.posts.p.ranking[1]", "$.posts.p.ranking[2]"]),
        (changed(posts=post(reserves=[{"members": ["a"], "seats": 2}])), ["$.posts.p.reserves"]),
        (changed(posts=post(reserves=[{"members": ["c"], "seats": 1}])), ["$.posts.p.reserves[0].members"]),
        (
            changed(posts=post(reserves=[{"members": ["a", "a"], "seats": 1}])),
            ["$.posts.p.reserves[0].members"],
        ),
        (changed(couples=[{"members": ["a"], "choices": []}]), ["$.couples[0].members"]),
        (changed(couples=[{"members": ["a", "a"], "choices": []}]), ["$.couples[0].members[1]"]),
        (changed(couples=[{"members": ["a", "x"], "choices": []}]), ["$.couples[0].members[1]"]),
        (changed(couples=[{"members": ["a", "b"], "choices": [["p", "z"]]}]), ["$.couples[0].choices[0][1]"]),
        (changed(couples=[{"members": ["a", "b"], "choices": [[None, None]]}]), ["$.couples[0].choices[0]"]),
        (
            changed(couples=[{"members": ["a", "b"], "choices": [["p", None], ["p", None]]}]),
            ["$.couples[0].choices[1]"],
        ),
        (changed(couples=[{"members": ["a", "b"], "choices": []}], regions=region()), ["$.regions"]),
        (changed(couples=[{"members": ["a", "b"], "choices": []}], objective="max-weight"), ["$.couples"]),
        (changed(regions=region(cap=-1)), ["$.regions.r.cap"]),
        (changed(regions=region(posts=["p", "p", "z"])), ["$.regions.r.posts[1]", "$.regions.r.posts[2]"]),
        (changed(regions={**region(), "s": {"posts": ["p"], "cap": 1}}), ["$.regions.s.posts[0]"]),
        (changed(regions=region(targets={"p": 2})), ["$.regions.r.targets.p", "$.regions.r.targets"]),
        (changed(regions=region(targets={"q": 1})), ["$.regions.r.targets.q"]),
        (changed(weights={}), ["$.weights"]),
        (changed(objective="max-weight", weights={}), ["$.weights.a.p"]),
        (changed(objective="max-weight", weights={"a": {"p": 1, "q": 1}}), ["$.weights.a.q"]),
        (changed(objective="max-weight", weights={"a": {"p": 10**30}}), ["$.weights.a.p"]),
    ],
)
def test_every_fault_is_told_with_its_path(payload, paths):
    with pytest.raises(FaultyInput) as caught:
        solve_json(payload)
    assert [fault.path for fault in caught.value.faults] == paths


def test_ids_of_any_script_are_kept_as_they_are():
    answer = solve_json(
        {"applicants": {"李雷": ["北京"]}, "posts": {"北京": {"capacity": 1, "ranking": ["李雷"]}}}
    )
    assert answer["assignment"] == {"李雷": "北京"}


def test_answer_is_json_with_the_promised_keys():
    answer = solve_json(changed(explain=True))
    assert json.loads(json.dumps(answer)) == answer
    assert answer["assignment"] == {"a": "p", "b": None}
    assert answer["blocking_pairs"] == []
    assert answer["reserves_unmet"] == {}
    assert answer["ignored"] == [{"in": "posts", "of": "p", "entry": "b"}]
    assert answer["reasons"]["a"][0]["because"] == "admitted"


def test_blocking_pairs_name_singles_and_couples():
    one = solve_json(
        {
            "applicants": {"a": ["p", "q"], "b": ["p"]},
            "posts": {"p": {"capacity": 1, "ranking": ["a", "b"]}, "q": {"capacity": 1, "ranking": ["a"]}},
            "objective": "max-weight",
            "weights": {"a": {"p": 1, "q": 1}, "b": {"p": 5}},
        }
    )
    assert one["assignment"] == {"a": "q", "b": "p"}
    assert one["blocking_pairs"] == [["a", "p"]]
    none = solve_json(
        {
            "applicants": {"s": ["p", "q"]},
            "posts": {
                "p": {"capacity": 1, "ranking": ["c", "s"]},
                "q": {"capacity": 1, "ranking": ["s", "d"]},
            },
            "couples": [{"members": ["c", "d"], "choices": [["p", "q"]]}],
        }
    )
    assert none["stable_matching_exists"] == "none"
    assert none["blocking_pairs"] != []


def test_unmet_reserves_are_counted_per_post():
    answer = solve_json(changed(posts=post(capacity=3, reserves=[{"members": ["b"], "seats": 2}])))
    assert answer["reserves_unmet"] == {"p": 2}


def test_wrong_types_from_python_are_refused_too():
    with pytest.raises(InvalidProblemError, match="not a whole number"):
        solve(Problem({"a": ["p"]}, {"p": Post(float("nan"), ["a"])}))  # type: ignore[arg-type]
    with pytest.raises(InvalidProblemError, match="unknown post 'q'"):
        solve(Problem({"a": ["q"]}, {}), Objective.MAX_WEIGHT)


@pytest.mark.parametrize(
    ("assignment", "violation"),
    [
        ({"a": "p", "b": "p"}, Violation("p", Breach.OVER_CAPACITY)),
        ({"a": "q", "b": None}, Violation("a", Breach.UNACCEPTABLE)),
        ({"a": "z", "b": None}, Violation("a", Breach.UNKNOWN)),
        ({"a": "p"}, Violation("b", Breach.MISSING)),
        ({"a": "p", "b": None, "c": None}, Violation("c", Breach.UNKNOWN)),
    ],
)
def test_verifier_catches_what_breaks_the_rules(assignment, violation):
    problem = Problem({"a": ["p"], "b": ["p"]}, {"p": Post(1, ["a", "b"]), "q": Post(1, ["a"])})
    assert verify_stable(problem, assignment).violations == (violation,)


def test_the_manual_shows_what_happens():
    page = Path(__file__, "../../../docs/manual/solve/stable.md").resolve().read_text(encoding="utf-8")
    given, answer = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert solve_json(json.loads(given)) == json.loads(answer)
