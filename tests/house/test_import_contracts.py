"""Every import contract bites: a planted violation of each is found."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "importlinter.ini"

PLANTED = {
    "floors": ("tracks/base.py", "import sojourn.records.actor"),
    "records": ("records/refusal.py", "import sojourn.records.moves"),
    "sheets": ("sheets/reading/limits.py", "import sojourn.sheets.refused"),
    "sheet_reading": ("sheets/reading/cells.py", "import django.utils.translation"),
    "registry": ("registry/models.py", "import sojourn.registry.rules"),
    "contact": ("contact/models.py", "import sojourn.contact.rules"),
    "entrance": ("entrance/models.py", "import sojourn.entrance.queries"),
    "plan": ("plan/models.py", "import sojourn.plan.checking"),
    "participation": ("participation/junk_drawer.py", ""),
    "safeguarding": ("safeguarding/models.py", "import sojourn.safeguarding.rules"),
    "monitoring": ("monitoring/helpers.py", ""),
    "privacy": ("privacy/models.py", "import sojourn.privacy.rules"),
    "connections": ("connections/keys.py", "import sojourn.connections.queries"),
    "api": ("api/problems.py", "import sojourn.api.door"),
    "client": ("client/webhooks.py", "import django"),
    "audiences": ("web/public/views.py", "import sojourn.web.office.views"),
    "pure": ("core/draw/order.py", "import time"),
    "plan_file": ("plan/findings.py", "import django.utils.translation"),
    "apart_core": ("core/draw/model.py", "import sojourn.core.apportion"),
    "apart_tracks": ("tracks/training.py", "import sojourn.tracks.placements"),
    "sealed": ("web/access.py", "import sojourn.records.action"),
    "acyclic": ("core/draw/ids.py", "import sojourn.core.draw.listing"),
}
"""By contract: a file of the tree, and the line that breaks the contract when it is added there."""


def contracts() -> dict[str, str]:
    """The names of the declared contracts by their keys."""
    config = configparser.ConfigParser()
    config.read(CONFIG, encoding="utf-8")
    prefix = "importlinter:contract:"
    return {
        section.removeprefix(prefix): config[section]["name"]
        for section in config.sections()
        if section.startswith(prefix)
    }


def verdicts(source: Path) -> dict[str, str]:
    """What import-linter says of each contract about the tree in `source`: KEPT or BROKEN."""
    lint = (
        "from importlinter.cli import lint_imports; "
        f"raise SystemExit(lint_imports({str(CONFIG)!r}, no_cache=True))"
    )
    printed = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", lint],
        env={**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200", "NO_COLOR": "1"},
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )
    found = dict(re.findall(r"^(.+) (KEPT|BROKEN)\s*$", printed.stdout, re.MULTILINE))
    if not found:
        pytest.fail(printed.stdout + printed.stderr)
    return found


def test_every_contract_has_a_planted_violation() -> None:
    assert sorted(PLANTED) == sorted(contracts())


def test_every_planted_violation_is_found(tmp_path: Path) -> None:
    tree = tmp_path / "sojourn"
    shutil.copytree(
        ROOT / "src/sojourn", tree, ignore=shutil.ignore_patterns("static", "templates", "locale")
    )
    for path, line in PLANTED.values():
        file = tree / path
        written = file.read_text(encoding="utf-8") if file.exists() else '"""Planted."""\n'
        file.write_text(f"{written}\n{line}\n", encoding="utf-8")
    assert verdicts(tmp_path) == dict.fromkeys(contracts().values(), "BROKEN")
