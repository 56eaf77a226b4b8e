"""The rows of a kind as a sheet: the columns of its declaration, typed cells, nothing that runs."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from sojourn.sheets.kinds import Kind, Row
from sojourn.sheets.workbooks import MOST_SHEET_ROWS, for_print, formats, workbook, write_cell

RUNS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would run as a formula when it opens a CSV file."""


def csv_lines(kind: Kind, rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a CSV file, one after the other, so that half a million rows need no memory."""
    yield "\ufeff" + _line([str(column.title) for column in kind.columns])
    for row in rows:
        yield _line([_safe(row[column.name]) for column in kind.columns])


def export_workbook(kind: Kind, rows: Iterable[Row], target: io.BytesIO | str) -> int:
    """Write a workbook with one visible sheet for each million rows; gives how many rows there were."""
    count = 0
    with workbook(str(kind.title), target, constant_memory=True) as book:
        looks, sheet = formats(book), None
        for count, row in enumerate(rows, 1):
            place = (count - 1) % MOST_SHEET_ROWS
            if place == 0:
                sheet = _sheet(book, kind, looks, count // MOST_SHEET_ROWS)
            for number, column in enumerate(kind.columns):
                write_cell(sheet, place + 1, number, row[column.name], looks)
        if sheet is None:
            _sheet(book, kind, looks, 0)
    return count


def _sheet(book: Any, kind: Kind, looks: Any, number: int) -> Any:
    name = str(kind.title)[:25]
    sheet = book.add_worksheet(f"{name} {number + 1}" if number else name)
    sheet.freeze_panes(1, 0)
    for_print(sheet)
    for place, column in enumerate(kind.columns):
        sheet.set_column(place, place, 22)
        sheet.write_string(0, place, str(column.title), looks.head)
    return sheet


def _safe(value: Any) -> str:
    """A value as text; what would run gets an apostrophe before it, which spreadsheets do not show."""
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(RUNS) else text


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
