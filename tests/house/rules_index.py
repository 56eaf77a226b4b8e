"""The index of the rules: `docs/security/rules.md`, made from `rules.toml` and `mutations.toml` beside it.

python -m house.rules_index (with tests on PYTHONPATH) writes the page anew.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from house.tree import ROOT

FOLDER = ROOT / "docs/security"
PAGE = FOLDER / "rules.md"
SECTIONS = {
    "access": "Access",
    "data": "Data",
    "children": "Children",
    "misuse": "Against misuse",
}
HEAD = """# The rules, and the tests that hold them

Each rule below is code, and names the tests that fail when that code is removed. Where a rule is marked ✂,
`tools/prove-rules` removes exactly that code in a copy of the repository and sees the test fail: see
[mutations.toml](mutations.toml). This page is made from [rules.toml](rules.toml) by `tools/rules-index`.
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence that holds, and what shows it; `open` says why nothing does yet."""

    id: str
    sentence: str
    tests: tuple[str, ...]
    open: str


@dataclass(frozen=True, slots=True)
class Mutation:
    """Code whose removal has to make the test of a rule fail."""

    rule: str
    file: str
    remove: str
    put: str
    test: str

    def fits(self, tree: Path) -> bool:
        """Whether the code stands in the file exactly once."""
        file = tree / self.file
        return file.exists() and file.read_text(encoding="utf-8").count(self.remove) == 1


def rules() -> list[Rule]:
    """The rules in the order of the file; the id begins with the section."""
    read = tomllib.loads((FOLDER / "rules.toml").read_text(encoding="utf-8"))
    return [
        Rule(f"{section}.{key}", row["rule"], tuple(row.get("tests", ())), row.get("open", ""))
        for section in SECTIONS
        for key, row in read[section].items()
    ]


def mutations() -> list[Mutation]:
    """The mutations in the order of the file."""
    read = tomllib.loads((FOLDER / "mutations.toml").read_text(encoding="utf-8"))
    return [Mutation(**{"put": "", **row}) for row in read["mutation"]]


def page() -> str:
    """The index as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    proved = {mutation.rule for mutation in mutations()}
    known = rules()
    yield HEAD
    held = [rule for rule in known if not rule.open]
    yield f"{len(known)} rules, {len(held)} of them held by tests, {len(proved)} proved by mutation."
    for section, title in SECTIONS.items():
        yield f"\n## {title}\n"
        yield "| rule | tests |"
        yield "|---|---|"
        for rule in known:
            if rule.id.partition(".")[0] == section:
                mark = " ✂" if rule.id in proved else ""
                yield f"| {rule.sentence}{mark} | {_shown(rule)} |"
    yield ""


def _shown(rule: Rule) -> str:
    tests = [_link(test) for test in rule.tests]
    return "<br>".join([*tests, f"**open**: {rule.open}"] if rule.open else tests)


def _link(test: str) -> str:
    path, _, name = test.partition("::")
    return f"[{name.removeprefix('test_').replace('_', ' ')}](../../{path})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
