import json
import re
from pathlib import Path

import pytest

from sojourn.cli.solve import PROBLEMS, run

MANUAL = Path(__file__).parents[2] / "docs" / "manual"


@pytest.mark.parametrize("problem", ["apportion", "biproportional"])
def test_example_of_the_manual_gives_the_answer_printed_there(problem):
    page = (MANUAL / "solve" / f"{problem}.md").read_text(encoding="utf-8")
    given, expected = re.findall(r"```json\n(.*?)```", page, flags=re.DOTALL)
    assert json.loads(run(problem, given).stdout) == json.loads(expected)


def test_index_of_the_manual_names_every_problem():
    index = (MANUAL / "solve.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \[(\w+)\]", index, flags=re.MULTILINE) == sorted(PROBLEMS, key=index.index)
    assert len(re.findall(r"^\| \[", index, flags=re.MULTILINE)) == len(PROBLEMS)


def test_faults_of_the_manual_are_those_of_the_command():
    index = (MANUAL / "solve.md").read_text(encoding="utf-8")
    given, printed = re.search(
        r"\$ echo '(.*?)' \| sojourn solve apportion -\n(.*?)```", index, re.DOTALL
    ).groups()
    assert run("apportion", given).stderr == printed
