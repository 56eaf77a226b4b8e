"""A plan in a workbook (XLSX), with the cell of each of its places."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from pydantic import ValidationError
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from sojourn.core.plan_check import Finding
from sojourn.plan.document.archive import checked_archive
from sojourn.plan.document.faults import Fault, LoadedPlan, UnreadablePlan, at, fault, faults_of
from sojourn.plan.document.layout import (
    CODE_LISTS,
    NEEDED,
    ONE_ROW,
    SCHEMA_COLUMN,
    SHEETS,
    is_column,
    letters,
)
from sojourn.plan.document.schema import PlanDocument

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
ERROR_CELLS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"})


@dataclass(slots=True)
class _Reading:
    """What has been read so far: tables, faults, and where each table's rows and columns are."""

    raw: dict[str, object] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)

    def locate(self, place: str) -> str:
        """The cell of a place; the row where the key has no column; the sheet where it has no row."""
        table, _, rest = place.partition(".")
        sheet, _, number = table.rstrip("]").partition("[")
        if sheet == SCHEMA_COLUMN:
            sheet, rest = "programme", SCHEMA_COLUMN
        if sheet not in self.columns:
            return f"sheet {sheet}" if sheet in SHEETS else ""
        key = rest.partition("[")[0]
        index = int(number) - 1 if number else 0
        row = self.rows[sheet][index] if index < len(self.rows[sheet]) else None
        while key and key not in self.columns[sheet]:
            key = key.rpartition(".")[0]
        if row is None:
            return f"sheet {sheet}"
        return f"{sheet}!{letters(self.columns[sheet][key])}{row}" if key else f"sheet {sheet}, row {row}"


def read_workbook(content: bytes) -> LoadedPlan:
    """The plan of an XLSX file. Hidden sheets are not read, and named in the warnings; formulas are faults.

    Raises:
        UnreadablePlan: No workbook, missing or unknown sheets or columns, cells of the wrong kind; every
            fault with its sheet, row and column.
    """
    if not content:
        raise UnreadablePlan((fault(Fault.EMPTY),))
    archive = checked_archive(content)
    reading = _Reading()
    try:
        with CalamineWorkbook.from_filelike(archive.content) as book:
            for sheet in _visible(book, reading):
                _read_sheet(sheet, book, reading, archive.formulas.get(sheet, ()))
    except (CalamineError, PasswordError, OSError) as error:
        raise UnreadablePlan((fault(Fault.NOT_A_WORKBOOK, reason=str(error)),)) from None
    for sheet in NEEDED:
        if sheet not in reading.columns and not any(found.place == sheet for found in reading.findings):
            reading.findings.append(fault(Fault.MISSING_SHEET, sheet, sheet=sheet))
    warnings = tuple(found for found in reading.findings if found.severity == "warning")
    if len(warnings) < len(reading.findings):
        raise UnreadablePlan(tuple(reading.findings))
    try:
        return LoadedPlan(PlanDocument.model_validate(reading.raw), reading.locate, warnings)
    except ValidationError as error:
        told = tuple(at(found, reading.locate) for found in faults_of(error))
        raise UnreadablePlan((*told, *warnings)) from None


def _visible(book: CalamineWorkbook, reading: _Reading) -> Iterator[str]:
    for sheet in book.sheets_metadata:
        if sheet.visible != SheetVisibleEnum.Visible:
            reading.findings.append(fault(Fault.HIDDEN_SHEET, sheet.name, sheet=sheet.name))
        elif sheet.name not in SHEETS:
            known = ", ".join(SHEETS)
            reading.findings.append(fault(Fault.UNKNOWN_SHEET, sheet.name, sheet=sheet.name, known=known))
        else:
            yield sheet.name


def _read_sheet(sheet: str, book: CalamineWorkbook, reading: _Reading, formulas: tuple[str, ...]) -> None:
    for cell in formulas:
        reading.findings.append(fault(Fault.FORMULA, f"{sheet}!{cell}", sheet=sheet, cell=cell))
    table: list[list[Cell]] = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    if not table or not any(_filled(cell) for cell in table[0]):
        reading.findings.append(fault(Fault.NO_HEADER, sheet, sheet=sheet))
        return
    headers = _headers(sheet, table[0], reading)
    reading.columns[sheet] = {header: number + 1 for number, header in headers.items()}
    reading.rows[sheet] = [number for number, row in enumerate(table[1:], 2) if any(map(_filled, row))]
    rows = [_record(sheet, number, table[number - 1], headers, reading) for number in reading.rows[sheet]]
    if sheet not in ONE_ROW:
        reading.raw[sheet] = rows
    elif len(rows) != 1:
        reading.findings.append(fault(Fault.ROWS_NOT_ONE, sheet, sheet=sheet, rows=len(rows)))
    else:
        if SCHEMA_COLUMN in rows[0]:
            reading.raw[SCHEMA_COLUMN] = rows[0].pop(SCHEMA_COLUMN)
        reading.raw[sheet] = rows[0]


def _headers(sheet: str, row: list[Cell], reading: _Reading) -> dict[int, str]:
    """The known headers by column; unknown and repeated ones are faults."""
    named = {number: str(cell).strip() for number, cell in enumerate(row) if _filled(cell)}
    times = Counter(named.values())
    for number, header in named.items():
        place = f"{sheet}!{letters(number + 1)}1"
        if times[header] > 1:
            reading.findings.append(fault(Fault.DUPLICATE_HEADER, place, sheet=sheet, header=header[:60]))
        elif not is_column(sheet, header):
            reading.findings.append(fault(Fault.UNKNOWN_KEY, place, key=header[:60], value=header[:60]))
    return {number: header for number, header in named.items() if is_column(sheet, header)}


def _record(
    sheet: str, number: int, row: list[Cell], headers: dict[int, str], reading: _Reading
) -> dict[str, object]:
    """One row as nested tables; empty cells are keys left out."""
    record: dict[str, object] = {}
    for column, cell in enumerate(row):
        if not _filled(cell):
            continue
        place = f"{sheet}!{letters(column + 1)}{number}"
        if isinstance(cell, str) and cell in ERROR_CELLS:
            reading.findings.append(fault(Fault.ERROR_CELL, place, value=cell))
        elif column in headers:
            _put(record, headers[column], cell)
        else:
            reading.findings.append(fault(Fault.UNKNOWN_KEY, place, key=place, value=str(cell)[:60]))
    return record


def _put(record: dict[str, object], header: str, cell: Cell) -> None:
    *tables, key = header.split(".", 1)
    for table in tables:
        nested = record.setdefault(table, {})
        if isinstance(nested, dict):
            record = nested
    record[key] = cell.split() if header in CODE_LISTS and isinstance(cell, str) else _value(cell)


def _value(cell: Cell) -> object:
    """A cell as the document wants it: exact numbers, days without a time of day, text without blanks
    around.
    """
    if isinstance(cell, float):
        exact = Decimal(repr(cell))
        return int(exact) if exact.is_finite() and exact == exact.to_integral_value() else exact
    if isinstance(cell, dt.datetime) and cell.time() == dt.time.min:
        return cell.date()
    return cell.strip() if isinstance(cell, str) else cell


def _filled(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())
