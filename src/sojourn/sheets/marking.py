"""The rows of a checked file as a workbook with each refused cell coloured, and why in a note beside it."""

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from sojourn.sheets.checking import outcome_of
from sojourn.sheets.kinds import KINDS
from sojourn.sheets.models import Import
from sojourn.sheets.reading.cells import Cell
from sojourn.sheets.reading.staging import unpacked
from sojourn.sheets.sentences import sentence
from sojourn.sheets.workbooks import Formats, for_print, formats, workbook, write_cell

MOST_MARKED = 20_000
"""Rows of a marked workbook: those with faults come first, and nobody mends more by hand."""
MOST_NOTES = 5000


def marked_workbook(importing: Import) -> bytes | None:
    """The refused rows with their faults marked in place; None when the rows are no longer kept.

    The column “Row” says where each row stands in the file that was sent. What to do stands in a note on
    the cell and, for whoever prints it, in the last column.
    """
    rows = importing.chunks.filter(table=importing.table, faults__gt=0).exclude(content=b"")
    if not rows.exists():
        return None
    places: Mapping[str, int] = importing.mapping["columns"]
    columns = importing.tables[importing.table]["columns"]
    target = io.BytesIO()
    with workbook(_("Refused rows"), target) as book:
        looks, sheet = formats(book), book.add_worksheet(_("Refused rows")[:31])
        _heads(sheet, [_("Row"), *(column["name"] for column in columns), _("What to do")], looks)
        at = 1
        for row in rows.order_by("number").iterator(chunk_size=4):
            chunk = unpacked(bytes(row.content))
            faults: dict[int, list[Any]] = defaultdict(list)
            for fault in outcome_of(row)["faults"]:
                faults[fault[0]].append(fault)
            for place, line in enumerate(chunk.lines):
                if line in faults and at <= MOST_MARKED:
                    cells = [chunk.columns[number][place] for number in range(len(columns))]
                    sheet.write_number(at, 0, line)
                    _write_row(sheet, at, cells, _by_place(importing, faults[line], places), looks)
                    at += 1
    return target.getvalue()


def _heads(sheet: Any, titles: Sequence[str], looks: Formats) -> None:
    sheet.freeze_panes(1, 1)
    for_print(sheet)
    for column, title in enumerate(titles):
        sheet.set_column(column, column, 9 if column == 0 else 60 if column == len(titles) - 1 else 18)
        sheet.write_string(0, column, title[:200], looks.head)


def _by_place(
    importing: Import, faults: Sequence[Sequence[Any]], places: Mapping[str, int]
) -> dict[int | None, list[str]]:
    """What to do, by the column of the file; None for the row as a whole."""
    titles = {column.name: str(column.title) for column in KINDS[importing.kind].columns}
    found: dict[int | None, list[str]] = defaultdict(list)
    for _line, column, _value, code, values in faults:
        place = places.get(column)
        words = sentence(code, values)
        found[place].append(words if place is not None or not column else f"{titles[column]}: {words}")
    return found


def _write_row(
    sheet: Any,
    at: int,
    cells: Sequence[Cell],
    words: Mapping[int | None, Sequence[str]],
    looks: Formats,
) -> None:
    for place, cell in enumerate(cells):
        text = cell[1] if isinstance(cell, list) else cell
        if place in words:
            sheet.write_string(at, place + 1, str(text)[:1000], looks.bad)
            if at <= MOST_NOTES:
                sheet.write_comment(at, place + 1, "\n".join(words[place]), {"x_scale": 2})
        else:
            write_cell(sheet, at, place + 1, text, looks)
    told = [
        word for place in sorted(words, key=lambda key: -1 if key is None else key) for word in words[place]
    ]
    sheet.write_string(at, len(cells) + 1, " ".join(dict.fromkeys(told)), looks.note)
