"""Check one chunk of a file: cells to values, duplicates, what is new, changed, the same, or refused."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sojourn.sheets.kinds import Batch, Fault, Kind, Row
from sojourn.sheets.models import CodeMatch, Import, StagedChunk
from sojourn.sheets.reading.cells import Cell
from sojourn.sheets.reading.staging import Chunk, unpacked
from sojourn.sheets.repeats import key_columns, raw_keys, spelling


@dataclass(slots=True)
class Checked:
    """What came of a chunk: rows to add, rows to change with their former values, and what was refused."""

    new: list[Row] = field(default_factory=list)
    changed: list[tuple[int, Row, Row]] = field(default_factory=list)  # line, row, former values
    same: int = 0
    refused: int = 0
    faults: list[tuple[int, Fault]] = field(default_factory=list)  # line, fault
    alike: list[tuple[int, int, list[str]]] = field(default_factory=list)  # line, other line, what is alike


def check(kind: Kind, importing: Import, within: Any, content: bytes) -> Checked:
    """Check the rows of a chunk against the declaration, the rest of the file and the database."""
    mapped = importing.mapping
    chunk = unpacked(content, set(mapped["columns"].values()))
    batch = _batch(kind, importing, chunk)
    _refuse_empty(kind, batch)
    _refuse_repeated(kind, importing, batch, chunk)
    kind.prepare(within, batch)
    given = [name for name in batch.values if name in mapped["columns"] or mapped["fixed"].get(name)]
    return _judged(kind, within, batch, given, chunk)


def _batch(kind: Kind, importing: Import, chunk: Chunk) -> Batch:
    """The values of every declared column; a fixed value stands in all rows where the file has none."""
    mapped, count = importing.mapping, len(chunk.lines)
    matches = _matches(importing)
    batch = Batch(chunk.lines, {}, {})
    cells: dict[str, Sequence[Cell]] = {}
    for column in kind.columns:
        place, fixed = mapped["columns"].get(column.name), mapped["fixed"].get(column.name, "")
        raw: Sequence[Cell] = chunk.columns[place] if place is not None else [fixed] * count
        if fixed and place is not None:
            raw = [fixed if cell == "" else cell for cell in raw]
        cells[column.name] = raw
        values, bad = column.type.read(raw, mapped["orders"].get(column.name))
        if column.refers and column.name in matches:
            known = matches[column.name]
            values = [known.get(value, value) for value in values]
        batch.values[column.name] = values
        batch.cells = cells
        batch.add(column.name, bad)
    return batch


def _matches(importing: Import) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    rows = CodeMatch.objects.filter(organisation_id=importing.organisation_id, kind=importing.kind)
    for column, old, new in rows.values_list("column", "old", "new").order_by("pk"):
        found.setdefault(column, {})[old] = new
    return found


def _refuse_empty(kind: Kind, batch: Batch) -> None:
    for column in kind.columns:
        if column.needed and None in batch.values[column.name]:
            cells = batch.cells[column.name]
            for place, value in enumerate(batch.values[column.name]):
                if value is None and cells[place] == "":
                    batch.refuse(place, column.name, "needed")


def _refuse_repeated(kind: Kind, importing: Import, batch: Batch, chunk: Chunk) -> None:
    """Two lines with one key are both refused: which of them is right, only a person knows."""
    told = json.loads(zlib.decompress(importing.twice)) if importing.twice else {"keys": {}, "alike": {}}
    named = next(reversed(key_columns(kind, importing)), "")
    if told["keys"]:
        for place, key in enumerate(raw_keys(key_columns(kind, importing), importing, chunk)):
            if key and key in told["keys"]:
                batch.refuse(place, named, "twice", other=_another(told["keys"][key], batch.lines[place]))
    if told["alike"]:
        for place, key in enumerate(raw_keys(kind.alike, importing, chunk)):
            if lines := told["alike"].get(spelling(key)):
                batch.alike.append((place, _another(lines, batch.lines[place])))
    for place, cells in chunk.ragged.items():
        batch.refuse(place, "", "ragged", cells=cells)


def _refuse_same_keys(kind: Kind, batch: Batch, keys: Sequence[Any], bad: set[int]) -> set[int]:
    """Rows that are one row only since their keys were made whole."""
    first: dict[Any, int] = {}
    found: set[int] = set()
    for place, key in enumerate(keys):
        if place not in bad and (other := first.setdefault(key, place)) != place:
            for one, two in ((place, other), (other, place)):
                if one not in found:
                    batch.refuse(one, kind.key[-1], "twice", other=batch.lines[two])
                    found.add(one)
    return found


def _another(lines: Sequence[int], own: int) -> int:
    return next(line for line in lines if line != own)


def _judged(kind: Kind, within: Any, batch: Batch, given: Sequence[str], chunk: Chunk) -> Checked:
    """Sort the rows without fault into new, changed and the same, by what the database holds now."""
    checked = Checked()
    checked.alike = [
        (chunk.lines[place], other, [str(batch.values[name][place]) for name in kind.alike])
        for place, other in batch.alike
    ]
    bad = {fault.place for fault in batch.faults}
    keys = list(zip(*(batch.values[name] for name in kind.key), strict=True))
    bad |= _refuse_same_keys(kind, batch, keys, bad)
    checked.faults = [(chunk.lines[fault.place], fault) for fault in batch.faults]
    checked.refused = len(bad)
    known = kind.known(within, [key for place, key in enumerate(keys) if place not in bad])
    columns = [(name, batch.values[name]) for name in batch.values]
    for place, key in enumerate(keys):
        if place in bad:
            continue
        row = {name: values[place] for name, values in columns}
        before = known.get(key)
        if before is None:
            checked.new.append(row)
        elif changes := _changes(row, before, given):
            checked.changed.append((chunk.lines[place], {**row, **changes}, before))
        else:
            checked.same += 1
    return checked


def _changes(row: Row, before: Row, given: Sequence[str]) -> Row:
    """The values that the file states and that are others now; an empty cell changes nothing."""
    return {
        name: row[name]
        for name in given
        if name in before and row[name] is not None and row[name] != before[name]
    }


def outcome(checked: Checked, kind: Kind) -> bytes:
    """What the pages show of a chunk, packed: faults, and changes with the former values."""
    told = {
        "faults": [
            [line, f.column, f.value, f.code, f.values]
            for line, f in sorted(checked.faults, key=lambda pair: pair[0])
        ],
        "changes": [
            [line, [str(row[name]) for name in kind.key], _differences(row, before)]
            for line, row, before in checked.changed
        ],
        "alike": checked.alike,
    }
    return zlib.compress(json.dumps(told, ensure_ascii=False, default=str).encode(), 1)


def _differences(row: Row, before: Row) -> list[tuple[str, str, str]]:
    return [
        (name, str(before[name] if before[name] is not None else ""), str(row[name]))
        for name in before
        if row.get(name) is not None and row[name] != before[name]
    ]


def outcome_of(chunk: StagedChunk) -> dict[str, Any]:
    """What `outcome` packed."""
    if not chunk.outcome:
        return {"faults": [], "changes": [], "alike": []}
    found: dict[str, Any] = json.loads(zlib.decompress(chunk.outcome))
    return found
