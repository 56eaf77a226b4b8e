"""Write a plan as a workbook of visible sheets, typed columns and no formula."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from sojourn.plan.document.layout import ONE_ROW, SCHEMA_COLUMN, SHEETS
from sojourn.plan.document.schema import PlanDocument

MADE_ON = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- a fixed mark: the same plan gives the same bytes
"""Written as the day of creation into every workbook."""


def write_workbook(plan: PlanDocument, path: Path) -> None:
    """Write the plan so that `load_plan` gives the same document back; the same plan gives the same bytes.

    Raises:
        OSError: The file cannot be written.
    """
    tables = plan.model_dump(by_alias=True, exclude_none=True)
    schema = tables.pop(SCHEMA_COLUMN)
    tables["programme"] = {SCHEMA_COLUMN: schema, **tables["programme"]}
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), {**options, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": plan.programme.titles.en, "created": MADE_ON})
    bold = book.add_format({"bold": True})
    try:
        for sheet, columns in SHEETS.items():
            rows = [tables[sheet]] if sheet in ONE_ROW else tables[sheet]
            _write_sheet(book.add_worksheet(sheet), columns, [_flat(row) for row in rows], bold)
    finally:
        book.close()


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Nested tables as dotted keys, lists of codes as one text."""
    flat: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, Mapping):
            flat |= {f"{key}.{inner}": entry for inner, entry in value.items()}
        else:
            flat[key] = " ".join(value) if isinstance(value, list) else value
    return flat


def _headers(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The columns of a sheet; `*` gives way to the codes in use, in the order of the alphabet."""
    headers: list[str] = []
    for column in columns:
        if column.endswith(".*"):
            headers += sorted({key for row in rows for key in row if key.startswith(column[:-1])})
        else:
            headers.append(column)
    return headers


def _write_sheet(
    sheet: Any,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    bold: object,
) -> None:
    headers = _headers(columns, rows)
    sheet.freeze_panes(1, 0)
    for column, header in enumerate(headers):
        sheet.set_column(column, column, 34 if header.startswith(("titles", "notice")) else 18)
        sheet.write_string(0, column, header, bold)
        for number, row in enumerate(rows, start=1):
            value = row.get(header)
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif isinstance(value, dt.date):
                sheet.write_datetime(number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value)
