"""Cut tables into chunks of columns that are kept: never-held columns are gone before anything is written."""

import json
import re
import struct
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import IO

from sojourn.core.never_held import never_held
from sojourn.sheets.reading.cells import Cell, shown
from sojourn.sheets.reading.limits import CHUNK_ROWS, MOST_COLUMNS, MOST_ROWS, UnreadableFileError
from sojourn.sheets.reading.tables import Line, Notes, Table

_NUMERIC_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](?:\d{4}|\d{2})", re.ASCII)
SAMPLES = 3


@dataclass(slots=True)
class StagedColumn:
    """A column of a table: where it stands, what it is called, a few values, what speaks for its dates."""

    name: str
    place: int  # in the sheet, from 0
    samples: list[str] = field(default_factory=list)
    day_first: int = 0  # texts such as 31/12/2026
    month_first: int = 0  # texts such as 12/31/2026
    undecided: int = 0  # texts such as 03/04/2026


@dataclass(slots=True)
class StagedTable:
    """One table of the file: its columns, and how many rows and chunks are kept of it."""

    sheet: str
    header_line: int
    columns: list[StagedColumn]
    dropped: dict[str, list[str]]
    rows: int = 0
    chunks: int = 0


def stage(table: Table, out: IO[bytes], already: int) -> StagedTable:
    """Write the rows of the table in chunks; gives what is known of it.

    A column whose header speaks of what is never held is dropped here, unread.
    """
    dropped = {name: list(never_held(name)) for name in table.header if never_held(name)}
    places = [place for place, name in enumerate(table.header) if name and name not in dropped]
    if len(places) > MOST_COLUMNS:
        raise UnreadableFileError("sheet.columns", columns=len(places), most=MOST_COLUMNS)
    columns = [StagedColumn(table.header[place], table.left + place) for place in places]
    staged = StagedTable(table.sheet, table.header_line, columns, dropped)
    for chunk in _chunked(table.lines):
        staged.rows += len(chunk)
        staged.chunks += 1
        if already + staged.rows > MOST_ROWS:
            raise UnreadableFileError("sheet.rows", most=MOST_ROWS)
        by_column = _columns_of(chunk, places)
        for column, cells in zip(columns, by_column, strict=True):
            _look_at(column, cells)
        ragged = {place: n for place, line in enumerate(chunk) if (n := _beyond(line, len(table.header)))}
        write_blob(out, packed([line.number for line in chunk], by_column, ragged))
    return staged


def _chunked(lines: Iterator[Line]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == CHUNK_ROWS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _columns_of(chunk: Sequence[Line], places: Sequence[int]) -> list[list[Cell]]:
    width = max(places, default=-1) + 1
    rows = [line.cells if len(line.cells) >= width else [*line.cells, *[""] * width] for line in chunk]
    return [[cells[place] for cells in rows] for place in places]


def _beyond(line: Line, width: int) -> int:
    """How many cells a line has where they are more than the header names."""
    more = [place for place in range(width, len(line.cells)) if line.cells[place] != ""]
    return more[-1] + 1 if more else 0


def _look_at(column: StagedColumn, cells: Sequence[Cell]) -> None:
    for cell in cells:
        if len(column.samples) == SAMPLES:
            break
        if not isinstance(cell, list) and cell != "" and (text := shown(cell)) not in column.samples:
            column.samples.append(text)
    first = next((cell for cell in cells if isinstance(cell, str) and cell), "")
    if not _NUMERIC_DATE.fullmatch(first):
        return
    for cell in cells:
        match = _NUMERIC_DATE.fullmatch(cell) if isinstance(cell, str) else None
        if match:
            one, two = int(match[1]), int(match[2])
            column.day_first += one > 12 >= two
            column.month_first += two > 12 >= one
            column.undecided += one <= 12 and two <= 12 and one != two


def packed(numbers: Sequence[int], columns: Sequence[Sequence[Cell]], ragged: dict[int, int]) -> bytes:
    """A chunk: its line numbers and lines that are too long, then each column on its own."""
    head = json.dumps({"lines": list(numbers), "ragged": ragged}).encode()
    parts = [zlib.compress(part, 1) for part in (head, *(_json(column) for column in columns))]
    return struct.pack(f"<{len(parts) + 1}I", len(parts), *map(len, parts)) + b"".join(parts)


def _json(column: Sequence[Cell]) -> bytes:
    return json.dumps(column, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(slots=True)
class Chunk:
    """Rows of a table, column by column; `ragged` are lines that hold more cells than the header names."""

    lines: list[int]
    columns: dict[int, list[Cell]]
    ragged: dict[int, int]


def unpacked(blob: bytes, wanted: Collection[int] | None = None) -> Chunk:
    """A chunk with all its columns, or with those that are wanted, by their order in the table."""
    (count,) = struct.unpack_from("<I", blob)
    sizes = struct.unpack_from(f"<{count}I", blob, 4)
    parts: dict[int, list[Cell]] = {}
    at = 4 * (count + 1) + sizes[0]
    head = json.loads(zlib.decompress(blob[4 * (count + 1) : at]))
    for place, size in enumerate(sizes[1:]):
        if wanted is None or place in wanted:
            parts[place] = json.loads(zlib.decompress(blob[at : at + size]))
        at += size
    return Chunk(head["lines"], parts, {int(place): n for place, n in head["ragged"].items()})


def write_blob(out: IO[bytes], blob: bytes) -> None:
    """One blob with its length before it."""
    out.write(struct.pack("<I", len(blob)) + blob)


def blobs_of(file: IO[bytes]) -> Iterator[bytes]:
    """What `write_blob` wrote, one after the other."""
    while head := file.read(4):
        yield file.read(struct.unpack("<I", head)[0])


def as_json(tables: Sequence[StagedTable], notes: Notes) -> dict[str, object]:
    """What is known of the file, for the process that asked."""
    return {"tables": [asdict(table) for table in tables], "notes": notes.found}
