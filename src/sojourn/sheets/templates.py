"""A workbook to fill in, made from the declaration of a kind: headers, notes, drop-downs, examples."""

import datetime as dt
import io
from typing import Any

from django.utils.translation import gettext as _

from sojourn.sheets.columns import Choice, Column, Day, Identifier, Text, Whole, both
from sojourn.sheets.kinds import Kind
from sojourn.sheets.workbooks import Formats, for_print, formats, workbook, write_cell

ROWS = 2000
"""Rows of a template that have drop-downs and formats; more may be written below them."""


def template_workbook(kind: Kind) -> bytes:
    """The template of a kind: a sheet to fill in, and a sheet that explains it in both languages."""
    target = io.BytesIO()
    with workbook(str(kind.title), target) as book:
        looks = formats(book)
        _rows_sheet(book.add_worksheet(str(kind.title)[:31]), kind, looks)
        _help_sheet(book.add_worksheet(_("How to fill it in")[:31]), kind, looks)
    return target.getvalue()


def _rows_sheet(sheet: Any, kind: Kind, looks: Formats) -> None:
    """Headers in the reader's language, which every language reads back; needed ones are dark."""
    sheet.freeze_panes(1, 0)
    for_print(sheet)
    for place, column in enumerate(kind.columns):
        style = looks.text if isinstance(column.type, Identifier | Text) else None
        style = looks.day if isinstance(column.type, Day) else style
        sheet.set_column(place, place, 24, style)
        sheet.write_string(0, place, str(column.title), looks.needed if column.needed else looks.head)
        sheet.write_comment(0, place, _explained(column), {"x_scale": 2, "y_scale": 1.2})
        _add_validation(sheet, place, column)


def _add_validation(sheet: Any, place: int, column: Column) -> None:
    told = {"error_title": str(column.title)[:32], "error_message": _explained(column)[:255]}
    if isinstance(column.type, Choice):
        rule: dict[str, Any] = {"validate": "list", "source": list(column.type.values)}
    elif isinstance(column.type, Whole):
        rule = {"validate": "integer", "criteria": "between", "minimum": column.type.least}
        rule["maximum"] = column.type.most
    elif isinstance(column.type, Day):
        rule = {"validate": "date", "criteria": "between", "minimum": dt.date(1900, 1, 1)}
        rule["maximum"] = dt.date(2200, 1, 1)
    else:
        return
    sheet.data_validation(1, place, ROWS, place, {**rule, **told})


def _help_sheet(sheet: Any, kind: Kind, looks: Formats) -> None:
    """Each column with its names, its meaning and examples, in English and in Chinese."""
    heads = ["Column", "列", "Needed", "What to write", "怎么填", "Examples / 示例"]
    for place, head in enumerate(heads):
        sheet.set_column(place, place, 20 if place < 3 else 42)
        sheet.write_string(0, place, head, looks.head)
    sheet.freeze_panes(1, 0)
    for_print(sheet)
    for row, column in enumerate(kind.columns, 1):
        english, chinese = both(column.title)
        meaning, meaning_zh = _meaning(column)
        cells = [english, chinese, "yes / 是" if column.needed else "", meaning, meaning_zh]
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text, looks.note)
        for place, example in enumerate(column.examples):
            write_cell(sheet, row, 5 + place, example, looks)


def _meaning(column: Column) -> tuple[str, str]:
    english, chinese = both(column.help) if column.help else ("", "")
    if not isinstance(column.type, Choice):
        return english, chinese
    pairs = [(code, *both(words)) for code, words in column.type.values.items()]
    return (
        " ".join(filter(None, [english, "; ".join(f"{code}: {one}" for code, one, _two in pairs)])),
        "".join(filter(None, [chinese, "；".join(f"{code}：{two}" for code, _one, two in pairs)])),
    )


def _explained(column: Column) -> str:
    """The meaning of a column in both languages, one below the other."""
    return "\n".join(dict.fromkeys(filter(None, (*both(column.title), *_meaning(column)))))
