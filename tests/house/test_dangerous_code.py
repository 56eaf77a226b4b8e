"""Patterns that have opened other systems are not in the source, and each finder finds its own."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from house.dangerous_code import IN_TEMPLATES, PATTERNS, Pattern
from house.tree import PACKAGE, ROOT, sources

ALLOWED = {
    ("sql", "records/trails.py"): "locks a table of our own by its name",
    ("mark_safe", "web/templatetags/sojourn_tags.py"): "our own icons, and templates that were rendered",
    ("upload", "web/forms.py"): "UploadField itself",
    (
        "upload",
        "web/imports/forms.py",
    ): "read by a child process within bounds, whatever it is (sheets/reading)",
    ("log", "records/jobs.py"): "the kind of an error and its line, taken apart from its values before",
    ("outside", "contact/delivery.py"): "hands mail to the server that the operator names, and to no other",
    ("weaken", "web/account/messages.py"): "one click of a mail program; the signed link is the right",
    ("outside", "connections/outbound.py"): "asks the addresses of webhooks, and checks each of them itself",
    ("weaken", "api/urls.py"): "only a token opens anything there, and no browser sends one by itself",
    ("outside", "client/connection.py"): "runs in a program of others, and asks the site that it is given",
    ("open", "web/public/source.py"): "our own source, as the licence asks",
}
"""By pattern and file: why it is safe there. An entry that is not needed any more must go."""

NEVER_SILENCED = frozenset(
    f"S{number}"
    for number in (102, 103, 113, 202, 301, 302, 306, 307, 319, 323, 324, 501, 506, 602, 604, 605, 610, 611)
)
"""Ruff's rules without exception: exec, pickle, eval, mktemp, weak hashes, shells, raw SQL."""
FOUND_BY_RUFF = {
    "S102": "exec(given)",
    "S301": "import pickle\npickle.loads(given)",
    "S306": "import tempfile\ntempfile.mktemp()",
    "S307": "eval(given)",
    "S308": "from django.utils.safestring import mark_safe\nmark_safe(given)",
    "S311": "import random\ntoken = random.random()",
    "S324": "import hashlib\nhashlib.md5(given)",
    "S506": "import yaml\nyaml.load(given)",
    "S602": "import subprocess\nsubprocess.run(given, shell=True)",
    "S605": "import os\nos.system(given)",
    "S608": "query = \"SELECT * FROM people WHERE name = '%s'\" % given",
    "S610": "rows = People.objects.extra(where=given)",
    "S611": "from django.db.models.expressions import RawSQL\nRawSQL(given)",
    "DTZ005": "import datetime\ndatetime.datetime.now()",
    "DTZ011": "import datetime\ndatetime.date.today()",
    "G004": 'import logging\nlogging.getLogger("a").info(f"{given}")',
    "T201": "print(given)",
}
"""By rule of Ruff: a line that it finds under the settings of this house."""
SILENCE = re.compile(r"#\s*noqa:\s*([A-Z0-9, ]+)")
TEMPLATES = sorted((PACKAGE / "web/templates").rglob("*.html"))


def found(pattern: Pattern) -> dict[str, list[int]]:
    """The lines of each file in which the pattern is found."""
    return {
        source.path: lines
        for source in sources()
        if re.search(pattern.where, source.path)
        and (lines := sorted({node.lineno for node in pattern.find(source.tree)}))
    }


@pytest.mark.parametrize("name", PATTERNS)
def test_pattern_is_nowhere_in_the_source(name: str) -> None:
    allowed = {path for pattern, path in ALLOWED if pattern == name}
    at = found(PATTERNS[name])
    assert {path: lines for path, lines in at.items() if path not in allowed} == {}, PATTERNS[name].why
    assert allowed - set(at) == set(), "no longer needed"


@pytest.mark.parametrize("name", PATTERNS)
def test_finder_finds_the_bad_and_not_the_good(name: str) -> None:
    pattern = PATTERNS[name]
    assert [bool(list(pattern.find(ast.parse(code)))) for code in (pattern.bad, pattern.good)] == [
        True,
        False,
    ]


@pytest.mark.parametrize("name", IN_TEMPLATES)
def test_no_template_holds_the_pattern(name: str) -> None:
    pattern, bad, good = IN_TEMPLATES[name]
    assert [bool(pattern.search(line)) for line in (bad, good)] == [True, False]
    assert [path.name for path in TEMPLATES if pattern.search(path.read_text(encoding="utf-8"))] == []


def test_ruff_finds_what_the_house_leaves_to_it(tmp_path: Path) -> None:
    for code, lines in FOUND_BY_RUFF.items():
        (tmp_path / f"{code.lower()}.py").write_text(lines, encoding="utf-8")
    config = ROOT / "pyproject.toml"
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--config",
        str(config),
        "--output-format",
        "concise",
        "--no-cache",
    ]
    told = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False).stdout  # noqa: S603
    seen = {
        (Path(path).stem.upper(), code)
        for path, code in re.findall(r"^(\S+?):\d+:\d+: ([A-Z]+\d+)", told, re.MULTILINE)
    }
    assert {code for code in FOUND_BY_RUFF if (code, code) not in seen} == set()


def test_rules_without_exception_are_nowhere_silenced() -> None:
    silenced = {
        (source.path, code)
        for source in sources()
        for line in source.lines
        for codes in SILENCE.findall(line)
        for code in re.findall(r"[A-Z]+\d+", codes)
    }
    assert {(path, code) for path, code in silenced if code in NEVER_SILENCED} == set()
    assert {path for path, code in silenced if code == "S308"} <= {"web/templatetags/sojourn_tags.py"}
    assert {path.split("/")[0:2] == ["cli", "demo"] for path, code in silenced if code == "S311"} <= {True}
