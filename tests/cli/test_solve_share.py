"""`sojourn solve share`: answers, and every fault with its path."""

import json

import pytest

from sojourn.cli.solve import run

BANDS = [{"from_km": 100, "to_km": 499, "amount": 180}, {"from_km": 500, "amount": "275.00"}]
TRAVEL = {"kind": "travel", "kilometres": 1200, "people": 25, "bands": BANDS}
STAY = {
    "kind": "stay",
    "days": 20,
    "people": 2,
    "per_day": "160",
    "reductions": [{"from_day": 15, "factor": 0.7}],
}


def solved(payload):
    answer = run("share", payload if isinstance(payload, str) else json.dumps(payload))
    assert (answer.exit_code, answer.stderr) == (0, "")
    return json.loads(answer.stdout)


def fault_paths(payload):
    answer = run("share", payload if isinstance(payload, str) else json.dumps(payload))
    assert (answer.exit_code, answer.stdout) == (2, "")
    return [fault["path"] for fault in json.loads(answer.stderr)["faults"]]


def test_amount_is_divided_to_the_last_cent():
    assert solved({"amount": "100.00", "shares": {"centre": 1, "region": 1, "host": 1}}) == {
        "total": "100.00",
        "lines": [],
        "parts": {"centre": "33.34", "region": "33.33", "host": "33.33"},
    }


def test_numbers_are_read_exactly():
    text = '{"amount": 0.30, "shares": {"a": 0.1, "b": 0.2}}'
    assert solved(text)["parts"] == {"a": "0.10", "b": "0.20"}
    assert solved({"amount": 100, "places": 0, "shares": {"a": 1, "b": 2}})["parts"] == {"a": "33", "b": "67"}


def test_costs_are_counted_line_by_line_and_divided():
    plain = {"kind": "amount", "item": "hall", "amount": "0.01"}
    answer = solved({"costs": [TRAVEL, STAY, plain], "shares": {"centre": 1, "host": 1}})
    assert answer["lines"] == [
        {"item": "500 km or more", "quantity": 25, "unit": "275.00", "amount": "6875.00"},
        {"item": "days 1-14", "quantity": 28, "unit": "160.00", "amount": "4480.00"},
        {"item": "days 15-20", "quantity": 12, "unit": "112.00", "amount": "1344.00"},
        {"item": "hall", "quantity": 1, "unit": "0.01", "amount": "0.01"},
    ]
    assert answer["total"] == "12699.01"
    assert answer["parts"] == {"centre": "6349.51", "host": "6349.50"}
    assert solved({"costs": [TRAVEL]})["parts"] == {}


@pytest.mark.parametrize(
    ("payload", "paths"),
    [
        ({}, ["$"]),
        ({"amount": 1, "costs": [], "shares": {"a": 1}}, ["$"]),
        ({"amount": 1}, ["$"]),
        ({"amount": "1e3", "shares": {"a": 1}}, ["$.amount"]),
        ({"amount": "1.234", "shares": {"a": 1}}, ["$.amount"]),
        ({"amount": True, "shares": {"a": 1}}, ["$.amount"]),
        ({"amount": 1, "shares": {"a": -1, "b": "1"}}, ["$.shares.a", "$.shares.b"]),
        ({"amount": 1, "shares": {}}, ["$.shares"]),
        ({"amount": 1, "shares": {"a": 0}}, ["$.shares"]),
        ({"amount": 1, "places": 7, "shares": {"a": 1}}, ["$.places"]),
        ({"costs": [{"kind": "gift"}]}, ["$.costs[0]"]),
        (
            {"costs": [TRAVEL | {"people": -1}, STAY | {"days": 1.5}]},
            ["$.costs[0].people", "$.costs[1].days"],
        ),
        ({"costs": [TRAVEL | {"bands": []}, STAY | {"per_day": "x"}]}, ["$.costs[0]", "$.costs[1]"]),
        ({"costs": [TRAVEL | {"bands": [BANDS[0]]}]}, ["$.costs[0]"]),
    ],
)
def test_every_fault_has_its_path(payload, paths):
    assert fault_paths(payload) == paths
