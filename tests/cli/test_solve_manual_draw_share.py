"""The examples of the manual give the answers that the manual prints."""

import json
import re
from pathlib import Path

import pytest

from sojourn.cli.solve import run

MANUAL = Path(__file__).parents[2] / "docs" / "manual" / "solve"


@pytest.mark.parametrize(("problem", "examples"), [("draw", 2), ("share", 1)])
def test_examples_of_the_manual_answer_as_printed(problem, examples):
    blocks = re.findall(r"```json\n(.*?)```", (MANUAL / f"{problem}.md").read_text(), re.DOTALL)
    assert len(blocks) == 2 * examples
    for question, printed in zip(blocks[::2], blocks[1::2], strict=True):
        answer = run(problem, question)
        assert answer.exit_code == 0
        assert json.loads(answer.stdout) == json.loads(printed)
