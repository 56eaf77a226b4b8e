"""The source tree as the house tests read it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src/sojourn"


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: its path below the package (`plan/rules.py`), its lines, its syntax tree."""

    path: str
    lines: tuple[str, ...]
    tree: ast.Module

    def functions(self) -> Iterator[ast.FunctionDef]:
        """Every function and method."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef))


@cache
def sources() -> tuple[Source, ...]:
    """Every file of the package but the migrations, which Django writes."""
    return tuple(
        Source(file.relative_to(PACKAGE).as_posix(), tuple(text.splitlines()), ast.parse(text))
        for file in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in file.parts
        for text in [file.read_text(encoding="utf-8")]
    )
