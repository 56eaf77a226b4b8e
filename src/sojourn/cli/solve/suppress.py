"""`sojourn solve suppress`: hide the small cells of a table, and what would give them back."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sojourn.cli.solve.faults import Fault, FaultyInput, from_validation
from sojourn.cli.solve.proved import must_be_proved
from sojourn.core.disclosure import Interval, SuppressedTable, TableError, suppress_table, verify_disclosure

LARGEST_COUNT = 10**9


class SuppressInput(BaseModel):
    """The input: docs/manual/solve/suppress.md."""

    model_config = ConfigDict(extra="forbid", strict=True)

    k: Annotated[int, Field(ge=1, le=LARGEST_COUNT)]
    rows: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]
    columns: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]
    cells: list[list[Annotated[int, Field(ge=0, le=LARGEST_COUNT)]]]
    zeros_known: bool = True


def solve(payload: object) -> dict[str, object]:
    """The safe table, and what readers can work out of it. Raises FaultyInput with every fault."""
    try:
        given = SuppressInput.model_validate(payload)
    except ValidationError as error:
        raise from_validation(error) from None
    faults = [*_shape_faults(given), *_repeated("rows", given.rows), *_repeated("columns", given.columns)]
    if faults:
        raise FaultyInput(faults)
    try:
        outcome = suppress_table(
            given.rows, given.columns, given.cells, given.k, zeros_known=given.zeros_known
        )
    except TableError as error:
        raise FaultyInput([Fault("$", str(error))]) from None
    safe = outcome.outcome
    must_be_proved(verify_disclosure(outcome.tables, safe.published, given.k, safe.witnesses))
    return _told(given, outcome)


def _shape_faults(given: SuppressInput) -> Iterator[Fault]:
    if len(given.cells) != len(given.rows):
        yield Fault(
            "$.cells", f"{len(given.cells)} rows of cells for {len(given.rows)} rows; give one for each"
        )
    for at, row in enumerate(given.cells):
        if len(row) != len(given.columns):
            yield Fault(
                f"$.cells[{at}]", f"{len(row)} cells for {len(given.columns)} columns; give one for each"
            )


def _repeated(field: str, names: list[str]) -> Iterator[Fault]:
    for at, name in enumerate(names):
        if name in names[:at]:
            yield Fault(f"$.{field}[{at}]", f"{name!r} is given twice; name each once")


def _told(given: SuppressInput, outcome: SuppressedTable) -> dict[str, object]:
    totals = outcome.total_intervals
    rows = {row: _ends(totals[row, None]) for row in given.rows if (row, None) in totals}
    columns = {column: _ends(totals[None, column]) for column in given.columns if (None, column) in totals}
    intervals: dict[str, dict[str, list[int | None]]] = {}
    for (row, column), interval in outcome.intervals.items():
        intervals.setdefault(row, {})[column] = _ends(interval)
    return {
        "suppressed": [list(cell) for cell in outcome.suppressed],
        "table": [list(row) for row in outcome.table],
        "row_totals": list(outcome.row_totals),
        "column_totals": list(outcome.column_totals),
        "grand_total": outcome.grand_total,
        "intervals": intervals,
        "total_intervals": {
            "rows": rows,
            "columns": columns,
            "grand": _ends(totals[None, None]) if (None, None) in totals else None,
        },
        "fewest": outcome.outcome.bound >= outcome.outcome.loss - 1e-6,
    }


def _ends(interval: Interval) -> list[int | None]:
    return [interval.low, interval.high]
