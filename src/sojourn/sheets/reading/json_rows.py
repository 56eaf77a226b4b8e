"""JSON records as a table: a list of objects, or an object of objects or of short lists."""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sojourn.sheets.reading.cells import Cell, kept
from sojourn.sheets.reading.limits import MOST_COLUMNS, UnreadableFileError
from sojourn.sheets.reading.tables import Line

LARGEST_JSON = 30 * 2**20
KEY = "name"


def lines_of(path: Path) -> Iterator[Line]:
    """A header line with every key in the order of its first use, and a line for each record."""
    records = list(_records(_parsed(path)))
    header: dict[str, int] = {}
    for record in records:
        for key in record:
            header.setdefault(str(key), len(header))
        if len(header) > MOST_COLUMNS:
            raise UnreadableFileError("sheet.columns", columns=len(header), most=MOST_COLUMNS)
    if not header:
        raise UnreadableFileError("file.empty")
    yield Line(1, [kept(key) for key in header], is_header=True)
    for number, record in enumerate(records, 2):
        yield Line(number, [_cell(record.get(key)) for key in header])


def _parsed(path: Path) -> Any:
    if path.stat().st_size > LARGEST_JSON:
        raise UnreadableFileError("file.large", largest=LARGEST_JSON // 2**20)
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise UnreadableFileError("json.broken") from None


def _records(parsed: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(parsed, list) and all(isinstance(record, dict) for record in parsed):
        yield from parsed
    elif isinstance(parsed, dict) and all(isinstance(value, dict) for value in parsed.values()):
        yield from ({KEY: key, **value} for key, value in parsed.items())
    elif isinstance(parsed, dict) and all(isinstance(value, list) for value in parsed.values()):
        for key, values in parsed.items():
            yield {KEY: key, **{str(number): value for number, value in enumerate(values, 1)}}
    else:
        raise UnreadableFileError("json.no_records")


def _cell(value: Any) -> Cell:
    """A value of a record; lists of plain values become one text, deeper ones are kept as a mark."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, str | int | float) for part in value):
        return kept(", ".join(map(str, value)))
    if isinstance(value, list | dict):
        return ["other", "{…}"]
    if isinstance(value, str):
        return kept(value.encode("utf-8", "replace").decode())  # a lone surrogate is no text
    if isinstance(value, float) and not math.isfinite(value):
        return ["other", str(value)]  # 1e400 and NaN are no numbers
    return kept(value)
