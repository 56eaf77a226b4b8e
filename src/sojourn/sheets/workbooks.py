"""How workbooks are written here: visible sheets, typed cells, no formula, same rows same bytes."""

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import xlsxwriter

MADE_ON = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- a fixed mark, as in the plan's workbook
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
INK, PAPER, BAD = "#0D3B3E", "#D9EFEC", "#FBDCD7"
MOST_SHEET_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Formats:
    """The few looks that cells have."""

    head: Any
    needed: Any
    text: Any
    day: Any
    bad: Any
    note: Any


@contextmanager
def workbook(title: str, target: io.BytesIO | str, *, constant_memory: bool = False) -> Iterator[Any]:
    """A workbook that is complete when the block ends; in constant memory rows are written in their order."""
    book = xlsxwriter.Workbook(target, {**OPTIONS, "constant_memory": constant_memory})
    book.set_properties({"title": title, "created": MADE_ON})
    try:
        yield book
    finally:
        book.close()


def formats(book: Any) -> Formats:
    """The looks of a workbook."""
    head = {
        "bold": True,
        "bg_color": PAPER,
        "font_color": INK,
        "bottom": 1,
        "text_wrap": True,
        "valign": "top",
    }
    return Formats(
        head=book.add_format(head),
        needed=book.add_format({**head, "bg_color": INK, "font_color": "#FFFFFF"}),
        text=book.add_format({"num_format": "@"}),
        day=book.add_format({"num_format": "yyyy-mm-dd"}),
        bad=book.add_format({"bg_color": BAD, "font_color": "#7D1D12", "num_format": "@"}),
        note=book.add_format({"text_wrap": True, "valign": "top"}),
    )


def for_print(sheet: Any) -> None:
    """Wide pages, all columns on one, the headers on each."""
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def write_cell(sheet: Any, row: int, column: int, value: Any, looks: Formats) -> None:
    """A value as what it is: text never becomes a number, a link or a formula."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, dt.datetime):
        sheet.write_string(row, column, value.isoformat(sep=" ", timespec="minutes"))
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, looks.day)
    else:
        sheet.write_string(row, column, str(value)[:32_767])
