"""No answer leaves that its verifier objects to: each solver's answer is spoilt, and `solve` says so."""

import importlib
import json
from dataclasses import replace
from typing import Any

import pytest

from sojourn.cli.solve import run

PEOPLE = [
    {"id": name, "age": 10, "languages": ["en"], "tags": [tag], "region": name}
    for name, tag in zip("abcd", "xyxy", strict=True)
]
VISITS = {
    "weeks": 2,
    "hosts": [{"id": "farm", "seats": 30}],
    "cohorts": [{"id": "class", "size": 20, "hosts": {"farm": 3}}],
}


def swap_seats(answer: Any) -> Any:
    return replace(answer, seats=dict(zip(answer.seats, reversed(answer.seats.values()), strict=True)))


SPOILT = [
    ("apportion", "apportion", {"seats": 3, "weights": {"A": 9, "B": 1}}, swap_seats),
    (
        "biproportional",
        "biproportional",
        {
            "weights": {"r": {"c": 9, "d": 1}, "s": {"c": 1, "d": 9}},
            "rows": {"r": 2, "s": 3},
            "columns": {"c": 2, "d": 3},
        },
        swap_seats,
    ),
    (
        "draw",
        "draw_list",
        {"entries": ["a", "b", "c"], "places": 1, "seed": "00"},
        lambda answer: replace(answer, draw=replace(answer.draw, order=answer.draw.order[::-1])),
    ),
    (
        "pairs",
        "pair_matrix",
        {"weights": [[1, 9], [9, 1]]},
        lambda answer: replace(answer, pairs=((0, 0), (1, 1)), total=2.0),
    ),
    (
        "pairs",
        "pair_people",
        {"left": PEOPLE[:2], "right": PEOPLE[2:]},
        lambda answer: replace(answer, pairs=(answer.pairs[0], answer.pairs[0])),
    ),
    (
        "twinning",
        "twin",
        {"institutions": [{"id": name, "capacity": 1} for name in "stu"], "edges": [["s", "t", 2.0]]},
        lambda answer: replace(answer, pairs=(("s", "u"),)),
    ),
    ("schedule", "schedule", VISITS, lambda answer: replace(answer, visits=())),
    (
        "share",
        "divide",
        {"amount": "10.00", "shares": {"centre": 1, "host": 2}},
        lambda answer: dict(zip(answer, reversed(answer.values()), strict=True)),
    ),
    (
        "suppress",
        "suppress_table",
        {"k": 5, "rows": ["a", "b"], "columns": ["c", "d"], "cells": [[1, 9], [9, 9]]},
        lambda answer: replace(answer, outcome=replace(answer.outcome, witnesses=())),
    ),
]


@pytest.mark.parametrize(("problem", "solver", "payload", "spoil"), SPOILT, ids=[s[1] for s in SPOILT])
def test_spoilt_answer_is_rejected(monkeypatch, problem, solver, payload, spoil):
    assert run(problem, json.dumps(payload)).exit_code == 0
    module = importlib.import_module(f"sojourn.cli.solve.{problem}")
    solve = getattr(module, solver)
    monkeypatch.setattr(module, solver, lambda *given, **named: spoil(solve(*given, **named)))
    answer = run(problem, json.dumps(payload))
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert json.loads(answer.stderr)["rejected"] != []


def test_path_of_a_name_with_dots_is_quoted():
    answer = run("apportion", '{"seats": 1, "weights": {"St. Mary": -1}}')
    assert [fault["path"] for fault in json.loads(answer.stderr)["faults"]] == ['$.weights["St. Mary"]']
