"""`pairs` and `twinning` as JSON: the answer, and every fault with its path."""

import json
import re
from pathlib import Path

import pytest

from sojourn.cli.solve import pairs, twinning
from sojourn.cli.solve.faults import FaultyInput

MANUAL = Path(__file__).parents[2] / "docs" / "manual" / "solve"


def paths(problem, payload):
    with pytest.raises(FaultyInput) as caught:
        problem.solve(payload)
    return [fault.path for fault in caught.value.faults]


@pytest.mark.parametrize(("problem", "page"), [(pairs, "pairs.md"), (twinning, "twinning.md")])
def test_every_example_of_the_manual_gives_the_answer_printed_there(problem, page):
    blocks = re.findall(r"```json\n(.*?)```", (MANUAL / page).read_text(), re.DOTALL)
    examples = [json.loads(block) for block in blocks]
    assert len(examples) >= 2
    for given, answer in zip(examples[::2], examples[1::2], strict=True):
        assert json.loads(json.dumps(problem.solve(given))) == answer


def test_a_matrix_with_forbidden_cells():
    answer = pairs.solve({"weights": [[1, None, 5], [None, None, 9]], "sense": "max"})
    assert answer == {"pairs": [[0, 0], [1, 2]], "unpaired": [], "total": 10.0, "bound": 10.0, "gap": 0.0}


def test_wrong_matrices_are_refused_cell_by_cell():
    assert paths(pairs, {"weights": [[1, "a"], [float("nan"), 1e12]]}) == [
        "$.weights[0][1]",
        "$.weights[1][0]",
        "$.weights[1][1]",
    ]
    assert paths(pairs, {"weights": [[1, 2], [3]]}) == ["$.weights[1]"]
    assert paths(pairs, {"weights": [[1]], "sense": "most", "extra": 1}) == ["$.sense", "$.extra"]


PERSON = {"id": "a", "age": 14, "languages": ["fr"], "region": "north"}


def test_wrong_people_are_refused_one_by_one():
    other = PERSON | {"id": "b", "region": "south"}
    assert pairs.solve({"left": [PERSON], "right": [other]})["pairs"] == [["a", "b"]]
    assert paths(pairs, {"left": [PERSON], "right": [PERSON]}) == ["$.right[0].id"]
    assert paths(pairs, {"left": [PERSON | {"age": -1}, PERSON | {"age": 3.5}], "right": [{"id": ""}]}) == [
        "$.left[0].age",
        "$.left[1].age",
        "$.right[0].id",
        "$.right[0].age",
        "$.right[0].languages",
        "$.right[0].region",
    ]
    assert paths(pairs, {"left": [], "right": [], "rules": {"per_institution_pair": 0}, "seconds": -1}) == [
        "$.rules.per_institution_pair",
        "$.seconds",
    ]
    assert paths(pairs, {"left": [PERSON], "right": [other | {"id": "ａ"}]}) == ["$"]


@pytest.mark.parametrize("payload", [None, [], "text", 3, {}])
@pytest.mark.parametrize("problem", [pairs, twinning])
def test_anything_else_is_refused_without_a_traceback(problem, payload):
    assert paths(problem, payload)[0][0] == "$"


def test_wrong_graphs_are_refused_with_every_fault():
    schools = [{"id": "s", "capacity": 1}, {"id": "t", "capacity": 1}]
    edges = [["s", "t", 1], ["t", "s", 2], ["s", "s", 1], ["s", "u", 1]]
    assert paths(twinning, {"institutions": [*schools, schools[0]], "edges": edges}) == [
        "$.institutions[2].id",
        "$.edges[1]",
        "$.edges[2]",
        "$.edges[3][1]",
    ]
    bad = [["s", "t", -1], ["s", "t", float("inf")], ["s", "t"]]
    assert paths(twinning, {"institutions": schools, "edges": bad}) == [
        "$.edges[0][2]",
        "$.edges[1][2]",
        "$.edges[2][2]",
    ]
    assert paths(twinning, {"institutions": [{"id": "s", "capacity": -1}], "edges": []}) == [
        "$.institutions[0].capacity"
    ]
