"""The table of the OWASP Application Security Verification Standard 5.0.0, levels 1 and 2.

Its ids and levels are in `asvs_5_0_0_ids.txt`; the words are our own.
"""

import csv
import re
from collections import Counter

import pytest

from house.named_tests import named_tests
from house.tree import ROOT

TABLE = ROOT / "docs/security/asvs.csv"
IDS = ROOT / "tests/house/asvs_5_0_0_ids.txt"
KINDS = {"test", "review", "not applicable", "open"}
PATH = re.compile(r"(?:src|docs|tests|tools)/[\w./-]*\w")


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_requirement_has_its_row_and_no_other() -> None:
    known = [tuple(line.split()) for line in IDS.read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["level"]) for row in rows()] == known
    assert Counter(level for _id, level in known) == {"1": 70, "2": 183}


def test_no_row_is_empty() -> None:
    assert [row["id"] for row in rows() if not all((value or "").strip() for value in row.values())] == []
    assert {row["kind"] for row in rows()} <= KINDS
    assert [row["id"] for row in rows() if row["kind"] == "open" and len(row["how"].split()) < 6] == []


@pytest.mark.parametrize("row", [row for row in rows() if row["kind"] == "test"], ids=lambda row: row["id"])
def test_named_tests_exist(row: dict[str, str]) -> None:
    assert [test for test in row["how"].split("; ") if test not in named_tests()] == []


def test_named_files_exist() -> None:
    named = {(row["id"], path) for row in rows() for path in PATH.findall(row["how"])}
    assert {(row, path) for row, path in named if not (ROOT / path).exists()} == set()
