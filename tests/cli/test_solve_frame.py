import json
from math import nan

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sojourn.cli.solve import run
from sojourn.cli.solving import solve

APPORTION = {"seats": 10, "weights": {"North": 53, "South": 24, "West": 23}}
BIPROPORTIONAL = {
    "weights": {"x": {"a": 6, "b": 1}, "y": {"a": 2, "b": 5}},
    "rows": {"x": 3, "y": 3},
    "columns": {"a": 4, "b": 2},
}


def faults(problem, source):
    answer = run(problem, source if isinstance(source, bytes | str) else json.dumps(source))
    assert (answer.exit_code, answer.stdout) == (2, "")
    return [(fault["path"], fault["message"]) for fault in json.loads(answer.stderr)["faults"]]


def paths(problem, source):
    return [path for path, _ in faults(problem, source)]


def solved(problem, source):
    answer = run(problem, source if isinstance(source, bytes | str) else json.dumps(source))
    assert (answer.exit_code, answer.stderr) == (0, "")
    return json.loads(answer.stdout)


def test_apportion_answers_with_seats_divisor_and_ties():
    assert solved("apportion", APPORTION) == {
        "seats": {"North": 6, "South": 2, "West": 2},
        "divisor": 9.6,
        "ties": [],
    }


def test_apportion_tells_ties_and_follows_the_declared_order():
    answer = solved("apportion", {"seats": 1, "weights": {"a": 1, "b": 1}, "tie_order": ["b", "a"]})
    assert answer == {
        "seats": {"a": 0, "b": 1},
        "divisor": 2,
        "ties": [{"parties": ["b", "a"], "seats": 1}],
    }


def test_decimals_are_read_exactly():
    text = '{"seats": 1, "weights": {"a": 0.30000000000000000001, "b": 0.3}, "tie_order": ["b", "a"]}'
    assert solved("apportion", text)["seats"] == {"a": 1, "b": 0}
    assert (
        solved("apportion", {"seats": 100, "weights": {"a": 4, "b": 96}, "threshold": 0.04})["seats"]["a"]
        == 4
    )


def test_biproportional_answers_with_seats_and_divisors():
    answer = solved("biproportional", BIPROPORTIONAL)
    assert answer["seats"] == {"x": {"a": 3, "b": 0}, "y": {"a": 1, "b": 2}}
    for row, line in answer["seats"].items():
        for column, seats in line.items():
            divisor = answer["row_divisors"][row] * answer["column_divisors"][column]
            assert round(BIPROPORTIONAL["weights"][row][column] / divisor) == seats


def test_apportion_tells_every_fault_with_its_path():
    wrong = {
        "seats": -1,
        "weights": {"A": "7", "B": -1, "C": True, "D": None},
        "method": "borda",
        "floor": {"A": -1},
        "cap": {"B": 2.5},
        "threshold": [],
        "colour": "red",
    }
    assert paths("apportion", wrong) == [
        "$.seats",
        "$.weights.A",
        "$.weights.B",
        "$.weights.C",
        "$.weights.D",
        "$.method",
        "$.floor.A",
        "$.cap.B",
        "$.threshold",
        "$.colour",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"floor": 4},
            [("$.floor", "the floors add up to 12, more than the 10 seats: lower them or add seats")],
        ),
        (
            {"floor": {"Nord": 1}},
            [("$.floor.Nord", "has no weight: every name here must be among the weights")],
        ),
        ({"floor": {"West": 3}, "cap": {"West": 2}}, [("$.floor.West", "the floor 3 is above the cap 2")]),
    ],
)
def test_apportion_tells_what_the_core_finds(change, expected):
    assert faults("apportion", {**APPORTION, **change}) == expected


def test_biproportional_tells_every_fault_with_its_path():
    wrong = {"weights": {"x": {"a": -1}, "y": 3}, "rows": {"x": 1.5}, "columns": []}
    assert paths("biproportional", wrong) == ["$.weights.x.a", "$.weights.y", "$.rows.x", "$.columns"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", [("$", "not JSON: Expecting value at line 1, column 1")]),
        ('{"seats": 1,}', None),
        (b"\xff{}", [("$", "not UTF-8: byte 0 cannot be read")]),
        ("[" * 100_000, [("$", "nested more than 32 levels deep")]),
        ("7", [("$", "the input is one JSON object: see docs/manual/solve.md")]),
        (json.dumps({"seats": nan}), [("$.seats", "NaN is not a number of JSON")]),
        ('{"seats": -Infinity}', [("$.seats", "-Infinity is not a number of JSON")]),
        ('{"a": [1e400]}', [("$.a[0]", "beyond the range of a double (about 1e-308 to 1e308)")]),
        ('{"a": 1e-400}', [("$.a", "beyond the range of a double (about 1e-308 to 1e308)")]),
        ('{"a": %s}' % ("9" * 5000), [("$.a", "more than 300 digits")]),
        ('{"a": 0.%s}' % ("9" * 5000), [("$.a", "more than 300 digits")]),
        ('{"a": {"b": 1, "b": 2}}', [("$.a.b", "named more than once")]),
        ('{"a": "\\ud800"}', [("$.a", "holds half a character (an unpaired surrogate)")]),
        ('{"\\udc00": 1}', [('$["\udc00"]', "holds half a character (an unpaired surrogate)")]),
    ],
)
def test_what_json_readers_disagree_about_is_refused(source, expected):
    found = faults("apportion", source)
    assert found == (expected or found)


def test_two_spellings_that_look_the_same_are_refused():
    found = paths("apportion", {"seats": 1, "weights": {"é": 1}, "floor": {"e\u0301": 1}})
    assert found == ['$.floor["e\u0301"]']


def test_deep_nesting_is_refused_where_it_starts():
    assert paths("apportion", "[" * 40 + "]" * 40) == ["$" + "[0]" * 32]


def test_byte_order_mark_is_skipped():
    assert solved("apportion", b"\xef\xbb\xbf" + json.dumps(APPORTION).encode())["seats"]["North"] == 6


def test_names_outside_ascii_come_back_as_they_are():
    answer = run("apportion", '{"seats": 1, "weights": {"四川": 1}}')
    assert answer.stdout == '{"seats": {"四川": 1}, "divisor": 2, "ties": []}\n'


def test_unknown_problem_names_the_known_ones():
    ((path, message),) = faults("sudoku", "{}")
    assert path == "problem"
    assert message.startswith("unknown problem 'sudoku': choose one of apportion, biproportional, draw")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("ab\u00e9\u56db", max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("ab\u00e9\u56db", max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
fields = st.sampled_from(
    ["seats", "weights", "floor", "cap", "threshold", "method", "rows", "columns", "tie_order"]
)


@given(st.sampled_from(["apportion", "biproportional"]), st.dictionaries(fields, json_values))
def test_any_json_is_answered_or_refused(problem, payload):
    answer = run(problem, json.dumps(payload))
    assert (answer.exit_code == 0) == bool(answer.stdout)
    assert (answer.exit_code == 2) == bool(answer.stderr)


# --- the command

command = typer.Typer()
command.command()(solve)


def test_command_reads_a_file_and_the_standard_input(tmp_path):
    file = tmp_path / "input.json"
    file.write_text(json.dumps(APPORTION))
    from_file = CliRunner().invoke(command, ["apportion", str(file)])
    from_stdin = CliRunner().invoke(command, ["apportion", "-"], input=json.dumps(APPORTION))
    assert from_file.exit_code == 0
    assert from_file.stdout == from_stdin.stdout == run("apportion", json.dumps(APPORTION)).stdout


def test_command_refuses_a_file_that_is_not_there():
    result = CliRunner().invoke(command, ["apportion", "no-such-file.json"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert json.loads(result.stderr)["faults"] == [
        {"path": "file", "message": "'no-such-file.json' cannot be read: No such file or directory"}
    ]
