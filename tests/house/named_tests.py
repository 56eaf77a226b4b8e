"""Every test of the repository by its name, read from the syntax trees."""

import ast
from functools import cache

from house.tree import ROOT


@cache
def named_tests() -> frozenset[str]:
    """`tests/house/test_habits.py::test_functions_are_short` and all others."""
    return frozenset(
        f"{file.relative_to(ROOT).as_posix()}::{node.name}"
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )
