"""`sojourn solve draw`: answers, and every fault with its path."""

import json

import pytest

from sojourn.cli.solve import run
from sojourn.core.draw import draw_order

LIST = {"method": "hmac-sha256", "entries": ["e1", "e2", "e3", "e4"], "places": 2, "seed": "5eed"}
RFC = {
    "method": "rfc3797",
    "pool_size": 25,
    "draws": 16,
    "sources": [9319, [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]],
}


def solved(payload):
    answer = run("draw", json.dumps(payload))
    assert (answer.exit_code, answer.stderr) == (0, "")
    return json.loads(answer.stdout)


def fault_paths(payload):
    answer = run("draw", payload if isinstance(payload, str) else json.dumps(payload))
    assert (answer.exit_code, answer.stdout) == (2, "")
    return [fault["path"] for fault in json.loads(answer.stderr)["faults"]]


def test_list_is_drawn_by_hashed_ids():
    order = list(draw_order(LIST["entries"], bytes.fromhex("5eed")))
    assert solved(LIST) == {"order": order, "selected": order[:2]}
    assert solved({name: value for name, value in LIST.items() if name != "method"})["order"] == order


def test_group_is_selected_whole_and_reserve_comes_first():
    last = solved(LIST)["order"][-1]
    answer = solved({**LIST, "reserves": [{"members": [last], "seats": 1}]})
    assert answer["selected"] == [answer["order"][0], last]
    group = ["e1", "e4"]
    answer = solved({**LIST, "groups": [group], "reserves": [{"members": group, "seats": 2}]})
    assert answer["selected"] == group


@pytest.mark.parametrize(
    "sources",
    [
        RFC["sources"],
        ["9319", "2 5 12 8 10", "9,18,26,34,41,45"],
        [[9319], [10, 8, 12, 5, 2], [45, 41, 34, 26, 18, 9]],
    ],
)
def test_selection_of_the_rfc(sources):
    assert solved({**RFC, "sources": sources}) == {
        "key": "9319./2.5.8.10.12./9.18.26.34.41.45./",
        "order": [17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4],
    }


def test_every_fault_of_a_list_has_its_path():
    payload = {
        **LIST,
        "entries": ["e1", "e1", "e2"],
        "groups": [["e1", "x"], ["e1"]],
        "reserves": [{"members": ["e2", "y"], "seats": 3}],
    }
    assert fault_paths(payload) == [
        "$.entries",
        "$.groups[0][1]",
        "$.reserves[0].members[1]",
        "$.groups",
        "$.reserves",
    ]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"method": "md5"}, "$.method"),
        ({"method": ["rfc3797"]}, "$.method"),
        ({"places": -1}, "$.places"),
        ({"places": True}, "$.places"),
        ({"places": 1.5}, "$.places"),
        ({"places": 10**30}, "$.places"),
        ({"seed": ""}, "$.seed"),
        ({"seed": "abc"}, "$.seed"),
        ({"seed": "１２"}, "$.seed"),
        ({"seed": 12}, "$.seed"),
        ({"entries": "e1"}, "$.entries"),
        ({"entries": ["e1", 2]}, "$.entries[1]"),
        ({"entries": ["five", "ﬁve"]}, "$.entries"),
        ({"groups": [[]]}, "$.groups[0]"),
        ({"reserves": [{"members": ["e1"], "seats": -1}]}, "$.reserves[0].seats"),
        ({"colour": 1}, "$.colour"),
    ],
)
def test_fault_of_a_list(change, path):
    assert fault_paths({**LIST, **change}) == [path]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"pool_size": 0}, "$.pool_size"),
        ({"pool_size": 65536}, "$.pool_size"),
        ({"draws": 26}, "$.draws"),
        ({"draws": -1}, "$.draws"),
        ({"sources": []}, "$.sources"),
        ({"sources": [1, []]}, "$.sources[1]"),
        ({"sources": ["12.50"]}, "$.sources[0]"),
        ({"sources": ["１２"]}, "$.sources[0]"),
        ({"sources": [-5]}, "$.sources[0]"),
        ({"sources": [1.0]}, "$.sources[0]"),
        ({"sources": [2**63]}, "$.sources[0]"),
        ({"seed": "00"}, "$.seed"),
    ],
)
def test_fault_of_a_selection(change, path):
    assert fault_paths({**RFC, **change}) == [path]


@pytest.mark.parametrize(
    "text", ["", "[]", "nul", '{"entries": NaN}', '{"seed": "\\ud800"}', '{"a": 1, "a": 2}']
)
def test_text_that_is_no_input_is_refused(text):
    assert fault_paths(text) != []
