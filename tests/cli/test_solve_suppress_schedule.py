import json
import re
from pathlib import Path

import pytest

from sojourn.cli.solve import run

MANUAL = Path(__file__).parents[2] / "docs" / "manual" / "solve"

TABLE = {"k": 10, "rows": ["a", "b"], "columns": ["x", "y"], "cells": [[3, 20], [30, 40]]}
VISITS = {
    "weeks": 2,
    "cohorts": [{"id": "a", "size": 5, "hosts": {"farm": 1}}],
    "hosts": [{"id": "farm", "seats": 10}],
}


def fault_paths(problem, payload):
    answer = run(problem, json.dumps(payload))
    assert answer.exit_code == 2
    return [fault["path"] for fault in json.loads(answer.stderr)["faults"]]


@pytest.mark.parametrize("problem", ["suppress", "schedule"])
def test_example_of_the_manual_gives_the_answer_of_the_manual(problem):
    page = (MANUAL / f"{problem}.md").read_text(encoding="utf-8")
    example, answer = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert json.loads(run(problem, example).stdout) == json.loads(answer)


def test_hidden_totals_are_told_apart_from_cells():
    told = json.loads(run("suppress", json.dumps({**TABLE, "cells": [[2, 1], [30, 40]]})).stdout)
    assert told["row_totals"][0] is None
    assert "a" in told["total_intervals"]["rows"]
    assert {row for row, _ in told["suppressed"]} <= {"a", "b"}


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        ({"k": 0}, ["$.k"]),
        ({"k": 2.5}, ["$.k"]),
        ({"k": True}, ["$.k"]),
        ({"rows": ["a", "a"]}, ["$.rows[1]"]),
        ({"columns": ["x", "x"], "rows": ["b", "b"]}, ["$.rows[1]", "$.columns[1]"]),
        ({"rows": []}, ["$.rows"]),
        ({"rows": ["", "b"]}, ["$.rows[0]"]),
        ({"cells": [[3, 20]]}, ["$.cells"]),
        ({"cells": [[3], [30, 40, 50]]}, ["$.cells[0]", "$.cells[1]"]),
        ({"cells": [[-3, 20], [30, 4.5]]}, ["$.cells[0][0]", "$.cells[1][1]"]),
        ({"cells": [[10**10, "20"], [None, 4]]}, ["$.cells[0][0]", "$.cells[0][1]", "$.cells[1][0]"]),
        ({"margin": 1}, ["$.margin"]),
    ],
)
def test_every_fault_of_a_table_is_told_with_its_path(change, paths):
    assert fault_paths("suppress", {**TABLE, **change}) == paths


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        ({"weeks": 0}, ["$.weeks"]),
        ({"holidays": [3]}, ["$.holidays[0]"]),
        ({"hosts": [{"id": "farm", "seats": -1}]}, ["$.hosts[0].seats"]),
        ({"hosts": [{"id": "farm", "seats": 1}] * 2}, ["$.hosts[1].id"]),
        (
            {"hosts": [{"id": "barn", "seats": 1, "closed": [9]}]},
            ["$.hosts[0].closed[0]", "$.cohorts[0].hosts.farm"],
        ),
        ({"cohorts": [{"id": "a", "size": 0, "hosts": {}}]}, ["$.cohorts[0].size"]),
        (
            {
                "cohorts": [
                    {"id": "a", "size": 1, "length": 3, "pool": "bus", "away": [5], "hosts": {"moon": 1}}
                ]
            },
            ["$.cohorts[0].away[0]", "$.cohorts[0].length", "$.cohorts[0].pool", "$.cohorts[0].hosts.moon"],
        ),
        ({"effort": -1}, ["$.effort"]),
        ({"surprise": 1}, ["$.surprise"]),
    ],
)
def test_every_fault_of_a_request_is_told_with_its_path(change, paths):
    assert fault_paths("schedule", {**VISITS, **change}) == paths
