"""Rows of the visible sheets of a workbook, through calamine, with the marks of its archive."""

from collections.abc import Iterator
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sojourn.sheets.reading.archive import Archive, SheetMarks
from sojourn.sheets.reading.cells import FORMULA, Cell, kept_row
from sojourn.sheets.reading.limits import MOST_COLUMNS, MOST_SHEETS, UnreadableFileError
from sojourn.sheets.reading.tables import Line, Notes

MOST_NAMED = 20


def sheets_of(path: Path, archive: Archive, notes: Notes) -> Iterator[tuple[str, Iterator[Line]]]:
    """Each visible sheet with its lines; hidden sheets are named in the notes and not read."""
    if archive.has_macros:
        notes.add("macros")
    if archive.links:
        notes.add("links", count=archive.links)
    try:
        with CalamineWorkbook.from_path(path) as book:
            if len(book.sheets_metadata) > MOST_SHEETS:
                raise UnreadableFileError("archive.members", most=MOST_SHEETS)
            for sheet in book.sheets_metadata:
                if sheet.visible != SheetVisibleEnum.Visible:
                    notes.add("hidden_sheet", sheet=sheet.name[:60])
                elif sheet.typ == SheetTypeEnum.WorkSheet:
                    marks = archive.sheets.get(sheet.name, SheetMarks())
                    yield sheet.name, _lines(sheet.name, book.get_sheet_by_name(sheet.name), marks, notes)
    except PasswordError:
        raise UnreadableFileError("file.password") from None
    except (CalamineError, OSError):
        raise UnreadableFileError("archive.broken") from None


def _lines(name: str, sheet: CalamineSheet, marks: SheetMarks, notes: Notes) -> Iterator[Line]:
    if sheet.start is None:
        return
    if sheet.width > MOST_COLUMNS:
        raise UnreadableFileError("sheet.columns", columns=sheet.width, most=MOST_COLUMNS)
    left = sheet.start[1]
    hidden = sorted(column - left for column in marks.hidden_columns if 0 <= column - left < sheet.width)
    if hidden:
        notes.add("hidden_columns", sheet=name[:60], count=len(hidden))
    if marks.hidden_rows:
        first = ", ".join(map(str, sorted(marks.hidden_rows)[:MOST_NAMED]))
        notes.add("hidden_rows", sheet=name[:60], count=len(marks.hidden_rows), rows=first)
    formulas: dict[int, list[int]] = {}
    for row, column in marks.formulas:
        formulas.setdefault(row, []).append(column - left)
    spans = _merged_headers(sheet, left)
    for number, values in enumerate(sheet.iter_rows(), 1):
        if number in marks.hidden_rows:
            continue
        cells: list[Cell] = kept_row(values)
        for column in formulas.get(number, ()):
            if 0 <= column < len(cells):
                cells[column] = FORMULA
        for column in hidden:
            cells[column] = ""
        yield Line(number, cells, left, spans.get(number, ()))


def _merged_headers(sheet: CalamineSheet, left: int) -> dict[int, tuple[tuple[int, int], ...]]:
    """By row: the columns [first, last] that one cell stretches over."""
    spans: dict[int, tuple[tuple[int, int], ...]] = {}
    for (row, first), (_last_row, last) in sheet.merged_cell_ranges or []:
        if last > first:
            spans[row + 1] = (*spans.get(row + 1, ()), (first - left, last - left))
    return spans
