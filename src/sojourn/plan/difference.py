"""What changed between two versions of a plan: added, removed, and changed with old and new."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sojourn.plan.document.schema import PlanDocument

Kind = Literal["added", "removed", "changed"]

KEYS: Mapping[str, tuple[str, ...]] = {
    "organisations": ("code",),
    "pairs": ("office", "receiving"),
    "components": ("code",),
    "targets": ("code",),
    "quota_rules": ("component", "indicator"),
    "sources": ("code",),
    "cost_categories": ("code",),
    "cost_rules": ("component", "category"),
    "subsidies": ("component", "source", "per"),
    "ratios": ("youngest", "oldest"),
}
"""By what the rows of each table are known from one version to the next."""

WORDS: Mapping[Kind, tuple[str, str]] = {
    "added": ("added", "新增"),
    "removed": ("removed", "删除"),
    "changed": ("changed", "修改"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `place` names the row by its codes: `targets[B-total].amount`; values are as in
    `as_json`.
    """

    kind: Kind
    place: str
    old: object = None
    new: object = None


def difference(old: PlanDocument, new: PlanDocument) -> tuple[Change, ...]:
    """Every change from one version to the next, table by table, rows in the order of their codes.

    The order of rows has no meaning in a plan and is no change. A row under a new code is removed and added.
    Rows that share a code (a finding of the checker) are numbered `~2`, `~3` in the order of the file.
    """
    before, after = _tables(old), _tables(new)
    names = [*before, *(name for name in after if name not in before)]
    return tuple(change for name in names for change in _changes(name, before.get(name), after.get(name)))


def _tables(document: PlanDocument) -> dict[str, object]:
    """The document with its lists of rows as tables by code."""
    stored = document.as_json()
    return {
        name: _by_code(rows, KEYS[name]) if name in KEYS and isinstance(rows, list) else rows
        for name, rows in stored.items()
    }


def _by_code(rows: Sequence[Mapping[str, object]], keys: Sequence[str]) -> dict[str, object]:
    seen: Counter[str] = Counter()
    table: dict[str, object] = {}
    for row in rows:
        code = "/".join(str(row[key]) for key in keys)
        seen[code] += 1
        table[code if seen[code] == 1 else f"{code}~{seen[code]}"] = row
    return dict(sorted(table.items()))


def _changes(place: str, old: object, new: object) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [*old, *(key for key in new if key not in old)]:
            inner = f"{place}[{key}]" if place in KEYS else f"{place}.{key}"
            yield from _changes(inner, old.get(key), new.get(key))
    elif old is None:
        yield Change("added", place, new=new)
    elif new is None:
        yield Change("removed", place, old=old)
    else:
        yield Change("changed", place, old, new)
