"""A cell as it is kept between reading and checking: JSON values, with a mark where the type matters.

Text, numbers and booleans are themselves, an empty cell is "". A list is a mark: ["date", "2027-03-01"],
["formula", ""], ["error", "#REF!"], ["long", "its first signs"].
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sojourn.sheets.reading.limits import LONGEST_CELL, SHOWN

Cell = str | int | float | bool | list[str]
ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"})
FORMULA: Cell = ["formula", ""]


def kept_row(values: Sequence[Any]) -> list[Cell]:
    """A row as readers give it, as it is kept; most cells are short texts, for which this is quick."""
    return [
        (
            text
            if type(value) is str and (text := value.strip()) and text[0] != "#" and len(text) < 1000
            else kept(value)
        )
        for value in values
    ]


def kept(value: Any) -> Cell:
    """One value that a reader gave, as it is kept."""
    if isinstance(value, str):
        return _kept_text(value.strip())
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, dt.datetime):
        at = value.isoformat(sep=" ")
        return ["date", at[:10]] if value.time() == dt.time.min else ["moment", at]
    if isinstance(value, dt.date):
        return ["date", value.isoformat()]
    return ["other", str(value)[:SHOWN]]


def _kept_text(text: str) -> Cell:
    """A text that is longer than a cell can hold becomes a mark, and so does the name of an error."""
    if len(text) > LONGEST_CELL:
        return ["long", text[:SHOWN]]
    return ["error", text] if text in ERRORS else text


def shown(cell: Cell) -> str:
    """A cell as a message repeats it: one line, no invisible signs, cut."""
    text = cell[1] if isinstance(cell, list) else repr(cell) if isinstance(cell, float) else str(cell)
    text = text.removesuffix(".0") if isinstance(cell, float) else text
    line = " ".join(
        "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text).split()
    )
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
