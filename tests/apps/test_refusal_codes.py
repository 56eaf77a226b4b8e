"""Every code with which an act can be refused, found in the source, is provoked by a test."""

import re
from pathlib import Path

import sojourn

FLOORS = ("records", "registry", "plan", "participation", "safeguarding")
RAISED = re.compile(r'\brefuse\(\s*"([a-z_]+\.[a-z_]+)"')
PROVOKED = re.compile(r'"([a-z_]+\.[a-z_]+)"')


def test_every_refusal_code_is_provoked_by_a_test() -> None:
    source = Path(sojourn.__file__).parent
    files = [path for floor in FLOORS for path in sorted((source / floor).rglob("*.py"))]
    raised = {code for path in files for code in RAISED.findall(path.read_text(encoding="utf-8"))}
    tests = [path for path in Path(__file__).parent.rglob("test_*.py") if path != Path(__file__)]
    provoked = {code for path in tests for code in PROVOKED.findall(path.read_text(encoding="utf-8"))}
    assert sorted(raised - provoked) == []
    assert len(raised) > 60
