"""How a plan lies in a workbook: one sheet per table, one column per key, dots for what is nested.

A column `titles.en` holds the English title; `weights.schools`, `shares.central` and `quotas.leeds` hold one
entry each of a table of their own; a list such as `components` is one cell of codes with blanks between. The
sheets `programme`, `rules` and `safeguards` have one row.
"""

from collections.abc import Mapping
from types import MappingProxyType

SHEETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "programme": (
            "schema",
            "code",
            "titles.en",
            "titles.zh",
            "notice.en",
            "notice.zh",
            "start",
            "end",
            "currency",
        ),
        "organisations": (
            "code",
            "kind",
            "titles.en",
            "titles.zh",
            "parent",
            "area",
            "hex.column",
            "hex.row",
            "weights.*",
        ),
        "pairs": ("office", "receiving"),
        "components": (
            "code",
            "titles.en",
            "titles.zh",
            "parent",
            "track",
            "responsible",
            "ages.youngest",
            "ages.oldest",
        ),
        "targets": (
            "code",
            "component",
            "indicator",
            "kind",
            "amount",
            "every",
            "start",
            "end",
            "titles.en",
            "titles.zh",
            "quotas.*",
        ),
        "quota_rules": ("component", "indicator", "method", "over", "weight", "floor", "cap"),
        "sources": ("code", "titles.en", "titles.zh"),
        "cost_categories": ("code", "titles.en", "titles.zh", "components"),
        "cost_rules": ("component", "category", "bearer", "shares.*"),
        "subsidies": ("component", "source", "to", "per", "amount"),
        "rules": (
            "answer_days",
            "small_cell_public",
            "small_cell_office",
            "age_gap_years",
            "consent_months",
            "unselected_retention_days",
        ),
        "safeguards": ("adults_per_session",),
        "ratios": ("youngest", "oldest", "minors_per_adult"),
    }
)
"""Every sheet with its columns in order; `*` stands for any code."""

ONE_ROW = frozenset({"programme", "rules", "safeguards"})
NEEDED = ("programme", "organisations", "components")
CODE_LISTS = frozenset({"components"})
SCHEMA_COLUMN = "schema"
"""Stands in the sheet `programme`; in the document it is beside the programme, not in it."""


def is_column(sheet: str, header: str) -> bool:
    """Whether a sheet may have a column of this header."""
    first, dot, rest = header.partition(".")
    return header in SHEETS[sheet] or bool(dot and rest and f"{first}.*" in SHEETS[sheet])


def letters(column: int) -> str:
    """The letters of a column; the first is 1."""
    text = ""
    while column > 0:
        column, digit = divmod(column - 1, 26)
        text = chr(ord("A") + digit) + text
    return text
